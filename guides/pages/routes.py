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
    view: View
    options: dict[str, Any]
    match path_components:
        case []:
            return RouteResult(column_page)
        case [part, *_] if part == BUNDLES:
            return route_to_bundle(column_page, path_components[1:])
        case [code]:
            view, options = views.guide, {"code": code}
        case [code, "print"]:
            view, options = views.guide_to_print, {"code": code}
        case [code, "compare"]:
            view, options = compare.comparison, {"code": code}
        case [code, "versions"]:
            view, options = views.versions, {"code": code}
        case [code, "versions", number] if number.isascii() and number.isdigit() and len(number) < 5:
            view, options = views.version, {"code": code, "number": int(number)}
        case _:
            raise Http404
    return RouteResult(column_page, kwargs={"below": view, **options})


def route_to_bundle(column_page: ColumnPage, rest: list[str]) -> RouteResult:
    match rest:
        case []:
            return RouteResult(column_page, kwargs={"below": bundle.bundles})
        case [key]:
            return RouteResult(column_page, kwargs={"below": bundle.one_thing, "key": key})
    raise Http404
