"""What a centre's home page shows."""

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
from sites.models import Centre, HomePage

LATEST = 5


def home_context(request: HttpRequest, home: HomePage) -> dict[str, Any]:
    """The latest of each column of articles, the contacts, and the sites of the divisions right below.

    The columns of articles come under their key, as the theme gives each its own place:
    `news`, `news_title`, `news_url` and so on.
    """
    centre = request.centre
    read_contacts(centre)
    may_keep(request)
    context: dict[str, Any] = {}
    feeds = []
    for page in column_pages(request, home):
        if page.column.kind == "articles":
            context[page.column_key] = latest_articles(request, page, LATEST)
            context[f"{page.column_key}_title"] = shown_text(page.column, "name")
            context[f"{page.column_key}_url"] = page.get_url(request)
            feeds.append(feed_of(page, request))
    description = shown_text(home, "search_description")
    return {
        **context,  # first: a column's key must not take a name of the frame
        **site_context(request),
        **head(request, meta=[("Description", description)], feeds=feeds),
        "subordinate_sites": subordinate_sites(centre),
    }


def subordinate_sites(centre: Centre) -> list[dict[str, str]]:
    """The sites of the divisions right below a centre's."""
    home = path_in_language("/", get_language())
    below = Centre.objects.filter(division__parent=centre.division_id).select_related("division", "wagtail_site")
    return [{"name": other.division.name, "url": f"{other.root_url}{home}"} for other in below]
