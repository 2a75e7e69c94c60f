"""The column standard: which columns every site of the group has (plan §12)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin

from sites.models.division import Level


class ColumnKind(models.TextChoices):
    """What a column holds. Rooms say which kinds they can show (`sites.column_views`)."""

    ABOUT = "about", _("about the centre")
    ARTICLES = "articles", _("articles")
    CATALOGUE = "catalogue", _("catalogue")
    GUIDES = "guides", _("guides")
    RESULTS = "results", _("approval results")
    APPLY = "apply", _("apply online")
    TRACK = "track", _("track an application")
    INVEST = "invest", _("invest")
    ENQUIRIES = "enquiries", _("enquiries")


def all_levels() -> list[str]:
    return list(Level.values)


class ColumnStandard(DraftStateMixin, RevisionMixin, ClusterableModel):
    """The one definition, edited by the province as a draft, and in force once it is published."""

    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("column standard")
        verbose_name_plural = _("column standards")

    def __str__(self) -> str:
        return gettext("Column standard")

    def publish(self, revision, user=None, *args, **kwargs) -> None:
        """A published standard is an applied one: whoever publishes, all sites follow in the same transaction.

        Raises ValidationError for a draft that no site could follow, and for one with a date: what it would
        change on its day isn't what its preview said.
        """
        from sites.standard_apply import apply_standard, columns_of, draft_columns, faults_of

        with transaction.atomic():
            ColumnStandard.objects.select_for_update().get(pk=self.pk)
            draft = revision.as_object()
            if draft.go_live_at or draft.expire_at:
                raise ValidationError(_("The column standard is applied at once, never on a date."))
            faults = faults_of(self, draft_columns(draft))
            if faults:
                raise ValidationError([f"{fault.column.key} · {fault.field}: {fault.message}" for fault in faults])
            before = columns_of(self)
            super().publish(revision, user, *args, **kwargs)
            apply_standard(self, before, user)

    def unpublish(self, *args, **kwargs) -> None:
        """Sites without a standard have no columns."""
        raise PermissionDenied("The column standard is always in force.")


class Column(Orderable):
    """A column that every site of its levels has. Its key never changes; its name, slug and place may."""

    standard = ParentalKey(ColumnStandard, on_delete=models.CASCADE, related_name="columns")
    key = models.SlugField(
        _("key"),
        max_length=40,
        blank=True,
        help_text=_("Never changes, so that content stays with its column. Left empty for a new column: its slug."),
    )
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=200, blank=True)
    slug = models.SlugField(
        _("slug"),
        max_length=40,
        help_text=_("its part of the address"),
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens only."))],
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ColumnKind.choices)
    levels = models.JSONField(_("levels"), default=all_levels)
    required = models.BooleanField(
        _("required"), default=True, help_text=_("A centre can't switch a required column off.")
    )
    update_days = models.PositiveSmallIntegerField(
        _("update every … days"), null=True, blank=True, help_text=_("how often it must be updated; empty: no rule")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("column")
        verbose_name_plural = _("columns")
        constraints = [
            models.UniqueConstraint(fields=["standard", "key"], name="unique_column_key"),
        ]

    def __str__(self) -> str:
        return self.name


def column_by_key(key: str) -> Column | None:
    """The column in force that has a key."""
    return Column.objects.filter(standard__live=True, key=key).first()


class FormerColumnSlug(models.Model):
    """A slug that a column once had: its old address leads to the new one on every site."""

    slug = models.SlugField(max_length=40, unique=True)
    key = models.SlugField(max_length=40)

    def __str__(self) -> str:
        return f"{self.slug} → {self.key}"
