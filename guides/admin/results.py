"""Result notices in the admin, for the people of the centre: publish, correct and withdraw, each with a trace."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from guides.models import ApprovalKind, CatalogueItem, CounterpartKind, ResultChange, ResultNotice
from guides.results import (
    PUBLISH_WITHIN,
    correct,
    duplicate_faults,
    faults_of,
    is_late,
    publish_result,
    withdraw,
)
from sites.admin.centres import CENTRE_MENU_HOOK, OwnCentrePolicy, OwnCentreViewSet, OwnEditView, OwnIndexView, OwnRows
from sites.admin.choosers import own_centre_chooser
from sites.models import Centre
from sites.own_centres import centres_of

register_permission_policy(ResultNotice, OwnCentrePolicy(ResultNotice, "centre", ("add", "change")))


# -- Forms --------------------------------------------------------------------------


class NoticeForm(WagtailAdminModelForm):
    """The fields of the national form. What breaks a rule is told at its field, before anything is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = CatalogueItem.objects.filter(
            Q(pk__in=CatalogueItem.objects.in_force().values("pk")) | Q(pk=self.instance.item_id)
        )
        for name in ("source_unit", "source_unit_code"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Left empty: the deciding authority.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("source_unit"):
            cleaned["source_unit"] = cleaned.get("authority", "")
            cleaned["source_unit_code"] = cleaned.get("source_unit_code") or cleaned.get("authority_code", "")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        self.errors.pop(NON_FIELD_ERRORS, None)  # the constraints of the table, which are told at their fields here
        faults = faults_of(self.instance)
        if self.instance.centre_id and "decision_number" not in self.errors:
            faults += duplicate_faults(self.instance)
        for fault in faults:
            field = fault.field if fault.field in self.fields else None
            if field is None or field not in self.errors:
                self.add_error(field, fault.message)

    def decision(self) -> dict[str, Any]:
        """What the form says of the decision."""
        return {name: self.cleaned_data[name] for name in ResultNotice.DECISION_FIELDS if name in self.cleaned_data}


class NewNoticeForm(NoticeForm):
    """A notice of one of the user's own centres; who has one centre isn't asked which."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = centres_of(self.for_user) if self.for_user else Centre.objects.none()
        self.fields["centre"].queryset = own
        first_two = list(own[:2])
        if len(first_two) == 1:
            self.fields["centre"].initial = first_two[0].pk
            self.fields["centre"].widget = forms.HiddenInput()


class ReasonForm(WagtailAdminModelForm):
    """A form that needs to be told why; the reason is public."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=ResultChange._meta.get_field("reason").max_length,
        help_text=_("The public reads it: name no individual."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = ResultNotice
        fields: ClassVar[list[str]] = []


class CorrectionForm(ReasonForm, NoticeForm):
    """The same fields, with the reason of the correction."""


DECISION_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("document_name"),
            FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decided_on")]),
            FieldPanel("item"),
            FieldPanel("item_name"),
            FieldRowPanel([FieldPanel("approval_kind"), FieldPanel("approval_kind_note")]),
            FieldRowPanel([FieldPanel("certificate_name"), FieldPanel("certificate_number")]),
            FieldPanel("content"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
            FieldPanel("status"),
        ],
        heading=_("Decision"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("counterpart_kind"), FieldPanel("counterpart_name")]),
            FieldRowPanel([FieldPanel("counterpart_code"), FieldPanel("legal_representative")]),
            FieldRowPanel([FieldPanel("identity_kind"), FieldPanel("identity_number")]),
        ],
        heading=_("Holder"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("registration_number"), FieldPanel("organisation_code")]),
            FieldRowPanel([FieldPanel("tax_number"), FieldPanel("institution_number")]),
            FieldPanel("association_number"),
        ],
        heading=_("Other numbers of an organisation without a unified social credit code"),
        classname="collapsed",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("authority"), FieldPanel("authority_code")]),
            FieldRowPanel([FieldPanel("source_unit"), FieldPanel("source_unit_code")]),
            FieldPanel("remark"),
        ],
        heading=_("Authority"),
    ),
]
NEW = ObjectList(
    [FieldPanel("centre", widget=own_centre_chooser.widget_class), *DECISION_PANELS], base_form_class=NewNoticeForm
)
CORRECTION = ObjectList(
    [MultiFieldPanel([FieldPanel("reason")], heading=_("Why it is corrected")), *DECISION_PANELS],
    base_form_class=CorrectionForm,
)


