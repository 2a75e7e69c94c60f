"""What search engines may read of a site: sitemap.xml with both languages, and robots.txt."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.views.decorators.http import condition, require_safe

from core.language import CHINESE, ENGLISH, language_of_path, path_in_language
from sites.column_views import column_view
from sites.columns import column_pages
from sites.head import alternates
from sites.models import Centre, ColumnPage

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


def pages_of(request: HttpRequest, columns: list[ColumnPage]) -> Iterator[tuple[str, datetime | None, bool]]:
    """Path, time of the last change, and whether it is in English, of every page: the newest first of each column."""
    yield "/", None, True
    yield "/sites/", None, True
    yield "/site-map/", None, True
    for column in columns:
        yield f"/{column.column.slug}/", column.last_published_at, True
    for column in columns:
        listing = column_view(column.column.kind).listing
        if listing is not None:
            for page in listing.pages(request, column):
                yield f"/{column.column.slug}/{page.rest}", page.changed, page.in_english


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
    """Changes when something that a column lists is published, changed, expires or moves; no text is read."""
    parts = []
    for column in column_pages(request, request.centre.home):
        parts += [column.column.slug, str(column.last_published_at)]
        listing = column_view(column.column.kind).listing
        if listing is not None:
            parts += listing.state(request, column)
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
