"""Notices of approval results: the part of 双公示 on licences, with the fields of its national form (docs/results.md).

`guides.results` makes, corrects and withdraws them; nobody deletes one.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.page_cache import forget
from guides.masking import is_identity_number, masked_name, masked_number, masked_text
from guides.models.catalogue import CatalogueItem
from sites.models import Centre


class ApprovalKind(models.TextChoices):
    """许可类别."""

    ORDINARY = "ordinary", _("ordinary licence")
    CONCESSION = "concession", _("concession")
    RECOGNITION = "recognition", _("recognition of a qualification")
    VERIFICATION = "verification", _("verification")
    REGISTRATION = "registration", _("registration by licence")
    OTHER = "other", _("other approval")


class CounterpartKind(models.TextChoices):
    """行政相对人类别: whom a decision was made for. Personal data of individuals is masked."""

    NATURAL = "natural", _("individual")
    LEGAL = "legal", _("organisation")
    BUSINESS = "business", _("individually owned business")


class IdentityDocument(models.TextChoices):
    """证件类型 of an individual."""

    IDENTITY_CARD = "identity-card", _("resident identity card")
    PASSPORT = "passport", _("passport")
    HONG_KONG_MACAO_PERMIT = "hong-kong-macao", _("mainland travel permit for Hong Kong and Macao residents")
    TAIWAN_PERMIT = "taiwan", _("mainland travel permit for Taiwan residents")
    PERMANENT_RESIDENCE = "permanent-residence", _("foreign permanent resident identity card")
    OTHER = "other", _("other document")


class DecisionStatus(models.TextChoices):
    """当前状态."""

    VALID = "valid", _("valid")
    INVALID = "invalid", _("no longer valid")


class ResultNoticeQuerySet(models.QuerySet["ResultNotice"]):
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Like `save`, which this doesn't call: personal data is masked, and kept pages are forgotten."""
        notices = list(objs)
        for notice in notices:
            notice.mask()
        for centre in {notice.centre_id for notice in notices}:
            forget(centre)
        return super().bulk_create(notices, *args, **kwargs)

    def publish(self, notices: Iterable[Any]) -> list[Any]:
        """Insert many notices that have been checked."""
        return self.bulk_create(notices, batch_size=500)


