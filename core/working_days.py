"""Working days and the clock: when something is due. Pure functions of dates and a calendar; nothing is read or kept here.

The law (行政许可法 the Administrative Licensing Law, 民法典 the Civil Code; docs/working-days.md):

- Days are working days, without statutory holidays (Licensing Law art. 82). Those of a limit in natural days, months or
  years are days of the calendar; where the last isn't a working day, the next working day takes its place (Civil Code
  art. 203). A month or a year ends on the day with the number of its first, or on the month's last (art. 202).
- The day of acceptance doesn't count (Civil Code art. 201): day 1 is the first working day after it, on whichever day
  that was; what is done at the end of the last day is done in time.
- Hearings, inspections, expert reviews and the like are outside the limit (Licensing Law art. 45): the days of a
  suspension, its first and last included, don't count.
- An extension (Licensing Law art. 42) is so many working days after the last day of the limit.

All dates are those of Asia/Shanghai: of a moment, `django.utils.timezone.localdate(moment)`.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from itertools import islice

from django.utils.translation import gettext

from core.limits import Limit, LimitUnit

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Which days are working days; `core.calendar.read_calendar` reads it in one query.

    exceptions: the days that aren't what their weekday says; True for a working day at a weekend, False for a holiday.
    published_years: the years whose holidays the State Council has announced; in others all is a guess by weekdays.
    """

    exceptions: Mapping[date, bool]
    published_years: frozenset[int]


@dataclass(frozen=True)
class Suspension:
    """The days on which the clock stands, both ends included; no end as long as it still stands."""

    start: date
    end: date | None

    def __post_init__(self) -> None:
        """Refuse an end before the start (ValueError)."""
        if self.end is not None and self.end < self.start:
            raise ValueError(
                gettext("A suspension can't end on %(end)s, before it begins on %(start)s.")
                % {"end": self.end, "start": self.start}
            )


@dataclass(frozen=True)
class Deadline:
    """When something is due.

    due: the day at whose end it must be done; None while an open suspension leaves that unknown.
    provisional: a day that decided lies in a year that isn't published yet; count again when it is.
    counted: the days that the clock counted, in order: working days, or for other units days of the calendar. Empty
        for what is done on the spot. With `due` None, those before the clock stopped.
    """

    due: date | None
    provisional: bool
    counted: tuple[date, ...]


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether offices work on a day: by the calendar's exceptions, else from Monday to Friday."""
    exception = calendar.exceptions.get(day)
    return day.weekday() < 5 if exception is None else exception


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day after a day, whatever that day is itself."""
    return working_day_after(day, 1, calendar)


def working_day_after(day: date, number: int, calendar: Calendar) -> date:
    """The working day that is so many (at least 1) working days after a day, which itself doesn't count."""
    return _walk(day, number, DAY, calendar)


def working_day_before(day: date, number: int, calendar: Calendar) -> date:
    """The working day that is so many (at least 1) working days before a day, which itself doesn't count.

    When to warn: that many working days before the due date.
    """
    return _walk(day, number, -DAY, calendar)


def _walk(day: date, number: int, step: timedelta, calendar: Calendar) -> date:
    if number < 1:
        raise ValueError(f"A number of working days from 1 up is needed, not {number}")
    while number:
        day += step
        number -= is_working_day(day, calendar)
    return day


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days the clock counts from one day to another: without the first, with the last.

    Negative when the last comes before the first: `working_days_between(today, due)` are the days left, below 0 the
    days overdue.
    """
    if last < first:
        return -working_days_between(last, first, calendar)
    days = (first + DAY * number for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, calendar) for day in days)


def due_date(
    accepted: date, limit: Limit, suspensions: Sequence[Suspension] = (), extension: int = 0, *, calendar: Calendar
) -> Deadline:
    """When what was accepted on a day is due.

    suspensions: in any order; they may overlap, and what lies before the day after acceptance changes nothing.
    extension: a number of further working days, 0 and up.

    A limit of 0 without an extension is due on the day of acceptance, whatever day that is. Raises TypeError for a
    moment in place of a date, ValueError for an extension below 0, OverflowError past the year 9999.
    """
    if isinstance(accepted, datetime):
        raise TypeError("A date is needed: of a moment, django.utils.timezone.localdate(moment)")
    if extension < 0:
        raise ValueError(gettext("An extension can't be less than 0 working days."))
    natural_days = _natural_days(accepted, limit)
    working_days = extension + (limit.number if limit.unit == LimitUnit.WORKING_DAYS else 0)

    running = _running_days(accepted, suspensions)
    running_working_days = (day for day in running if is_working_day(day, calendar))
    counted = list(islice(running, natural_days))
    due: date | None = counted[-1] if counted else accepted
    if counted and not is_working_day(counted[-1], calendar):
        due = next(running_working_days, None)
    if working_days:
        counted += islice(running_working_days, working_days)
        due = counted[-1] if counted else None
    if len(counted) < natural_days + working_days:
        due = None

    first = accepted + DAY if natural_days + working_days else accepted
    last = due or (counted[-1] if counted else accepted)
    provisional = not calendar.published_years.issuperset(range(first.year, last.year + 1))
    return Deadline(due, provisional, tuple(counted))


def _running_days(accepted: date, suspensions: Sequence[Suspension]) -> Iterator[date]:
    """The days of the calendar after acceptance on which the clock runs; they end where an open suspension begins."""
    day = accepted + DAY
    for suspension in sorted(suspensions, key=lambda suspension: suspension.start):
        while day < suspension.start:
            yield day
            day += DAY
        if suspension.end is None:
            return
        if suspension.end >= day:
            day = suspension.end + DAY
    while True:
        yield day
        day += DAY


def _natural_days(accepted: date, limit: Limit) -> int:
    """How many days of the calendar a limit in natural days, months or years has."""
    match limit.unit:
        case LimitUnit.NATURAL_DAYS:
            return limit.number
        case LimitUnit.MONTHS:
            return (_months_later(accepted, limit.number) - accepted).days
        case LimitUnit.YEARS:
            return (_months_later(accepted, limit.number * 12) - accepted).days
    return 0


def _months_later(day: date, months: int) -> date:
    """The day with the same number so many months later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        raise OverflowError("date value out of range")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
