"""Items and departments are chosen by searching: nobody scrolls a list of two thousand."""

from django import forms
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.chooser import ChooserViewSet

from guides.models import CatalogueItem
from guides.models.catalogue import CatalogueItemQuerySet
from guides.rights import keeps_catalogue
from sites.admin.choosers import ChosenAmongListed, PlainChooserViewSet, SearchForm
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


class ItemSearchForm(SearchForm):
    def found(self, objects: QuerySet, text: str) -> QuerySet:
        return items_matching(objects, text)


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


class ItemChooserViewSet(PlainChooserViewSet):
    """The chooser that comes with the snippet, for every relation to an item."""

    choose_one_text = _("Choose a catalogue item")
    choose_another_text = _("Choose another catalogue item")
    listed = ItemList


class DepartmentSearchForm(SearchForm):
    q = forms.CharField(
        label=_("Name in Chinese or English, or code"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
    )

    def found(self, objects: QuerySet, text: str) -> QuerySet:
        for word in text.split():
            objects = objects.filter(
                Q(name_zh_hans__icontains=word) | Q(name_en__icontains=word) | Q(code__icontains=word)
            )
        return objects


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


class DepartmentChooserViewSet(PlainChooserViewSet):
    """Not the widget of every relation to a department: appointments list theirs."""

    model = Department
    register_widget = False
    icon = "group"
    choose_one_text = _("Choose a department")
    choose_another_text = _("Choose another department")
    listed = DepartmentList


department_chooser = DepartmentChooserViewSet("department_chooser", url_prefix="choose/department")


@hooks.register("register_admin_viewset")
def register_choosers() -> list[ChooserViewSet]:
    return [department_chooser]
