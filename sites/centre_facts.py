"""A centre's own facts as the public reads them: hours, windows, departments, service modes."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core.calendar import read_calendar
from core.language import marked_text
from core.working_days import Calendar, is_working_day
from sites.column_views import ColumnView
from sites.hall_plan import draw_plan
from sites.models import Centre, ColumnPage, Department, OpeningHours, ServiceMode, StaffDuty


def timetable(hours: list[OpeningHours]) -> list[dict[str, Any]]:
    """One row for each day of the week; a day without hours is closed."""
    spans = {day: list(rows) for day, rows in groupby(hours, key=lambda row: row.weekday)}
    return [
        {"day": label, "hours": [(row.opens, row.closes) for row in spans.get(number, [])]}
        for number, label in OpeningHours.WEEKDAYS
    ]


def hours_on(hours: list[OpeningHours], day: date, calendar: Calendar) -> list[tuple[time, time]] | None:
    """The hours of a day, none when the hall is closed on it; None when it can't be said.

    A statutory holiday is closed. A make-up working day (调休) on a weekend has no hours of
    its own in the timetable, and a year without a published calendar has no known holidays:
    in both cases nothing is claimed.
    """
    if not hours or day.year not in calendar.published_years:
        return None
    works = is_working_day(day, calendar)
    weekday = day.weekday()
    if weekday < 5 and not works:
        return []
    if weekday >= 5 and works:
        return None
    return [(row.opens, row.closes) for row in hours if row.weekday == weekday]


def is_open(hours: list[OpeningHours], moment: datetime, calendar: Calendar) -> bool | None:
    """Whether the hall is open at a moment; None when it can't be said."""
    moment = timezone.localtime(moment)
    today = hours_on(hours, moment.date(), calendar)
    if today is None:
        return None
    return any(opens <= moment.time() < closes for opens, closes in today)


def read_contacts(centre: Centre) -> None:
    """Put the hours, today's hours, and whether the hall is open now beside the centre's own fields.

    The centre is the request's own instance: the theme reads all of a centre's contacts from it.
    """
    hours = list(centre.opening_hours.all())
    now = timezone.now()
    centre.opening_hours_rows = [(row["day"], row["hours"]) for row in timetable(hours)] if hours else []
    calendar = read_calendar(timezone.localdate(now))
    centre.hours_today = hours_on(hours, timezone.localdate(now), calendar)
    centre.is_open_now = is_open(hours, now, calendar)


def windows_context(centre: Centre) -> dict[str, Any]:
    """The windows of the hall and, the other way round, the departments with their windows."""
    level = centre.division.level
    windows = []
    departments: dict[Department, list] = {}
    for window in centre.windows.prefetch_related("departments"):
        behind = list(window.departments.all())
        for department in behind:
            departments.setdefault(department, []).append(window)
        windows.append(
            {
                "number": window.number,
                "floor": window.floor,
                "name": marked_text(window, "name"),
                "departments": [department.name_at(level) for department in behind],
                "telephone": window.telephone,
            }
        )
    return {
        "windows": windows,
        "departments": [
            {
                "name": department.name_at(level),
                "duties": marked_text(department, "duties"),
                "windows": departments[department],
            }
            for department in sorted(departments, key=lambda each: (each.order, each.code))
        ],
    }


def described(rows: Iterable[ServiceMode | StaffDuty]) -> list[dict[str, str]]:
    """Service modes or duties as the theme lists them."""
    return [{"name": marked_text(row, "name"), "description": marked_text(row, "description")} for row in rows]


def about_context(request: HttpRequest, page: ColumnPage) -> dict[str, Any]:
    """Introduction, departments and windows, address, hours and plan, service modes, staff duties (plan §5–§11)."""
    centre = request.centre
    read_contacts(centre)
    windows = windows_context(centre)
    return {
        **windows,
        "plan_svg": draw_plan(windows["windows"]),
        "service_modes": described(centre.service_modes.all()),
        "staff_duties": described(StaffDuty.objects.all()),
    }


def enquiries_context(request: HttpRequest, page: ColumnPage) -> dict[str, Any]:
    """Windows, hours, enquiry and complaint telephones (plan §9)."""
    read_contacts(request.centre)
    return windows_context(request.centre)


def invest_context(request: HttpRequest, page: ColumnPage) -> dict[str, Any]:
    """Facts about the division beside the investment guide, which is the page's own text (plan §11)."""
    return {
        "facts": [
            {"label": marked_text(fact, "label"), "value": marked_text(fact, "value")}
            for fact in request.centre.facts.all()
        ]
    }


ABOUT = ColumnView(template="themes/about.html", context=about_context)
ENQUIRIES = ColumnView(template="themes/enquiries.html", context=enquiries_context)
INVEST = ColumnView(template="themes/invest.html", context=invest_context)
