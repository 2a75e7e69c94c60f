"""The columns of a site as the public sees them, and which kinds of column the group can show.

A room that can show a kind registers it here (`register`). A kind that nobody registered
makes no page and no entrance: nothing shows on a public site before it works.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from wagtail.url_routing import RouteResult

from sites.models import Column, ColumnPage, FormerColumnSlug, HomePage

Router = Callable[[HttpRequest, ColumnPage, list[str]], RouteResult]


def route_to_column_only(request: HttpRequest, page: ColumnPage, path_components: list[str]) -> RouteResult:
    """A column without anything below it."""
    if path_components:
        raise Http404
    return RouteResult(page)


@dataclass(frozen=True)
class ColumnView:
    """How a kind of column is shown: its template, what goes into it, and what lies below its address."""

    template: str
    context: Callable[[HttpRequest, ColumnPage], dict[str, Any]]
    route: Router = route_to_column_only

    def serve(self, request: HttpRequest, page: ColumnPage, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {**page.get_context(request), **self.context(request, page)}
        return TemplateResponse(request, self.template, context)


_views: dict[str, ColumnView] = {}


def register(kind: str, view: ColumnView) -> None:
    """Say how a kind of column is shown; called once, when a room's app is ready."""
    _views[kind] = view


def column_view(kind: str) -> ColumnView:
    """How a kind is shown. Raises Http404 for a kind that no room shows yet."""
    try:
        return _views[kind]
    except KeyError:
        raise Http404 from None


def shown_kinds() -> list[str]:
    """The kinds of column that the rooms of this installation can show."""
    return sorted(_views)


def columns_in_force(level: str) -> list[Column]:
    """The standard's columns for a level, in order, of the kinds that can be shown. One query."""
    return [
        column
        for column in Column.objects.filter(standard__live=True).order_by("sort_order")
        if level in column.levels and column.kind in _views
    ]


def column_by_key(key: str) -> Column | None:
    return Column.objects.filter(standard__live=True, key=key).first()


def new_column_page(column: Column) -> ColumnPage:
    """A page for a column of the standard on one more site, unsaved."""
    return ColumnPage(
        title_zh_hans=column.name_zh_hans, title_en=column.name_en, slug=column.slug, column_key=column.key
    )


def column_pages(request: HttpRequest, home: HomePage) -> list[ColumnPage]:
    """The columns that a site shows, in the standard's order. Read once for a request, in two queries."""
    cached = getattr(request, "_column_pages", None)
    if cached is None:
        first, last = home._get_children_path_interval(home.path)
        pages = {
            page.column_key: page
            for page in ColumnPage.objects.filter(path__range=(first, last), depth=home.depth + 1, live=True)
        }
        cached = []
        switched_off = request.centre.switched_off_columns
        for column in columns_in_force(request.centre.division.level):
            page = pages.get(column.key)
            if page is not None and (column.required or column.key not in switched_off):
                page.column = column
                page._cached_parent_obj = home
                cached.append(page)
        request._column_pages = cached
    return cached


def find_column(request: HttpRequest, home: HomePage, slug: str) -> ColumnPage | None:
    """The column page that a slug of the standard names on this site."""
    return next((page for page in column_pages(request, home) if page.column.slug == slug), None)


def find_former_column(request: HttpRequest, home: HomePage, slug: str) -> ColumnPage | None:
    """The column page that once had a slug, on this site."""
    former = FormerColumnSlug.objects.filter(slug=slug).first()
    if former is None:
        return None
    return next((page for page in column_pages(request, home) if page.column_key == former.key), None)


def moved_permanently(request: HttpRequest, page: ColumnPage, rest: list[str]) -> HttpResponsePermanentRedirect:
    """From a column's former address to the same place under the present one, the query kept."""
    address = f"{page.get_url(request)}{'/'.join(rest)}"
    if rest and "." not in rest[-1]:
        address += "/"  # a file such as feed.atom has no slash at its end
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
