"""Columns of articles: lists, filters, the article itself, and what is related to it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Max, QuerySet, When
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.url_routing import RouteResult

from core.facets import Dimension, Narrowed, Row, narrow
from core.language import LANGUAGE_TAGS, has_english, shown_language, shown_text
from sites.column_views import ColumnView, FeedEntry, Listing, PageBelow
from sites.context import breadcrumb, site_context
from sites.head import article_head, column_head
from sites.models import ArticlePage, ColumnPage, Topic

PER_PAGE = 20
RELATED = 5


def all_articles_of(column_page: ColumnPage) -> QuerySet[ArticlePage]:
    """The articles of one site's column, published or not."""
    first, last = column_page._get_children_path_interval(column_page.path)
    return ArticlePage.objects.filter(path__range=(first, last), depth=column_page.depth + 1)


def articles_of(column_page: ColumnPage) -> QuerySet[ArticlePage]:
    """The published articles of one site's column, newest first."""
    return (
        all_articles_of(column_page)
        .filter(live=True)
        .select_related("topic", "picture")
        .order_by("-publication_date", "-first_published_at", "-pk")
    )


def listed(request: HttpRequest, articles: Iterable[ArticlePage], column_page: ColumnPage) -> list[dict[str, Any]]:
    """Articles as lists show them, in the reader's language; asks nothing of the database."""
    base = column_page.get_url(request)
    return [
        {
            "url": f"{base}{article.slug}/",
            "title": shown_text(article, "title"),
            "summary": shown_text(article, "summary"),
            "has_english": has_english(article, "title"),
            "summary_lang": LANGUAGE_TAGS[shown_language(article, "summary")],
            "publication_date": article.publication_date,
            "topic": article.topic and shown_text(article.topic, "name"),
            "picture": article.picture,
        }
        for article in articles
    ]


def latest_articles(request: HttpRequest, column_page: ColumnPage, number: int) -> list[dict[str, Any]]:
    return listed(request, articles_of(column_page).defer_streamfields()[:number], column_page)


def facets(articles: QuerySet[ArticlePage]) -> list[tuple[int, int | None, int]]:
    """How many articles there are of each year and topic: `(year, topic's key, number)`. One query."""
    return list(
        articles.order_by()
        .annotate(year=ExtractYear("publication_date"))
        .values_list("year", "topic_id")
        .annotate(number=Count("pk"))
    )


def page_number(value: str | None, last: int) -> int:
    """The number of a page of a list; the first for what is no number, the nearest for what is out of range."""
    try:
        return min(max(int(value or 1), 1), last)
    except ValueError:
        return 1


def index_context(request: HttpRequest, column_page: ColumnPage) -> dict[str, Any]:
    """The list with its filters: `?year=&topic=&page=`, each optional; an unknown value filters nothing."""
    articles = articles_of(column_page)
    topics = {str(topic.pk): topic for topic in Topic.objects.all()}
    rows = [
        Row({"year": [str(year)], "topic": [topics[str(topic)].key] if topic else []}, number)
        for year, topic, number in facets(articles)
    ]
    years = sorted({year for row in rows for year in row.values["year"]}, reverse=True)
    dimensions = [
        Dimension("year", _("Year"), _("All years"), {year: year for year in years}),
        Dimension(
            "topic", _("Topic"), _("All topics"), {topic.key: shown_text(topic, "name") for topic in topics.values()}
        ),
    ]
    address = column_page.get_url(request) or ""
    narrowed = narrow(dimensions, rows, request.GET.dict(), address)
    if "year" in narrowed.chosen:
        articles = articles.filter(publication_date__year=narrowed.chosen["year"])
    if "topic" in narrowed.chosen:
        articles = articles.filter(topic__key=narrowed.chosen["topic"])
    paginator = Paginator(articles.defer_streamfields(), PER_PAGE)
    paginator.count = narrowed.number  # the facets know it already
    page: Page = paginator.page(page_number(request.GET.get("page"), paginator.num_pages))
    page.object_list = listed(request, page.object_list, column_page)
    return {
        **column_head(request, column_page, query_of(narrowed, page)),
        "description": shown_text(column_page.column, "description"),
        "articles": page,
        "filters": narrowed.filters,
        "filters_active": bool(narrowed.chosen),
        "filters_query": narrowed.query,
        "clear_url": address,
        "feed_url": f"{address}feed.atom",
    }


