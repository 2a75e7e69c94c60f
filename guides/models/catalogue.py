"""The shared catalogue: an item with all that its guide says (plan §1–§4), published once by the province.

The fields are those of the national basic catalogue and implementation list (GB/T 39554); what only a
centre knows (place, window, hours, telephones, a better promise) is in `guides.models.adoption`.
"""

import secrets
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models.functions import Cast
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core.language import CHINESE, ENGLISH
from core.limits import Limit, LimitUnit
from core.page_cache import forget_all
from guides.completeness import lacking_english, missing_elements
from guides.names import alphabetical
from guides.rules import Fault, faults_of
from guides.vocabulary import (
    HandledAnywhere,
    HandlingKind,
    ItemState,
    ItemType,
    MaterialSource,
    OnlineDepth,
    ResultKind,
    ServiceKind,
    SpecialProcedureKind,
    Tier,
)
from sites.models import Department, Division, Level, ServiceMode

# A version of an item has come into force: `item`; `is_first` where it is the first of an item added in bulk.
version_in_force = Signal()
# A planned publication breaks a rule by now, and was called off: `revision`, `faults`.
publication_called_off = Signal()
# How Wagtail's command names the publications that were planned.
SCHEDULED = "wagtail.publish.scheduled"

ITEM_CODE = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9-]*$", _("Letters, digits and hyphens only."))


