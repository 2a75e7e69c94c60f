"""How the audit log tells what happened to result notices."""

from typing import Any

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from guides import results
from guides.models import ResultNotice


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(results.PUBLISHED)
    class Published(LogFormatter):
        label = _("Publish result")
        message = _("Published")

    @actions.register_action(results.CORRECTED)
    class Corrected(LogFormatter):
        label = _("Correct result")

        def format_message(self, log_entry: Any) -> str:
            names = [ResultNotice.label_of(field) for field in log_entry.data["fields"]]
            fields = pgettext("between items of a list", ", ").join(names)
            return gettext("Corrected (%(fields)s): %(reason)s") % {
                "fields": fields,
                "reason": log_entry.data["reason"],
            }

    @actions.register_action(results.WITHDRAWN)
    class Withdrawn(LogFormatter):
        label = _("Withdraw result")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Withdrawn: %(reason)s") % log_entry.data
