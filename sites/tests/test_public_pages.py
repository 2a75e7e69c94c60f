"""A site's public pages: its host, its columns, its articles, in both languages."""

import pytest

from sites import column_views
from sites.models import ArticlePage, Centre, ColumnPage
from sites.tests.reference import add_page

HOST = "jinjiang.chengdu.localhost:8000"


def get(client, path: str, host: str = HOST):
    return client.get(path, headers={"host": host})


@pytest.mark.parametrize("path", ["/", "/about/", "/news/", "/notices/", "/policies/", "/invest/", "/enquiries/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_column_answers_in_both_languages(client, jinjiang: Centre, path: str, prefix: str) -> None:
    response = get(client, prefix + path)
    assert response.status_code == 200
    assert response.context["language"] == ("en" if prefix else "zh-hans")


def test_article_is_on_its_own_site_only(client, jinjiang: Centre, wuhou: Centre) -> None:
    news = ColumnPage.objects.child_of(jinjiang.home).get(column_key="news")
    add_page(news, ArticlePage(title_zh_hans="锦江新闻", title_en="Jinjiang news"))
    assert get(client, "/news/jinjiang-news/").status_code == 200
    assert get(client, "/news/jinjiang-news/", "wuhou.chengdu.localhost:8000").status_code == 404


def test_unknown_host_gets_a_plain_404_that_names_no_other_host(client, jinjiang: Centre) -> None:
    response = get(client, "/", "unknown.example")
    assert response.status_code == 404
    assert response["content-type"].startswith("text/plain")
    assert "localhost" not in response.content.decode()


def test_no_entrance_shows_before_a_room_can_show_it(client, jinjiang: Centre) -> None:
    response = get(client, "/")
    assert {"apply", "track"}.isdisjoint(column["key"] for column in response.context["columns"])
    assert get(client, "/apply/").status_code == 404


def test_home_page_has_an_entrance_for_each_column_that_works(client, jinjiang: Centre, monkeypatch) -> None:
    assert [entrance["url"] for entrance in get(client, "/").context["entrances"]] == ["/guides/", "/catalogue/"]
    monkeypatch.delitem(column_views._views, "guides")
    assert [entrance["url"] for entrance in get(client, "/").context["entrances"]] == ["/catalogue/"]