def query_of(narrowed: Narrowed, page: Page) -> str:
    """The part of a list's address that makes another page of it: what is chosen, and the number of the page."""
    query = urlencode({**narrowed.chosen, **({"page": page.number} if page.number > 1 else {})})
    return f"?{query}" if query else ""


def route_to_article(request: HttpRequest, column_page: ColumnPage, path_components: list[str]) -> RouteResult:
    """The column itself, or one article below it. An article that has expired says so instead of being unknown."""
    if not path_components:
        return RouteResult(column_page)
    slug, *rest = path_components
    if rest:
        raise Http404
    # By its whole address: the articles of many sites may have the same slug.
    address = f"{column_page.url_path}{slug}/"
    article = ArticlePage.objects.filter(url_path=address).select_related("topic", "picture").first()
    if article is None or not (article.live or article.expired):
        raise Http404
    article._cached_parent_obj = column_page
    return RouteResult(article, kwargs={} if article.live else {"is_gone": True})


def serve_gone(request: HttpRequest) -> HttpResponse:
    """What stands at the address of an article that has expired."""
    return TemplateResponse(request, "themes/error_410.html", site_context(request), status=410)


def article_context(request: HttpRequest, article: ArticlePage) -> dict[str, Any]:
    """The article's column, and what else its column has: on its topic first, then the newest."""
    column_page = article.get_parent().specific
    related = articles_of(column_page).exclude(pk=article.pk).defer_streamfields()
    if article.topic_id:
        on_topic = Case(When(topic=article.topic_id, then=0), default=1)
        related = related.order_by(on_topic, "-publication_date", "-first_published_at", "-pk")
    return {
        **site_context(request),
        **article_head(request, article, column_page),
        "related": listed(request, related[:RELATED], column_page),
        "picture_text": shown_text(article.picture, "description") if article.picture else "",
        "breadcrumb": [
            *breadcrumb(request, column_page),
            {"title": shown_text(article, "title"), "url": ""},
        ],
    }


# -- For programs -------------------------------------------------------------------


def entries_of(request: HttpRequest, column_page: ColumnPage, number: int) -> Iterator[FeedEntry]:
    """The newest articles of a column, for its feed."""
    base = f"{request.centre.root_url}{column_page.get_url(request)}"
    for article in articles_of(column_page).defer_streamfields()[:number]:
        published = article.first_published_at or timezone.make_aware(
            datetime.combine(article.publication_date, time())
        )
        yield FeedEntry(
            key=f"article:{article.pk}",
            title=shown_text(article, "title"),
            summary=shown_text(article, "summary"),
            address=f"{base}{article.slug}/",
            author=shown_text(article, "author") or shown_text(article, "source"),
            published=published,
            updated=article.last_published_at or published,
            language=LANGUAGE_TAGS[shown_language(article, "title")],
        )


def pages_of(request: HttpRequest, column_page: ColumnPage) -> Iterator[PageBelow]:
    """All articles of a column, for the sitemap."""
    rows = articles_of(column_page).values_list("slug", "last_published_at", "lacks_english")
    for slug, changed, lacking in rows.iterator(chunk_size=1000):
        yield PageBelow(f"{slug}/", changed, not {"title", "body"} & set(lacking.split()))


def state_of(request: HttpRequest, column_page: ColumnPage) -> list[str]:
    """Changes when an article is published, changed, expires or moves: three figures, no text read."""
    figures = articles_of(column_page).aggregate(number=Count("pk"), last=Max("last_published_at"), pages=Max("pk"))
    return [str(figure) for figure in figures.values()]


ARTICLES = ColumnView(
    template="themes/article_index.html",
    context=index_context,
    route=route_to_article,
    listing=Listing(pages_of, state_of, entries_of),
)
