"""Cancelling and suspending items in force: a version of its own each, carried into the draft that is being written."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from guides.models import CatalogueItem
from sites.rights import AnyUser

CANCEL = "guides.cancel"
REINSTATE = "guides.reinstate"
SUSPEND = "guides.suspend"
RESUME = "guides.resume"
# What isn't written with the texts of an item but decided apart.
STATE_FIELDS = ("cancelled_on", "successor", "is_suspended")


def reason_to_wait(item: CatalogueItem) -> str:
    """Why an item can't be cancelled or suspended now, in the reader's language; empty where it can.

    A draft that somebody else is deciding on, or that the worker is going to publish, would bring the old state back.
    """
    if item.workflow_in_progress:
        return _("The item is under review. Have the review ended or taken back first.")
    if item.approved_schedule:
        return _("A publication is planned. Take the plan back first.")
    return ""


@transaction.atomic
def change_state(item: CatalogueItem, user: AnyUser, action: str, **state: Any) -> None:
    """Publish an item's version in force once more with another state, keep its draft, and record the action.

    `item` is the row as it stands in the database. Raises ValidationError where it breaks a rule by now.
    """
    draft = item.get_latest_revision_as_object() if item.has_unpublished_changes else None
    author = item.latest_revision.user if item.latest_revision else None
    before = {name: getattr(item, name) for name in state}
    for name, value in state.items():
        setattr(item, name, value)
    item.save_revision(user=user, changed=False).publish(user=user, skip_permission_checks=True)
    if draft is not None:
        for name, value in state.items():
            setattr(draft, name, value)
        draft.save_revision(user=author, clean=False)
    log(
        instance=item,
        action=action,
        user=user,
        data={name: {"before": readable(before[name]), "after": readable(value)} for name, value in state.items()},
    )


def readable(value: Any) -> str:
    """A value of the state as the record keeps it: a code, a date, yes or no."""
    return value.code if isinstance(value, CatalogueItem) else str(value or "")
