"""The calendar of working days in the database: read for the clock, filled from the State Council's notices.

Where the days come from, who may change what and what a year without a notice means: docs/working-days.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from chinese_calendar import Holiday
from chinese_calendar import constants as chinesecalendar
from django.conf import settings
from django.db import connections, transaction
from django.db.models import Q, Value
from django.utils.translation import override
from wagtail.log_actions import log

from core.calendar_file import Fault, read_calendar_file
from core.models import CalendarDay, CalendarOverride, DayKind
from core.page_cache import forget_all
from core.working_days import Calendar

YEAR_PUBLISHED = "core.year_published"
NAME_COLUMNS = ("name", "name_zh_hans", "name_en")

# What chinesecalendar calls the holidays, and what they are called.
NAMES = {
    "New Year's Day": ("元旦", "New Year's Day"),
    "Spring Festival": ("春节", "Spring Festival"),
    "Tomb-sweeping Day": ("清明节", "Qingming Festival"),
    "Labour Day": ("劳动节", "Labour Day"),
    "Dragon Boat Festival": ("端午节", "Dragon Boat Festival"),
    "Mid-autumn Festival": ("中秋节", "Mid-Autumn Festival"),
    "National Day": ("国庆节", "National Day"),
    "Anti-Fascist 70th Day": (
        "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
        "70th anniversary of victory in the War of Resistance and the World Anti-Fascist War",
    ),
}


# -- Reading ----------------------------------------------------------------------------------------


def read_calendar(since: date | None = None) -> Calendar:
    """The calendar, in one query: all of it, or for counting from a day on (and back into the year before)."""
    rows_since = Q() if since is None else Q(date__gte=date(max(since.year - 1, 1), 1, 1))
    # `rewrite(False)`: modeltranslation puts the columns into an order of its own, and a union goes by their order.
    days = CalendarDay.objects.rewrite(False).filter(rows_since).order_by().values_list("date", "kind", "notice_year")
    overrides = CalendarOverride.objects.filter(rows_since).order_by().values_list("date", "kind", Value(0))
    exceptions: dict[date, bool] = {}
    years = set()
    # What staff decided has no year, so it comes last and counts.
    for day, kind, year in days.union(overrides, all=True).order_by("-notice_year"):
        exceptions[day] = kind == DayKind.WORKING
        years.add(year)
    return Calendar(exceptions, frozenset(years - {0}))


# -- Filling ----------------------------------------------------------------------------------------


@dataclass
class Report:
    """What publishing a year did, or with `dry_run` would do, in numbers of days. With errors nothing was changed.

    overrides: the days of the notice and of its year on which what staff decided stands, whatever the notice says.
    """

    year: int | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    overrides: list[CalendarOverride] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        overrides = [
            {"date": each.date.isoformat(), "kind": each.kind, "reason": each.reason} for each in self.overrides
        ]
        errors = [{"line": each.line, "code": each.code, "message": each.message} for each in self.errors]
        return {**vars(self), "overrides": overrides, "errors": errors}


def import_calendar(source: Path | str | bytes, dry_run: bool = False) -> Report:
    """Publish the year of a file (`core.calendar_file`), given by its path or its bytes. All of it or nothing.

    What the notice for the year said before is replaced, overrides stay. Importing a file again changes nothing.
    """
    file = read_calendar_file(source)
    if file.faults or file.year is None:
        return Report(file.year, errors=file.faults)
    days = [
        CalendarDay(date=each.date, kind=each.kind, name_zh_hans=each.name, name_en=each.name_en, notice_year=file.year)
        for each in file.days
    ]
    return publish_year(file.year, days, dry_run)


def save_days(days: Iterable[CalendarDay]) -> None:
    """Save days whether they are there or not. The column without a language holds the Chinese, whoever calls."""
    with override(settings.LANGUAGE_CODE):
        CalendarDay.objects.bulk_create(
            days, update_conflicts=True, unique_fields=["date"], update_fields=["kind", *NAME_COLUMNS, "notice_year"]
        )
    forget_all()  # the halls' hours and the dates of guides go by it


@transaction.atomic
def publish_year(year: int, days: Iterable[CalendarDay], dry_run: bool = False) -> Report:
    """Make `days` what the notice for a year says, in place of what it said before."""
    report = Report(year)
    wanted = {day.date: day for day in days}
    present = {day.date: day for day in CalendarDay.objects.filter(Q(notice_year=year) | Q(date__in=wanted))}
    to_save = []
    for day in wanted.values():
        old = present.get(day.date)
        if old is None:
            report.added += 1
            to_save.append(day)
        elif old.notice_year > year or said(old) == said(day):
            # Of two notices that speak of a day, the later one holds.
            report.unchanged += 1
        else:
            report.changed += 1
            to_save.append(day)
    gone = [day.date for day in present.values() if day.date not in wanted]
    report.removed = len(gone)
    report.overrides = list(CalendarOverride.objects.filter(Q(date__year=year) | Q(date__in=wanted)))
    if (to_save or gone) and not dry_run:
        CalendarDay.objects.filter(date__in=gone).delete()
        save_days(to_save)
        first = CalendarDay.objects.filter(notice_year=year).earliest("date")
        numbers = {"added": report.added, "changed": report.changed, "removed": report.removed}
        log(first, YEAR_PUBLISHED, title=str(year), data={"year": year, **numbers})
    return report


def said(day: CalendarDay) -> tuple[str, str, str, int]:
    """What a notice says of a day."""
    return day.kind, day.name_zh_hans, day.name_en, day.notice_year


def seed_calendar() -> int:
    """Fill in the years that chinesecalendar knows and the database doesn't; says how many days that were.

    A year that is there already stays as it is: the province's own import is nearer to the source.
    """
    published = set(CalendarDay.objects.values_list("notice_year", flat=True).distinct())
    announced = {day.year for day in chinesecalendar.holidays if (day.month, day.day) == (1, 1)}
    days = []
    for kind, named in ((DayKind.HOLIDAY, chinesecalendar.holidays), (DayKind.WORKING, chinesecalendar.workdays)):
        for day, name in named.items():
            # What is moved in December is moved for New Year's Day.
            year = day.year + (day.month == 12)
            if year in announced - published:
                chinese, english = NAMES.get(name, (Holiday(name).chinese, name))
                days.append(CalendarDay(date=day, kind=kind, name_zh_hans=chinese, name_en=english, notice_year=year))
    save_days(days)
    return len(days)


def seed_after_migrations(using: str, **kwargs: Any) -> None:
    """After migrations, and after a test that emptied the database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if CalendarDay._meta.db_table in tables:
        seed_calendar()
