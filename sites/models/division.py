"""Administrative divisions, as the statistical code list names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The level of a division; the order is from the top down."""

    PROVINCE = "province", _("province")
    CITY = "city", _("city or prefecture")
    COUNTY = "county", _("county or district")
    TOWNSHIP = "township", _("township or subdistrict")


class Division(models.Model):
    """A division with its place in the tree. Its code never changes; its name may."""

    code = models.CharField(_("division code"), max_length=12, primary_key=True, help_text=_("12 digits"))
    name = models.CharField(_("name"), max_length=100)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, db_index=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("parent"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    host_label = models.CharField(
        _("host label"), max_length=63, help_text=_("its part of the host name, e.g. jinjiang")
    )
    name_is_derived = models.BooleanField(
        _("English name derived"), default=False, help_text=_("The English name was made by rule and not yet reviewed.")
    )

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["parent", "host_label"], name="unique_host_label")]

    def __str__(self) -> str:
        return self.name

    @property
    def lineage(self) -> list["Division"]:
        """The divisions from the province down to this one, itself included."""
        above = self.parent.lineage if self.parent else []
        return [*above, self]
