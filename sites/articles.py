"""Columns of articles: lists, filters, the article itself, and what is related to it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, QuerySet, When
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.url_routing import RouteResult

from core.language import LANGUAGE_TAGS, has_english, shown_language, shown_text
from core.models import Attachment
from sites.column_views import ColumnView
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
    """The list with its filters: `?year=&topic=&page=`, each optional; an unknown value filters nothing.

    The numbers beside a year are those under the chosen topic, and the other way round.
    """
    articles = articles_of(column_page)
    counted = facets(articles)
    all_topics = {topic.pk: topic for topic in Topic.objects.all()}
    years = sorted({year for year, _topic, _number in counted}, reverse=True)
    topics = [topic for pk, topic in all_topics.items() if any(pk == topic_id for _year, topic_id, _number in counted)]

    year = next((each for each in years if str(each) == request.GET.get("year")), None)
    topic = next((each for each in topics if each.key == request.GET.get("topic")), None)
    of_year: Counter[int] = Counter()
    of_topic: Counter[int | None] = Counter()
    for its_year, topic_id, number in counted:
        if topic is None or topic_id == topic.pk:
            of_year[its_year] += number
        if year is None or its_year == year:
            of_topic[topic_id] += number

    if year:
        articles = articles.filter(publication_date__year=year)
    if topic:
        articles = articles.filter(topic=topic)
    paginator = Paginator(articles.defer_streamfields(), PER_PAGE)
    # The facets know the number already.
    paginator.count = sum(
        number
        for its_year, topic_id, number in counted
        if year in (None, its_year) and (topic is None or topic_id == topic.pk)
    )
    page: Page = paginator.page(page_number(request.GET.get("page"), paginator.num_pages))
    page.object_list = listed(request, page.object_list, column_page)

    def query(**changes: Any) -> str:
        values = {"year": year, "topic": topic and topic.key, **changes}
        given = urlencode({key: value for key, value in values.items() if value})
        return f"?{given}" if given else ""

    def link(**changes: Any) -> str | None:
        return query(**changes) or column_page.get_url(request)

    return {
        **column_head(request, column_page, query(page=page.number if page.number > 1 else None)),
        "description": shown_text(column_page.column, "description"),
        "articles": page,
        "years": [
            {"value": "", "count": sum(of_year.values()), "url": link(year=None), "is_current": year is None},
            *(
                {
                    "value": str(each),
                    "label": str(each),
                    "count": of_year[each],
                    "url": link(year=each),
                    "is_current": each == year,
                }
                for each in years
            ),
        ],
        "topics": [
            {"value": "", "count": sum(of_topic.values()), "url": link(topic=None), "is_current": topic is None},
            *(
                {
                    "value": each.key,
                    "label": shown_text(each, "name"),
                    "count": of_topic[each.pk],
                    "url": link(topic=each.key),
                    "is_current": each == topic,
                }
                for each in topics
            ),
        ],
        "filters_active": bool(year or topic),
        "clear_url": column_page.get_url(request),
        "feed_url": f"{column_page.get_url(request)}feed.atom",
    }


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


def attachments_of(article: ArticlePage) -> list[dict[str, Any]]:
    """The files of the text that is shown, in its order."""
    result = []
    for block in shown_text(article, "body").blocks_by_name("attachment"):
        document: Attachment | None = block.value["document"]
        if document is not None:
            result.append(
                {
                    "title": block.value["title"] or document.title,
                    "url": document.url,
                    "filename": document.filename,
                    "file_size": document.get_file_size(),
                }
            )
    return result


def article_context(request: HttpRequest, article: ArticlePage) -> dict[str, Any]:
    """The article's column, its files, and what else its column has: on its topic first, then the newest."""
    column_page = article.get_parent().specific
    related = articles_of(column_page).exclude(pk=article.pk).defer_streamfields()
    if article.topic_id:
        on_topic = Case(When(topic=article.topic_id, then=0), default=1)
        related = related.order_by(on_topic, "-publication_date", "-first_published_at", "-pk")
    return {
        **site_context(request),
        **article_head(request, article, column_page),
        "related": listed(request, related[:RELATED], column_page),
        "attachments": attachments_of(article),
        "picture_text": shown_text(article.picture, "description") if article.picture else "",
        "breadcrumb": [
            *breadcrumb(request, column_page),
            {"title": shown_text(article, "title"), "url": ""},
        ],
    }


ARTICLES = ColumnView(template="themes/article_index.html", context=index_context, route=route_to_article)
