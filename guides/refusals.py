"""Planned publications that broke a rule when their time came: whoever planned them is told."""

from typing import Any

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Revision

from guides.promises import preferred_language
from guides.rights import catalogue_keepers
from guides.rules import Fault, faults_of


def tell_author(revision: Revision, faults: list[Fault], **kwargs: Any) -> None:
    """Write to whoever saved the draft; to all keepers of the catalogue where that isn't known."""
    people = [revision.user] if revision.user and revision.user.is_active else list(catalogue_keepers())
    item = revision.as_object()
    for user in people:
        if not user.email:
            continue
        with override(preferred_language(user)):
            send_mail(
                _("%(item)s: the planned publication was called off") % {"item": item.name},
                _(
                    "The draft of %(item)s (%(code)s) was to be published now, but it breaks the catalogue's rules. It is "
                    "still there as a draft:\n\n%(faults)s\n"
                )
                % {
                    "item": item.name,
                    "code": item.code,
                    "faults": "\n".join(f"- {fault.message}" for fault in faults_of(item)),
                },
                None,
                [user.email],
            )
