"""How this room's kinds of column are shown: the catalogue, the guides and the approval results."""

from guides.listing import catalogue_context, guides_context
from guides.results_files import LISTING
from guides.results_pages import results_context, route_to_notice
from sites.column_views import ColumnView

CATALOGUE = ColumnView(template="themes/item_list.html", context=catalogue_context)
GUIDES = ColumnView(template="themes/item_list.html", context=guides_context)
RESULTS = ColumnView(template="themes/results.html", context=results_context, route=route_to_notice, listing=LISTING)
