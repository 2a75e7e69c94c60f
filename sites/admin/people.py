"""Accounts and appointments in the admin: each person looks after the own people, found by searching."""

from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import BooleanRadioSelect
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users as stock_users

from sites.admin.choosers import CentreSearchForm, ChosenAmongListed, PlainChooserViewSet, SearchForm
from sites.models import Appointment, Centre, Role
from sites.rights import (
    AnyUser,
    appointments_within_reach,
    appoints_somebody,
    centres_to_appoint_at,
    may_appoint,
    people_within_reach,
    roles_to_give,
)

User = get_user_model()


# -- Permissions ------------------------------------------------------------------------------------


class PeoplePolicy(BasePermissionPolicy):
    """Accounts: registered and changed by whoever appoints the people; removed by superusers alone.

    An account that somebody left is closed, not removed: the record of what was done names it.
    """

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        if action == "delete":
            return user.is_active and user.is_superuser
        return appoints_somebody(user)

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and people_within_reach(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: AnyUser, actions: Any) -> QuerySet[Any]:
        return people_within_reach(user)


class AppointmentPolicy(BasePermissionPolicy):
    """Appointments are made and ended, never changed: each is one line of the record."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return action != "change" and appoints_somebody(user)

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Appointment) -> bool:
        return self.user_has_permission(user, action) and may_appoint(user, instance)

    def instances_user_has_any_permission_for(self, user: AnyUser, actions: Any) -> QuerySet[Appointment]:
        if not appoints_somebody(user):
            return Appointment.objects.none()
        return Appointment.objects.filter(appointments_within_reach(user)).exclude(user=user)


register_permission_policy(Appointment, AppointmentPolicy(Appointment), exact_class=True)
register_permission_policy(User, PeoplePolicy(User), exact_class=True)


class WithinReach:
    """Answers only for the objects of the policy; stock asks whether some object may be changed, not this one."""

    action = "change"

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        instance = super().get_object(*args, **kwargs)
        if not self.permission_policy.user_has_permission_for_instance(self.request.user, self.action, instance):
            raise PermissionDenied
        return instance


# -- Accounts ---------------------------------------------------------------------------------------

ACCOUNT_FIELDS = ("username", "email", "last_name", "first_name", "is_superuser")


class AccountCreationForm(UserCreationForm):
    """An account without groups: they follow from the appointments."""

    class Meta:
        model = User
        fields = ACCOUNT_FIELDS


class AccountEditForm(UserEditForm):
    class Meta:
        model = User
        fields = (*ACCOUNT_FIELDS, "is_active")


class AccountFilterSet(WagtailFilterSet):
    """Without the filter by group: there are thousands of them."""

    is_active = django_filters.BooleanFilter(label=_("Active"), widget=BooleanRadioSelect)

    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    class Meta:
        model = User
        fields: list[str] = []


class AccountFormView:
    """Only a superuser makes superusers; only the account page changes one's own account."""

    def get_form(self, *args: Any, **kwargs: Any) -> forms.ModelForm:
        form = super().get_form(*args, **kwargs)
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class AccountIndexView(stock_users.IndexView):
    template_name = "wagtailadmin/generic/index.html"

    @cached_property
    def columns(self) -> list[Any]:
        """Without the boxes for bulk actions, which are closed."""
        return [column for column in super().columns if column.name != "bulk_actions"]

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().filter(pk__in=people_within_reach(self.request.user).values("pk"))


class AccountCreateView(AccountFormView, stock_users.CreateView):
    def save_instance(self) -> Any:
        self.form.instance.registered_by = self.request.user
        return super().save_instance()


class AccountEditView(WithinReach, AccountFormView, stock_users.EditView):
    pass


class AccountDeleteView(WithinReach, stock_users.DeleteView):
    action = "delete"


class AccountHistoryView(WithinReach, stock_users.HistoryView):
    pass


class AccountUsageView(WithinReach, UsageView):
    pass


