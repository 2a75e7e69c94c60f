"""The menu “Catalogue”: items, one-thing bundles, themes and imports."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.snippets.models import register_snippet

from guides.admin.importing import ImportViewSet
from guides.admin.items import ItemViewSet
from guides.models import Bundle, Theme
from sites.admin.models import PlainViewSet
from sites.models.page import both_languages


class BundleViewSet(PlainViewSet):
    model = Bundle
    icon = "folder-open-inverse"
    menu_order = 200
    list_display: ClassVar = [
        "name",
        "key",
        BooleanColumn("is_shown", label=_("shown to the public"), sort_key="is_shown"),
        "order",
    ]
    search_fields: ClassVar = ["name_zh_hans", "name_en", "key"]
    search_backend_name = None
    panels: ClassVar = [
        both_languages("name"),
        both_languages("description"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
        FieldPanel("is_shown"),
        InlinePanel(
            "bundle_items",
            heading=_("Items in their order"),
            label=_("catalogue item"),
            panels=[FieldPanel("item"), both_languages("condition"), both_languages("note")],
        ),
    ]


class ThemeViewSet(PlainViewSet):
    model = Theme
    icon = "tag"
    menu_order = 300
    list_display: ClassVar = [
        "name",
        "key",
        BooleanColumn("for_organisations", label=_("for organisations"), sort_key="for_organisations"),
        "order",
    ]
    search_fields: ClassVar = ["name_zh_hans", "name_en", "key"]
    search_backend_name = None
    panels: ClassVar = [
        both_languages("name"),
        FieldPanel("for_organisations"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
    ]


class CatalogueMenu(ModelViewSetGroup):
    """Each entry shows to whoever has a right on it."""

    menu_name = "catalogue"  # stock makes one from the label, in whichever language came first
    menu_label = _("Catalogue")
    menu_icon = "list-ul"
    menu_order = 305
    items = (ItemViewSet, BundleViewSet, ThemeViewSet, ImportViewSet)


register_snippet(CatalogueMenu)
