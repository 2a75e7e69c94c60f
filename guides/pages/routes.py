"""What answers below the address of a column of guides.

    <code>/                    the guide, or what stands in its place
    <code>/print/              the guide alone, to print
    <code>/compare/            this centre and others side by side
    <code>/versions/           all versions
    <code>/versions/<n>/       a former version
    one-thing/<key>/           a bundle

Files beside a guide (`.pdf`, `.jsonld`) and the short address have patterns of their own (`guides.urls`).
"""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.url_routing import RouteResult

from guides.pages import bundle, compare, views
from sites.column_views import View
from sites.models import ColumnPage

BUNDLES = "one-thing"


def route_to_guide(request: HttpRequest, column_page: ColumnPage, path_components: list[str]) -> RouteResult:
    """The column itself, or what lies below it. Raises Http404 for what never does."""
    match path_components:
        case []:
            return RouteResult(column_page)
        case [part, *rest] if part == BUNDLES:
            return route_to_bundle(column_page, rest)
        case [code]:
            return below(column_page, views.guide, code=code)
        case [code, "print"]:
            return below(column_page, views.guide_to_print, code=code)
        case [code, "compare"]:
            return below(column_page, compare.comparison, code=code)
        case [code, "versions"]:
            return below(column_page, views.versions, code=code)
        case [code, "versions", number] if number.isascii() and number.isdigit() and len(number) < 5:
            return below(column_page, views.version, code=code, number=int(number))
    raise Http404


def route_to_bundle(column_page: ColumnPage, rest: list[str]) -> RouteResult:
    match rest:
        case []:
            return below(column_page, bundle.bundles)
        case [key]:
            return below(column_page, bundle.one_thing, key=key)
    raise Http404


def below(column_page: ColumnPage, view: View, **options: Any) -> RouteResult:
    """What answers at an address below the column."""
    return RouteResult(column_page, kwargs={"below": view, **options})