class AccountViewSet(stock_users.UserViewSet):
    """The addresses under /admin/users/ (named in core.apps.UsersConfig)."""

    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView
    history_view_class = AccountHistoryView
    usage_view_class = AccountUsageView
    filterset_class = AccountFilterSet
    create_template_name = "website_group/admin/accounts/create.html"
    edit_template_name = "website_group/admin/accounts/edit.html"
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountEditForm if for_update else AccountCreationForm


# -- Choosers ---------------------------------------------------------------------------------------


class PeopleSearchForm(SearchForm):
    q = forms.CharField(label=_("Name or user name"), required=False)

    def found(self, objects: QuerySet, text: str) -> QuerySet:
        return objects.filter(
            Q(username__icontains=text)
            | Q(last_name__icontains=text)
            | Q(first_name__icontains=text)
            | Q(email__icontains=text)
        )


class OwnPeople(ChosenAmongListed):
    filter_form_class = PeopleSearchForm

    def get_object_list(self) -> QuerySet[Any]:
        return people_within_reach(self.request.user).filter(is_active=True).order_by("username")


class CentresToAppointAt(ChosenAmongListed):
    filter_form_class = CentreSearchForm

    def get_object_list(self) -> QuerySet[Centre]:
        return centres_to_appoint_at(self.request.user)


class PersonChooserViewSet(PlainChooserViewSet):
    """People whom one may appoint."""

    model = User
    icon = "user"
    register_widget = False
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    listed = OwnPeople


class CentreChooserViewSet(PlainChooserViewSet):
    """Centres at which one may appoint somebody."""

    model = Centre
    icon = "home"
    register_widget = False
    choose_one_text = _("Choose a centre")
    choose_another_text = _("Choose another centre")
    listed = CentresToAppointAt


person_chooser = PersonChooserViewSet("person_chooser")
centre_chooser = CentreChooserViewSet("centre_chooser")


# -- Appointments -----------------------------------------------------------------------------------


class AppointmentForm(WagtailAdminModelForm):
    """Who gets which role where: nothing above or beside one's own, nothing for oneself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_within_reach(self.for_user).filter(is_active=True)
        self.fields["centre"].queryset = centres_to_appoint_at(self.for_user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        centre, role, user = cleaned.get("centre"), cleaned.get("role"), cleaned.get("user")
        if user is not None and user == self.for_user:
            self.add_error("user", _("You can't give a role to yourself."))
        if centre is not None and role and role not in roles_to_give(self.for_user, centre):
            self.add_error("role", _("This role at this centre isn't yours to give."))
        return cleaned

    class Meta(WagtailAdminModelForm.Meta):
        model = Appointment
        fields = ("user", "centre", "role", "department")
        widgets = {"user": person_chooser.widget_class, "centre": centre_chooser.widget_class}


class AppointmentFilterSet(WagtailFilterSet):
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices)

    class Meta:
        model = Appointment
        fields: list[str] = []


class AppointmentIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Appointment]:
        return self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ["add", "delete"]
        ).select_related("user", "centre", "department")


class AppointmentCreateView(generic.CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class AppointmentDeleteView(WithinReach, generic.DeleteView):
    action = "delete"


class AppointmentHistoryView(WithinReach, generic.HistoryView):
    action = "view"


class AppointmentUsageView(WithinReach, UsageView):
    action = "view"


class AppointmentViewSet(ModelViewSet):
    model = Appointment
    name = "appointments"
    icon = "group"
    menu_name = "appointments"
    menu_label = _("Appointments")
    menu_order = 500
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ("user", "role", "centre", "department")
    search_fields = ("user__username", "user__last_name", "centre__name_zh_hans", "centre__name_en")
    search_backend_name = None
    filterset_class = AppointmentFilterSet
    index_view_class = AppointmentIndexView
    add_view_class = AppointmentCreateView
    delete_view_class = AppointmentDeleteView
    history_view_class = AppointmentHistoryView
    usage_view_class = AppointmentUsageView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AppointmentForm


@hooks.register("register_admin_viewset")
def register_people() -> list[Any]:
    return [AppointmentViewSet(), person_chooser, centre_chooser]
