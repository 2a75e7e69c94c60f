"""What the catalogue writes into Wagtail's audit log beside Wagtail's own entries."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from core.comparisons import shown
from guides.adoption import ADOPTED, ADOPTION_CHANGED, GIVEN_UP
from guides.importing.plan import IMPORTED, IMPORTED_OWN
from guides.models import Adoption
from guides.state import CANCEL, REINSTATE, RESUME, SUSPEND


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(ADOPTED)
    class Adopted(LogFormatter):
        label = _("Adopt items")

        def format_message(self, log_entry: Any) -> str:
            number = log_entry.data.get("items", 0)
            return ngettext("%(number)d item adopted", "%(number)d items adopted", number) % {"number": number}

    @actions.register_action(GIVEN_UP)
    class GivenUp(LogFormatter):
        label = _("Give up an adopted item")

        def format_message(self, log_entry: Any) -> str:
            return gettext("%(name)s (%(item)s) given up") % log_entry.data

    @actions.register_action(ADOPTION_CHANGED)
    class Changed(LogFormatter):
        label = _("Change several adopted items")

        def format_message(self, log_entry: Any) -> str:
            field = Adoption._meta.get_field(log_entry.data["field"])
            return gettext("%(field)s: %(value)s") % {
                "field": getattr(field, "verbose_name", field.name),
                "value": shown(log_entry.data["value"]),
            }

    @actions.register_action(CANCEL)
    class Cancelled(LogFormatter):
        label = _("Cancel an item")

        def format_message(self, log_entry: Any) -> str:
            day, successor = (log_entry.data[name]["after"] for name in ("cancelled_on", "successor"))
            values = {"day": date_format(date.fromisoformat(day)), "successor": successor}
            if successor:
                return gettext("Cancelled on %(day)s, succeeded by %(successor)s") % values
            return gettext("Cancelled on %(day)s") % values

    actions.register_action(REINSTATE, _("Take a cancellation back"), _("Cancellation taken back"))
    actions.register_action(SUSPEND, _("Suspend an item"), _("Suspended"))
    actions.register_action(RESUME, _("Put an item back in force"), _("Put back in force"))

    class Imported(LogFormatter):
        label = _("Import")

        def format_message(self, log_entry: Any) -> str:
            place = {"source": log_entry.data.get("source", ""), "row": log_entry.data.get("row", 0)}
            if log_entry.revision_id is None:
                return gettext("The source's words brought up to date from %(source)s, row %(row)s") % place
            return gettext("Imported from %(source)s, row %(row)s") % place

    for action in (IMPORTED, IMPORTED_OWN):
        actions.register_action(action)(Imported)
