"""The list of a centre's adopted items: searched, filtered by what the centre set itself, several changed at once."""

from typing import Any, ClassVar

import django_filters
from django.core.paginator import Page
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from guides.admin.choosers import items_matching
from guides.admin.home import told_adoptions
from guides.models import Adoption, CatalogueItem
from guides.own_facts import faults_of_own_facts, own_promise
from guides.promises import standing_aside_among
from sites.admin.centres import OwnIndexView
from sites.admin.choosers import own_centre_chooser
from sites.models import Centre, Department
from sites.own_centres import centres_of

OWN_LIMITS = ~Q(promised_limit=None, step_limits={})
KINDS = [
    ("own_promise", _("with limits of one's own")),
    ("stands_aside", _("own limits stand aside")),
    ("no_window", _("without a window")),
    ("main", _("main items")),
    ("not_in_force", _("item cancelled or suspended")),
]


def own_adoptions(request: HttpRequest) -> QuerySet[Adoption]:
    """The adoptions of the centres that a person writes for."""
    policy = policy_registry.get_by_type(Adoption)
    return policy.instances_user_has_any_permission_for(request.user, ["change"])


def own_centres(request: HttpRequest) -> QuerySet[Centre]:
    return centres_of(request.user)


def of_kind(adoptions: QuerySet[Adoption], name: str, kind: str) -> QuerySet[Adoption]:
    if kind == "own_promise":
        return adoptions.filter(OWN_LIMITS)
    if kind == "stands_aside":
        return adoptions.filter(pk__in=[adoption.pk for adoption in standing_aside_among(adoptions)])
    if kind == "no_window":
        return adoptions.filter(window=None)
    if kind == "main":
        return adoptions.filter(is_main=True)
    return adoptions.exclude(item__in=CatalogueItem.objects.in_force())


class AdoptionFilterSet(WagtailFilterSet):
    department = django_filters.ModelChoiceFilter(
        field_name="item__department", label=_("department"), queryset=Department.objects.all()
    )
    kind = django_filters.ChoiceFilter(label=_("own facts"), choices=KINDS, method=of_kind)
    centre = django_filters.ModelChoiceFilter(
        label=_("centre"), queryset=own_centres, widget=own_centre_chooser.widget_class
    )

    class Meta:
        model = Adoption
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        if len(own_centres(request)[:2]) < 2:
            del self.filters["centre"]


def listed_adoptions(request: HttpRequest) -> QuerySet[Adoption]:
    """The adoptions that the list shows for the filters and the search of a request, on all its pages."""
    adoptions = own_adoptions(request)
    filters = AdoptionFilterSet(request.GET, queryset=adoptions, request=request)
    if filters.is_valid():
        adoptions = filters.filter_queryset(adoptions)
    return items_matching(adoptions, request.GET.get("q", ""), "item__")


class PromiseColumn(BaseColumn):
    """The standard's promise and the centre's own, with a word where the own one stands aside."""

    cell_template_name = "guides/admin/promise_cell.html"


class KeysFirstPaginator(WagtailPaginator):
    """Finds the rows of a page by their keys alone, and reads those.

    The province has 207,705 adoptions: to put whole rows in order takes half a minute before the last page.
    """

    def page(self, number: int | str) -> Page:
        page = super().page(number)
        keys = list(page.object_list.values_list("pk", flat=True))
        rows = self.object_list.in_bulk(keys)
        page.object_list = [rows[key] for key in keys]
        return page


class AdoptionIndexView(OwnIndexView):
    template_name = "guides/admin/adoption_list.html"
    paginator_class = KeysFirstPaginator
    filterset_class = AdoptionFilterSet
    is_searchable = True
    default_ordering = "item__code"
    paginate_by = 50
    page_title = _("Adopted items")

    @cached_property
    def has_several_centres(self) -> bool:
        return len(own_centres(self.request)[:2]) > 1

    @cached_property
    def columns(self) -> list[BaseColumn]:
        title_column = self._get_title_column_class(TitleColumn)
        columns = [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="adoption"),
            Column("item.code", label=_("Code"), sort_key="item__code", classname="guides-code"),
            title_column(
                "item",
                label=_("Item"),
                accessor="item.name",
                get_url=self.get_edit_url,
                get_title_id=lambda adoption: f"adoption_{adoption.pk}_title",
            ),
            Column("item.department", label=_("Department"), sort_key="item__department__order"),
            Column("window", label=_("Window"), sort_key="window__number"),
            PromiseColumn("promise", label=_("Promised limit")),
            Column(
                "is_main", label=_("Main item"), accessor=lambda each: "✓" if each.is_main else "", sort_key="is_main"
            ),
        ]
        if self.has_several_centres:
            columns.insert(3, Column("centre", label=_("Centre"), sort_key="centre"))
        return columns

    def get_base_queryset(self) -> QuerySet[Adoption]:
        return self.own_rows().select_related("item__department", "window", "centre__division")

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """Rows of several centres have the same code: none may stand on two pages, or on none."""
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "pk")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return items_matching(queryset, self.search_query, "item__")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        add_promises(list(context["object_list"]))
        return {**context, "standing_aside": told_adoptions(self.request.user)}

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Adopt items"), url=reverse("adopted_items:adopt"), icon_name="plus")]


def add_promises(adoptions: list[Adoption]) -> None:
    """Give adoptions `standard`, `own` and `stands_aside` for the column; one query, where any has limits of its own."""
    with_limits = [each for each in adoptions if each.promised_limit is not None or each.step_limits]
    prefetch_related_objects([each.item for each in with_limits], "steps")
    for adoption in adoptions:
        item = adoption.item
        adoption.standard = item.promised
        adoption.own = own_promise(adoption, item) if adoption.promised_limit is not None else None
        adoption.stands_aside = adoption in with_limits and bool(
            faults_of_own_facts(adoption, item, adoption.centre.division.level)
        )
