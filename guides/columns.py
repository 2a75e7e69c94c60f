"""How this room's kinds of column are shown: the catalogue and the guides."""

from typing import Any

from django.http import HttpRequest

from guides.listing import catalogue_context, guides_context
from guides.pages.bundle import bundles_here
from guides.pages.routes import route_to_guide
from sites.column_views import ColumnView
from sites.models import ColumnPage


def guides_and_bundles(request: HttpRequest, column_page: ColumnPage) -> dict[str, Any]:
    """The list of guides, and until something is chosen from it the bundles before it."""
    context = guides_context(request, column_page)
    if context["filters_active"] or context["items"].number > 1:
        return context
    return {**context, "bundles": bundles_here(request.centre, column_page.get_url(request) or "")}


CATALOGUE = ColumnView(template="themes/item_list.html", context=catalogue_context)
GUIDES = ColumnView(template="themes/item_list.html", context=guides_and_bundles, route=route_to_guide)
