"""Columns of articles: filters, pages, the article with its files and pictures, what expired."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from sites.articles import PER_PAGE
from sites.models import Centre, Topic
from sites.tests.content import add_article, add_attachment, add_picture, column_page, paragraph
from sites.tests.test_head import tags
from sites.tests.test_public_pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def jinjiang(made_jinjiang: Centre) -> Centre:
    return made_jinjiang


@pytest.fixture
def business(db) -> Topic:
    return Topic.objects.create(key="business", name_zh_hans="营商环境", name_en="Doing business")


@pytest.fixture
def everyday(db) -> Topic:
    return Topic.objects.create(key="everyday", name_zh_hans="便民服务", name_en="Everyday services")


@pytest.fixture
def three(jinjiang: Centre, business: Topic, everyday: Topic) -> None:
    add_article(jinjiang, "甲", "Alpha", publication_date=date(2025, 3, 1), topic=business)
    add_article(jinjiang, "乙", "Beta", publication_date=date(2026, 3, 1), topic=business)
    add_article(jinjiang, "丙", "", publication_date=date(2026, 5, 1), topic=everyday)


def titles(response) -> list[str]:
    return [article["title"] for article in response.context["articles"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["丙", "乙", "甲"]),
        ("?year=2026", ["丙", "乙"]),
        ("?topic=business", ["乙", "甲"]),
        ("?year=2026&topic=business", ["乙"]),
        ("?year=2025&topic=everyday", []),
        ("?year=1999", ["丙", "乙", "甲"]),
        ("?year=20%2726&topic=none&page=x", ["丙", "乙", "甲"]),
        ("?page=99", ["丙", "乙", "甲"]),
        ("?page=-1", ["丙", "乙", "甲"]),
        ("?page=%EF%BC%92", ["丙", "乙", "甲"]),
        ("?page=" + "9" * 5000, ["丙", "乙", "甲"]),
    ],
)
def test_filters(client, three, query: str, expected: list[str]) -> None:
    response = get(client, f"/news/{query}")
    assert response.status_code == 200
    assert titles(response) == expected


def test_numbers_beside_a_filter_are_what_it_would_show(client, three) -> None:
    response = get(client, "/news/?year=2026")
    years, topics = (
        [(each["value"], each["count"]) for each in filter["choices"]] for filter in response.context["filters"]
    )
    assert years == [("", 3), ("2026", 2), ("2025", 1)]
    assert topics == [("", 2), ("business", 1), ("everyday", 1)]
    assert response.context["articles"].paginator.count == 2


def test_english_list_shows_chinese_marked_where_there_is_no_english(client, three) -> None:
    response = get(client, "/en/news/")
    assert titles(response) == ["丙", "Beta", "Alpha"]
    html = response.content.decode()
    assert '<html lang="en"' in html
    assert 'lang="zh-Hans" hreflang="zh-Hans">丙</a>' in html
    assert 'lang="zh-Hans" hreflang="zh-Hans">Beta</a>' not in html


def test_pages_keep_the_filters(client, jinjiang: Centre, business: Topic) -> None:
    for number in range(PER_PAGE + 1):
        add_article(jinjiang, f"第{number}条", publication_date=date(2026, 1, 1), topic=business)
    first = get(client, "/news/?year=2026&topic=business")
    assert "?year=2026&amp;topic=business&amp;page=2" in first.content.decode()
    second = get(client, "/news/?year=2026&topic=business&page=2")
    assert len(titles(second)) == 1
    assert set(titles(first)).isdisjoint(titles(second))
    assert second.context["canonical_url"].endswith("/news/?year=2026&topic=business&page=2")
    assert titles(get(client, "/news/?page=9")) == titles(second)


def test_a_file_without_an_english_title_is_told_as_chinese(client, jinjiang: Centre, tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = {"document": add_attachment(jinjiang, "申请表"), "title": ""}
    body = [paragraph("正文"), ("attachment", file)]
    add_article(jinjiang, "通知", "Notice", body_zh_hans=body, body_en=[paragraph("Text"), ("attachment", file)])
    english = get(client, "/en/news/notice/").content.decode()
    assert '<span class="file-title" lang="zh-Hans">申请表</span>' in english
    assert re.search(r'class="file-facts" lang="en">PDF[^<]* · in Chinese<', english)
    chinese = get(client, "/news/notice/").content.decode()
    assert '<span class="file-title">申请表</span>' in chinese
    assert "中文</span></span></a>" not in chinese


def test_article_shows_picture_and_files_in_the_readers_language(client, jinjiang: Centre, tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = add_picture(jinjiang)
    attachment = add_attachment(jinjiang)
    attachment.get_file_size()
    image = {"image": picture, "alternative_text": "一张图", "caption": ""}
    add_article(
        jinjiang,
        "通知",
        "Notice",
        picture=picture,
        body_zh_hans=[
            paragraph("正文"),
            ("image", image),
            ("attachment", {"document": attachment, "title": ""}),
        ],
        body_en=[
            paragraph("Text"),
            ("image", {**image, "alternative_text": "A picture"}),
            ("attachment", {"document": attachment, "title": "Form"}),
        ],
    )
    chinese = get(client, "/news/notice/")
    english = get(client, "/en/news/notice/")
    html = english.content.decode()
    for response, title in ((chinese, "申请表"), (english, "Form")):
        # Once, where the text has it, with its kind and size.
        shown = response.content.decode()
        assert shown.count(f'href="{attachment.url}"') == 1
        assert f'<span class="file-title">{title}</span>' in shown
        assert re.search(r"<span class=\"file-facts\">PDF . \d", shown)
    assert 'type="image/webp"' in html
    assert "srcset=" in html
    assert 'alt="The hall"' in html
    assert 'alt="A picture"' in html
    assert 'alt="大厅"' in chinese.content.decode()
    assert get(client, attachment.url).status_code == 200
    # The original has no public address, its sizes have.
    size = tags(chinese)["Image"].removeprefix("http://jinjiang.chengdu.localhost:8000/media/")
    assert size.startswith("images/")
    assert (tmp_path / size).exists()


def test_article_without_english_shows_the_chinese_marked(client, jinjiang: Centre) -> None:
    add_article(jinjiang, "仅有中文", slug="chinese-only", body_en=[paragraph("仅有中文的内容")])
    html = get(client, "/en/news/chinese-only/").content.decode()
    assert '<span lang="zh-Hans">仅有中文</span>' in html
    assert '<div class="prose" lang="zh-Hans">' in html
    assert "has not been translated yet" in html


def test_related_are_of_the_same_topic_first_and_not_the_article_itself(client, three) -> None:
    response = get(client, "/news/alpha/")
    assert [each["title"] for each in response.context["related"]] == ["乙", "丙"]


def test_scheduled_and_expired(client, jinjiang: Centre) -> None:
    now = timezone.now()
    article = add_article(jinjiang, "定时", slug="scheduled")
    article.go_live_at = now + timedelta(hours=1)
    article.live = False
    article.save_revision(approved_go_live_at=article.go_live_at)
    article.save()
    assert get(client, "/news/scheduled/").status_code == 404

    revision = article.latest_revision
    revision.approved_go_live_at = now - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert get(client, "/news/scheduled/").status_code == 200

    article.refresh_from_db()
    article.go_live_at = None
    article.expire_at = now - timedelta(minutes=1)
    article.save()
    call_command("publish_scheduled", verbosity=0)
    response = get(client, "/en/news/scheduled/")
    assert response.status_code == 410
    assert "withdrawn" in response.content.decode()
    assert titles(get(client, "/news/")) == []


def test_withdrawn_without_expiry_is_unknown(client, jinjiang: Centre) -> None:
    article = add_article(jinjiang, "撤回", slug="withdrawn")
    article.unpublish()
    assert get(client, "/news/withdrawn/").status_code == 404


def test_what_lacks_english_is_kept_with_the_row(jinjiang: Centre) -> None:
    article = add_article(jinjiang, "甲", "", summary_zh_hans="摘要", summary_en="Summary")
    assert article.lacks_english == "title body"
    article.title_en = "Alpha"
    article.body_en = [paragraph("Text")]
    article.save()
    article.refresh_from_db()
    assert article.lacks_english == ""
    assert column_page(jinjiang, "about").lacks_english == ""
