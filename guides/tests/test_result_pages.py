"""The public pages of approval results: list, notice, CSV, feed and sitemap, on each centre's own site."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.adoption import adopt
from guides.models import CatalogueItem, ResultNotice
from guides.results import correct, withdraw
from guides.results_pages import PER_PAGE
from guides.tests.items import department, published_item
from guides.tests.results import decision, individual, notice_of
from sites.models import Centre
from sites.standard_apply import the_standard
from sites.tests.test_head import ATOM, ROOT, SITEMAP, links
from sites.tests.test_public_pages import get
from sites.tests.test_standard_apply import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def jinjiang(made_jinjiang: Centre) -> Centre:
    return made_jinjiang


@pytest.fixture
def wuhou(made_wuhou: Centre) -> Centre:
    return made_wuhou


@pytest.fixture
def four(jinjiang: Centre, wuhou: Centre) -> dict[str, ResultNotice]:
    """Three notices of Jinjiang's and one of Wuhou's, by a short name."""
    food, doctor = published_item("A1"), published_item("A2", department=department("health"))
    fields = individual(decided_on=date(2025, 3, 4), valid_from=date(2025, 3, 4), approval_kind="recognition")
    return {
        "food": notice_of(jinjiang, "锦许1号", item=food),
        "doctor": notice_of(jinjiang, "锦许2号", **{**fields, "item": doctor}),
        "other": notice_of(jinjiang, "锦许3号", decided_on=date(2026, 5, 6), item_name="", counterpart_name="示例商贸"),
        "wuhou": notice_of(wuhou, "武许1号", counterpart_name="武侯示例餐饮有限公司"),
    }


def numbers(response: Any) -> list[str]:
    return [each["number"] for each in response.context["results"].object_list]


def counts(response: Any, key: str) -> dict[str, int]:
    for each in response.context["filters"]:
        if each["key"] == key:
            return {choice["value"]: choice["count"] for choice in each["choices"]}
    return {}


# -- The list -----------------------------------------------------------------------


def test_a_centre_lists_its_own_decisions_newest_first(client: Client, four: dict) -> None:
    assert numbers(get(client, "/results/")) == ["锦许1号", "锦许3号", "锦许2号"]
    assert numbers(get(client, "/results/", "wuhou.chengdu.localhost:8000")) == ["武许1号"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("year=2025", ["锦许2号"]),
        ("kind=recognition", ["锦许2号"]),
        ("holder=legal", ["锦许1号", "锦许3号"]),
        ("holder=legal&year=2026&kind=ordinary", ["锦许1号", "锦许3号"]),
        ("q=餐饮", ["锦许1号"]),
        ("q=锦许3", ["锦许3号"]),
        ("q= 示例 &holder=legal", ["锦许1号", "锦许3号"]),
        ("q=欧阳娜娜", []),
        ("q=欧阳", ["锦许2号"]),
        ("q=武侯", []),
        ("year=1999&kind=nothing&holder=x&department=7&page=y", ["锦许1号", "锦许3号", "锦许2号"]),
    ],
)
def test_filters_and_words_narrow_the_list(client: Client, four: dict, query: str, expected: list[str]) -> None:
    assert numbers(get(client, f"/results/?{query}")) == expected


def test_a_department_is_that_of_the_item(client: Client, four: dict) -> None:
    choices = {each["key"]: each for each in get(client, "/results/").context["filters"]}["department"]["choices"]
    assert [choice["count"] for choice in choices] == [3, 1, 1]
    chosen = get(client, choices[1]["url"])
    assert len(numbers(chosen)) == 1


def test_numbers_narrow_with_words_and_filters_and_links_keep_both(client: Client, four: dict) -> None:
    response = get(client, "/results/?q=示例&holder=legal")
    assert counts(response, "holder") == {"": 2, "legal": 2}
    assert counts(get(client, "/results/?q=锦许&holder=legal"), "holder") == {"": 3, "natural": 1, "legal": 2}
    assert counts(get(client, "/results/?year=2025&kind=recognition"), "kind") == {"": 1, "recognition": 1}
    kinds = next(each for each in response.context["filters"] if each["key"] == "holder")
    assert kinds["choices"][0]["url"] == "/results/?q=%E7%A4%BA%E4%BE%8B"
    form = response.content.decode().split('<form class="page-head search"')[1].split("</form>")[0]
    assert '<input type="hidden" name="holder" value="legal">' in form


def test_long_lists_have_pages(client: Client, jinjiang: Centre) -> None:
    for number in range(PER_PAGE + 1):
        notice_of(jinjiang, f"锦许{number}号")
    response = get(client, "/results/?page=2&q=锦许")
    assert numbers(response) == ["锦许0号"]
    assert 'href="?q=%E9%94%A6%E8%AE%B8"' in response.content.decode()


def test_searches_are_no_addresses_for_search_engines(client: Client, four: dict) -> None:
    response = get(client, "/results/?q=示例&year=2026")
    assert links(response, "canonical") == [("", f"{ROOT}/results/?year=2026")]


def test_english_names_are_the_items_and_the_rest_is_marked_chinese(client: Client, four: dict) -> None:
    html = get(client, "/en/results/").content.decode()
    assert f'<a href="/en/results/{four["food"].pk}/" lang="en">Food business licence</a>' in html
    assert f'<a href="/en/results/{four["other"].pk}/" lang="zh-Hans">准予食品经营许可决定书</a>' in html
    assert '<span lang="zh-Hans">成都示例餐饮有限公司 · 锦许1号</span>' in html


def test_nothing_found_and_nothing_published_are_said(client: Client, jinjiang: Centre) -> None:
    assert "本栏目暂无内容" in get(client, "/results/").content.decode()
    notice_of(jinjiang)
    assert "没有符合条件的审批结果" in get(client, "/results/?q=无此人").content.decode()


# -- One notice ---------------------------------------------------------------------


def facts(response: Any) -> dict[str, Any]:
    return {fact["label"]: fact.get("date") or fact["text"] for fact in response.context["facts"]}


def test_a_notice_tells_all_fields_of_the_form(client: Client, jinjiang: Centre) -> None:
    notice = notice_of(
        jinjiang,
        registration_number="510104600000000",
        approval_kind="other",
        approval_kind_note="备案",
        valid_until=None,
        remark="无",
    )
    told = facts(get(client, f"/en/results/{notice.pk}/"))
    assert told == {
        "Name of the decision document": "准予食品经营许可决定书",
        "Decision number": notice.decision_number,
        "Name of the holder": "成都示例餐饮有限公司",
        "Kind of holder": "Organisation",
        "Unified social credit code": notice.counterpart_code,
        "Business registration number": "510104600000000",
        "Legal representative": "李示例",
        "Kind of approval": "备案",
        "Name of the licence": "食品经营许可证",
        "Number of the licence": "JY25101040000001",
        "What is granted": "准予热食类食品制售",
        "Date of decision": date(2026, 11, 2),
        "Valid from": date(2026, 11, 2),
        "Valid until": "Indefinite",
        "Deciding authority": "锦江区市场监督管理局",
        "Unified social credit code of the authority": notice.authority_code,
        "Current status": "Valid",
        "Source of the data": "锦江区市场监督管理局",
        "Unified social credit code of the source": notice.authority_code,
        "Remark": "无",
        "Published on": told["Published on"],
    }
    chinese = facts(get(client, f"/results/{notice.pk}/"))
    assert chinese["行政许可决定文书号"] == notice.decision_number
    assert chinese["有效期至"] == "长期"


def test_no_page_shows_more_of_an_individual_than_is_kept(client: Client, jinjiang: Centre) -> None:
    notice = notice_of(jinjiang, **individual())
    for path in ("/results/", f"/results/{notice.pk}/", "/results.csv", "/results/feed.atom", "/en/results.csv"):
        response = get(client, path)
        content = (b"".join(response) if response.streaming else response.content).decode()
        assert "欧阳**" in content
        assert "娜" not in content and "1990" not in content


def test_the_guide_is_linked_where_the_centre_has_it(client: Client, four: dict, jinjiang: Centre) -> None:
    address = f"/results/{four['food'].pk}/"
    assert "/guides/A1/" not in get(client, address).content.decode()
    adopt(jinjiang, CatalogueItem.objects.filter(code="A1"))
    assert '<a href="/guides/A1/">食品经营许可</a>' in get(client, address).content.decode()
    assert '<a href="/en/guides/A1/">Food business licence</a>' in get(client, f"/en{address}").content.decode()


def test_corrections_are_told_with_date_and_reason_but_not_what_was_there(client: Client, four: dict) -> None:
    correct(four["food"], "内容有误", content="准予冷食类食品制售", valid_until=None)
    response = get(client, f"/en/results/{four['food'].pk}/")
    html = response.content.decode()
    assert response.context["changes"][0]["fields"] == "What is granted, Valid until"
    assert '<span lang="zh-Hans">内容有误</span>' in html
    assert "准予热食类" not in html


def test_a_withdrawn_notice_says_so_and_why_and_nothing_of_the_decision(client: Client, four: dict) -> None:
    correct(four["food"], "第一次更正", content="准予冷食类食品制售")
    withdraw(four["food"], "决定已撤销")
    response = get(client, f"/results/{four['food'].pk}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert "决定已撤销" in html and "锦许1号" in html
    for gone in ("示例餐饮", "准予", "食品经营", "JY2510", four["food"].counterpart_code, "李示例"):
        assert gone not in html
    assert set(facts(response)) == {"行政许可决定文书号", "许可决定日期", "许可机关", "公示日期"}


def test_lists_say_withdrawn_and_no_longer_who_or_what(client: Client, four: dict) -> None:
    withdraw(four["food"], "决定已撤销")
    response = get(client, "/results/")
    assert numbers(response) == ["锦许1号", "锦许3号", "锦许2号"]
    assert "示例餐饮" not in response.content.decode()
    assert counts(response, "holder") == {"": 3, "natural": 1, "legal": 1}
    assert numbers(get(client, "/results/?q=餐饮")) == []
    assert numbers(get(client, "/results/?holder=legal")) == ["锦许3号"]


@pytest.mark.parametrize("rest", ["0/", "999999/", "x/", "1/2/", "99999999999999999999/", "-1/"])
def test_unknown_notices_are_not_found(client: Client, jinjiang: Centre, rest: str) -> None:
    assert get(client, f"/results/{rest}").status_code == 404


def test_another_centres_notice_is_not_found(client: Client, four: dict) -> None:
    assert get(client, f"/results/{four['wuhou'].pk}/").status_code == 404


# -- CSV ----------------------------------------------------------------------------


def rows_of(response: Any) -> list[dict[str, str]]:
    content = b"".join(response).decode("utf-8")
    assert content.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


def test_csv_has_the_national_forms_columns_and_words(client: Client, four: dict) -> None:
    response = get(client, "/results.csv")
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = rows_of(response)
    assert [row["行政许可决定文书号"] for row in rows] == ["锦许1号", "锦许3号", "锦许2号"]
    assert rows[0]["事项编码"] == "A1"
    assert rows[0]["行政相对人代码_1(统一社会信用代码)"] == four["food"].counterpart_code
    words = ("行政相对人类别", "许可类别", "当前状态", "有效期自", "有效期至")
    assert [rows[0][name] for name in words] == ["法人及非法人组织", "普通", "有效", "2026-11-02", "2031-11-01"]
    assert (rows[2]["证件类型"], rows[2]["证件号码"]) == ("身份证", "51**************34")


def test_csv_in_english_has_english_headings_and_labels(client: Client, four: dict) -> None:
    row = rows_of(get(client, "/en/results.csv"))[0]
    assert row["Decision number"] == "锦许1号"
    assert (row["Kind of holder"], row["Current status"]) == ("organisation", "valid")


def test_csv_tells_corrections_and_withdrawals(client: Client, four: dict) -> None:
    correct(four["other"], "内容有误", content="改")
    withdraw(four["food"], "决定已撤销")
    withdrawn, corrected, plain = rows_of(get(client, "/results.csv"))
    assert {name for name, value in withdrawn.items() if value} == {
        "行政许可决定文书号", "许可决定日期", "许可机关", "公示日期", "更正日期", "撤回日期", "更正或撤回原因"
    }  # fmt: skip
    assert (corrected["更正或撤回原因"], corrected["撤回日期"]) == ("内容有误", "")
    assert plain["更正日期"] == ""


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "＝"])
def test_csv_runs_nowhere(client: Client, jinjiang: Centre, begins: str) -> None:
    notice_of(jinjiang, content=f"{begins}HYPERLINK(1)")
    assert rows_of(get(client, "/results.csv"))[0]["许可内容"] == f"'{begins}HYPERLINK(1)"


def test_csv_is_not_sent_again_until_something_changes(client: Client, four: dict) -> None:
    tag = get(client, "/results.csv")["ETag"]

    def again() -> int:
        return client.get(
            "/results.csv", headers={"host": "jinjiang.chengdu.localhost:8000", "if-none-match": tag}
        ).status_code

    assert again() == 304
    notice_of(Centre.objects.get(pk=four["wuhou"].centre_id), "武许2号")
    assert again() == 304
    withdraw(four["food"], "决定已撤销")
    assert again() == 200


@pytest.mark.parametrize("path", ["/news.csv", "/nothing.csv", "/results.xlsx", "/en/nothing.csv"])
def test_other_files_are_not_found(client: Client, jinjiang: Centre, path: str) -> None:
    assert get(client, path).status_code == 404


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/results/", "/decisions/"),
        ("/results/12/", "/decisions/12/"),
        ("/results.csv", "/decisions.csv"),
        ("/en/results.csv?x=1", "/en/decisions.csv?x=1"),
        ("/results/feed.atom", "/decisions/feed.atom"),
    ],
)
def test_all_addresses_follow_the_columns_slug(client: Client, four: dict, old: str, new: str) -> None:
    publish(the_standard(), results={"slug": "decisions"})
    response = get(client, old)
    assert (response.status_code, response["location"]) == (301, new)
    assert len(rows_of(get(client, "/decisions.csv"))) == 3
    assert '<a href="/decisions.csv">' in get(client, "/decisions/").content.decode()


# -- Feed and sitemap ---------------------------------------------------------------


def entries(client: Client, path: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(get(client, path).content).findall(f"{ATOM}entry")


def test_the_feed_has_what_was_published_last(client: Client, four: dict) -> None:
    found = entries(client, "/en/results/feed.atom")
    titles = [entry.find(f"{ATOM}title").text for entry in found]
    assert titles == ["准予食品经营许可决定书", "Food business licence", "Food business licence"]
    assert found[0].get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    assert found[2].find(f"{ATOM}link").get("href") == f"{ROOT}/en/results/{four['food'].pk}/"
    assert f":result:{four['food'].pk}:" in found[2].find(f"{ATOM}id").text
    assert "成都示例餐饮有限公司" in found[2].find(f"{ATOM}summary").text


def test_the_feed_tells_withdrawals_without_their_content(client: Client, four: dict) -> None:
    withdraw(four["food"], "决定已撤销")
    content = get(client, "/results/feed.atom").content.decode()
    assert "锦许1号" in content and "示例餐饮" not in content


def test_the_list_names_its_feed(client: Client, four: dict) -> None:
    assert (
        'type="application/atom+xml" title="结果公示" href="/results/feed.atom"'
        in get(client, "/results/").content.decode()
    )


def test_the_sitemap_has_notices_that_stand_in_both_languages(client: Client, four: dict) -> None:
    withdraw(four["food"], "决定已撤销")
    sitemap = ElementTree.fromstring(b"".join(get(client, "/sitemap.xml")))
    found = {each.text for each in sitemap.iter(f"{SITEMAP}loc") if "/results/" in each.text}
    expected = [f"/results/{four[name].pk}/" for name in ("doctor", "other")]
    assert found == {f"{ROOT}{prefix}{path}" for prefix in ("", "/en") for path in ["/results/", *expected]}


# -- Cost ---------------------------------------------------------------------------


@pytest.fixture
def crowd(four: dict, wuhou: Centre) -> Iterator[None]:
    """Another centre with far more notices, of another item each time."""
    rows = [ResultNotice(centre=wuhou, **decision(decision_number=f"武许{number}号")) for number in range(2, 302)]
    ResultNotice.objects.bulk_create(rows)
    yield


def queries_of(client: Client, path: str) -> list[str]:
    assert get(client, path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert get(client, path).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("path", ["/results/", "/en/results/?q=示例&holder=legal&year=2026", "notice", "/results.csv"])
def test_pages_stay_in_their_budget_whatever_other_centres_have(
    client: Client, four: dict, jinjiang: Centre, crowd: None, path: str
) -> None:
    adopt(jinjiang, CatalogueItem.objects.all())
    queries = queries_of(client, f"/results/{four['food'].pk}/" if path == "notice" else path)
    assert len(queries) <= 12
    if connection.vendor != "sqlite":
        return
    for sql in queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), [])
            assert not [row for row in cursor.fetchall() if "SCAN guides_resultnotice" in row[3]], sql
