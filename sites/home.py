"""What a centre's home page shows."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from core.language import path_in_language, shown_text
from core.page_cache import may_keep
from sites.articles import latest_articles
from sites.centre_facts import read_contacts
from sites.columns import column_pages
from sites.context import site_context
from sites.head import feed_of, head
from sites.models import Centre, ColumnPage, HomePage

LATEST = 5

Section = Callable[[HttpRequest], dict[str, Any]]
_sections: list[Section] = []


def register(section: Section) -> None:
    """Have the home pages show what a room adds: `section(request)` gives it under a name of its own."""
    _sections.append(section)


def home_context(request: HttpRequest, home: HomePage) -> dict[str, Any]:
    """The latest of each column of articles, the contacts, and the sites of the divisions right below."""
    centre = request.centre
    read_contacts(centre)
    may_keep(request)
    pages = [page for page in column_pages(request, home) if page.column.kind == "articles"]
    description = shown_text(home, "search_description")
    return {
        **site_context(request),
        **head(request, meta=[("Description", description)], feeds=[feed_of(page, request) for page in pages]),
        "latest": latest_of_columns(request, pages),
        "subordinate_sites": subordinate_sites(centre),
        **{name: value for section in _sections for name, value in section(request).items()},
    }


def latest_of_columns(request: HttpRequest, pages: Iterable[ColumnPage]) -> list[dict[str, Any]]:
    """The newest articles of each of these columns of articles; a column without any is left out."""
    columns = (
        {
            "key": page.column_key,
            "title": shown_text(page.column, "name"),
            "url": page.get_url(request),
            "articles": latest_articles(request, page, LATEST),
        }
        for page in pages
    )
    return [column for column in columns if column["articles"]]


def subordinate_sites(centre: Centre) -> list[dict[str, str]]:
    """The sites of the divisions right below a centre's."""
    home = path_in_language("/", get_language())
    below = Centre.objects.filter(division__parent=centre.division_id).select_related("division", "wagtail_site")
    return [{"name": other.division.name, "url": f"{other.root_url}{home}"} for other in below]
