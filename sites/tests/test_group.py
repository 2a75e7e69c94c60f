"""The group by division, its notices, and the notice before leaving government."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from core.links import outbound
from sites.models import Centre, Division, GroupNotice
from sites.tests.content import add_article, paragraph
from sites.tests.reference import add_centre
from sites.tests.test_public_pages import get

pytestmark = pytest.mark.django_db


def names(response) -> list[str]:
    return [site["name"] for site in response.context["group_sites"]]


def test_one_level_at_a_time(client, jinjiang: Centre, wuhou: Centre) -> None:
    assert names(get(client, "/sites/")) == ["成都市"]
    assert names(get(client, "/en/sites/?division=510100000000")) == ["Jinjiang District", "Wuhou District"]
    below = get(client, "/sites/?division=510104000000")
    assert names(below) == []
    assert [each.name for each in below.context["chosen_lineage"]] == ["四川省", "成都市", "锦江区"]
    assert (
        "http://jinjiang.chengdu.localhost:8000/en/" in get(client, "/en/sites/?division=510100000000").content.decode()
    )


def test_only_what_has_sites_below_can_be_opened(client, jinjiang: Centre) -> None:
    assert get(client, "/sites/").context["group_sites"][0]["has_below"]
    assert not get(client, "/sites/?division=510100000000").context["group_sites"][0]["has_below"]


@pytest.mark.parametrize("code", ["999", "51010400000x", "' or 1=1", "锦江"])
def test_unknown_division(client, jinjiang: Centre, code: str) -> None:
    assert get(client, f"/sites/?division={code}").status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("锦江", ["锦江区"]),
        ("jinjiang", ["锦江区"]),
        ("District", ["锦江区", "武侯区"]),
        ("  ", ["成都市"]),
        ("%25", []),
        ("nowhere", []),
        ("x" * 500, []),
    ],
)
def test_sites_by_name(client, jinjiang: Centre, wuhou: Centre, query: str, expected: list[str]) -> None:
    response = get(client, f"/sites/?q={query}")
    assert response.status_code == 200
    assert names(response) == expected


def test_search_by_name_is_limited(client, jinjiang: Centre, wuhou: Centre, monkeypatch) -> None:
    monkeypatch.setattr("sites.group.RESULTS", 1)
    response = get(client, "/sites/?q=District")
    assert names(response) == ["锦江区"]
    assert response.context["has_more"]


def test_group_page_costs_the_same_with_more_sites(client, jinjiang: Centre, django_assert_max_num_queries) -> None:
    for number in range(5):
        add_centre(
            f"51011{number}000000",
            f"{number}区",
            f"{number} District",
            "county",
            f"c{number}",
            jinjiang.division.parent,
        )
    get(client, "/sites/?division=510100000000")
    with django_assert_max_num_queries(10):
        assert len(names(get(client, "/sites/?division=510100000000"))) == 6


# -- Notices of the group ----------------------------------------------------------


def notice(*divisions: Division, **fields) -> GroupNotice:
    fields = {
        "title_zh_hans": "全省通知",
        "title_en": "Notice to all",
        "body_zh_hans": "内容",
        "body_en": "Text",
        **fields,
    }
    row = GroupNotice.objects.create(**fields)
    row.divisions.set(divisions)
    return row


WUHOU = "wuhou.chengdu.localhost:8000"


def test_notice_shows_on_every_site_in_both_languages(client, jinjiang: Centre, wuhou: Centre) -> None:
    row = notice(is_urgent=True)
    for host in ("jinjiang.chengdu.localhost:8000", WUHOU, "sichuan.localhost:8000"):
        assert "全省通知" in get(client, "/", host).content.decode()
        response = get(client, f"/en/notices-of-the-group/{row.pk}/", host)
        assert response.status_code == 200
        html = response.content.decode()
        assert "Notice to all" in html
        assert "Urgent" in html


def test_notice_for_chosen_divisions_and_those_below(client, jinjiang: Centre, wuhou: Centre) -> None:
    for_one = notice(wuhou.division, title_zh_hans="武侯通知")
    for_city = notice(wuhou.division.parent, title_zh_hans="成都通知")
    jinjiang_home = get(client, "/").content.decode()
    assert "成都通知" in jinjiang_home
    assert "武侯通知" not in jinjiang_home
    assert "武侯通知" in get(client, "/", WUHOU).content.decode()
    assert get(client, f"/notices-of-the-group/{for_one.pk}/").status_code == 404
    assert get(client, f"/notices-of-the-group/{for_one.pk}/", WUHOU).status_code == 200
    assert get(client, f"/notices-of-the-group/{for_city.pk}/", "sichuan.localhost:8000").status_code == 404


@pytest.mark.parametrize(
    ("starts", "ends", "shows"), [(-1, None, True), (-1, 1, True), (1, None, False), (-2, -1, False)]
)
def test_notice_keeps_its_time(client, jinjiang: Centre, starts: int, ends: int | None, shows: bool) -> None:
    now = timezone.now()
    row = notice(
        shows_from=now + timedelta(hours=starts), shows_until=None if ends is None else now + timedelta(hours=ends)
    )
    assert ("全省通知" in get(client, "/").content.decode()) is shows
    assert get(client, f"/notices-of-the-group/{row.pk}/").status_code == (200 if shows else 404)


def test_urgent_notices_come_first(client, jinjiang: Centre) -> None:
    notice(title_zh_hans="急", is_urgent=True, shows_from=timezone.now() - timedelta(days=3))
    notice(title_zh_hans="平")
    assert [each["title"] for each in get(client, "/").context["group_notices"]] == ["急", "平"]


def test_notice_without_english_is_shown_in_chinese_and_marked(client, jinjiang: Centre) -> None:
    row = notice(title_en="", body_en="内容")
    html = get(client, f"/en/notices-of-the-group/{row.pk}/").content.decode()
    assert '<span lang="zh-Hans">全省通知</span>' in html
    assert '<div class="prose" lang="zh-Hans">' in html


def test_notice_cant_end_before_it_starts(db) -> None:
    now = timezone.now()
    with pytest.raises(ValidationError) as error:
        GroupNotice(title="甲", shows_from=now, shows_until=now - timedelta(days=1)).full_clean()
    assert "shows_until" in error.value.message_dict


# -- Leaving ----------------------------------------------------------------------


def test_link_out_of_a_text_leads_through_a_notice(client, jinjiang: Centre) -> None:
    text = paragraph('<a href="https://www.example.com/?a=1&amp;b=2">out</a>')
    add_article(jinjiang, "甲", "Alpha", body_zh_hans=[text], body_en=[text])
    assert 'href="https://www.example.com' not in get(client, "/news/alpha/").content.decode()
    with override("en"):
        address = outbound("https://www.example.com/?a=1&b=2")
    assert address.startswith("/en/leaving/?")
    response = get(client, address)
    assert response.status_code == 200
    html = response.content.decode()
    assert 'href="https://www.example.com/?a=1&amp;b=2"' in html
    assert "www.example.com" in html
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_nobody_else_can_make_a_leaving_notice(client, jinjiang: Centre, prefix: str) -> None:
    signed = parse_qs(urlsplit(outbound("https://www.example.com/")).query)["signature"][0]
    for query in (
        "",
        "?to=https://evil.example/",
        f"?to=https://evil.example/&signature={signed}",
        "?to=javascript:alert(1)&signature=x",
        "?to=%00&signature=%00",
    ):
        response = get(client, f"{prefix}/leaving/{query}")
        assert response.status_code == 404
        assert 'href="https://evil.example' not in response.content.decode()


def test_addresses_in_settings_lead_through_the_notice_too(client, jinjiang: Centre) -> None:
    jinjiang.badge_error_report_url = "https://report.example.com/?site=1"
    jinjiang.badge_party_government_url = "https://bszs.conac.gov.cn/sitename?id=1"
    jinjiang.save()
    html = get(client, "/").content.decode()
    assert 'href="https://report.example.com' not in html
    assert 'href="https://bszs.conac.gov.cn/sitename?id=1"' in html
