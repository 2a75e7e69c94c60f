"""What search engines may read of a site: sitemap.xml with both languages, and robots.txt."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.views.decorators.http import condition, require_safe

from core.language import CHINESE, ENGLISH, language_of_path, path_in_language
from sites.articles import articles_of
from sites.columns import column_pages
from sites.head import alternates
from sites.models import Centre, ColumnPage

Pages = Iterator[tuple[str, datetime | None, bool]]


@dataclass(frozen=True)
class PageSource:
    """Pages that a room adds to the sitemaps.

    pages: path, time of the last change, and whether it is in English, of each page on the request's site.
    figures: some figures that change when they do, without reading them.
    """

    pages: Callable[[HttpRequest, list[ColumnPage]], Pages]
    figures: Callable[[HttpRequest, list[ColumnPage]], list[object]]


_sources: list[PageSource] = []


def register(source: PageSource) -> None:
    """Offer a room's pages to search engines; called once, when its app is ready."""
    _sources.append(source)


# The protocol's limit for one file (sitemaps.org). A centre that ever has more keeps its newest articles in it.
LIMIT = 50_000
OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
CLOSING = "</urlset>\n"
# Nothing for search engines: the admin, and pages that exist for one click.
DISALLOWED = ("/admin/", "/leaving/", "/en/leaving/", "/mode/", "/en/mode/")


def url_elements(centre: Centre, path: str, changed: datetime | None, in_english: bool) -> list[str]:
    """The `url` elements of a page, one for each language it has, each naming the other."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{each["lang"]}" href="{escape(each["url"])}"/>'
        for each in alternates(centre, path, "", in_english)
    )
    lastmod = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return [
        f"<url><loc>{escape(centre.root_url + path_in_language(path, language))}</loc>{lastmod}{links}</url>\n"
        for language in ((CHINESE, ENGLISH) if in_english else (CHINESE,))
    ]


def pages_of(request: HttpRequest, columns: list[ColumnPage]) -> Pages:
    """Path, time of the last change, and whether it is in English, of every page: what rooms add before the articles,
    and the newest articles first."""
    yield "/", None, True
    yield "/sites/", None, True
    yield "/site-map/", None, True
    for column in columns:
        yield f"/{column.column.slug}/", column.last_published_at, True
    for source in _sources:
        yield from source.pages(request, columns)
    for column in columns:
        if column.column.kind == "articles":
            rows = articles_of(column).values_list("slug", "last_published_at", "lacks_english")
            for slug, changed, lacking in rows.iterator(chunk_size=1000):
                yield f"/{column.column.slug}/{slug}/", changed, not {"title", "body"} & set(lacking.split())


def lines(request: HttpRequest, columns: list[ColumnPage]) -> Iterator[str]:
    """The file, in pieces: a centre with thousands of articles is never held in memory."""
    yield OPENING
    number = 0
    for path, changed, in_english in pages_of(request, columns):
        elements = url_elements(request.centre, path, changed, in_english)
        number += len(elements)
        if number > LIMIT:
            break
        yield "".join(elements)
    yield CLOSING


def sitemap_etag(request: HttpRequest) -> str:
    """Changes when an article is published, changed, expires or moves: two figures for each column, no text read."""
    columns = column_pages(request, request.centre.home)
    parts = [str(figure) for source in _sources for figure in source.figures(request, columns)]
    for column in columns:
        parts += [column.column.slug, str(column.last_published_at)]
        if column.column.kind == "articles":
            figures: dict[str, Any] = articles_of(column).aggregate(
                number=Count("pk"), last=Max("last_published_at"), pages=Max("pk")
            )
            parts += [str(figure) for figure in figures.values()]
    return etag_of(parts)


def etag_of(parts: list[str]) -> str:
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Every page of this site in both languages. There is one for both: /en/sitemap.xml leads to it."""
    if language_of_path(request.path) == ENGLISH:
        return HttpResponsePermanentRedirect(path_in_language(request.path, CHINESE))
    return chinese_sitemap(request)


@condition(etag_func=sitemap_etag)
def chinese_sitemap(request: HttpRequest) -> StreamingHttpResponse:
    columns = column_pages(request, request.centre.home)
    return StreamingHttpResponse(lines(request, columns), content_type="application/xml; charset=utf-8")


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What search engines may read. A host has one such file: /en/robots.txt leads to it."""
    if language_of_path(request.path) == ENGLISH:
        return HttpResponsePermanentRedirect(path_in_language(request.path, CHINESE))
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED)]
    text = "\n".join([*rules, "", f"Sitemap: {request.centre.root_url}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
