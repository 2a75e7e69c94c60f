"""Adoption: a centre takes an item of the catalogue and adds only what is its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models.catalogue import CatalogueItem
from sites.models import Centre, Window


class Adoption(models.Model):
    """One centre's own facts about one item. What is empty is the standard's, or the centre's for all its items.

    183 counties × 1,135 items are 207,705 of these: a row holds nothing that can be derived.
    """

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="adoptions")
    item = models.ForeignKey(
        CatalogueItem, verbose_name=_("catalogue item"), on_delete=models.PROTECT, related_name="adoptions"
    )
    implementation_code = models.CharField(_("implementation code"), max_length=80, blank=True)
    window = models.ForeignKey(
        Window, verbose_name=_("window"), null=True, blank=True, on_delete=models.SET_NULL, related_name="adoptions"
    )
    place = models.CharField(_("place"), max_length=300, blank=True, help_text=_("if it isn't the centre's hall"))
    hours = models.CharField(_("hours"), max_length=300, blank=True, help_text=_("if they aren't the hall's"))
    telephone = models.CharField(_("enquiry telephone"), max_length=60, blank=True)
    complaint_telephone = models.CharField(_("complaint telephone"), max_length=60, blank=True)
    promised_limit = models.PositiveSmallIntegerField(
        _("own promised limit"), null=True, blank=True, help_text=_("better than the standard's, in the same unit")
    )
    step_limits = models.JSONField(
        _("own limits of steps"), default=dict, blank=True, help_text=_("working days by the key of the step")
    )
    visits = models.PositiveSmallIntegerField(_("visits to the hall"), null=True, blank=True)
    service_modes = models.JSONField(
        _("service modes"), null=True, blank=True, help_text=_("keys of the modes offered here; empty: the standard's")
    )
    is_main = models.BooleanField(_("main item"), default=False, help_text=_("stands on the window's hanging sign"))
    adopted_at = models.DateTimeField(_("adopted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("adopted item")
        verbose_name_plural = _("adopted items")
        ordering = ["item__code"]
        constraints = [models.UniqueConstraint(fields=["centre", "item"], name="adopted_once")]

    def __str__(self) -> str:
        return f"{self.centre_id} · {self.item}"
