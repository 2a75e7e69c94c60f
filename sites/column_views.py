"""How the kinds of column are shown.

A room that can show a kind registers it here (`register`). A kind that nobody registered
makes no page and no entrance: nothing shows on a public site before it works.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from wagtail.url_routing import RouteResult

if TYPE_CHECKING:
    from sites.models import ColumnPage

View = Callable[..., HttpResponse]
Router = Callable[[HttpRequest, "ColumnPage", list[str]], RouteResult]


def route_to_column_only(request: HttpRequest, page: "ColumnPage", path_components: list[str]) -> RouteResult:
    """A column without anything below it."""
    if path_components:
        raise Http404
    return RouteResult(page)


@dataclass(frozen=True)
class FeedEntry:
    """An entry of a column's feed. `key` never changes and no other entry of the site has it; `author` may be empty."""

    key: str
    title: str
    summary: str
    address: str
    author: str
    published: datetime
    updated: datetime
    language: str


Entries = Callable[[HttpRequest, "ColumnPage", int], Iterable[FeedEntry]]


@dataclass(frozen=True)
class PageBelow:
    """A page below a column's address, for the sitemap: the rest of the address, `12/`."""

    rest: str
    changed: datetime | None
    in_english: bool


@dataclass(frozen=True)
class Listing:
    """What a column lists for programs: feed readers and search engines.

    `pages` are all, the newest first where they have a date. `state` is what changes when one of them does, in few
    words and cheaply: tags of files are made of it. `entries` are the newest ones with whole addresses, at most so
    many; without them the column has no feed.
    """

    pages: Callable[[HttpRequest, "ColumnPage"], Iterable[PageBelow]]
    state: Callable[[HttpRequest, "ColumnPage"], list[str]]
    entries: Entries | None = None


@dataclass(frozen=True)
class ColumnView:
    """How a kind of column is shown: its template, what goes into it, and what lies below its address.

    The pages of a kind with a `listing` stand in the sitemap, and it may have a feed.
    """

    template: str
    context: Callable[[HttpRequest, "ColumnPage"], dict[str, Any]]
    route: Router = route_to_column_only
    listing: Listing | None = None

    def serve(self, request: HttpRequest, page: "ColumnPage", below: View | None = None, **kwargs: Any) -> HttpResponse:
        """The column's page, or what the route found below it: a view of its own with its arguments."""
        if below is not None:
            return below(request, page, **kwargs)
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


def moved_permanently(request: HttpRequest, page: "ColumnPage", rest: list[str]) -> HttpResponsePermanentRedirect:
    """From a column's former address to the same place under the present one, the query kept."""
    address = f"{page.get_url(request)}{'/'.join(rest)}"
    if rest and "." not in rest[-1]:
        address += "/"  # a file such as feed.atom has no slash at its end
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
