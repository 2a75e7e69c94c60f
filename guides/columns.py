"""How this room's kinds of column are shown: the catalogue, the guides and the approval results."""

from typing import Any

from django.http import HttpRequest

from guides.listing import catalogue_context, guides_context
from guides.pages.bundle import bundles_here
from guides.pages.routes import route_to_guide
from guides.results_files import LISTING
from guides.results_pages import results_context, route_to_notice
from guides.sitemap import GUIDES_LISTING
from sites.column_views import ColumnView
from sites.models import ColumnPage


def guides_and_bundles(request: HttpRequest, column_page: ColumnPage) -> dict[str, Any]:
    """The list of guides, and until something is chosen from it the bundles before it."""
    context = guides_context(request, column_page)
    if context["filters_active"] or context["items"].number > 1:
        return context
    return {**context, "bundles": bundles_here(request.centre, column_page.get_url(request) or "")}


CATALOGUE = ColumnView(template="themes/item_list.html", context=catalogue_context)
GUIDES = ColumnView(
    template="themes/item_list.html", context=guides_and_bundles, route=route_to_guide, listing=GUIDES_LISTING
)
RESULTS = ColumnView(template="themes/results.html", context=results_context, route=route_to_notice, listing=LISTING)
