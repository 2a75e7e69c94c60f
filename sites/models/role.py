"""Who may do what: roles, the groups that carry a centre's rights, and appointments."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.models.centre import Centre, Department


class Role(models.TextChoices):
    """The roles of the group. The last four are held in a department and used by cases."""

    PROVINCIAL_ADMINISTRATOR = "provincial-administrator", _("Provincial administrator")
    CATALOGUE_EDITOR = "catalogue-editor", _("Catalogue editor")
    SUPERVISOR = "supervisor", _("Supervisor of all centres below")
    HEAD = "head", _("Centre head")
    EDITOR = "editor", _("Centre editor")
    RECEIVER = "receiver", _("Receiver")
    HANDLER = "handler", _("Handler")
    REVIEWER = "reviewer", _("Reviewer")
    DECIDER = "decider", _("Decider")


DEPARTMENT_ROLES = (Role.RECEIVER, Role.HANDLER, Role.REVIEWER, Role.DECIDER)


class CentreGroup(models.Model):
    """The Django group that carries the rights of one role at one centre."""

    group = models.OneToOneField(Group, primary_key=True, on_delete=models.CASCADE, related_name="centre_group")
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="groups")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "role"], name="one_group_per_role")]

    def __str__(self) -> str:
        return f"{self.centre} · {self.get_role_display()}"


class Appointment(models.Model):
    """A person holds a role at a centre, in a department where the role asks for one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appointments", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="appointments", verbose_name=_("centre"))
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("department"),
    )

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "centre"], condition=models.Q(department=None), name="appointed_once_at_centre"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "centre", "department"], name="appointed_once_in_department"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.centre}"

    def clean(self) -> None:
        """A role must fit the centre's level, and have a department exactly where it is held in one."""
        from sites.role_permissions import role_permissions

        super().clean()
        if self.role in DEPARTMENT_ROLES and self.department_id is None:
            raise ValidationError({"department": _("This role is held in a department: choose one.")})
        if self.role not in DEPARTMENT_ROLES and self.department_id is not None:
            raise ValidationError({"department": _("This role isn't held in a department: leave it empty.")})
        if self.centre_id and self.role and self.centre.division.level not in role_permissions(self.role).levels:
            raise ValidationError({"role": _("A centre of this level has no such role.")})
