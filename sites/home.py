"""What a centre's home page shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from core.language import path_in_language
from sites.articles import latest_articles
from sites.centre_facts import contact_context
from sites.columns import column_pages
from sites.context import site_context
from sites.models import Centre, HomePage

LATEST = 5


def home_context(request: HttpRequest, home: HomePage) -> dict[str, Any]:
    """The latest of each column of articles, the contacts, and the sites of the divisions right below."""
    centre = request.centre
    latest = [
        {"column": page, "url": page.get_url(request), "articles": latest_articles(request, page, LATEST)}
        for page in column_pages(request, home)
        if page.column.kind == "articles"
    ]
    return {
        **site_context(request),
        **contact_context(centre),
        "latest": latest,
        "subordinate_sites": subordinate_sites(centre),
    }


def subordinate_sites(centre: Centre) -> list[dict[str, str]]:
    """The sites of the divisions right below a centre's."""
    home = path_in_language("/", get_language())
    below = Centre.objects.filter(division__parent=centre.division_id).select_related("division", "wagtail_site")
    return [
        {"name": other.division.name, "url": f"{other.root_url}{home}", "level": other.division.level}
        for other in below
    ]
