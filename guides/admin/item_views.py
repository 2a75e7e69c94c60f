"""Wagtail's views of an item as the catalogue needs them: editing and deciding, deleting, taking down."""

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.snippets.action_menu import ActionMenuItem, UnpublishMenuItem
from wagtail.snippets.views.snippets import DeleteView, EditView, HistoryView, UnpublishView, WorkflowActionView

from guides.admin.item_form import says_the_same
from guides.models import BundleItem, CatalogueItem
from guides.review import notify_keepers


def address(view: str, item: CatalogueItem, *args: Any) -> str:
    """The address of one of an item's views."""
    return reverse(CatalogueItem.snippet_viewset.get_url_name(view), args=[quote(item.pk), *args])


def uses_of(item: CatalogueItem) -> list[str]:
    """What uses an item, in the reader's language. As long as anything does, the item stays."""
    adoptions = item.adoptions.count()
    below = item.children.count()
    bundles = BundleItem.objects.filter(item=item).count()
    replaced = CatalogueItem.objects.filter(successor=item).count()
    notices = item.result_notices.count()
    found = [
        (adoptions, ngettext("%(number)d centre has adopted it", "%(number)d centres have adopted it", adoptions)),
        (below, ngettext("%(number)d item belongs to it", "%(number)d items belong to it", below)),
        (bundles, ngettext("%(number)d bundle has it", "%(number)d bundles have it", bundles)),
        (
            replaced,
            ngettext("it succeeds %(number)d cancelled item", "it succeeds %(number)d cancelled items", replaced),
        ),
        (notices, ngettext("%(number)d result notice is of it", "%(number)d result notices are of it", notices)),
    ]
    return [text % {"number": number} for number, text in found if number]


def reason_to_stay(item: CatalogueItem) -> str:
    """Why an item can't be deleted, in the reader's language; empty where it can."""
    if item.first_published_at is not None:
        return _("%(item)s was published, so it isn't deleted: cancel it, with its successor where there is one.") % {
            "item": item
        }
    uses = uses_of(item)
    if uses:
        separator = pgettext("between items of a list", ", ")
        return _("%(item)s is in use and can't be deleted: %(uses)s.") % {"item": item, "uses": separator.join(uses)}
    return ""


class ItemEditView(EditView):
    """Deciding while one has changed the item isn't deciding: the change is kept and somebody else decides."""

    def get_page_subtitle(self) -> str:
        """In the reader's language: Wagtail shows the name as the revision was called when it was saved."""
        return str(self.object)

    @cached_property
    def decides(self) -> bool:
        """Whether this is a decision on the text as it was submitted."""
        if self.action != "workflow-action":
            return False
        return says_the_same(self.form, self.live_object.get_latest_revision_as_object())

    def save_instance(self) -> CatalogueItem:
        if self.decides:
            # Without a revision of the deciding person's own, which would make the person the last editor.
            self.new_revision = self.object.latest_revision
            return self.object
        return super().save_instance()

    def workflow_action_action(self) -> HttpResponse | None:
        if self.decides:
            return super().workflow_action_action()
        notify_keepers(instance=self.object.current_workflow_task_state)
        messages.warning(
            self.request,
            _("Your changes are saved. As you have edited the item, somebody else must decide on it."),
        )
        return redirect(self.get_edit_url())

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        item = self.live_object
        buttons = [] if item.first_published_at else [*super().header_more_buttons]
        buttons.append(Button(_("Versions"), url=address("versions", item), icon_name="history", priority=40))
        if item.first_published_at and self.user_has_permission("publish"):
            buttons += [
                Button(
                    _("Change the cancellation") if item.cancelled_on else _("Cancel the item"),
                    url=address("cancel", item),
                    icon_name="circle-xmark",
                    priority=50,
                ),
                Button(
                    _("Put back in force") if item.is_suspended else _("Suspend the item"),
                    url=address("suspend", item),
                    icon_name="time",
                    priority=60,
                ),
            ]
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = self.live_object
        number = item.adoptions.count()
        return super().get_context_data(
            item=item,
            adoptions=ngettext("Adopted by %(number)d centre", "Adopted by %(number)d centres", number)
            % {"number": number},
            version=item.versions.filter(in_force_until=None).first(),
            **kwargs,
        )


class ItemDeleteView(DeleteView):
    """An item that was published, or that anything uses, stays: the answer says why and what to do."""

    def run_before_hook(self) -> HttpResponse | None:
        reason = reason_to_stay(self.object)
        if reason:
            messages.error(self.request, reason)
            return redirect(address("edit", self.object))
        return super().run_before_hook()


class ItemUnpublishView(UnpublishView):
    """Only an item that nothing uses goes out of sight."""

    def refusal(self) -> HttpResponse | None:
        uses = uses_of(self.object)
        if not uses:
            return None
        separator = pgettext("between items of a list", ", ")
        messages.error(
            self.request,
            _("%(item)s is in use and can't be taken down: %(uses)s. Suspend or cancel it instead.")
            % {"item": self.object, "uses": separator.join(uses)},
        )
        return redirect(address("edit", self.object))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.refusal() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.refusal() or super().post(request, *args, **kwargs)


@hooks.register("construct_snippet_action_menu")
def leave_out_unpublishing(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Of an item in use; it would be refused."""
    if context["model"] is CatalogueItem and context.get("instance") and context["instance"].adoptions.exists():
        menu_items[:] = [item for item in menu_items if not isinstance(item, UnpublishMenuItem)]


class ItemWorkflowActionView(WorkflowActionView):
    """From the first page of the admin, where no form has asked the rules."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, " ".join([_("The item can't be published."), *error.messages]))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": address("edit", self.object)})
        return redirect(address("edit", self.object))


class ItemHistoryView(HistoryView):
    def get_page_subtitle(self) -> str:
        return str(self.object)

    @cached_property
    def header_buttons(self) -> list[Button]:
        versions = Button(_("Versions"), url=address("versions", self.object), icon_name="history")
        return [*super().header_buttons, versions]
