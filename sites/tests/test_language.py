"""What counts as English, and addresses in the other language."""

import pytest
from django.utils.translation import override

from core.language import has_english, lacks_english, language_of_path, path_in_language, shown_language, shown_text
from sites.models import ArticlePage
from sites.tests.content import paragraph

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        ("新闻", "News", True),
        ("新闻", "", False),
        ("新闻", None, False),
        ("新闻", "新闻", False),
        ("新闻", " 新闻\n", False),
        ("新闻", "   ", False),
    ],
)
def test_text_equal_to_the_chinese_is_no_english(chinese: str, english: str | None, expected: bool) -> None:
    article = ArticlePage(title_zh_hans=chinese, title_en=english)
    assert has_english(article, "title") is expected
    with override("en"):
        assert shown_text(article, "title") == (english if expected else chinese)
        assert shown_language(article, "title") == ("en" if expected else "zh-hans")


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ([], False),
        ([("paragraph", '<p data-block-key="zz"></p>')], False),
        ([("paragraph", '<p data-block-key="zz">内容</p>')], False),
        ([("paragraph", '<p data-block-key="zz">Text</p>')], True),
    ],
)
def test_a_body_pasted_over_is_no_english(english: list, expected: bool) -> None:
    """The editor gives every block and paragraph a key of its own: a pasted text differs in them only."""
    from wagtail.rich_text import RichText

    chinese = [("paragraph", RichText('<p data-block-key="aa">内容</p>'))]
    article = ArticlePage(body_zh_hans=chinese, body_en=[(kind, RichText(text)) for kind, text in english])
    assert has_english(article, "body") is expected
    assert lacks_english(article, "body") is not expected


def test_nothing_lacks_english_where_there_is_no_chinese() -> None:
    article = ArticlePage(title_zh_hans="新闻", body_zh_hans=[paragraph("内容")])
    assert lacks_english(article, "title")
    assert lacks_english(article, "body")
    assert not lacks_english(article, "summary")


@pytest.mark.parametrize(
    ("path", "chinese", "english"),
    [
        ("/", "/", "/en/"),
        ("/en/", "/", "/en/"),
        ("/en", "/", "/en/"),
        ("/news/a/", "/news/a/", "/en/news/a/"),
        ("/en/news/a/", "/news/a/", "/en/news/a/"),
        ("/entrances/", "/entrances/", "/en/entrances/"),
        ("/admin/login/", "/", "/en/"),
    ],
)
def test_address_in_the_other_language(path: str, chinese: str, english: str) -> None:
    assert path_in_language(path, "zh-hans") == chinese
    assert path_in_language(path, "en") == english
    assert language_of_path("/entrances/") == "zh-hans"
