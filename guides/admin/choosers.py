"""Items and departments are chosen by searching: nobody scrolls a list of two thousand."""

from django import forms
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from guides.models import CatalogueItem
from guides.models.catalogue import CatalogueItemQuerySet
from guides.rights import keeps_catalogue
from sites.admin.choosers import ChosenAmongListed, PlainChooserViewSet
from sites.models import Department

_FULL_WIDTH, _HALF_WIDTH = str.maketrans("()", "（）"), str.maketrans("（）", "()")


def items_matching(items: QuerySet, text: str, prefix: str = "") -> QuerySet:
    """Those of the rows whose item is meant by a text: part of its code, its Chinese, its English or its pinyin.

    Several words must all match. `prefix` leads from the row to its item. Pinyin is found with or without spaces,
    and Chinese whichever brackets, half or full width, the source of the item has.
    """
    if not text.strip():
        return items
    items = items.annotate(pinyin_in_one=Replace(F(f"{prefix}pinyin"), Value(" "), Value("")))
    for word in text.split():
        items = items.filter(
            Q(**{f"{prefix}code__icontains": word})
            | Q(**{f"{prefix}name_zh_hans__icontains": word.translate(_FULL_WIDTH)})
            | Q(**{f"{prefix}name_zh_hans__icontains": word.translate(_HALF_WIDTH)})
            | Q(**{f"{prefix}name_en__icontains": word})
            | Q(pinyin_in_one__icontains=word.lower())
        )
    return items


class ItemSearchForm(BaseFilterForm):
    """One field over all the ways to name an item."""

    q = forms.CharField(
        label=_("Name in Chinese or English, pinyin or code"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return items_matching(super().filter(objects), self.search_query)


class ItemList(ChosenAmongListed):
    """What the chooser of items lists: drafts for those who keep the catalogue alone."""

    filter_form_class = ItemSearchForm
    ordering = "code"

    def get_object_list(self) -> CatalogueItemQuerySet:
        items = CatalogueItem.objects.select_related("department")
        return items if keeps_catalogue(self.request.user) else items.in_force()

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("code", label=_("Code")),
            Column("get_tier_display", label=_("Tier")),
            Column("department", label=_("Department")),
            Column("state", label=_("State"), accessor=lambda item: item.state.label),
        ]


class ChooseItemView(ItemList, ChooseView):
    pass


class ChooseItemResultsView(ItemList, ChooseResultsView):
    pass


class ChosenItemView(ItemList, ChosenView):
    pass


class ChosenItemsView(ItemList, ChosenMultipleView):
    pass


class ItemChooserViewSet(PlainChooserViewSet):
    """The chooser that comes with the snippet, for every relation to an item."""

    choose_one_text = _("Choose a catalogue item")
    choose_another_text = _("Choose another catalogue item")
    choose_view_class = ChooseItemView
    choose_results_view_class = ChooseItemResultsView
    chosen_view_class = ChosenItemView
    chosen_multiple_view_class = ChosenItemsView


class DepartmentSearchForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Name in Chinese or English, or code"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        condition = Q()
        for word in self.search_query.split():
            condition &= Q(name_zh_hans__icontains=word) | Q(name_en__icontains=word) | Q(code__icontains=word)
        return super().filter(objects).filter(condition)


class DepartmentList(ChosenAmongListed):
    filter_form_class = DepartmentSearchForm

    def get_object_list(self) -> QuerySet[Department]:
        return Department.objects.all()

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("name_en", label=_("English name")),
            Column("code", label=_("Code")),
        ]


class ChooseDepartmentView(DepartmentList, ChooseView):
    pass


class ChooseDepartmentResultsView(DepartmentList, ChooseResultsView):
    pass


class ChosenDepartmentView(DepartmentList, ChosenView):
    pass


class ChosenDepartmentsView(DepartmentList, ChosenMultipleView):
    pass


class DepartmentChooserViewSet(PlainChooserViewSet):
    """Not the widget of every relation to a department: appointments list theirs."""

    model = Department
    register_widget = False
    icon = "group"
    choose_one_text = _("Choose a department")
    choose_another_text = _("Choose another department")
    choose_view_class = ChooseDepartmentView
    choose_results_view_class = ChooseDepartmentResultsView
    chosen_view_class = ChosenDepartmentView
    chosen_multiple_view_class = ChosenDepartmentsView


department_chooser = DepartmentChooserViewSet("department_chooser", url_prefix="choose/department")


@hooks.register("register_admin_viewset")
def register_choosers() -> list[ChooserViewSet]:
    return [department_chooser]
