"""Notices of approval results (行政许可 part of 双公示): published by each centre within seven working days."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models.catalogue import CatalogueItem
from sites.models import Centre


class ApprovalKind(models.TextChoices):
    """许可类别 of the 双公示 form."""

    ORDINARY = "ordinary", _("ordinary licence")
    CONCESSION = "concession", _("concession")
    RECOGNITION = "recognition", _("recognition of a qualification")
    VERIFICATION = "verification", _("verification")
    REGISTRATION = "registration", _("registration by licence")
    OTHER = "other", _("other approval")


class CounterpartKind(models.TextChoices):
    """Whom a decision was made for: personal data of individuals is masked."""

    NATURAL = "natural", _("individual")
    LEGAL = "legal", _("legal person or other organisation")


class ResultNotice(models.Model):
    """A decision that was granted, as the public may read it. It is corrected or withdrawn with a trace, never deleted."""

    DECISION_FIELDS: ClassVar = (
        "decision_number",
        "item_name",
        "approval_kind",
        "content",
        "counterpart_kind",
        "counterpart_name",
        "counterpart_code",
        "authority",
        "authority_code",
        "certificate_name",
        "certificate_number",
        "decided_on",
        "valid_from",
        "valid_until",
    )

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="result_notices"
    )
    item = models.ForeignKey(
        CatalogueItem,
        verbose_name=_("catalogue item"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="result_notices",
    )
    decision_number = models.CharField(_("decision number"), max_length=128)
    item_name = models.CharField(_("name of the approval"), max_length=300)
    approval_kind = models.CharField(
        _("kind of approval"), max_length=15, choices=ApprovalKind.choices, default=ApprovalKind.ORDINARY
    )
    content = models.TextField(_("what is granted"))
    counterpart_kind = models.CharField(_("granted to"), max_length=10, choices=CounterpartKind.choices)
    # Stored masked where the counterpart is an individual: what isn't kept can't leak.
    counterpart_name = models.CharField(_("name of the holder"), max_length=200)
    counterpart_code = models.CharField(
        _("unified social credit code"), max_length=30, blank=True, help_text=_("of an individual: the masked number")
    )
    authority = models.CharField(_("deciding authority"), max_length=200)
    authority_code = models.CharField(_("unified social credit code of the authority"), max_length=18, blank=True)
    certificate_name = models.CharField(_("name of the licence"), max_length=100, blank=True)
    certificate_number = models.CharField(_("number of the licence"), max_length=100, blank=True)
    decided_on = models.DateField(_("date of decision"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True, help_text=_("empty: for good"))
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("result notice")
        verbose_name_plural = _("result notices")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "decision_number"],
                name="one_notice_per_decision",
                violation_error_message=_("This centre has already published a decision with this number."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="valid_until_after_from",
                violation_error_message=_("The validity can't end before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["centre", "-decided_on"], name="results_of_a_centre")]

    def __str__(self) -> str:
        return self.decision_number


class ResultChange(models.Model):
    """The trace of a correction or withdrawal: when, why, and what stood there before."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    notice = models.ForeignKey(ResultNotice, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("kind of change"), max_length=12, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=300)
    before = models.JSONField(_("before"), default=dict)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("change of a notice")
        verbose_name_plural = _("changes of notices")
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"{self.notice} · {self.get_kind_display()}"
