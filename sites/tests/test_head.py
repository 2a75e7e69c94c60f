"""Heads of pages, feeds, sitemap and robots: what machines read of a site."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from sites.models import ArticlePage, Centre, Topic
from sites.tests.content import add_article
from sites.tests.test_public_pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def jinjiang(made_jinjiang: Centre) -> Centre:
    return made_jinjiang


ROOT = "http://jinjiang.chengdu.localhost:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def tags(response) -> dict[str, str]:
    return dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', response.content.decode()))


def links(response, relation: str) -> list[tuple[str, str]]:
    """`(hreflang, address)` of the page's links of a relation."""
    found = re.findall(rf'<link rel="{relation}"(?: hreflang="([^"]*)")? href="([^"]*)">', response.content.decode())
    return [(language, address) for language, address in found]


@pytest.fixture
def article(jinjiang: Centre) -> ArticlePage:
    jinjiang.site_identification_code = "5101040001"
    jinjiang.save()
    return add_article(
        jinjiang,
        "锦江新闻",
        "Jinjiang news",
        publication_date=date(2026, 3, 4),
        source_zh_hans="锦江区",
        source_en="Jinjiang District",
        author_zh_hans="王芳",
        keywords_zh_hans="一,二",
        keywords_en="one, two",
        seo_title_en="News of Jinjiang for investors",
    )


def test_meta_tags_of_an_article(client, article: ArticlePage) -> None:
    found = tags(get(client, "/news/jinjiang-news/"))
    assert found["SiteName"] == "锦江区人民政府政务服务中心"
    assert found["SiteDomain"] == "jinjiang.chengdu.localhost"
    assert found["SiteIDCode"] == "5101040001"
    assert found["ColumnName"] == "新闻动态"
    assert found["ColumnDescription"] == "政务服务工作动态"
    assert found["ColumnType"]
    assert "锦江区" in found["ColumnKeywords"]
    assert found["ArticleTitle"] == "锦江新闻"
    assert found["PubDate"] == "2026-03-04"
    assert found["ContentSource"] == "锦江区"
    assert found["Keywords"] == "一,二"
    assert found["Author"] == "王芳"
    assert found["Description"] == "锦江新闻的内容"
    assert found["Url"] == f"{ROOT}/news/jinjiang-news/"


def test_english_head_of_an_article(client, article: ArticlePage) -> None:
    response = get(client, "/en/news/jinjiang-news/")
    html = response.content.decode()
    assert '<html lang="en"' in html
    assert "<title>News of Jinjiang for investors · Jinjiang District Government Service Centre</title>" in html
    assert tags(response)["Keywords"] == "one, two"
    assert tags(response)["ContentSource"] == "Jinjiang District"
    assert links(response, "canonical") == [("", f"{ROOT}/en/news/jinjiang-news/")]
    assert links(response, "alternate") == [
        ("zh-Hans", f"{ROOT}/news/jinjiang-news/"),
        ("en", f"{ROOT}/en/news/jinjiang-news/"),
        ("x-default", f"{ROOT}/news/jinjiang-news/"),
    ]


def test_article_without_english_is_the_chinese_page_once_more(client, jinjiang: Centre) -> None:
    add_article(jinjiang, "仅有中文", slug="chinese-only")
    response = get(client, "/en/news/chinese-only/")
    assert links(response, "canonical") == [("", f"{ROOT}/news/chinese-only/")]
    assert [language for language, _address in links(response, "alternate")] == ["zh-Hans", "x-default"]


@pytest.mark.parametrize("path", ["/", "/about/", "/news/", "/sites/", "/site-map/", "/enquiries/", "/invest/"])
def test_every_page_names_its_other_language(client, jinjiang: Centre, path: str) -> None:
    for address in (path, f"/en{path}"):
        response = get(client, f"{address}?utm_source=elsewhere")
        assert links(response, "canonical") == [("", f"{ROOT}{address}")]
        assert links(response, "alternate")[:2] == [("zh-Hans", f"{ROOT}{path}"), ("en", f"{ROOT}/en{path}")]
        assert tags(response)["SiteName"]


