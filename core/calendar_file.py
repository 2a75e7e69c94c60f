"""Reading a CSV file of the holidays of one year, as the State Council announces them, and finding every fault in it.

The form is that of `core.csv_file` with the columns date (2027-01-01), kind (holiday or working), name and name_en (of
the holiday, in Chinese and English; for a working day, of the holiday that it is worked for). A line for each day off,
weekends within a holiday included or not, and for each day at a weekend that is worked. One file is one year's notice;
days of the December before may be in it, as the notice says what New Year's Day does to them. docs/working-days.md
shows one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from django.utils.translation import gettext_noop

from core import csv_file
from core.csv_file import Row, read_rows
from core.language import is_chinese
from core.models import CalendarDay, DayKind

COLUMNS = ("date", "kind", "name", "name_en")
LONGEST_NAME = cast(int, CalendarDay._meta.get_field("name").max_length)
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Off every year since 1999 (全国年节及纪念日放假办法): a file without them doesn't hold the whole year.
ALWAYS_OFF = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))

MESSAGES = csv_file.MESSAGES | {
    "empty_file": gettext_noop("The file has no days."),
    "bad_date": gettext_noop("The date “%(date)s” is none; it is written like 2027-01-01."),
    "duplicate_date": gettext_noop("The date %(date)s is also in line %(other)d."),
    "other_year": gettext_noop(
        "The date %(date)s doesn't belong to the notice for %(year)d, as most of the file does."
    ),
    "unknown_kind": gettext_noop("The kind “%(kind)s” is unknown; there are holiday and working."),
    "works_anyway": gettext_noop("%(date)s lies between Monday and Friday, a working day anyway."),
    "no_chinese_name": gettext_noop("The name must be Chinese, and “%(name)s” isn't."),
    "no_english_name": gettext_noop("The English name must be English, and “%(name)s” isn't."),
    "name_too_long": gettext_noop("The name has %(length)d characters; at most %(limit)d are allowed."),
    "missing_day": gettext_noop(
        "%(date)s is a statutory holiday of every year and isn't in the file, which must hold the whole year."
    ),
}


@dataclass(frozen=True)
class FileDay:
    """A day of the file; `kind` is a `DayKind`, `name` the Chinese."""

    line: int
    date: date
    kind: str
    name: str
    name_en: str


class Fault(csv_file.Fault):
    """What is wrong in which line of a file of holidays."""

    messages = MESSAGES


@dataclass
class CalendarFile:
    """What a file says; with faults `days` are not to be used. `year` is None while no date can be read."""

    year: int | None = None
    days: list[FileDay] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_calendar_file(source: Path | str | bytes) -> CalendarFile:
    """Read a file, given by its path or its bytes, and check all of it. Never raises for what is in the file."""
    result = CalendarFile()
    rows = read_rows(source, COLUMNS, result.faults, Fault)
    dates = {row.line: _date(row.fields["date"]) for row in rows}
    result.year = _year([day for day in dates.values() if day])
    first_lines: dict[date, int] = {}
    for row in rows:
        day = dates[row.line]
        faults = _text_faults(row)
        if day is None:
            faults.append(Fault(row.line, "bad_date", {"date": row.fields["date"][:40]}))
        else:
            faults += _date_faults(row, day, result.year, first_lines)
        result.faults += faults
        if day is not None and not faults:
            result.days.append(FileDay(row.line, day, row.fields["kind"], row.fields["name"], row.fields["name_en"]))
    if result.year is not None:
        off = {day for row in rows if (day := dates[row.line]) and row.fields["kind"] == DayKind.HOLIDAY}
        always = [date(result.year, month, day) for month, day in ALWAYS_OFF]
        result.faults += [Fault(1, "missing_day", {"date": day}) for day in always if day not in off]
    result.faults.sort(key=lambda fault: fault.line)
    return result


def _date(text: str) -> date | None:
    if not ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _year(days: Sequence[date]) -> int | None:
    """The year that most dates are of; of several such years the last."""
    counts = Counter(day.year for day in days)
    return max(counts, key=lambda year: (counts[year], year), default=None)


def _text_faults(row: Row) -> list[Fault]:
    faults = []
    if row.fields["kind"] not in DayKind.values:
        faults.append(Fault(row.line, "unknown_kind", {"kind": row.fields["kind"][:40]}))
    name, english = row.fields["name"], row.fields["name_en"]
    if not is_chinese(name):
        faults.append(Fault(row.line, "no_chinese_name", {"name": name[:40]}))
    if not english or is_chinese(english):
        faults.append(Fault(row.line, "no_english_name", {"name": english[:40]}))
    for text in (name, english):
        if len(text) > LONGEST_NAME:
            faults.append(Fault(row.line, "name_too_long", {"length": len(text), "limit": LONGEST_NAME}))
    return faults


def _date_faults(row: Row, day: date, year: int | None, first_lines: dict[date, int]) -> list[Fault]:
    faults = []
    if day.year != year and (day.year + 1, day.month) != (year, 12):
        faults.append(Fault(row.line, "other_year", {"date": day, "year": year}))
    if first_lines.setdefault(day, row.line) != row.line:
        faults.append(Fault(row.line, "duplicate_date", {"date": day, "other": first_lines[day]}))
    if row.fields["kind"] == DayKind.WORKING and day.weekday() < 5:
        faults.append(Fault(row.line, "works_anyway", {"date": day}))
    return faults
