"""How this room's kinds of column are shown: the catalogue and the guides."""

from guides.listing import catalogue_context, guides_context
from sites.column_views import ColumnView

CATALOGUE = ColumnView(template="themes/item_list.html", context=catalogue_context)
GUIDES = ColumnView(template="themes/item_list.html", context=guides_context)