class ResultNotice(models.Model):
    """A decision that was granted, as the public may read it: in Chinese, as the decision is."""

    # What a decision says; a correction keeps what stood in them before.
    DECISION_FIELDS: ClassVar = (
        "item",
        "item_name",
        "counterpart_kind",
        "counterpart_name",
        "counterpart_code",
        "registration_number",
        "organisation_code",
        "tax_number",
        "institution_number",
        "association_number",
        "legal_representative",
        "identity_kind",
        "identity_number",
        "document_name",
        "decision_number",
        "approval_kind",
        "approval_kind_note",
        "certificate_name",
        "certificate_number",
        "content",
        "decided_on",
        "valid_from",
        "valid_until",
        "authority",
        "authority_code",
        "status",
        "source_unit",
        "source_unit_code",
        "remark",
    )
    # Other numbers of an organisation that has no unified social credit code yet.
    OTHER_CODES: ClassVar = (
        "registration_number",
        "organisation_code",
        "tax_number",
        "institution_number",
        "association_number",
    )
    FREE_TEXTS: ClassVar = ("document_name", "content", "remark", "approval_kind_note", "item_name")

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
    item_name = models.CharField(
        _("name of the approval"), max_length=300, blank=True, help_text=_("empty: the name of the item")
    )
    counterpart_name = models.CharField(
        _("name of the holder"), max_length=200, help_text=_("An individual's name is kept masked.")
    )
    counterpart_kind = models.CharField(_("kind of holder"), max_length=10, choices=CounterpartKind.choices)
    counterpart_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    registration_number = models.CharField(_("business registration number"), max_length=50, blank=True)
    organisation_code = models.CharField(_("organisation code"), max_length=20, blank=True)
    tax_number = models.CharField(_("tax registration number"), max_length=30, blank=True)
    institution_number = models.CharField(_("public institution certificate number"), max_length=50, blank=True)
    association_number = models.CharField(_("social organisation registration number"), max_length=50, blank=True)
    legal_representative = models.CharField(
        _("legal representative"),
        max_length=100,
        blank=True,
        help_text=_("The operator of an individually owned business is kept masked."),
    )
    identity_kind = models.CharField(
        _("kind of identity document"), max_length=20, choices=IdentityDocument.choices, blank=True
    )
    identity_number = models.CharField(
        _("number of the identity document"), max_length=40, blank=True, help_text=_("It is kept masked.")
    )
    document_name = models.CharField(_("name of the decision document"), max_length=300)
    decision_number = models.CharField(
        _("decision number"), max_length=128, help_text=_("if there is none, the number of the licence")
    )
    approval_kind = models.CharField(
        _("kind of approval"), max_length=15, choices=ApprovalKind.choices, default=ApprovalKind.ORDINARY
    )
    approval_kind_note = models.CharField(
        _("which other kind"), max_length=60, blank=True, help_text=_("if the kind of approval is another")
    )
    certificate_name = models.CharField(_("name of the licence"), max_length=100, blank=True)
    certificate_number = models.CharField(_("number of the licence"), max_length=100, blank=True)
    content = models.TextField(
        _("what is granted"), help_text=_("Numbers of identity documents and mobiles are masked.")
    )
    decided_on = models.DateField(_("date of decision"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True, help_text=_("empty: for good"))
    authority = models.CharField(_("deciding authority"), max_length=200)
    authority_code = models.CharField(_("unified social credit code of the authority"), max_length=18)
    status = models.CharField(
        _("current status"), max_length=10, choices=DecisionStatus.choices, default=DecisionStatus.VALID
    )
    source_unit = models.CharField(_("source of the data"), max_length=200)
    source_unit_code = models.CharField(_("unified social credit code of the source"), max_length=18)
    remark = models.TextField(_("remark"), blank=True)

    published_at = models.DateTimeField(_("published on"), default=timezone.now, editable=False)
    # Working days from the decision to its publication, as the calendar was then: at most seven are lawful.
    published_within = models.PositiveSmallIntegerField(_("published within"), null=True, editable=False)
    changed_at = models.DateTimeField(_("last changed on"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True, editable=False)

    objects = ResultNoticeQuerySet.as_manager()

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
        indexes = [
            models.Index(fields=["centre", "-decided_on", "-id"], name="results_of_a_centre"),
            models.Index(fields=["centre", "-published_at", "-id"], name="results_by_publication"),
        ]

    def __str__(self) -> str:
        return self.decision_number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.mask()
        super().save(*args, **kwargs)

    @classmethod
    def label_of(cls, field: str) -> str:
        """What a field is called, in the active language, at the beginning of a line."""
        return capfirst(str(cls._meta.get_field(field).verbose_name))  # type: ignore[union-attr]

    @classmethod
    def words_of(cls, field: str) -> dict[str, str]:
        """What the values of a field with choices are called, in the active language; empty for other fields."""
        choices = cls._meta.get_field(field).choices or ()  # type: ignore[union-attr]
        return {str(value): str(label) for value, label in choices}

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def mask(self) -> None:
        """Mask what is personal data, in place. What is masked already stays.

        A natural person's name and number, the operator of an individually owned business, and numbers of identity
        documents and telephones within texts. Names of legal persons and of those who represent them are public
        (企业信息公示暂行条例 the Regulation on the Publication of Enterprise Information, art. 6).
        """
        person = ""
        if self.counterpart_kind == CounterpartKind.NATURAL:
            person, self.counterpart_name = self.counterpart_name, masked_name(self.counterpart_name)
            self.legal_representative = masked_name(self.legal_representative)
            for field in (
                "counterpart_code",
                *self.OTHER_CODES,
            ):  # an individual has none of these, but somebody may err
                setattr(self, field, masked_number(getattr(self, field)))
        elif self.counterpart_kind == CounterpartKind.BUSINESS:
            person, self.legal_representative = self.legal_representative, masked_name(self.legal_representative)
            if self.counterpart_name == person:  # a business without a name of its own
                self.counterpart_name = self.legal_representative
            elif person in self.counterpart_name:
                person = ""  # the name of the business, which is public, tells it anyway
        self.identity_number = masked_number(self.identity_number)
        for field in self.FREE_TEXTS:
            text = getattr(self, field)
            if len(person) > 1:
                text = text.replace(person, masked_name(person))
            setattr(self, field, masked_text(text))
        for field in ("certificate_number", "decision_number"):
            if is_identity_number(getattr(self, field)):
                setattr(self, field, masked_number(getattr(self, field)))


class ResultChange(models.Model):
    """The trace of a correction or withdrawal: who, when, why, and what stood there before."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    notice = models.ForeignKey(ResultNotice, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("kind of change"), max_length=12, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=300)
    # By the name of the field; of a withdrawal nothing, as the notice keeps what it said.
    before = models.JSONField(_("before"), default=dict)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("change of a notice")
        verbose_name_plural = _("changes of notices")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.notice} · {self.get_kind_display()}"
