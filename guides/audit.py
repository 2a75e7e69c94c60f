"""What the catalogue writes into Wagtail's audit log beside Wagtail's own entries."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from guides.adoption import ADOPTED
from guides.importing.plan import IMPORTED, IMPORTED_OWN


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(ADOPTED)
    class Adopted(LogFormatter):
        label = _("Adopt items")

        def format_message(self, log_entry: Any) -> str:
            number = log_entry.data.get("items", 0)
            return ngettext("%(number)d item adopted", "%(number)d items adopted", number) % {"number": number}

    class Imported(LogFormatter):
        label = _("Import")

        def format_message(self, log_entry: Any) -> str:
            place = {"source": log_entry.data.get("source", ""), "row": log_entry.data.get("row", 0)}
            if log_entry.revision_id is None:
                return gettext("The source's words brought up to date from %(source)s, row %(row)s") % place
            return gettext("Imported from %(source)s, row %(row)s") % place

    for action in (IMPORTED, IMPORTED_OWN):
        actions.register_action(action)(Imported)
