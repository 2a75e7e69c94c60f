"""A centre's own facts in the admin, for the people of that centre: contacts, hours, modes, footer, and its windows."""

from datetime import time
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail import hooks
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from sites.admin.choosers import own_centre_chooser
from sites.admin.models import PlainViewSet
from sites.models import Centre, Column, Window
from sites.models.page import both_languages
from sites.own_centres import centres_of, writes_for_a_centre

# -- Rights -------------------------------------------------------------------------


class OwnCentrePolicy(BasePermissionPolicy):
    """Whoever writes for a centre keeps its facts, and nobody another centre's. `actions` are open to them."""

    def __init__(self, model: type[Model], centre_field: str, actions: tuple[str, ...]) -> None:
        super().__init__(model)
        self.centre_field = centre_field
        self.actions = actions

    def user_has_permission(self, user, action: str) -> bool:
        return action in self.actions and writes_for_a_centre(user)

    def user_has_permission_for_instance(self, user, action: str, instance: Model) -> bool:
        centre_pk = getattr(instance, f"{self.centre_field}_id")
        return action in self.actions and centres_of(user).filter(pk=centre_pk).exists()

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        if not set(actions) & set(self.actions):
            return self.model._default_manager.none()
        return self.model._default_manager.filter(**{f"{self.centre_field}__in": centres_of(user).values("pk")})


CENTRE_POLICY = OwnCentrePolicy(Centre, "division", ("change",))
WINDOW_POLICY = OwnCentrePolicy(Window, "centre", ("add", "change", "delete"))
register_permission_policy(Centre, CENTRE_POLICY)
register_permission_policy(Window, WINDOW_POLICY)


class OwnRows:
    """For the views of a list and of one row: those of the user's own centres, and 404 for all others."""

    def own_rows(self) -> QuerySet:
        return self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ("add", "change", "delete")
        )


class OwnIndexView(OwnRows, generic.IndexView):
    def get_base_queryset(self) -> QuerySet:
        return self.own_rows()


class OwnEditView(OwnRows, generic.EditView):
    def get_queryset(self) -> QuerySet:
        return self.own_rows()


class OwnDeleteView(OwnRows, generic.DeleteView):
    def get_queryset(self) -> QuerySet:
        return self.own_rows()


class OwnHistoryView(OwnRows, HistoryView):
    def get_base_object_queryset(self) -> QuerySet:
        return self.own_rows()


class OwnCentreViewSet(PlainViewSet):
    index_view_class = OwnIndexView
    edit_view_class = OwnEditView
    delete_view_class = OwnDeleteView
    history_view_class = OwnHistoryView
    # Rows are searched in the table: the search index knows no centre of one's own.
    search_backend_name = None


# -- The centre ---------------------------------------------------------------------


class OpeningHoursFormSet(BaseChildFormSet):
    """A day's spans of hours must not overlap, and each must end after it begins."""

    def clean(self) -> None:
        super().clean()
        spans: dict[int, list[tuple[time, time]]] = {}
        for form in self.forms:
            if form in self.deleted_forms or form.errors:
                continue
            day, opens, closes = (form.cleaned_data.get(name) for name in ("weekday", "opens", "closes"))
            if day is None or opens is None or closes is None:
                continue
            if any(opens < other_closes and other_opens < closes for other_opens, other_closes in spans.get(day, [])):
                form.add_error("opens", _("These hours overlap with others on the same day."))
            spans.setdefault(day, []).append((opens, closes))


class OpeningHoursForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("The hall must close after it opens."))
        return cleaned


class OpeningHoursPanel(InlinePanel):
    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name].update(form=OpeningHoursForm, formset=OpeningHoursFormSet)
        return options


