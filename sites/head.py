"""What goes into the head of a public page: title, meta tags, canonical address, the other language, feeds.

The meta tags are those that the web sites of the government carry (国办秘函〔2019〕19号, annex on page tags).
"""

from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import get_language
from wagtail.images.shortcuts import get_rendition_or_not_found

from core.language import CHINESE, ENGLISH, LANGUAGE_TAGS, has_english, path_in_language, shown_text
from core.models import BasePage, Picture
from core.page_cache import may_keep
from core.pictures import SHARED_SPEC
from sites.column_views import column_view
from sites.models import ArticlePage, Centre, ColumnPage

DESCRIPTION_LENGTH = 200


def search_title(page: BasePage) -> str:
    """The title for search engines: its own one where the editor wrote one, in the reader's language if there is any."""
    if get_language() == ENGLISH:
        for field in ("seo_title", "title"):
            if has_english(page, field):
                return getattr(page, f"{field}_en")
    return page.seo_title_zh_hans or page.title_zh_hans


def alternates(centre: Centre, path: str, query: str, in_english: bool) -> list[dict[str, str]]:
    """The addresses of a page in each language that it has; readers of other languages get the Chinese one."""
    chinese = centre.root_url + path_in_language(path, CHINESE) + query
    english = centre.root_url + path_in_language(path, ENGLISH) + query
    return [
        {"lang": LANGUAGE_TAGS[CHINESE], "url": chinese},
        *([{"lang": LANGUAGE_TAGS[ENGLISH], "url": english}] if in_english else []),
        {"lang": "x-default", "url": chinese},
    ]


def head(
    request: HttpRequest,
    title: str = "",
    meta: list[tuple[str, str]] | None = None,
    *,
    query: str = "",
    in_english: bool = True,
    feeds: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    """The head of a page that is titled `title` (empty on the home page), with the site's own tags in front of `meta`.

    `query` is the part of the address that makes another page of it (`?page=2`), without what search
    engines should not tell apart. A page shown under /en/ that has no English text (`in_english`
    False) is the Chinese page once more: its canonical address is the Chinese one, and it
    isn't offered as an English alternate.
    """
    centre: Centre = request.centre
    path = request.path if in_english else path_in_language(request.path, CHINESE)
    site_name = shown_text(centre, "name")
    tags = [
        ("SiteName", site_name),
        ("SiteDomain", centre.host_site.domain),
        ("SiteIDCode", centre.site_identification_code),
        *(meta or []),
    ]
    return {
        "page_title": f"{title} · {site_name}" if title else site_name,
        "meta": [{"name": name, "content": content} for name, content in tags if content],
        "canonical_url": f"{centre.root_url}{path}{query}",
        "alternates": alternates(centre, request.path, query, in_english),
        "feeds": feeds or [],
    }


def column_tags(page: ColumnPage, centre: Centre) -> list[tuple[str, str]]:
    column = page.column
    description = shown_text(page, "search_description") or shown_text(column, "description")
    return [
        ("ColumnName", shown_text(column, "name")),
        ("ColumnDescription", description),
        ("ColumnKeywords", f"{shown_text(column, 'name')},{shown_text(centre.division, 'name')}"),
        ("ColumnType", column.get_kind_display()),
        ("description", description),
    ]


def feed_of(page: ColumnPage, request: HttpRequest) -> dict[str, str]:
    """The address of a column's feed, for browsers and readers to find."""
    return {"title": shown_text(page.column, "name"), "url": f"{page.get_url(request)}feed.atom"}


def column_head(request: HttpRequest, page: ColumnPage, query: str = "") -> dict[str, Any]:
    """The head of a column page, which may be kept. Its name always has English: the standard asks for both."""
    may_keep(request, query)
    listing = column_view(page.column.kind).listing
    feeds = [feed_of(page, request)] if listing is not None and listing.entries is not None else []
    return head(request, shown_text(page.column, "name"), column_tags(page, request.centre), query=query, feeds=feeds)


def description_of(article: ArticlePage) -> str:
    """What an article says, in a sentence or two: the editor's description, the summary, or how its text begins."""
    own = shown_text(article, "search_description") or shown_text(article, "summary")
    if own:
        return own
    paragraphs = shown_text(article, "body").blocks_by_name("paragraph")
    text = " ".join(strip_tags(paragraph.value.source) for paragraph in paragraphs)
    return Truncator(" ".join(text.split())).chars(DESCRIPTION_LENGTH)


def picture_address(picture: Picture) -> str:
    """The address of a picture in a size and form that everybody reads; the original has no public address."""
    return get_rendition_or_not_found(picture, SHARED_SPEC).url


def article_head(request: HttpRequest, article: ArticlePage, column_page: ColumnPage) -> dict[str, Any]:
    """The head of an article, which may be kept."""
    may_keep(request)
    root = request.centre.root_url
    address = f"{root}{article.get_url(request)}"
    description = description_of(article)
    keywords = shown_text(article, "keywords")
    tags = [
        *column_tags(column_page, request.centre)[:-1],
        ("ArticleTitle", shown_text(article, "title")),
        ("PubDate", f"{article.publication_date:%Y-%m-%d}"),
        ("ContentSource", shown_text(article, "source") or shown_text(request.centre, "name")),
        ("Keywords", keywords),
        ("Author", shown_text(article, "author")),
        ("Description", description),
        ("Image", f"{root}{picture_address(article.picture)}" if article.picture else ""),
        ("Url", address),
    ]
    return head(
        request,
        search_title(article),
        tags,
        in_english=article.is_in_english,
        feeds=[feed_of(column_page, request)],
    )
