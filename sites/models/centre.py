"""Service centres: the row that owns a site, and the facts the public asks for."""

from typing import ClassVar

from django.contrib.sites.models import Site as HostSite
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Collection, Site

from sites.models.division import Division, Level


class Department(models.Model):
    """A government department as all centres call it: windows, items and staff refer to its code.

    The same department is a 厅 in the province and a 局 below: `name_at` knows which.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100, help_text=_("in counties and wherever no other name is given"))
    city_name = models.CharField(_("name in cities"), max_length=100, blank=True)
    province_name = models.CharField(_("name in the province"), max_length=100, blank=True)
    duties = models.TextField(_("duties"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    def name_at(self, level: str) -> str:
        """The department's name at a level of division, in the language in use."""
        by_level: dict[str, str] = {Level.PROVINCE: self.province_name, Level.CITY: self.city_name}
        return by_level.get(level) or self.name


class ServiceMode(models.Model):
    """A kind of service that the plan standardises (§11): reception, agency, extended hours, home visits …"""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.TextField(_("description"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("service mode")
        verbose_name_plural = _("service modes")
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.name


class StaffDuty(models.Model):
    """A duty of window staff that the plan standardises (§5–§7): first responder, limits, accountability …"""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.TextField(_("description"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("staff duty")
        verbose_name_plural = _("staff duties")
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.name


class Centre(ClusterableModel):
    """A service centre and its site: one row that owns the Wagtail site, the host and the collection."""

    division = models.OneToOneField(Division, primary_key=True, on_delete=models.PROTECT, related_name="centre")
    name = models.CharField(_("official name"), max_length=150, help_text=_("by the naming standard, plan §15"))
    wagtail_site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="centre")
    host_site = models.OneToOneField(HostSite, on_delete=models.PROTECT, related_name="centre")
    home = models.OneToOneField("HomePage", on_delete=models.PROTECT, related_name="centre")
    folder = models.OneToOneField(
        "DivisionFolder",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="centre",
        help_text=_("the folder that holds this centre and all below it; townships have none"),
    )
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="centre")

    address = models.CharField(_("address"), max_length=200, blank=True)
    telephone = models.CharField(_("enquiry telephone"), max_length=40, blank=True)
    complaint_telephone = models.CharField(_("complaint telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    opening_note = models.CharField(_("note on the opening hours"), max_length=200, blank=True)
    service_modes = models.ManyToManyField(ServiceMode, verbose_name=_("service modes"), blank=True)

    switched_off_columns = models.JSONField(
        _("columns switched off"),
        default=list,
        blank=True,
        help_text=_("Columns of the standard that this site does without. Required ones always show."),
    )

    sponsor = models.CharField(_("sponsor"), max_length=150, blank=True)
    operator = models.CharField(_("operator"), max_length=150, blank=True)
    icp_number = models.CharField(_("ICP record number"), max_length=60, blank=True)
    police_record_number = models.CharField(_("public security record number"), max_length=60, blank=True)
    site_identification_code = models.CharField(
        _("site identification code"),
        max_length=10,
        blank=True,
        help_text=_("10 digits"),
        validators=[RegexValidator(r"^\d{10}$", _("Ten digits."))],
    )
    badge_error_report_url = models.URLField(_("address of the error report badge"), blank=True)
    badge_party_government_url = models.URLField(_("address of the Party and government badge"), blank=True)

    class Meta:
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        ordering = ["division_id"]

    def __str__(self) -> str:
        return self.name

    @property
    def root_url(self) -> str:
        """The address of the site without a path, e.g. http://jinjiang.chengdu.localhost:8000."""
        return self.wagtail_site.root_url


class OpeningHours(models.Model):
    """One span of hours on one day of the week; a day without a row is closed."""

    WEEKDAYS: ClassVar = [
        (0, _("Monday")),
        (1, _("Tuesday")),
        (2, _("Wednesday")),
        (3, _("Thursday")),
        (4, _("Friday")),
        (5, _("Saturday")),
        (6, _("Sunday")),
    ]

    centre = ParentalKey(Centre, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=WEEKDAYS)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")),
                name="opens_before_closing",
                violation_error_message=_("The hall must close after it opens."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Window(models.Model):
    """A window of a centre's hall, with the departments that sit behind it."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="windows", verbose_name=_("centre"))
    number = models.CharField(_("number"), max_length=10)
    floor = models.CharField(_("floor"), max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=100)
    departments = models.ManyToManyField(Department, verbose_name=_("departments"), blank=True, related_name="windows")
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("window")
        verbose_name_plural = _("windows")
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "number"],
                name="unique_window_number",
                violation_error_message=_("This centre already has a window with this number."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class DivisionFact(models.Model):
    """A fact about a division that investors ask for, e.g. its seat (plan §11, 省（市、县）情)."""

    centre = ParentalKey(Centre, on_delete=models.CASCADE, related_name="facts", verbose_name=_("centre"))
    label = models.CharField(_("label"), max_length=60)
    value = models.CharField(_("value"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("fact about the division")
        verbose_name_plural = _("facts about the division")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"