class CentreForm(WagtailAdminModelForm):
    """The facts of one centre. Only its head (or who stands above) switches optional columns off."""

    switched_off_columns = forms.MultipleChoiceField(
        label=_("Columns switched off"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Optional columns that this site does without; what is in them is kept."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = Column.objects.filter(standard__live=True, required=False).order_by("sort_order")
        optional = [column for column in columns if self.instance.division.level in column.levels]
        is_head = self.for_user and centres_of(self.for_user, "publish").filter(pk=self.instance.pk).exists()
        if optional and is_head:
            self.fields["switched_off_columns"].choices = [(column.key, column.name) for column in optional]
        else:
            del self.fields["switched_off_columns"]


CENTRE_PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                both_languages("address"),
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("complaint_telephone")]),
                FieldPanel("email"),
                both_languages("directions"),
            ],
            heading=_("Contacts"),
        ),
        OpeningHoursPanel(
            "opening_hours",
            heading=_("Opening hours"),
            label=_("Opening hours"),
            panels=[FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])],
        ),
        both_languages("opening_note"),
        MultiFieldPanel([FieldPanel("service_modes", widget=forms.CheckboxSelectMultiple)], heading=_("Service modes")),
        InlinePanel(
            "facts",
            heading=_("Facts about the division"),
            label=_("Fact"),
            panels=[both_languages("label"), both_languages("value"), FieldPanel("order")],
        ),
        MultiFieldPanel([FieldPanel("switched_off_columns")], heading=_("Columns")),
        MultiFieldPanel(
            [
                both_languages("sponsor"),
                both_languages("operator"),
                FieldRowPanel([FieldPanel("icp_number"), FieldPanel("police_record_number")]),
                FieldPanel("site_identification_code"),
                FieldRowPanel([FieldPanel("badge_error_report_url"), FieldPanel("badge_party_government_url")]),
            ],
            heading=_("Foot of every page"),
        ),
    ],
    base_form_class=CentreForm,
)


class CentreViewSet(OwnCentreViewSet):
    model = Centre
    icon = "home"
    menu_label = _("Facts and hours")
    list_display: ClassVar = ["name", "address", "telephone"]
    search_fields: ClassVar = ["name_zh_hans", "name_en", "division__host_label", "division__code"]
    closed_views: ClassVar = ("usage", "add", "delete")
    edit_handler = CENTRE_PANELS


# -- Its windows --------------------------------------------------------------------


class WindowForm(WagtailAdminModelForm):
    """A window of one of the user's own centres; who has one centre isn't asked which."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = centres_of(self.for_user) if self.for_user else Centre.objects.none()
        self.fields["centre"].queryset = own
        first_two = list(own[:2])
        if len(first_two) == 1:
            self.instance.centre = first_two[0]
            del self.fields["centre"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        centre = cleaned.get("centre") or getattr(self.instance, "centre", None)
        if centre and cleaned.get("number"):
            others = Window.objects.filter(centre=centre, number=cleaned["number"]).exclude(pk=self.instance.pk)
            if others.exists():
                self.add_error("number", _("This centre already has a window with this number."))
        return cleaned


class WindowViewSet(OwnCentreViewSet):
    model = Window
    icon = "desktop"
    list_display: ClassVar = ["number", "name", "floor", "telephone", "centre"]
    ordering: ClassVar = ["centre", "order", "number"]
    search_fields: ClassVar = ["number", "name_zh_hans", "name_en"]
    sort_order_field = None
    edit_handler = ObjectList(
        [
            FieldPanel("centre", widget=own_centre_chooser.widget_class),
            FieldRowPanel([FieldPanel("number"), FieldPanel("floor"), FieldPanel("order")]),
            both_languages("name"),
            FieldPanel("telephone"),
            FieldPanel("departments", widget=forms.CheckboxSelectMultiple),
        ],
        base_form_class=WindowForm,
    )


# What other rooms' view sets say as their `menu_hook`, to stand in the menu “Centre” too.
CENTRE_MENU_HOOK = "register_centre_menu_item"


class CentreMenu(ModelViewSetGroup):
    """The menu “Centre”, for whoever writes for one."""

    submenu_hook = CENTRE_MENU_HOOK

    menu_name = "centre"  # stock makes one from the label, in whichever language came first
    menu_label = _("Centre")
    menu_icon = "home"
    menu_order = 300
    items = (CentreViewSet, WindowViewSet)


@hooks.register("register_admin_viewset")
def register_centre_menu() -> CentreMenu:
    return CentreMenu()
