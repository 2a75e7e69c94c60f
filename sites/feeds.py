"""Atom feeds: the newest entries of a column of a site, in each language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from core.language import LANGUAGE_TAGS, shown_text
from sites.column_views import Entries, FeedEntry, Listing, column_view, moved_permanently
from sites.columns import find_column, find_former_column
from sites.models import ColumnPage
from sites.sitemap import etag_of

LENGTH = 30


class BilingualAtomFeed(Atom1Feed):
    """Marks an entry that has no English yet with the language that it is in."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        language = item["language"]
        return {
            **super().item_attributes(item),
            **({} if language == self.feed["language"] else {"xml:lang": language}),
        }


class FeedColumn:
    """A column and what it lists, with the request that asks for its feed."""

    def __init__(self, request: HttpRequest, page: ColumnPage, listing: Listing, entries: Entries) -> None:
        self.request = request
        self.page = page
        self.listing = listing
        self.entries = entries
        self.host = request.centre.host_site.domain
        self.root_url = request.centre.root_url


def feed_column(request: HttpRequest, slug: str) -> FeedColumn:
    """The column of a feed's address. Raises Http404 for a column that has none."""
    page = find_column(request, request.centre.home, slug)
    listing = page and column_view(page.column.kind).listing
    if page is None or listing is None or listing.entries is None:
        raise Http404
    return FeedColumn(request, page, listing, listing.entries)


class ColumnFeed(Feed):
    """The newest entries of a column. Addresses are whole, with the port; ids don't change with an address."""

    feed_type = BilingualAtomFeed

    @property
    def language(self) -> str:  # type: ignore[override]  # one object serves requests in both languages
        return LANGUAGE_TAGS[get_language()]

    def get_object(self, request: HttpRequest, column: str) -> FeedColumn:
        return feed_column(request, column)

    def title(self, column: FeedColumn) -> str:
        return f"{shown_text(column.page.column, 'name')} · {shown_text(column.request.centre, 'name')}"

    def subtitle(self, column: FeedColumn) -> str:
        return shown_text(column.page.column, "description")

    def link(self, column: FeedColumn) -> str:
        return column.root_url + column.page.get_url(column.request)

    def feed_url(self, column: FeedColumn) -> str:
        return column.root_url + column.request.path

    def author_name(self, column: FeedColumn) -> str:
        return shown_text(column.request.centre, "name")

    def items(self, column: FeedColumn) -> Iterable[tuple[FeedEntry, str]]:
        """The entries, each with the host of its site."""
        return [(entry, column.host) for entry in column.entries(column.request, column.page, LENGTH)]

    def item_title(self, item: tuple[FeedEntry, str]) -> str:
        return item[0].title

    def item_description(self, item: tuple[FeedEntry, str]) -> str:
        return item[0].summary

    def item_link(self, item: tuple[FeedEntry, str]) -> str:
        return item[0].address

    def item_guid(self, item: tuple[FeedEntry, str]) -> str:
        """A tag URI (RFC 4151): stays when a slug or a column's name in the address changes."""
        entry, host = item
        return f"tag:{host},{entry.published:%Y-%m-%d}:{entry.key}:{get_language()}"

    def item_author_name(self, item: tuple[FeedEntry, str]) -> str | None:
        return item[0].author or None

    def item_pubdate(self, item: tuple[FeedEntry, str]) -> datetime:
        return item[0].published

    def item_updateddate(self, item: tuple[FeedEntry, str]) -> datetime:
        return item[0].updated

    def item_extra_kwargs(self, item: tuple[FeedEntry, str]) -> dict[str, str]:
        return {"language": item[0].language}


def feed_etag(request: HttpRequest, column: str) -> str:
    found = feed_column(request, column)
    names = [str(get_language()), str(found.page.column.name), str(request.centre.name)]
    return etag_of(names + found.listing.state(request, found.page))


newest_entries = condition(etag_func=feed_etag)(ColumnFeed())


@require_safe
def feed(request: HttpRequest, column: str) -> HttpResponse:
    """A column's feed; a former slug of the column leads to the present one."""
    home = request.centre.home
    moved = None if find_column(request, home, column) else find_former_column(request, home, column)
    if moved is not None:
        return moved_permanently(request, moved, ["feed.atom"])
    return newest_entries(request, column)
