"""Columns of articles: lists, filters, the article itself, and what is related to it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from wagtail.url_routing import RouteResult

from sites.columns import ColumnView
from sites.models import ArticlePage, ColumnPage, Topic

PER_PAGE = 20
RELATED = 5


def articles_of(column_page: ColumnPage):
    """The published articles of one site's column, newest first."""
    first, last = column_page._get_children_path_interval(column_page.path)
    return (
        ArticlePage.objects.filter(path__range=(first, last), depth=column_page.depth + 1, live=True)
        .select_related("topic")
        .order_by("-publication_date", "-first_published_at", "-pk")
    )


def prepared(request: HttpRequest, articles: Iterable[ArticlePage], column_page: ColumnPage) -> list[ArticlePage]:
    """Articles with their address, so that a list asks nothing of the database."""
    base = column_page.get_url(request)
    result = []
    for article in articles:
        article.address = f"{base}{article.slug}/"
        result.append(article)
    return result


def latest_articles(request: HttpRequest, column_page: ColumnPage, number: int) -> list[ArticlePage]:
    return prepared(request, articles_of(column_page).defer_streamfields()[:number], column_page)


def chosen(value: str | None, choices: Iterable[str]) -> str:
    """A filter's value from the address, empty when it is none of the choices."""
    return value if value in set(choices) else ""


def index_context(request: HttpRequest, column_page: ColumnPage) -> dict[str, Any]:
    """The list with its filters: `?year=&topic=&page=`, each optional; an unknown value filters nothing."""
    articles = articles_of(column_page)
    years = [str(day.year) for day in articles.order_by().dates("publication_date", "year", order="DESC")]
    topics = list(Topic.objects.filter(articles__in=articles.order_by().values("pk")).distinct())
    year = chosen(request.GET.get("year"), years)
    topic = chosen(request.GET.get("topic"), [topic.key for topic in topics])
    if year:
        articles = articles.filter(publication_date__year=int(year))
    if topic:
        articles = articles.filter(topic__key=topic)
    page: Page = Paginator(articles.defer_streamfields(), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = prepared(request, page.object_list, column_page)

    def link(**changes: str) -> str:
        query = {"year": year, "topic": topic, **changes}
        given = urlencode({key: value for key, value in query.items() if value})
        return f"?{given}" if given else column_page.get_url(request)

    return {
        "articles": page,
        "years": [
            {"value": value, "label": value, "url": link(year=value), "is_current": value == year} for value in years
        ],
        "topics": [
            {"value": each.key, "label": each.name, "url": link(topic=each.key), "is_current": each.key == topic}
            for each in topics
        ],
        "all_years_url": link(year=""),
        "all_topics_url": link(topic=""),
        "filters_active": bool(year or topic),
        "page_links": [
            {
                "number": number,
                "url": link(page=str(number)) if isinstance(number, int) else "",
                "is_current": number == page.number,
            }
            for number in page.paginator.get_elided_page_range(page.number)
        ],
        "previous_url": link(page=str(page.previous_page_number())) if page.has_previous() else "",
        "next_url": link(page=str(page.next_page_number())) if page.has_next() else "",
    }


def route_to_article(request: HttpRequest, column_page: ColumnPage, path_components: list[str]) -> RouteResult:
    """The column itself, or one article below it."""
    if not path_components:
        return RouteResult(column_page)
    slug, *rest = path_components
    article = articles_of(column_page).filter(slug=slug).first() if not rest else None
    if article is None:
        raise Http404
    article._cached_parent_obj = column_page
    return RouteResult(article)


def article_context(request: HttpRequest, article: ArticlePage) -> dict[str, Any]:
    """The article's column, and what else its column has on the same topic."""
    from sites.context import site_context

    column_page = article.get_parent().specific
    related = articles_of(column_page).exclude(pk=article.pk).defer_streamfields()
    if article.topic_id:
        related = related.filter(topic=article.topic_id)
    return {
        **site_context(request),
        "column_page": column_page,
        "related": prepared(request, related[:RELATED], column_page),
        "breadcrumb": [
            {"title": column_page.column.name, "url": column_page.get_url(request)},
        ],
    }


ARTICLES = ColumnView(template="themes/article_index.html", context=index_context, route=route_to_article)
