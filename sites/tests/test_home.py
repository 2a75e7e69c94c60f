"""What a home page shows of the site's columns of articles."""

import pytest

from sites.models import Centre, ColumnPage, ColumnStandard
from sites.standard_apply import the_standard
from sites.tests.content import add_article
from sites.tests.standard import publish

HOST = "jinjiang.chengdu.localhost:8000"
STORIES = {
    "key": "stories",
    "name_zh_hans": "办事故事",
    "name_en": "Stories",
    "slug": "stories",
    "kind": "articles",
    "levels": ["county"],
}


@pytest.fixture
def standard(db) -> ColumnStandard:
    return the_standard()


def shown(client, path: str = "/en/") -> list[tuple[str, str, list[str]]]:
    """The columns of articles on the home page: title, address and the titles in each."""
    latest = client.get(path, headers={"host": HOST}).context["latest"]
    return [(column["title"], column["url"], [article["title"] for article in column["articles"]]) for column in latest]


def test_a_column_that_the_province_adds_is_on_the_home_page(client, standard, jinjiang: Centre) -> None:
    publish(standard, add=STORIES)
    add_article(jinjiang, "故事", "A story", column="stories")
    add_article(jinjiang, "消息", "Some news")
    assert shown(client) == [
        ("News", "/en/news/", ["Some news"]),
        ("Stories", "/en/stories/", ["A story"]),
    ]
    page = client.get("/en/", headers={"host": HOST}).content.decode()
    assert '<h2 id="home-stories">Stories</h2>' in page
    assert page.index("Some news") < page.index("A story")


def test_the_columns_come_in_the_standards_order_with_its_names(client, standard, jinjiang: Centre) -> None:
    add_article(jinjiang, "消息", "Some news")
    add_article(jinjiang, "政策", "A policy", column="policies")
    publish(standard, policies={"sort_order": -1, "name_zh_hans": "政策文件"}, news={"name_zh_hans": "要闻"})
    assert [title for title, _, _ in shown(client, "/")] == ["政策文件", "要闻"]


def test_a_column_without_articles_is_left_out(client, jinjiang: Centre) -> None:
    assert shown(client) == []
    assert "home-news" not in client.get("/", headers={"host": HOST}).content.decode()
    add_article(jinjiang, "通知", "A notice", column="notices")
    assert [title for title, _, _ in shown(client)] == ["Notices"]


def test_a_column_that_the_centre_switched_off_is_left_out(client, standard, jinjiang: Centre) -> None:
    add_article(jinjiang, "消息", "Some news")
    publish(standard, news={"required": False})
    jinjiang.switched_off_columns = ["news"]
    jinjiang.save()
    assert ColumnPage.objects.child_of(jinjiang.home).get(column_key="news").live
    assert shown(client) == []
