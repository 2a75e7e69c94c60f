"""What Wagtail's own views don't write into the audit log: files changed in batches, and roles given and ended."""

from copy import copy
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter, get_active_log_context, log
from wagtail.log_actions import registry as log_registry

from core.models import Attachment, Picture, User
from sites.models import Appointment, Centre, Role

ROLE_GIVEN = "website_group.role_given"
ROLE_ENDED = "website_group.role_ended"


def log_unless_logged(instance: Model, action: str, **kwargs: Any) -> None:
    """Write an entry unless the same request wrote the same about the same object already."""
    context = get_active_log_context()
    if context.user is None:
        return  # not somebody at work in the admin

    def write() -> None:
        entries = log_registry.get_logs_for_instance(instance).filter(uuid=context.uuid, action=action)
        if not entries.exists():
            log(instance, action, user=context.user, uuid=context.uuid, **kwargs)

    # Wagtail writes its own entry after saving, in the same transaction.
    transaction.on_commit(write)


@receiver(post_save, sender=Picture)
@receiver(post_save, sender=Attachment)
@receiver(post_save, sender=User)
def record_saving(instance: Model, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        log_unless_logged(instance, "wagtail.create" if created else "wagtail.edit")


@receiver(post_delete, sender=Picture)
@receiver(post_delete, sender=Attachment)
@receiver(post_delete, sender=User)
def record_deleting(instance: Model, **kwargs: Any) -> None:
    log_unless_logged(copy(instance), "wagtail.delete", deleted=True)  # Django takes the number off the original


@receiver(post_save, sender=Appointment)
def record_role_given(instance: Appointment, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Into the person's own history: the appointment's entry goes out of sight with the appointment."""
    if created and not raw:
        log(instance.user, ROLE_GIVEN, data=described(instance))


@receiver(post_delete, sender=Appointment)
def record_role_ended(instance: Appointment, **kwargs: Any) -> None:
    log(instance.user, ROLE_ENDED, data=described(instance))


def described(appointment: Appointment) -> dict[str, str]:
    return {
        "role": appointment.role,
        "centre": appointment.centre_id,
        "department": appointment.department.code if appointment.department else "",
    }


class RoleFormatter(LogFormatter):
    """Names the role and the centre in the reader's language."""

    sentence = ""

    def format_message(self, log_entry: Any) -> str:
        centre = Centre.objects.filter(pk=log_entry.data["centre"]).first()
        return gettext(self.sentence) % {
            "role": Role(log_entry.data["role"]).label,
            "centre": centre or log_entry.data["centre"],
        }


@hooks.register("register_log_actions")
def register_role_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(ROLE_GIVEN)
    class RoleGiven(RoleFormatter):
        label = _("Give role")
        sentence = gettext_noop("Given the role “%(role)s” at %(centre)s")

    @actions.register_action(ROLE_ENDED)
    class RoleEnded(RoleFormatter):
        label = _("End role")
        sentence = gettext_noop("The role “%(role)s” at %(centre)s ended")
