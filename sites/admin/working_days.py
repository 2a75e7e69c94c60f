"""The calendar of working days in the admin: a year at a glance, and the days on which the province decides otherwise."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from core.calendar import import_calendar, read_calendar
from core.language import shown_text
from core.models import CalendarDay, CalendarOverride, DayKind
from core.working_days import is_working_day
from sites.admin.models import PlainViewSet


@dataclass(frozen=True)
class DayCell:
    """A day as the year's page shows it: its mark, whether offices work, what the link says and where it leads."""

    date: date
    works: bool
    mark: str
    overridden: bool
    description: str
    url: str


class YearView(generic.IndexView):
    """A year's months, and below them the list of what was decided for that year."""

    template_name = "website_group/admin/working_days.html"
    page_title = _("Working days")

    @cached_property
    def year(self) -> int:
        """The year of the address, this year where it has none; some years about those that are published."""
        asked = self.request.GET.get("year", "")
        return int(asked) if asked in map(str, range(2000, 2100)) else timezone.localdate().year

    def get_base_queryset(self) -> QuerySet[CalendarOverride]:
        return super().get_base_queryset().filter(date__year=self.year).select_related("decided_by")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        days = self.days_of_year()
        return {
            **super().get_context_data(*args, **kwargs),
            "year": self.year,
            "months": months(days),
            "weekdays": weekdays(),
            "published": CalendarDay.objects.filter(notice_year=self.year).exists(),
            "number": sum(day.works for day in days),
        }

    def days_of_year(self) -> list[DayCell]:
        announced = {day.date: day for day in CalendarDay.objects.filter(date__year=self.year)}
        decided = {each.date: each for each in CalendarOverride.objects.filter(date__year=self.year)}
        working_days = read_calendar(date(self.year, 1, 1))
        first = date(self.year, 1, 1)
        cells = []
        for number in range(366 if calendar.isleap(self.year) else 365):
            day = first + timedelta(days=number)
            works = is_working_day(day, working_days)
            cells.append(
                DayCell(
                    date=day,
                    works=works,
                    mark=mark(day, works, day in announced or day in decided),
                    overridden=day in decided,
                    description=describe(day, works, announced.get(day), decided.get(day)),
                    url=self.url_of(day, decided.get(day)),
                )
            )
        return cells

    def url_of(self, day: date, override: CalendarOverride | None) -> str:
        if override:
            return self.get_edit_url(override) or ""
        return f"{self.add_url}?date={day.isoformat()}" if self.add_url else ""


def mark(day: date, works: bool, is_exception: bool) -> str:
    """What stands beside the number of a day that isn't what its weekday says, as on printed calendars."""
    if not is_exception:
        return ""
    if works:
        return pgettext("mark of a day in a calendar", "work") if day.weekday() >= 5 else ""
    return pgettext("mark of a day in a calendar", "off")


def describe(day: date, works: bool, announced: CalendarDay | None, override: CalendarOverride | None) -> str:
    """A day in words: 14 February 2026, working day, Spring Festival."""
    parts = [date_format(day), gettext("working day") if works else gettext("day off")]
    if announced:
        parts.append(shown_text(announced, "name"))
    if override:
        parts.append(gettext("decided: %(reason)s") % {"reason": override.reason})
    return pgettext("between items of a list", ", ").join(parts)


def weekdays() -> list[tuple[str, str]]:
    """What stands above the columns, and what it means: 一 and 星期一, Mon and Monday."""
    monday = date(2024, 1, 1)
    week = [monday + timedelta(days=number) for number in range(7)]
    return [(date_format(day, "D").removeprefix("星期"), date_format(day, "l")) for day in week]


def months(days: Iterable[DayCell]) -> list[tuple[date, list[list[DayCell | None]]]]:
    """The first day of each month with its weeks from Monday on; None where another month's days would stand."""
    by_month: dict[date, list[list[DayCell | None]]] = {}
    for day in days:
        weeks = by_month.setdefault(day.date.replace(day=1), [])
        if not weeks or day.date.weekday() == 0:
            weeks.append([None] * 7)
        weeks[-1][day.date.weekday()] = day
    return list(by_month.items())


class OfYear:
    """Leads back to the year of the day."""

    def get_success_url(self) -> str:
        return f"{reverse(self.index_url_name)}?year={self.object.date.year}"


class Deciding(OfYear):
    """Writes down who decides."""

    def save_instance(self) -> CalendarOverride:
        self.form.instance.decided_by = self.request.user
        return super().save_instance()


class DecideView(Deciding, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        """The day that was chosen on the year's page, and the other thing than what it is."""
        try:
            day = parse_date(self.request.GET.get("date", ""))
        except ValueError:
            day = None
        if day is None:
            return super().get_initial()
        works = is_working_day(day, read_calendar(day))
        return {"date": day, "kind": DayKind.HOLIDAY if works else DayKind.WORKING}


class ChangeDecisionView(Deciding, generic.EditView):
    pass


class TakeBackView(OfYear, generic.DeleteView):
    pass


class NoticeForm(forms.Form):
    file = forms.FileField(
        label=_("file"), help_text=_("CSV in UTF-8 with the columns date, kind (holiday or working), name and name_en")
    )


class ImportNoticeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Publishes the year of an uploaded file, all of it or nothing; `check` only tells what that would do."""

    form_class = NoticeForm
    template_name = "website_group/admin/import_notice.html"
    page_title = _("Import the notice for a year")
    header_icon = "upload"
    index_url_name = ""
    permission_required = "add"

    def form_valid(self, form: NoticeForm) -> HttpResponse:
        only_check = "check" in self.request.POST
        report = import_calendar(form.cleaned_data["file"].read(), dry_run=only_check)
        if only_check or report.errors:
            return self.render_to_response(self.get_context_data(form=form, report=report))
        messages.success(
            self.request,
            gettext(
                "%(year)d: %(added)d days added, %(changed)d changed, %(removed)d removed; %(unchanged)d unchanged."
            )
            % vars(report),
        )
        return redirect(f"{reverse(self.index_url_name)}?year={report.year}")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Working days")},
            {"url": "", "label": self.page_title},
        ]


class WorkingDaysViewSet(PlainViewSet):
    model = CalendarOverride
    icon = "calendar-alt"
    menu_label = _("Working days")
    index_view_class = YearView
    add_view_class = DecideView
    edit_view_class = ChangeDecisionView
    delete_view_class = TakeBackView
    list_display: ClassVar = ["date", "kind", "reason", "decided_by", "decided_at"]
    panels: ClassVar = [FieldRowPanel([FieldPanel("date"), FieldPanel("kind")]), FieldPanel("reason")]

    def get_urlpatterns(self) -> list:
        view = ImportNoticeView.as_view(
            permission_policy=self.permission_policy, index_url_name=self.get_url_name("index")
        )
        return [*super().get_urlpatterns(), path("import/", view, name="import")]
