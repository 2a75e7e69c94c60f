"""Divisions and centres are chosen by searching: nobody scrolls a list of 3,306."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from sites.models import Centre, Division
from sites.own_centres import centres_of

# The views of a chooser, by the name that the view set knows them under.
STOCK_VIEWS = {
    "choose_view_class": ChooseView,
    "choose_results_view_class": ChooseResultsView,
    "chosen_view_class": ChosenView,
    "chosen_multiple_view_class": ChosenMultipleView,
}


def matching(text: str, prefix: str = "") -> Q:
    """Divisions by Chinese name, English name, pinyin label or code; several words must all match."""
    condition = Q()
    for word in text.split():
        condition &= (
            Q(**{f"{prefix}name_zh_hans__icontains": word})
            | Q(**{f"{prefix}name_en__icontains": word})
            | Q(**{f"{prefix}host_label__istartswith": word})
            | Q(**{f"{prefix}code__startswith": word})
        )
    return condition


class SearchForm(BaseFilterForm):
    """One field over all the ways to name what is chosen; `found` says which objects a text means."""

    q = forms.CharField(
        label=_("Name in Chinese or English, pinyin or code"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return self.found(super().filter(objects), self.search_query)

    def found(self, objects: QuerySet, text: str) -> QuerySet:
        raise NotImplementedError


class DivisionSearchForm(SearchForm):
    def found(self, objects: QuerySet, text: str) -> QuerySet:
        return objects.filter(matching(text))


class CentreSearchForm(SearchForm):
    def found(self, objects: QuerySet, text: str) -> QuerySet:
        return objects.filter(matching(text, "division__"))


class ChosenAmongListed:
    """For the four views of a chooser: answers for what it lists alone, not for any key that one sends."""

    create_url_name = None

    def can_create(self) -> bool:
        return False

    def get_object(self, pk: str) -> Any:
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks: list[str]) -> QuerySet:
        return self.get_object_list().filter(pk__in=pks)


class PlainChooserViewSet(ChooserViewSet):
    """Chooses among what `listed` lists; nothing is made on the way."""

    listed: type[ChosenAmongListed]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, stock in STOCK_VIEWS.items():
            setattr(cls, name, type(stock.__name__, (cls.listed, stock), {}))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class DivisionList(ChosenAmongListed):
    """What the chooser of divisions lists."""

    filter_form_class = DivisionSearchForm

    def get_object_list(self) -> QuerySet[Division]:
        return Division.objects.select_related("parent")

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("name_en", label=_("English name")),
            Column("parent", label=_("Belongs to")),
            Column("code", label=_("Code"), accessor="pk"),
        ]


class DivisionChooserViewSet(PlainChooserViewSet):
    model = Division
    icon = "site"
    choose_one_text = _("Choose a division")
    choose_another_text = _("Choose another division")
    listed = DivisionList


class OwnCentreList(ChosenAmongListed):
    """What the chooser of centres lists: the user's own ones only."""

    filter_form_class = CentreSearchForm

    def get_object_list(self) -> QuerySet[Centre]:
        return centres_of(self.request.user)


class OwnCentreChooserViewSet(PlainChooserViewSet):
    """The centres for which one writes. Not the widget of every relation to a centre: see `sites.admin.people`."""

    model = Centre
    register_widget = False
    icon = "home"
    choose_one_text = _("Choose a centre")
    choose_another_text = _("Choose another centre")
    listed = OwnCentreList


division_chooser = DivisionChooserViewSet("division_chooser", url_prefix="choose/division")
own_centre_chooser = OwnCentreChooserViewSet("own_centre_chooser", url_prefix="choose/own-centre")


@hooks.register("register_admin_viewset")
def register_choosers() -> list[ChooserViewSet]:
    return [division_chooser, own_centre_chooser]
