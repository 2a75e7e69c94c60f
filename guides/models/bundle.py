""" "One thing" bundles: several items that belong to one event of life or business, with one list of materials."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from guides.models.catalogue import CatalogueItem, number_rows


class Bundle(ClusterableModel):
    """One thing that takes several items: opening a restaurant, having a child."""

    key = models.SlugField(_("key"), max_length=60, unique=True, help_text=_("its part of the address"))
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)
    is_shown = models.BooleanField(_("shown to the public"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("one-thing bundle")
        verbose_name_plural = _("one-thing bundles")
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        number_rows(self)
        super().save(*args, **kwargs)


class BundleItem(Orderable):
    """An item of a bundle, and when it is needed if not always."""

    bundle = ParentalKey(Bundle, on_delete=models.CASCADE, related_name="bundle_items")
    item = models.ForeignKey(
        CatalogueItem, verbose_name=_("catalogue item"), on_delete=models.PROTECT, related_name="+"
    )
    condition = models.CharField(_("when it is needed"), max_length=300, blank=True, help_text=_("left empty: always"))
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("what to know of the item within the bundle")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("item of a bundle")
        verbose_name_plural = _("items of a bundle")

    def __str__(self) -> str:
        return str(self.item)
