"""Notices of the province that show on the sites of the group without copies."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from sites.models.division import Division


class GroupNoticeQuerySet(models.QuerySet):
    def showing_on(self, lineage: list[Division]) -> "GroupNoticeQuerySet":
        """What shows now on a site whose division has this lineage (province first)."""
        now = timezone.now()
        return self.filter(
            models.Q(divisions__isnull=True) | models.Q(divisions__in=[division.pk for division in lineage]),
            models.Q(shows_until__isnull=True) | models.Q(shows_until__gt=now),
            shows_from__lte=now,
        ).distinct()


class GroupNotice(ClusterableModel):
    """Written once by the province; shown on all sites, or on those of the chosen divisions and all below them."""

    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    shows_from = models.DateTimeField(_("shows from"), default=timezone.now)
    shows_until = models.DateTimeField(_("shows until"), null=True, blank=True)
    divisions = models.ManyToManyField(
        Division, verbose_name=_("divisions"), blank=True, through="GroupNoticeDivision", related_name="+"
    )

    objects = GroupNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("group-wide notice")
        verbose_name_plural = _("group-wide notices")
        ordering = ["-is_urgent", "-shows_from"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.shows_from and self.shows_until and self.shows_until <= self.shows_from:
            raise ValidationError({"shows_until": _("A notice can't end before it starts.")})


class GroupNoticeDivision(models.Model):
    """A division that a notice was chosen for; it shows on the sites of this one and all below."""

    notice = ParentalKey(GroupNotice, on_delete=models.CASCADE, related_name="chosen_divisions")
    division = models.ForeignKey(Division, verbose_name=_("division"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "division"],
                name="notice_division_once",
                violation_error_message=_("This division is already chosen."),
            )
        ]

    def __str__(self) -> str:
        return str(self.division)