# -- The list -----------------------------------------------------------------------


def time_taken(notice: ResultNotice) -> str:
    """How soon after the decision a notice was published, and whether that was too late."""
    days = notice.published_within
    if days is None:
        return ""
    text = ngettext("%(number)d working day", "%(number)d working days", days) % {"number": days}
    return gettext("%(days)s: late") % {"days": text} if is_late(notice) else text


def state_of(notice: ResultNotice) -> str:
    return gettext("withdrawn") if notice.is_withdrawn else gettext("published")


class ResultFilterSet(WagtailFilterSet):
    decided_on = django_filters.DateFromToRangeFilter(label=_("date of decision"), widget=DateRangePickerWidget)
    approval_kind = django_filters.ChoiceFilter(label=_("kind of approval"), choices=ApprovalKind.choices)
    counterpart_kind = django_filters.ChoiceFilter(label=_("kind of holder"), choices=CounterpartKind.choices)
    late = django_filters.BooleanFilter(label=_("published late"), method="filter_late")
    withdrawn = django_filters.BooleanFilter(
        label=_("withdrawn"), field_name="withdrawn_at", lookup_expr="isnull", exclude=True
    )
    corrected = django_filters.BooleanFilter(label=_("corrected"), method="filter_corrected")

    def filter_late(self, queryset: QuerySet[ResultNotice], name: str, late: bool) -> QuerySet[ResultNotice]:
        found = Q(published_within__gt=PUBLISH_WITHIN)
        return queryset.filter(found if late else ~found)

    def filter_corrected(self, queryset: QuerySet[ResultNotice], name: str, corrected: bool) -> QuerySet[ResultNotice]:
        found = Q(changed_at__gt=F("published_at"), withdrawn_at=None)
        return queryset.filter(found if corrected else ~found)

    class Meta:
        model = ResultNotice
        fields: ClassVar[list[str]] = []


class ResultIndexView(OwnIndexView):
    def get_base_queryset(self) -> QuerySet[ResultNotice]:
        return super().get_base_queryset().select_related("item", "centre")

    def get_edit_url(self, instance: ResultNotice) -> str | None:
        return None if instance.is_withdrawn else super().get_edit_url(instance)

    def get_list_more_buttons(self, instance: ResultNotice) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if not instance.is_withdrawn:
            url = reverse("results:withdraw", args=[quote(instance.pk)])
            buttons.append(Button(_("Withdraw"), url=url, icon_name="cross", priority=40))
        return buttons


# -- Publishing, correcting, withdrawing --------------------------------------------


class ResultCreateView(generic.CreateView):
    success_message = _("The decision %(object)s is published.")
    submit_button_label = _("Publish the result")

    def save_instance(self) -> ResultNotice:
        centre = self.form.cleaned_data["centre"]
        return publish_result(centre, user=self.request.user, **self.form.decision())