class Theme(models.Model):
    """A theme or life event by which the public finds items: having a child, starting a business."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    for_organisations = models.BooleanField(
        _("for organisations"),
        default=False,
        help_text=_("shown under the entrance for legal persons, not individuals"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.name


class CatalogueItemQuerySet(models.QuerySet):
    def in_force(self) -> "CatalogueItemQuerySet":
        """Published and neither cancelled nor suspended today."""
        today = timezone.localdate()
        return self.filter(
            models.Q(cancelled_on=None) | models.Q(cancelled_on__gt=today), live=True, is_suspended=False
        )

    def in_state(self, state: str) -> "CatalogueItemQuerySet":
        """Those that are in a state today, as `CatalogueItem.state` says it."""
        cancelled = models.Q(cancelled_on__isnull=False, cancelled_on__lte=timezone.localdate())
        if state == ItemState.CANCELLED:
            return self.filter(cancelled)
        if state == ItemState.DRAFT:
            return self.filter(~cancelled, live=False)
        return self.filter(~cancelled, live=True, is_suspended=state == ItemState.SUSPENDED)

    def at_level(self, level: str) -> "CatalogueItemQuerySet":
        """Those whose applications the centres of a level accept."""
        return self.annotate(levels_text=Cast("exercise_levels", models.TextField())).filter(
            levels_text__contains=f'"{level}"'
        )


class CatalogueItem(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """An item of the catalogue. The row is the version in force; drafts and former versions are its revisions.

    One name and one version in force per code: `code` is unique and never changes. An item that lacks
    an element of its guide (`missing_elements`) shows as a catalogue entry, its guide in preparation.
    """

    code = models.CharField(_("item code"), max_length=60, unique=True, validators=[ITEM_CODE])
    basic_code = models.CharField(
        _("basic code"), max_length=60, blank=True, help_text=_("the code in the national basic catalogue")
    )
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices, default=Tier.HANDLING)
    parent = models.ForeignKey(
        "self", verbose_name=_("belongs to"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField(_("name"), max_length=300)
    summary = models.TextField(_("what it is for"), blank=True)
    item_type = models.CharField(_("item type"), max_length=2, choices=ItemType.choices)
    service_kind = models.CharField(
        _("kind of service"), max_length=12, choices=ServiceKind.choices, default=ServiceKind.APPROVAL
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="catalogue_items",
    )
    exercise_levels = models.JSONField(
        _("exercise levels"), default=list, blank=True, help_text=_("the levels whose centres accept applications")
    )
    service_objects = models.JSONField(_("service objects"), default=list, blank=True)
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="items")

    handling_kind = models.CharField(_("handling kind"), max_length=10, choices=HandlingKind.choices, blank=True)
    statutory_limit = models.PositiveSmallIntegerField(_("statutory limit"), null=True, blank=True)
    statutory_unit = models.CharField(
        _("unit of the statutory limit"), max_length=15, choices=LimitUnit.choices, default=LimitUnit.WORKING_DAYS
    )
    promised_limit = models.PositiveSmallIntegerField(_("promised limit"), null=True, blank=True)
    promised_unit = models.CharField(
        _("unit of the promised limit"), max_length=15, choices=LimitUnit.choices, default=LimitUnit.WORKING_DAYS
    )
    limit_note = models.CharField(
        _("note on the limits"), max_length=300, blank=True, help_text=_("where the law sets no limit: say so here")
    )

    conditions = models.TextField(_("conditions"), blank=True, help_text=_("one condition a line"))
    needs_no_materials = models.BooleanField(_("needs no materials"), default=False)
    charges = models.BooleanField(_("charges a fee"), null=True, blank=True)

    visits = models.PositiveSmallIntegerField(_("visits to the hall"), null=True, blank=True)
    online_depth = models.CharField(_("online depth"), max_length=12, choices=OnlineDepth.choices, blank=True)
    handled_anywhere = models.CharField(
        _("handled anywhere"), max_length=10, choices=HandledAnywhere.choices, blank=True
    )
    takes_appointments = models.BooleanField(_("takes appointments"), default=False)
    delivers_results = models.BooleanField(_("delivers results"), default=False)
    joint_departments = ParentalManyToManyField(
        Department, verbose_name=_("joint departments"), blank=True, related_name="+"
    )
    service_modes = ParentalManyToManyField(ServiceMode, verbose_name=_("service modes"), blank=True, related_name="+")

    is_suspended = models.BooleanField(_("suspended"), default=False)
    effective_on = models.DateField(_("effective date"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name=_("successor"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # What an import read: the source's own words by field, kept beside what was understood of them.
    source_words = models.JSONField(_("the source's words"), default=dict, blank=True, editable=False)
    source_division = models.ForeignKey(
        Division,
        verbose_name=_("division of the source"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    # Derived whenever a version or a draft is saved, so that lists and filters ask the database.
    missing_elements = models.CharField(_("missing elements"), max_length=200, blank=True, editable=False)
    lacks_english = models.CharField(_("what lacks English"), max_length=300, blank=True, editable=False)
    draft_missing_elements = models.CharField(
        _("missing elements of the draft"), max_length=200, blank=True, editable=False
    )
    draft_lacks_english = models.CharField(
        _("what the draft lacks in English"), max_length=300, blank=True, editable=False
    )
    pinyin = models.CharField(max_length=120, blank=True, editable=False)  # for the list from A to Z

    objects = CatalogueItemQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("name_zh_hans"),
        index.SearchField("name_en"),
        index.SearchField("code"),
        index.AutocompleteField("name_zh_hans"),
        index.AutocompleteField("name_en"),
        index.AutocompleteField("code"),
        index.FilterField("item_type"),
        index.FilterField("tier"),
        index.FilterField("live"),
        index.FilterField("department"),
    ]

    class Meta:
        verbose_name = _("catalogue item")
        verbose_name_plural = _("catalogue items")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cancelled_on__isnull=False) | models.Q(successor__isnull=True),
                name="successor_of_cancelled",
                violation_error_message=_("Only a cancelled item has a successor."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> ItemState:
        """What the item is now, for the public and in lists."""
        if self.cancelled_on and self.cancelled_on <= timezone.localdate():
            return ItemState.CANCELLED
        if not self.live:
            return ItemState.DRAFT
        return ItemState.SUSPENDED if self.is_suspended else ItemState.IN_FORCE

    @property
    def statutory(self) -> Limit | None:
        """The statutory limit; None where the law sets none, or it isn't known."""
        return None if self.statutory_limit is None else Limit(self.statutory_limit, LimitUnit(self.statutory_unit))

    @property
    def promised(self) -> Limit | None:
        """The promised limit of the standard; None while it isn't known."""
        return None if self.promised_limit is None else Limit(self.promised_limit, LimitUnit(self.promised_unit))

    @property
    def has_guide(self) -> bool:
        """Whether the version has every element of a guide (plan §4); else it is a catalogue entry only."""
        return self.tier == Tier.HANDLING and not self.missing_elements

    def clean(self) -> None:
        super().clean()
        if self.pk and self.parent_id == self.pk:
            raise ValidationError({"parent": _("An item can't belong to itself.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the derived columns of the version in force."""
        number_rows(self)
        derive(self)
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Also keep, beside the version in force, what the draft lacks."""
        number_rows(self)
        revision = super().save_revision(*args, **kwargs)
        CatalogueItem.objects.filter(pk=self.pk).update(
            draft_missing_elements=" ".join(missing_elements(self)), draft_lacks_english=" ".join(lacking_english(self))
        )
        return revision

    def publish(self, revision: Revision, user: Any = None, *args: Any, **kwargs: Any) -> None:
        """Put a version in force, and keep it under its number.

        Raises ValidationError where it breaks a rule of the catalogue (`guides.rules`). A publication that was planned
        is called off instead, so that the worker goes on with the others.
        """
        faults = faults_of(revision.as_object())
        if faults and kwargs.get("log_action") == SCHEDULED:
            call_off(revision, faults)
            return
        if faults:
            raise ValidationError([fault.message for fault in faults])
        with transaction.atomic():
            super().publish(revision, user, *args, **kwargs)
            self.refresh_from_db()
            if self.live and self.live_revision_id == revision.pk:
                keep_version(self, revision)
                # The worker tells centres whose own promise the new version makes illegal.
                version_in_force.send(sender=CatalogueItem, item=self)

    def with_content_json(self, content: dict[str, Any]) -> "CatalogueItem":
        """The source's words belong to the item, not to a version: an old draft doesn't bring old ones back."""
        item = super().with_content_json(content)
        item.source_words = self.source_words
        item.source_division_id = self.source_division_id
        return item

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """A guide is looked at in each language."""
        return [(CHINESE, _("in Chinese")), (ENGLISH, _("in English"))]

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """A draft as the public will see it on the site whose admin asks."""
        from guides.pages.preview import preview

        return preview(request, self, mode_name)


def number_rows(parent: ClusterableModel) -> None:
    """Give rows that code put into a relation without a place the places after those that have one, in its order.

    Without a place the database would give them in whatever order it likes, and a form mix them up.
    """
    # Where modelcluster keeps the rows of relations that aren't saved yet.
    for rows in getattr(parent, "_cluster_related_objects", {}).values():
        new = [row for row in rows if isinstance(row, Orderable) and row.sort_order is None]
        if new:
            taken = [row.sort_order for row in rows if row.sort_order is not None]
            for place, row in enumerate(new, start=max(taken, default=-1) + 1):
                row.sort_order = place
            rows.sort(key=lambda row: row.sort_order)


def derive(item: CatalogueItem) -> None:
    """Set the columns of an item that follow from the others, its children included; `save` does, bulk imports must."""
    item.pinyin = alphabetical(item.name_zh_hans or "")
    item.missing_elements = " ".join(missing_elements(item))
    item.lacks_english = " ".join(lacking_english(item))


def call_off(revision: Revision, faults: list[Fault]) -> None:
    """Take a planned publication off the worker's list; the draft stays."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])  # Wagtail records it
    publication_called_off.send(sender=CatalogueItem, revision=revision, faults=faults)


def keep_version(item: CatalogueItem, revision: Revision) -> "ItemVersion":
    """Number the version that came into force, and close the one before it.

    What is in force already stays as it is when somebody publishes it again.
    """
    before = item.versions.order_by("-number").first()
    if before is not None and before.in_force_until is None and before.revision_id == revision.pk:
        return before
    item.versions.filter(in_force_until=None).update(in_force_until=item.last_published_at)
    forget_all()
    return item.versions.create(
        number=before.number + 1 if before else 1, revision=revision, in_force_from=item.last_published_at
    )


def close_version(instance: CatalogueItem, **kwargs: Any) -> None:
    """An item that was taken down, or whose time is over, has no version in force."""
    instance.versions.filter(in_force_until=None).update(in_force_until=timezone.now())


class LegalBasis(Orderable):
    """A provision that an item rests on."""

    item = ParentalKey(CatalogueItem, on_delete=models.CASCADE, related_name="legal_bases")
    law = models.CharField(_("name of the law"), max_length=200)
    article = models.CharField(_("article of the law"), max_length=100, blank=True)
    text = models.TextField(_("text of the provision"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("statutory basis")
        verbose_name_plural = _("statutory basis")

    def __str__(self) -> str:
        return self.law


class Material(Orderable):
    """A paper to hand in. The same paper has the same key in all items, so that "one thing" bundles merge it."""

    item = ParentalKey(CatalogueItem, on_delete=models.CASCADE, related_name="materials")
    key = models.SlugField(
        _("key"),
        max_length=60,
        blank=True,
        help_text=_("the same for the same paper in all items; left empty: by its name"),
    )
    name = models.CharField(_("name"), max_length=300)
    forms = models.JSONField(_("forms"), default=list, blank=True)
    # Empty where a source gives the name of a material alone: it isn't known.
    copies = models.PositiveSmallIntegerField(_("copies"), null=True, blank=True, default=1)
    is_required = models.BooleanField(_("always required"), null=True, blank=True, default=True)
    condition = models.CharField(_("when it is needed"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=15, choices=MaterialSource.choices, blank=True)
    blank_form = models.ForeignKey(
        "core.Attachment",
        verbose_name=_("blank form"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    filled_sample = models.ForeignKey(
        "core.Attachment",
        verbose_name=_("filled-in sample"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    standard = models.TextField(_("acceptance standard"), blank=True)
    basis = models.CharField(_("basis"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.name


def new_step_key() -> str:
    """A key for a step that stays with it through all versions; centres' own step limits refer to it."""
    return secrets.token_hex(4)


class ProcessStep(Orderable):
    """A step of the standard process (plan §3): who handles it, what it does, its limit, what it produces."""

    item = ParentalKey(CatalogueItem, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=8, default=new_step_key, editable=False)
    name = models.CharField(_("name"), max_length=100)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("left empty: the department of the item"),
    )
    level = models.CharField(
        _("level"),
        max_length=10,
        choices=Level.choices,
        blank=True,
        help_text=_("left empty: the centre where one applies"),
    )
    action = models.TextField(_("what is done"), blank=True)
    limit_days = models.PositiveSmallIntegerField(_("limit in working days"), null=True, blank=True)
    produces = models.CharField(_("what it produces"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.name


class Fee(Orderable):
    """A fee with its standard and basis; what isn't listed may not be charged."""

    item = ParentalKey(CatalogueItem, on_delete=models.CASCADE, related_name="fees")
    name = models.CharField(_("name"), max_length=200)
    standard = models.CharField(_("standard"), max_length=300)
    amount = models.DecimalField(
        _("amount in yuan"), max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("if it is one sum")
    )
    basis = models.CharField(_("basis"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("fee")
        verbose_name_plural = _("fees")

    def __str__(self) -> str:
        return f"{self.name}: {self.standard}"


class SpecialProcedure(Orderable):
    """A procedure outside the limit with the time it usually takes, of which the applicant is told (art. 45)."""

    item = ParentalKey(CatalogueItem, on_delete=models.CASCADE, related_name="special_procedures")
    kind = models.CharField(_("kind"), max_length=15, choices=SpecialProcedureKind.choices)
    usual_days = models.PositiveSmallIntegerField(_("usual working days"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("special procedure")
        verbose_name_plural = _("special procedures")

    def __str__(self) -> str:
        return self.get_kind_display()


class ResultDocument(Orderable):
    """What the applicant gets in the end."""

    item = ParentalKey(CatalogueItem, on_delete=models.CASCADE, related_name="result_documents")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=15, choices=ResultKind.choices, blank=True)
    validity = models.CharField(_("validity"), max_length=200, blank=True)
    sample = models.ForeignKey(
        "core.Attachment", verbose_name=_("sample"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("result document")
        verbose_name_plural = _("result documents")

    def __str__(self) -> str:
        return self.name


class Question(Orderable):
    """A question that applicants often ask, with its answer."""

    item = ParentalKey(CatalogueItem, on_delete=models.CASCADE, related_name="questions")
    question = models.CharField(_("question"), max_length=300)
    answer = models.TextField(_("answer"))

    class Meta(Orderable.Meta):
        verbose_name = _("frequently asked question")
        verbose_name_plural = _("frequently asked questions")

    def __str__(self) -> str:
        return self.question


class ItemVersion(models.Model):
    """A version that was in force, under its number: it stays readable, and a case keeps the one it was submitted under."""

    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    # One text may come into force more than once: again after it was taken down, for one.
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    in_force_from = models.DateTimeField(_("in force from"))
    in_force_until = models.DateTimeField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["item", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(in_force_until=None), name="one_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} · {self.number}"
