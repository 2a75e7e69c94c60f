"""The list of the catalogue's items: searched, filtered, with a meter for each; made for thousands."""

from typing import Any, ClassVar

import django_filters
from django.contrib.admin.utils import quote
from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from guides.admin.choosers import items_matching
from guides.completeness import ELEMENTS
from guides.meter import Meter
from guides.models import CatalogueItem, ItemState, ItemType, Tier
from guides.models.catalogue import CatalogueItemQuerySet
from sites.models import Department, Level

ANY, NONE = "any", "none"
FORMAT_NAMES = {"xlsx": "XLSX", "csv": "CSV", "jsonl": "JSON lines"}


def with_what_drafts_lack(items: CatalogueItemQuerySet) -> CatalogueItemQuerySet:
    """Items with `lacking` and `lacking_english`: what the draft lacks where one is being written, else the item."""
    drafted = Q(has_unpublished_changes=True, latest_revision__isnull=False)
    return items.annotate(
        lacking=Case(When(drafted, then=F("draft_missing_elements")), default=F("missing_elements")),
        lacking_english=Case(When(drafted, then=F("draft_lacks_english")), default=F("lacks_english")),
    )


class LackingFilter(django_filters.ChoiceFilter):
    """Handling items by an element that they lack, by whether they lack any, or none. Others have no guide."""

    def __init__(self, *, of_any: Any, of_none: Any, **kwargs: Any) -> None:
        elements = [(element.key, element.label) for element in ELEMENTS]
        super().__init__(choices=[(ANY, of_any), (NONE, of_none), *elements], **kwargs)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        if not value:
            return queryset
        queryset = queryset.filter(tier=Tier.HANDLING)
        if value == ANY:
            return queryset.exclude(**{self.field_name: ""})
        if value == NONE:
            return queryset.filter(**{self.field_name: ""})
        return queryset.filter(**{f"{self.field_name}__contains": value})


def in_state(items: CatalogueItemQuerySet, name: str, state: str) -> CatalogueItemQuerySet:
    return items.in_state(state)


class ItemFilterSet(WagtailFilterSet):
    item_type = django_filters.ChoiceFilter(label=_("item type"), choices=ItemType.choices)
    department = django_filters.ModelChoiceFilter(label=_("department"), queryset=Department.objects.all())
    level = django_filters.ChoiceFilter(
        label=_("exercise level"), choices=Level.choices, method=lambda items, name, level: items.at_level(level)
    )
    state = django_filters.ChoiceFilter(label=_("state"), choices=ItemState.choices, method=in_state)
    tier = django_filters.ChoiceFilter(label=_("tier"), choices=Tier.choices)
    lacking = LackingFilter(label=_("missing"), of_any=_("anything"), of_none=_("nothing"))
    lacking_english = LackingFilter(label=_("English lacking"), of_any=_("anything"), of_none=_("nothing"))
    has_unpublished_changes = django_filters.BooleanFilter(label=_("Draft waits"))

    class Meta:
        model = CatalogueItem
        fields: ClassVar[list[str]] = []


class MeterColumn(BaseColumn):
    """How complete an item is in each language; a word for items that only group others."""

    cell_template_name = "guides/admin/meter_cell.html"

    def get_cell_context_data(self, instance: CatalogueItem, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {
            **super().get_cell_context_data(instance, parent_context),
            "meter": Meter(instance.lacking, instance.lacking_english) if instance.tier == Tier.HANDLING else None,
        }


class StateColumn(BaseColumn):
    """The state, and whether a draft waits or a publication is planned."""

    cell_template_name = "guides/admin/state_cell.html"


class ItemIndexView(IndexView):
    search_backend_name = None
    default_ordering = "code"
    filterset_class = ItemFilterSet
    is_searchable = True

    def get_base_queryset(self) -> QuerySet[CatalogueItem]:
        items = CatalogueItem.objects.select_related("department").defer("source_words")
        return with_what_drafts_lack(items)

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return items_matching(queryset, self.search_query)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            Column("code", label=_("Code"), sort_key="code", classname="guides-code"),
            self._get_title_column("name"),
            Column("department", label=_("Department"), sort_key="department__order"),
            Column("get_item_type_display", label=_("Type"), sort_key="item_type"),
            StateColumn("state", label=_("State")),
            MeterColumn("meter", label=_("Completeness"), sort_key="lacking"),
        ]

    def get_delete_url(self, instance: CatalogueItem) -> str | None:
        return super().get_delete_url(instance) if instance.first_published_at is None else None

    def get_list_more_buttons(self, instance: CatalogueItem) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        address = reverse(self.model.snippet_viewset.get_url_name("versions"), args=[quote(instance.pk)])
        return [*buttons, MenuItem(_("Versions"), url=address, icon_name="history", priority=20)]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The export of what the list shows now, in each form."""
        found = self.request.GET.copy()
        found.pop(self.page_kwarg, None)
        exports = [
            Button(
                gettext("Export as %(format)s") % {"format": name},
                url=f"{reverse(self.model.snippet_viewset.get_url_name('export'), args=[key])}?{found.urlencode()}",
                icon_name="download",
                priority=90,
            )
            for key, name in FORMAT_NAMES.items()
        ]
        return [*super().header_more_buttons, *exports]


def listed_items(request: HttpRequest) -> QuerySet[CatalogueItem]:
    """The items that the list shows for the filters and the search of a request, on all its pages."""
    items = with_what_drafts_lack(CatalogueItem.objects.all())
    filters = ItemFilterSet(request.GET, queryset=items, request=request)
    if filters.is_valid():
        items = filters.filter_queryset(items)
    return items_matching(items, request.GET.get("q", ""))
