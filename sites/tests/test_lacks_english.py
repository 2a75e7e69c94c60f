"""The report of what lacks English: one's own pages only, filterable, cheap."""

import pytest

from core.models import User
from sites.admin.english import pages_lacking_english
from sites.models import Centre, Role
from sites.tests.content import add_article, column_page, paragraph
from sites.tests.people import person
from sites.tests.test_public_pages import HOST

pytestmark = pytest.mark.django_db


@pytest.fixture
def jinjiang_editor(jinjiang: Centre) -> User:
    return person("jinjiang-editor", Role.EDITOR, jinjiang)


def report(client, user: User, query: str = ""):
    client.force_login(user)
    return client.get(f"/admin/reports/lacks-english/{query}", headers={"host": HOST})


def listed(response) -> dict[str, str]:
    return {page.title: page.lacking for page in response.context["object_list"]}


def test_what_lacks_english(client, jinjiang: Centre, jinjiang_editor: User) -> None:
    add_article(jinjiang, "全部", "Complete")
    add_article(jinjiang, "没有")
    add_article(jinjiang, "照抄", "照抄", body_en=[paragraph("照抄的内容")])
    add_article(jinjiang, "缺摘要", "No summary", summary_zh_hans="摘要")
    about = column_page(jinjiang, "about")
    about.introduction_zh_hans = [paragraph("中心介绍")]
    about.save_revision().publish()
    response = report(client, jinjiang_editor)
    assert response.status_code == 200
    assert listed(response) == {
        "没有": "title body",
        "照抄": "title body",
        "缺摘要": "summary",
        "中心概况": "introduction",
    }
    html = response.content.decode()
    assert jinjiang.name_zh_hans in html
    assert f"/admin/pages/{about.pk}/edit/" in html


def test_ones_own_pages_only(client, jinjiang: Centre, wuhou: Centre, jinjiang_editor: User) -> None:
    add_article(jinjiang, "锦江")
    add_article(wuhou, "武侯")
    assert list(listed(report(client, jinjiang_editor))) == ["锦江"]
    assert listed(report(client, jinjiang_editor, "?title=武侯")) == {}
    assert set(listed(report(client, person("supervisor", Role.SUPERVISOR, wuhou.division.parent.centre)))) == {
        "锦江",
        "武侯",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?lacking=summary", {"乙"}),
        ("?lacking=body", {"甲"}),
        ("?title=甲", {"甲"}),
        ("?lacking=nonsense", {"甲", "乙"}),
        ("?live=true", {"甲", "乙"}),
        ("?live=false", set()),
    ],
)
def test_filters(client, jinjiang: Centre, jinjiang_editor: User, query: str, expected: set[str]) -> None:
    add_article(jinjiang, "甲", "Alpha", body_en=[])
    add_article(jinjiang, "乙", "Beta", summary_zh_hans="摘要")
    assert set(listed(report(client, jinjiang_editor, query))) == expected


def test_somebody_without_pages_sees_no_report(client, jinjiang: Centre) -> None:
    add_article(jinjiang, "甲")
    response = report(client, person("receiver", Role.RECEIVER, jinjiang))
    assert response.status_code in (302, 403)


def test_costs_the_same_with_more_pages(
    client, jinjiang: Centre, jinjiang_editor: User, django_assert_max_num_queries
) -> None:
    for number in range(12):
        add_article(jinjiang, f"第{number}条")
    report(client, jinjiang_editor)
    assert pages_lacking_english().count() == 12
    with django_assert_max_num_queries(30):
        assert len(listed(report(client, jinjiang_editor))) == 12


def test_export(client, jinjiang: Centre, jinjiang_editor: User) -> None:
    add_article(jinjiang, "甲")
    response = report(client, jinjiang_editor, "?export=csv")
    assert "甲" in b"".join(response.streaming_content).decode()
