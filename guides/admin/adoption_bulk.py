"""What a centre does to many of its adopted items at once: set their window, mark them as main items, give them up."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import log

from core.page_cache import forget
from guides.admin.adoption_list import listed_adoptions, own_adoptions
from guides.adoption import ADOPTION_CHANGED, give_up
from guides.models import Adoption
from sites.admin.addresses import open_bulk_actions
from sites.models import Window


class AdoptionBulkAction(BulkAction):
    """Acts upon the own adoptions that were ticked; “all” are those of the list as it was filtered and searched."""

    models = [Adoption]
    template_name = "guides/admin/adoption_bulk.html"
    question: Any = ""

    def get_actionable_objects(self) -> tuple[list[Adoption], dict[str, list]]:
        """One query for all, in place of one for each: what isn't the person's own is left out."""
        wanted = self.request.GET.getlist("id")
        everything = "all" in wanted
        chosen = listed_adoptions(self.request) if everything else own_adoptions(self.request).filter(pk__in=wanted)
        found = chosen.select_related("item", "centre", "window").order_by("item__code", "centre")
        return list(found), {"items_with_no_access": []}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "question": self.question, "display_name": self.display_name}

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, **(self.cleaned_form.cleaned_data if self.cleaned_form else {})}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext(
            "%(number)d adopted item is changed.", "%(number)d adopted items are changed.", num_parent_objects
        )
        return text % {"number": num_parent_objects}


def change_all(adoptions: list[Adoption], user: Any, field: str, value: Any) -> tuple[int, int]:
    """Set a field of adoptions, with an entry in each one's record."""
    Adoption.objects.filter(pk__in=[adoption.pk for adoption in adoptions]).update(**{field: value})
    for centre in {adoption.centre_id for adoption in adoptions}:
        forget(centre)  # the pages kept ready: no row was saved by itself
    kept = value if isinstance(value, bool) else str(value or "")
    for adoption in adoptions:
        # Of entries of one request Wagtail's histories show the last: each has an identity of its own.
        log(instance=adoption, action=ADOPTION_CHANGED, user=user, uuid=uuid4(), data={"field": field, "value": kept})
    return len(adoptions), 0


class WindowForm(forms.Form):
    window = forms.ModelChoiceField(
        label=_("Window"), queryset=Window.objects.none(), required=False, empty_label=_("no window of their own")
    )

    def __init__(self, *args: Any, windows: QuerySet[Window], is_one_centres: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"].queryset = windows
        self.is_one_centres = is_one_centres

    def clean(self) -> dict[str, Any] | None:
        if not self.is_one_centres:
            raise forms.ValidationError(_("These are items of several centres: choose those of one centre."))
        return super().clean()


class SetWindow(AdoptionBulkAction):
    display_name = _("Set the window")
    aria_label = _("Set the window of the selected items")
    action_type = "set_window"
    action_priority = 10
    form_class = WindowForm
    question = _("At which window are these items handled?")

    def get_form_kwargs(self) -> dict[str, Any]:
        centres = {adoption.centre_id for adoption in self.get_actionable_objects()[0]}
        one = len(centres) == 1
        windows = Window.objects.filter(centre__in=centres) if one else Window.objects.none()
        return {**super().get_form_kwargs(), "windows": windows, "is_one_centres": one}

    @classmethod
    def execute_action(cls, objects: list[Adoption], user: Any = None, window: Window | None = None, **kwargs: Any):
        return change_all(objects, user, "window", window)


class MarkMain(AdoptionBulkAction):
    display_name = _("Mark as main items")
    aria_label = _("Mark the selected items as main items")
    action_type = "mark_main"
    action_priority = 20
    question = _("These items are to stand on the hanging signs of their windows.")

    @classmethod
    def execute_action(cls, objects: list[Adoption], user: Any = None, **kwargs: Any):
        return change_all(objects, user, "is_main", True)


class UnmarkMain(AdoptionBulkAction):
    display_name = _("No main items")
    aria_label = _("The selected items are no main items")
    action_type = "unmark_main"
    action_priority = 30
    question = _("These items are no longer to stand on the hanging signs of their windows.")

    @classmethod
    def execute_action(cls, objects: list[Adoption], user: Any = None, **kwargs: Any):
        return change_all(objects, user, "is_main", False)


class GiveUp(AdoptionBulkAction):
    display_name = _("Give up")
    aria_label = _("Give up the selected items")
    action_type = "give_up"
    action_priority = 40
    classes = {"serious"}
    question = _(
        "The centre would no longer handle these items: their guides go from its site, and what it added to them is lost."
    )

    @classmethod
    def execute_action(cls, objects: list[Adoption], user: Any = None, **kwargs: Any):
        for adoption in objects:
            give_up(adoption, user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext("%(number)d item is given up.", "%(number)d items are given up.", num_parent_objects)
        return text % {"number": num_parent_objects}


ACTIONS = (SetWindow, MarkMain, UnmarkMain, GiveUp)
open_bulk_actions(Adoption, frozenset(action.action_type for action in ACTIONS), own_adoptions)
for each in ACTIONS:
    hooks.register("register_bulk_action", each)
