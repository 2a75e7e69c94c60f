"""The column standard in the admin: one draft, a page that says what it would change, and the button that applies it."""

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from modelcluster.forms import BaseChildFormSet
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, UnpublishView

from sites.models import Column, ColumnStandard, Level
from sites.models.page import both_languages
from sites.standard import in_order, key_for
from sites.standard_apply import APPLIED, columns_of, consequences, draft_columns, faults_of, former_slugs, the_standard

PREVIEW = "preview-and-apply"


class StandardPermissionPolicy(ModelPermissionPolicy):
    """There is one standard: it can be changed and published, never added, copied or deleted, by nobody."""

    def user_has_permission(self, user, action: str) -> bool:
        return action in ("change", "publish", "view") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(ColumnStandard, StandardPermissionPolicy(ColumnStandard))


# -- The form -----------------------------------------------------------------------


class ColumnForm(WagtailAdminModelForm):
    """A column of the draft. The key and the kind of one that sites have already are not up for change."""

    levels = forms.MultipleChoiceField(
        label=_("Levels"), choices=Level.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("levels", "kind"):
            self.fields[field].choices = [(value, capfirst(label)) for value, label in self.fields[field].choices]
        if self.instance.pk:
            self.fields["key"].disabled = True
            self.fields["kind"].disabled = True

    def clean_levels(self) -> list[str]:
        return list(in_order(self.cleaned_data["levels"]))


class ColumnFormSet(BaseChildFormSet):
    """All columns of the draft, judged together: what one may be called depends on the others."""

    def clean(self) -> None:
        super().clean()
        standard = the_standard()
        rows = [form for form in self.forms if form not in self.deleted_forms]
        former = former_slugs()
        for form in rows:
            if not form.instance.key and form.instance.slug:
                in_use = {other.instance.key for other in rows if other is not form}
                form.instance.key = key_for(form.instance.slug, former, in_use)
        by_column = {id(form.instance): form for form in rows}
        for fault in faults_of(standard, [form.instance for form in rows]):
            form = by_column[id(fault.column)]
            if fault.field not in form.errors:
                form.add_error(fault.field, fault.message)


class ColumnsPanel(InlinePanel):
    """The columns in their order, with forms of our own."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name].update(form=ColumnForm, formset=ColumnFormSet)
        return options


EDIT_HANDLER = ObjectList(
    [
        ColumnsPanel(
            "columns",
            heading=_("Columns"),
            label=_("Column"),
            panels=[
                both_languages("name"),
                both_languages("description"),
                FieldRowPanel([FieldPanel("slug"), FieldPanel("key")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("update_days")]),
                FieldPanel("levels"),
                FieldPanel("required"),
            ],
        )
    ]
)


# -- Views --------------------------------------------------------------------------


class PreviewMenuItem(ActionMenuItem):
    """Saves the draft and goes on to the page that says what it would change."""

    name = f"action-{PREVIEW}"
    label = _("Preview and apply")
    icon_name = "view"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and context["model"] is ColumnStandard and super().is_shown(context)


@hooks.register("register_snippet_action_menu_item")
def add_preview_item(model) -> PreviewMenuItem | None:
    return PreviewMenuItem(order=10) if model is ColumnStandard else None


@hooks.register("construct_snippet_action_menu")
def leave_out_stock_publishing(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """The way to publish the standard leads past its preview; it is never unpublished."""
    if context["model"] is ColumnStandard:
        menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]


class StandardEditView(EditView):
    """The draft's form. Stock's action to publish, which no button sends, leads to the preview too."""

    def get_available_actions(self) -> list[str]:
        return [*super().get_available_actions(), PREVIEW]

    def preview_and_apply_action(self) -> HttpResponse:
        return redirect(self.model.snippet_viewset.get_url_name("apply"), quote(self.object.pk))

    publish_action = preview_and_apply_action


class NoUnpublishView(UnpublishView):
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        raise PermissionDenied


class ApplyView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """GET says what the latest draft would change on how many sites; POST applies exactly that draft."""

    model = ColumnStandard
    permission_required = "publish"
    page_title = _("Preview and apply")
    header_icon = "list-ul"
    template_name = "website_group/admin/apply_standard.html"

    @cached_property
    def standard(self) -> ColumnStandard:
        return get_object_or_404(ColumnStandard, pk=self.kwargs["pk"])

    @cached_property
    def edit_url(self) -> str:
        return reverse(ColumnStandard.snippet_viewset.get_url_name("edit"), args=[quote(self.standard.pk)])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            revision = ColumnStandard.objects.select_for_update().get(pk=self.standard.pk).latest_revision
            if revision is None or str(revision.pk) != request.POST.get("revision"):
                messages.error(request, _("The draft has changed since you saw this page. Look at it again."))
                return redirect(request.path)
            if faults_of(self.standard, draft_columns(revision.as_object())):
                return redirect(request.path)
            revision.publish(user=request.user)
        messages.success(request, _("The column standard is in force on all sites."))
        return redirect(self.edit_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision = self.standard.latest_revision
        columns = draft_columns(revision.as_object()) if revision else columns_of(self.standard)
        found = faults_of(self.standard, columns)
        names = {
            field.name: field.verbose_name for field in Column._meta.get_fields() if hasattr(field, "verbose_name")
        }
        return super().get_context_data(
            revision=revision,
            faults=[{"column": fault.column, "field": names[fault.field], "message": fault.message} for fault in found],
            consequences=[] if found else consequences(self.standard, columns),
            level_names=dict(Level.choices),
            edit_url=self.edit_url,
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.edit_url, "label": _("Column standard")},
            {"url": "", "label": self.page_title},
        ]


class StandardViewSet(SnippetViewSet):
    model = ColumnStandard
    icon = "list-ul"
    menu_label = _("Column standard")
    menu_item_is_registered = True  # in the menu of the province: no menu of snippets for it alone
    copy_view_enabled = False
    edit_handler = EDIT_HANDLER
    edit_view_class = StandardEditView
    unpublish_view_class = NoUnpublishView

    def get_urlpatterns(self) -> list:
        return [*super().get_urlpatterns(), path("apply/<int:pk>/", ApplyView.as_view(), name="apply")]


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    actions.register_action(APPLIED, _("Apply the column standard"), _("Column standard applied to all sites"))