@pytest.mark.parametrize(("prefix", "language", "title"), [("", "zh-Hans", "锦江新闻"), ("/en", "en", "Jinjiang news")])
def test_feed(client, article: ArticlePage, prefix: str, language: str, title: str) -> None:
    page = get(client, f"{prefix}/news/")
    name = "News" if prefix else "新闻动态"
    head_link = f'<link rel="alternate" type="application/atom+xml" title="{name}" href="{prefix}/news/feed.atom">'
    assert head_link in page.content.decode()
    response = get(client, f"{prefix}/news/feed.atom")
    assert response["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{ROOT}{prefix}/news/feed.atom"
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == title
    assert entry.find(f"{ATOM}link").get("href") == f"{ROOT}{prefix}/news/jinjiang-news/"
    assert entry.find(f"{ATOM}updated").text
    first_id = entry.find(f"{ATOM}id").text
    article.slug = "another"
    article.save_revision().publish()
    again = ElementTree.fromstring(get(client, f"{prefix}/news/feed.atom").content).find(f"{ATOM}entry")
    assert again.find(f"{ATOM}id").text == first_id


def test_feed_marks_entries_in_chinese(client, jinjiang: Centre) -> None:
    add_article(jinjiang, "仅有中文", slug="chinese-only")
    feed = ElementTree.fromstring(get(client, "/en/news/feed.atom").content)
    assert feed.find(f"{ATOM}entry").get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"


@pytest.mark.parametrize("path", ["/about/feed.atom", "/nothing/feed.atom"])
def test_no_feed_of_what_holds_no_articles(client, jinjiang: Centre, path: str) -> None:
    assert get(client, path).status_code == 404


@pytest.mark.parametrize("path", ["/news/feed.atom", "/sitemap.xml"])
def test_unchanged_files_are_not_sent_again(client, article: ArticlePage, path: str) -> None:
    etag = get(client, path)["ETag"]
    host = {"host": "jinjiang.chengdu.localhost:8000"}
    assert client.get(path, headers={**host, "if-none-match": etag}).status_code == 304
    assert client.head(path, headers=host).status_code == 200
    article.unpublish()
    assert client.get(path, headers={**host, "if-none-match": etag}).status_code == 200


def sitemap(client) -> dict[str, list[tuple[str, str]]]:
    response = get(client, "/sitemap.xml")
    root = ElementTree.fromstring(b"".join(response.streaming_content))
    return {
        url.find(f"{SITEMAP}loc").text: [
            (link.get("hreflang"), link.get("href")) for link in url.findall("{http://www.w3.org/1999/xhtml}link")
        ]
        for url in root
    }


def test_sitemap_holds_both_languages_where_there_are_both(client, article: ArticlePage, jinjiang: Centre) -> None:
    add_article(jinjiang, "仅有中文", slug="chinese-only")
    draft = add_article(jinjiang, "草稿", slug="draft")
    draft.unpublish()
    found = sitemap(client)
    assert found[f"{ROOT}/en/news/jinjiang-news/"] == [
        ("zh-Hans", f"{ROOT}/news/jinjiang-news/"),
        ("en", f"{ROOT}/en/news/jinjiang-news/"),
        ("x-default", f"{ROOT}/news/jinjiang-news/"),
    ]
    assert f"{ROOT}/news/jinjiang-news/" in found
    assert f"{ROOT}/news/chinese-only/" in found
    assert f"{ROOT}/en/news/chinese-only/" not in found
    assert not [address for address in found if "draft" in address or "notices-of-the-group" in address]
    for address in (f"{ROOT}/", f"{ROOT}/en/", f"{ROOT}/about/", f"{ROOT}/en/sites/"):
        assert address in found
    for address in found:
        assert get(client, address.removeprefix(ROOT)).status_code == 200


def test_sitemap_reads_no_texts_and_stops_at_the_limit(
    client, jinjiang: Centre, monkeypatch, django_assert_max_num_queries
) -> None:
    for number in range(5):
        add_article(jinjiang, f"第{number}条", f"Number {number}")
    with django_assert_max_num_queries(16):
        assert len(sitemap(client)) > 20
    monkeypatch.setattr("sites.sitemap.LIMIT", 19)
    assert len(sitemap(client)) <= 19


def test_robots(client, jinjiang: Centre) -> None:
    response = get(client, "/robots.txt")
    assert response["content-type"].startswith("text/plain")
    text = response.content.decode()
    assert f"Sitemap: {ROOT}/sitemap.xml" in text
    assert "Disallow: /admin/" in text


@pytest.mark.parametrize("name", ["robots.txt", "sitemap.xml"])
def test_one_file_serves_both_languages(client, jinjiang: Centre, name: str) -> None:
    response = get(client, f"/en/{name}")
    assert response.status_code == 301
    assert response["location"] == f"/{name}"


def test_topic_names_are_in_the_readers_language(client, jinjiang: Centre) -> None:
    topic = Topic.objects.create(key="business", name_zh_hans="营商环境", name_en="Doing business")
    add_article(jinjiang, "甲", "Alpha", topic=topic)
    assert "营商环境" not in get(client, "/en/news/").content.decode()
