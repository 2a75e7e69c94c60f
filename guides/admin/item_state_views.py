"""Cancelling and suspending an item, with a page that says whom it concerns."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput

from guides.admin.item_views import address
from guides.models import CatalogueItem
from guides.state import CANCEL, REINSTATE, RESUME, SUSPEND, change_state, reason_to_wait


class StateView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """GET says what the change would mean; POST makes it, unless the item is being decided on or planned."""

    model = CatalogueItem
    permission_required = "publish"
    header_icon = "list-ul"
    template_name = "guides/admin/item_state.html"
    explanation: Any = ""
    submit_label: Any = ""

    @cached_property
    def item(self) -> CatalogueItem:
        published = CatalogueItem.objects.filter(first_published_at__isnull=False)
        return get_object_or_404(published, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason_to_wait(self.item):
            return redirect(request.path)
        return super().post(request, *args, **kwargs)

    def change(self, action: str, message: str, **state: Any) -> HttpResponse:
        try:
            change_state(self.item, self.request.user, action, **state)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.request.path)
        messages.success(self.request, message % {"item": self.item})
        return redirect(address("edit", self.item))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            item=self.item,
            adoptions=self.item.adoptions.count(),
            below=self.item.children.count(),
            reason=reason_to_wait(self.item),
            edit_url=address("edit", self.item),
            explanation=self.explanation,
            submit_label=self.submit_label,
            **kwargs,
        )
        return {**context, "media": context["form"].media}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(CatalogueItem.snippet_viewset.get_url_name("list")),
                "label": capfirst(CatalogueItem._meta.verbose_name_plural),
            },
            {"url": address("edit", self.item), "label": str(self.item)},
            {"url": "", "label": self.get_page_title()},
        ]


class CancelForm(forms.Form):
    """When an item ceases to be in force, and what takes its place."""

    cancelled_on = forms.DateField(
        label=gettext_lazy("Cancelled on"),
        widget=AdminDateInput,
        help_text=gettext_lazy("From this day on its guide shows as cancelled; until then it stays in force."),
    )
    successor = forms.ModelChoiceField(
        label=gettext_lazy("Successor"),
        queryset=CatalogueItem.objects.all(),
        required=False,
        help_text=gettext_lazy("The item that visitors of the cancelled one are led to."),
    )

    def __init__(self, *args: Any, item: CatalogueItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["successor"].widget = CatalogueItem.snippet_viewset.chooser_viewset.widget_class()

    def clean_successor(self) -> CatalogueItem | None:
        successor = self.cleaned_data["successor"]
        if successor is not None and successor.pk == self.item.pk:
            raise ValidationError(_("An item can't be its own successor."))
        if successor is not None and (not successor.live or successor.cancelled_on):
            raise ValidationError(_("The successor must be in force."))
        return successor


class CancelView(StateView):
    form_class = CancelForm
    page_title = gettext_lazy("Cancel the item")
    explanation = gettext_lazy(
        "A cancelled item stays readable as cancelled, with its successor linked. Its versions and all that refers to it "
        "are kept."
    )
    submit_label = gettext_lazy("Cancel the item")

    def get_initial(self) -> dict[str, Any]:
        today: date = timezone.localdate()
        return {"cancelled_on": self.item.cancelled_on or today, "successor": self.item.successor_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "item": self.item}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "reinstate" in request.POST and not reason_to_wait(self.item):
            return self.change(REINSTATE, _("%(item)s is no longer cancelled."), cancelled_on=None, successor=None)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: CancelForm) -> HttpResponse:
        return self.change(CANCEL, _("%(item)s is cancelled."), **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_reinstate=self.item.cancelled_on is not None, **kwargs)


class SuspendView(StateView):
    """Suspends an item in force, or puts a suspended one back."""

    form_class = forms.Form

    def get_page_title(self) -> str:
        return _("Put back in force") if self.item.is_suspended else _("Suspend the item")

    @property
    def submit_label(self) -> str:
        return self.get_page_title()

    @property
    def explanation(self) -> str:
        if self.item.is_suspended:
            return _("Its guide promises dates again on the sites of all centres that have adopted it.")
        return _(
            "While it is suspended, its guide says so on top on every site and promises no date. What the centres "
            "added to it is kept."
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if self.item.is_suspended:
            return self.change(RESUME, _("%(item)s is in force again."), is_suspended=False)
        return self.change(SUSPEND, _("%(item)s is suspended."), is_suspended=True)