class StandingNotice(OwnRows):
    """For the views that change a notice: a withdrawn one is shown instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        notice = self.own_rows().filter(pk=kwargs["pk"]).first()
        if notice is not None and notice.is_withdrawn:
            messages.warning(request, _("The notice was withdrawn. Nothing changes it any more."))
            return redirect(reverse("results:inspect", args=[quote(notice.pk)]))
        return super().dispatch(request, *args, **kwargs)


class ResultEditView(StandingNotice, OwnEditView):
    page_title = _("Correct")
    submit_button_label = _("Correct")
    change: ResultChange | None = None

    def save_instance(self) -> ResultNotice:
        reason = self.form.cleaned_data["reason"]
        self.change = correct(self.object, reason, user=self.request.user, **self.form.decision())
        return ResultNotice.objects.get(pk=self.object.pk)

    def get_success_message(self) -> str:
        if self.change is None:
            return gettext("Nothing differs from what is published.")
        return gettext("The decision %(number)s is corrected.") % {"number": self.object}

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        url = reverse("results:withdraw", args=[quote(self.object.pk)])
        return [*super().header_more_buttons, Button(_("Withdraw"), url=url, icon_name="cross", priority=40)]


class ResultWithdrawView(StandingNotice, OwnEditView):
    """Asks why, and withdraws the notice."""

    page_title = _("Withdraw")
    submit_button_label = _("Withdraw")
    success_message = _("The decision %(object)s is withdrawn.")

    def save_instance(self) -> ResultNotice:
        withdraw(self.object, self.form.cleaned_data["reason"], user=self.request.user)
        return ResultNotice.objects.get(pk=self.object.pk)

    def get_edit_url(self) -> str:
        """Where the form is sent, which is this very view."""
        return reverse("results:withdraw", args=[quote(self.object.pk)])

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_page_subtitle(self) -> str:
        return gettext("Withdraw %(number)s") % {"number": self.object}


class ResultInspectView(OwnRows, generic.InspectView):
    """All that is kept of a notice, and its whole trace: who changed what, when and why, and what stood there before."""

    def get_object(self, queryset: QuerySet | None = None) -> ResultNotice:
        return get_object_or_404(self.own_rows().select_related("item", "centre"), pk=self.pk)

    def get_edit_url(self) -> str | None:
        return None if self.object.is_withdrawn else super().get_edit_url()

    def get_fields_context(self) -> list[dict[str, Any]]:
        """What is filled in."""
        return [field for field in super().get_fields_context() if field["value"] not in ("", None)]

    def get_published_within_display_value(self) -> str:
        return time_taken(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = self.object.changes.select_related("changed_by")
        return super().get_context_data(
            changes=[{"change": change, "before": before_of(change)} for change in changes], **kwargs
        )


def before_of(change: ResultChange) -> list[dict[str, str]]:
    """What a change replaced: the fields by name, with the values as people read them."""
    return [
        {"label": ResultNotice.label_of(name), "value": ResultNotice.words_of(name).get(value, value) or "–"}
        for name, value in change.before.items()
    ]


class ResultViewSet(OwnCentreViewSet):
    model = ResultNotice
    name = "results"
    icon = "doc-full-inverse"
    menu_label = _("Approval results")
    menu_hook = CENTRE_MENU_HOOK
    menu_order = 40
    add_to_reference_index = False
    closed_views: ClassVar = ("usage", "delete")
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = [
        "centre",
        *ResultNotice.DECISION_FIELDS,
        "published_at",
        "published_within",
        "changed_at",
        "withdrawn_at",
    ]
    inspect_template_name = "guides/admin/result_inspect.html"
    index_view_class = ResultIndexView
    add_view_class = ResultCreateView
    edit_view_class = ResultEditView
    inspect_view_class = ResultInspectView
    filterset_class = ResultFilterSet
    list_display: ClassVar = [
        "decision_number",
        Column("title", label=_("name of the approval"), accessor=lambda notice: notice.item_name or notice.item or ""),
        "counterpart_name",
        # Legal dates are told exactly, not as “three weeks ago”.
        Column(
            "decided_on",
            label=_("date of decision"),
            accessor=lambda notice: date_format(notice.decided_on),
            sort_key="decided_on",
        ),
        StatusTagColumn(
            "published_within",
            label=_("published within"),
            accessor=time_taken,
            sort_key="published_within",
            primary=lambda notice: not is_late(notice),
        ),
        Column("state", label=_("state"), accessor=state_of),
    ]
    search_fields: ClassVar = ["decision_number", "counterpart_name", "item_name", "document_name"]
    edit_handler = NEW

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        panel = CORRECTION.bind_to_model(ResultNotice)
        return super().get_edit_view_kwargs(**{"panel": panel, "form_class": panel.get_form_class(), **kwargs})

    def withdraw_view(self) -> Any:
        return self.construct_view(ResultWithdrawView, form_class=ReasonForm)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("withdraw/<int:pk>/", self.withdraw_view(), name="withdraw")]


@hooks.register("register_admin_viewset")
def register_results() -> ResultViewSet:
    return ResultViewSet()
