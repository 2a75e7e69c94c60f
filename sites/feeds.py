"""Atom feeds: the newest articles of a column of a site, in each language."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from core.language import LANGUAGE_TAGS, shown_language, shown_text
from sites.articles import articles_of
from sites.column_views import moved_permanently
from sites.columns import find_column, find_former_column
from sites.models import ArticlePage, ColumnPage
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
    """A column with the request that asks for its feed."""

    def __init__(self, request: HttpRequest, page: ColumnPage) -> None:
        self.request = request
        self.page = page
        self.root_url = request.centre.root_url


def feed_column(request: HttpRequest, slug: str) -> FeedColumn:
    """The column of a feed's address. Raises Http404 for a column that holds no articles."""
    page = find_column(request, request.centre.home, slug)
    if page is None or page.column.kind != "articles":
        raise Http404
    return FeedColumn(request, page)


class ColumnFeed(Feed):
    """The newest articles of a column. Addresses are whole, with the port; ids don't change with an address."""

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

    def items(self, column: FeedColumn) -> list[ArticlePage]:
        articles = list(articles_of(column.page).defer_streamfields()[:LENGTH])
        base = self.link(column)
        for article in articles:
            article.address = f"{base}{article.slug}/"
            article.host = column.request.centre.host_site.domain
        return articles

    def item_title(self, article: ArticlePage) -> str:
        return shown_text(article, "title")

    def item_description(self, article: ArticlePage) -> str:
        return shown_text(article, "summary")

    def item_link(self, article: ArticlePage) -> str:
        return article.address

    def item_guid(self, article: ArticlePage) -> str:
        """A tag URI (RFC 4151): stays when a slug or a column's name in the address changes."""
        day = f"{self.item_pubdate(article):%Y-%m-%d}"
        return f"tag:{article.host},{day}:article:{article.pk}:{get_language()}"

    def item_author_name(self, article: ArticlePage) -> str | None:
        return shown_text(article, "author") or shown_text(article, "source") or None

    def item_pubdate(self, article: ArticlePage) -> datetime:
        return article.first_published_at or timezone.make_aware(datetime.combine(article.publication_date, time()))

    def item_updateddate(self, article: ArticlePage) -> datetime:
        return article.last_published_at or self.item_pubdate(article)

    def item_extra_kwargs(self, article: ArticlePage) -> dict[str, str]:
        return {"language": LANGUAGE_TAGS[shown_language(article, "title")]}


def feed_etag(request: HttpRequest, column: str) -> str:
    """Changes when one of the feed's articles does, is added or goes: two figures an article, no text read."""
    page = feed_column(request, column).page
    rows = articles_of(page).values_list("pk", "last_published_at")[:LENGTH]
    names = [str(get_language()), str(page.column.name), str(request.centre.name)]
    return etag_of(names + [str(value) for row in rows for value in row])


newest_articles = condition(etag_func=feed_etag)(ColumnFeed())


@require_safe
def feed(request: HttpRequest, column: str) -> HttpResponse:
    """A column's feed; a former slug of the column leads to the present one."""
    home = request.centre.home
    moved = None if find_column(request, home, column) else find_former_column(request, home, column)
    if moved is not None:
        return moved_permanently(request, moved, ["feed.atom"])
    return newest_articles(request, column)
