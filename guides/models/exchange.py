"""What imports through the admin keep: mappings that somebody made there, and each upload with its report."""

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.models import Division, Level


def validate_definition(definition: Any) -> None:
    """Refuse what is no mapping, in words."""
    from guides.importing.mapping import MappingError, parse  # which knows the models

    try:
        parse(definition, "")
    except MappingError as error:
        raise ValidationError(str(error)) from None


class ImportMapping(models.Model):
    """A mapping that was made by looking at a file; its definition has the form of the files in `guides/mappings`."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    definition = models.JSONField(_("definition"), validators=[validate_definition])

    class Meta:
        verbose_name = _("import mapping")
        verbose_name_plural = _("import mappings")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def place_of_upload(upload: "CatalogueImport", name: str) -> str:
    """Where an upload lies in the storage: under a name that nobody guesses, away from what is served."""
    return f"imports/{secrets.token_hex(16)}"


class CatalogueImport(models.Model):
    """A file that somebody uploaded to import it: it is looked at first, and then exactly this upload is imported."""

    class State(models.TextChoices):
        NEEDS_MAPPING = "needs_mapping", _("needs a mapping")
        CHECKING = "checking", _("being looked at")
        CHECKED = "checked", _("looked at, not imported")
        RUNNING = "running", _("being imported")
        DONE = "done", _("imported")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=15, choices=State.choices, default=State.NEEDS_MAPPING)
    file = models.FileField(upload_to=place_of_upload, max_length=100)
    file_name = models.CharField(_("file"), max_length=200)
    # A copy, so that what was looked at is what is imported. None: this system's own form.
    mapping_name = models.CharField(_("mapping"), max_length=100, blank=True)
    definition = models.JSONField(null=True, blank=True)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    level = models.CharField(_("exercise level"), max_length=10, choices=Level.choices, blank=True)
    task_id = models.CharField(max_length=40, blank=True)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.RUNNING)
