"""What the catalogue writes into Wagtail's audit log beside Wagtail's own entries."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from guides.adoption import ADOPTED


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(ADOPTED)
    class Adopted(LogFormatter):
        label = _("Adopt items")

        def format_message(self, log_entry: Any) -> str:
            number = log_entry.data.get("items", 0)
            return ngettext("%(number)d item adopted", "%(number)d items adopted", number) % {"number": number}
