"""The clock: properties that hold for all dates, and examples counted by hand on the holidays of 2025 and 2026."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.limits import Limit, LimitUnit
from core.working_days import (
    Calendar,
    Suspension,
    due_date,
    is_working_day,
    next_working_day,
    working_day_after,
    working_day_before,
    working_days_between,
)

WORKING, NATURAL, MONTHS, YEARS = LimitUnit
PUBLISHED = range(2004, 2027)
CALENDAR = Calendar(
    exceptions={
        **dict.fromkeys(chinese_calendar.constants.holidays, False),
        **dict.fromkeys(chinese_calendar.constants.workdays, True),
    },
    published_years=frozenset(PUBLISHED),
)


def day(text: str) -> date:
    """A day of 2026, or with its year."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(day, texts))


def stop(start: str, end: str | None) -> Suspension:
    return Suspension(day(start), day(end) if end else None)


def due(accepted: str, number: int, *suspensions: Suspension, unit: LimitUnit = WORKING, extension: int = 0) -> str:
    """The due date as text, without the year if it is 2026; with a question mark where provisional."""
    deadline = due_date(day(accepted), Limit(number, unit), suspensions, extension, calendar=CALENDAR)
    text = str(deadline.due).removeprefix("2026-")
    return f"{text}?" if deadline.provisional else text


# -- Examples counted by hand -----------------------------------------------------------------------
#
# Spring Festival 2026: 15 (Sunday) to 23 February off, Saturdays 14 and 28 February worked.
# National Day 2025: 1 to 8 October off, Sunday 28 September and Saturday 11 October worked.


@pytest.mark.parametrize(
    ("accepted", "number", "expected"),
    [
        ("06-01", 1, "06-02"),  # Monday: day 1 is Tuesday
        ("06-01", 5, "06-08"),  # day 4 is Friday, 5 the Monday after
        ("06-05", 1, "06-08"),  # Friday
        ("06-05", 20, "07-06"),  # 19 June is the Dragon Boat Festival: 5 + 4 + 5 + 5 + 1
    ],
)
def test_day_1_is_the_working_day_after_acceptance(accepted: str, number: int, expected: str) -> None:
    assert due(accepted, number) == expected


def test_the_spring_festival_is_left_out_and_its_saturdays_are_worked() -> None:
    deadline = due_date(day("02-11"), Limit(10), calendar=CALENDAR)
    assert deadline.counted == days(
        *("02-12", "02-13", "02-14"),
        *("02-24", "02-25", "02-26", "02-27", "02-28"),
        *("03-02", "03-03"),
    )
    assert deadline.due == day("03-03")
    assert not deadline.provisional


def test_national_day_is_left_out_and_the_days_for_it_are_worked() -> None:
    deadline = due_date(day("2025-09-26"), Limit(6), calendar=CALENDAR)
    assert deadline.counted == days("2025-09-28", "2025-09-29", "2025-09-30", "2025-10-09", "2025-10-10", "2025-10-11")


@pytest.mark.parametrize("accepted", ["02-14", "02-15", "02-18", "02-23"])
def test_what_comes_in_during_a_holiday_starts_on_the_first_working_day_after(accepted: str) -> None:
    assert due(accepted, 1) == "02-24"
    assert due(accepted, 5) == "02-28"


def test_past_the_last_published_year_the_answer_is_provisional() -> None:
    assert due("12-30", 1) == "12-31"
    assert due("12-31", 1) == "2027-01-01?"  # a guess by weekdays, until the State Council says what 2027 is like
    assert due("12-30", 3) == "2027-01-04?"
    assert due("2027-03-01", 20) == "2027-03-29?"


def test_before_the_first_published_year_too() -> None:
    assert due("2003-12-29", 5) == "2004-01-06?"
    assert due("2003-12-31", 1) == "2004-01-02"


def test_done_on_the_spot_is_the_same_day() -> None:
    assert due("06-01", 0) == "06-01"
    assert due("06-06", 0) == "06-06"  # a Saturday
    assert due("06-06", 0, unit=MONTHS) == "06-06"
    assert due_date(day("06-01"), Limit(0), calendar=CALENDAR).counted == ()


def test_special_procedures_stand_outside_the_clock() -> None:
    # Licensing Law art. 45: 20 working days from Monday 2 March, an expert review from 9 to 20 March.
    assert due("03-02", 20) == "03-30"
    assert due("03-02", 20, stop("03-09", "03-20")) == "04-14"  # 10 working days later; 6 April is Tomb-sweeping Day
    # The applicant corrects the papers over the Spring Festival: 3 working days (13, 14 and 24 February) stand still.
    assert due("02-11", 10, stop("02-13", "02-24")) == "03-06"


def test_a_suspension_of_holidays_only_costs_nothing() -> None:
    assert due("02-11", 10, stop("02-15", "02-23")) == due("02-11", 10)


def test_a_suspension_counts_its_first_and_last_day() -> None:
    assert due("06-01", 3, stop("06-03", "06-03")) == "06-05"
    assert due("06-01", 3, stop("06-02", "06-03")) == "06-08"
    assert due("06-01", 3, stop("06-04", "06-04")) == "06-05"
    assert due("06-01", 3, stop("06-05", "06-05")) == "06-04"


def test_suspensions_that_overlap_count_once() -> None:
    assert due("03-02", 20, stop("03-16", "03-20"), stop("03-09", "03-18")) == "04-14"


def test_of_a_suspension_that_began_before_acceptance_only_the_days_after_it_count() -> None:
    assert due("03-02", 20, stop("02-02", "03-06")) == due("03-06", 20) == "04-03"
    assert due("03-02", 20, stop("02-02", "03-02")) == due("03-02", 20)


def test_a_reversed_suspension_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-03-09"):
        stop("03-09", "03-08")


def test_while_a_suspension_is_open_nobody_knows_when_it_is_due() -> None:
    deadline = due_date(day("06-01"), Limit(5), [stop("06-04", None)], calendar=CALENDAR)
    assert deadline.due is None
    assert deadline.counted == days("06-02", "06-03")
    assert not deadline.provisional
    assert due("06-01", 5, stop("06-09", None)) == "06-08", "it was due before the clock stopped"
    assert due("06-01", 5, stop("06-01", None)) == "None"
    assert due("06-01", 0, stop("06-01", None)) == "06-01"


def test_an_extension_adds_working_days() -> None:
    # Licensing Law art. 42: 20 working days and 10 more.
    assert due("03-02", 20, extension=10) == due("03-02", 30) == "04-14"
    assert due("06-01", 0, extension=2) == "06-03"
    # From Saturday 4 April, which rolls to Tuesday 7 April, 2 more.
    assert due("03-05", 30, unit=NATURAL) == "04-07"
    assert due("03-05", 30, unit=NATURAL, extension=2) == "04-09"


def test_the_last_natural_day_rolls_to_a_working_day() -> None:
    # Civil Code art. 203.
    assert due("06-01", 5, unit=NATURAL) == "06-08"  # 6 June is a Saturday
    assert due("06-01", 4, unit=NATURAL) == "06-05"
    assert due("02-10", 4, unit=NATURAL) == "02-14"  # a Saturday that is worked
    assert due("02-10", 5, unit=NATURAL) == "02-24"  # over the whole festival
    deadline = due_date(day("06-01"), Limit(5, NATURAL), calendar=CALENDAR)
    assert deadline.counted == days("06-02", "06-03", "06-04", "06-05", "06-06")


def test_suspensions_stop_natural_days_too() -> None:
    assert due("06-01", 3, stop("06-02", "06-07"), unit=NATURAL) == "06-10"
    # The third day is Saturday 6 June, and Monday 8 June is suspended.
    assert due("06-03", 3, stop("06-08", "06-08"), unit=NATURAL) == "06-09"
    assert due("06-03", 3, stop("06-08", None), unit=NATURAL) == "None"
    assert due("06-01", 1, stop("06-10", "06-12"), unit=MONTHS) == "07-06"  # to 4 July, a Saturday


def test_a_month_ends_on_the_day_with_the_same_number_or_the_last() -> None:
    # Civil Code art. 202.
    assert due("03-09", 1, unit=MONTHS) == "04-09"
    assert due("2025-01-31", 1, unit=MONTHS) == "2025-02-28"
    assert due("2023-08-31", 6, unit=MONTHS) == "2024-02-29"
    assert due("2024-02-29", 1, unit=YEARS) == "2025-02-28"
    assert due("2025-11-17", 2, unit=MONTHS) == "01-19"  # 17 January is a Saturday
    assert due("06-01", 1, unit=YEARS) == "2027-06-01?"


def test_a_moment_is_no_date() -> None:
    with pytest.raises(TypeError):
        due_date(datetime(2026, 6, 1, 23, 30), Limit(1), calendar=CALENDAR)


def test_an_extension_below_zero_is_refused() -> None:
    with pytest.raises(ValueError):
        due_date(day("06-01"), Limit(1), extension=-1, calendar=CALENDAR)


@pytest.mark.parametrize("unit", LimitUnit)
def test_past_the_last_year_of_dates_is_an_overflow(unit: LimitUnit) -> None:
    with pytest.raises(OverflowError):
        due_date(date(9999, 12, 30), Limit(5, unit), calendar=CALENDAR)


def test_how_many_days_are_left() -> None:
    assert working_days_between(day("02-13"), day("03-02"), CALENDAR) == 7
    assert working_days_between(day("03-02"), day("02-13"), CALENDAR) == -7
    assert working_days_between(day("02-15"), day("02-15"), CALENDAR) == 0


def test_working_days_before_a_date() -> None:
    assert working_day_before(day("02-24"), 1, CALENDAR) == day("02-14")
    assert working_day_before(day("02-24"), 3, CALENDAR) == day("02-12")
    assert next_working_day(day("02-14"), CALENDAR) == day("02-24")
    with pytest.raises(ValueError):
        working_day_before(day("02-24"), 0, CALENDAR)


# -- What holds for all dates -----------------------------------------------------------------------

dates = st.dates(date(2003, 1, 1), date(2029, 12, 31))
units = st.sampled_from(LimitUnit)
numbers = st.integers(0, 90)
short = st.integers(0, 40)


@st.composite
def closed_suspensions(draw: st.DrawFn) -> Suspension:
    start = draw(dates)
    return Suspension(start, start + timedelta(days=draw(st.integers(0, 60))))


@st.composite
def cases(draw: st.DrawFn) -> tuple[date, Limit, list[Suspension], int]:
    """A day of acceptance, a limit, suspensions about the time in which it runs, an extension."""
    accepted = draw(dates)
    unit = draw(units)
    limit = Limit(draw(st.integers(0, 3 if unit == YEARS else 60)), unit)
    suspensions = []
    for _ in range(draw(st.integers(0, 3))):
        start = accepted + timedelta(days=draw(st.integers(-20, 60)))
        suspensions.append(Suspension(start, start + timedelta(days=draw(st.integers(0, 40)))))
    return accepted, limit, suspensions, draw(st.integers(0, 15))


@given(dates)
def test_every_published_day_is_as_the_state_council_said(one: date) -> None:
    assume(one.year in PUBLISHED)
    assert is_working_day(one, CALENDAR) == chinese_calendar.is_workday(one)


@given(cases())
def test_a_due_date_of_a_limit_is_a_working_day(case) -> None:
    accepted, limit, suspensions, extension = case
    deadline = due_date(accepted, limit, suspensions, extension, calendar=CALENDAR)
    assert deadline.due is not None
    if limit.number or extension:
        assert deadline.due > accepted
        assert is_working_day(deadline.due, CALENDAR)
    else:
        assert deadline.due == accepted


@given(cases())
def test_a_longer_limit_is_never_due_earlier(case) -> None:
    accepted, limit, suspensions, extension = case
    one_more = Limit(limit.number + 1, limit.unit)
    now, later = (due_date(accepted, each, suspensions, extension, calendar=CALENDAR) for each in (limit, one_more))
    assert now.due is not None and later.due is not None
    assert now.due <= later.due
    if limit.unit == WORKING:
        assert now.due < later.due
        assert later.counted[:-1] == now.counted


@given(cases())
def test_a_longer_extension_is_due_later(case) -> None:
    accepted, limit, suspensions, extension = case
    now, later = (due_date(accepted, limit, suspensions, extension + e, calendar=CALENDAR) for e in (0, 1))
    assert now.due is not None and later.due is not None
    assert now.due < later.due


@given(cases(), st.data())
def test_a_suspension_never_brings_the_due_date_forward(case, data: st.DataObject) -> None:
    accepted, limit, suspensions, extension = case
    start = accepted + timedelta(days=data.draw(st.integers(-20, 60)))
    end = data.draw(st.none() | st.integers(0, 40).map(lambda length: start + timedelta(days=length)))
    before = due_date(accepted, limit, suspensions, extension, calendar=CALENDAR)
    after = due_date(accepted, limit, [*suspensions, Suspension(start, end)], extension, calendar=CALENDAR)
    assert before.due is not None
    if after.due is None:
        assert end is None
        assert after.counted == before.counted[: len(after.counted)]
    else:
        assert after.due >= before.due
        assert len(after.counted) == len(before.counted)


@given(cases())
def test_exactly_the_days_of_the_limit_are_counted_and_none_in_a_suspension(case) -> None:
    accepted, limit, suspensions, extension = case
    deadline = due_date(accepted, limit, suspensions, extension, calendar=CALENDAR)
    assert list(deadline.counted) == sorted(set(deadline.counted))
    assert all(accepted < each <= deadline.due for each in deadline.counted)
    for suspension in suspensions:
        assert not any(suspension.start <= each <= suspension.end for each in deadline.counted)
    if limit.unit == WORKING:
        assert len(deadline.counted) == limit.number + extension
        assert all(is_working_day(each, CALENDAR) for each in deadline.counted)
    elif limit.unit == NATURAL:
        assert len(deadline.counted) == limit.number + extension


@given(cases())
def test_no_working_day_that_runs_is_left_out(case) -> None:
    accepted, limit, suspensions, extension = case
    assume(limit.unit == WORKING)
    deadline = due_date(accepted, limit, suspensions, extension, calendar=CALENDAR)
    assert deadline.due is not None
    between = (accepted + timedelta(days=number) for number in range(1, (deadline.due - accepted).days + 1))
    assert deadline.counted == tuple(
        each
        for each in between
        if is_working_day(each, CALENDAR) and not any(s.start <= each <= s.end for s in suspensions)
    )


@given(cases(), st.data())
def test_a_suspension_split_in_two_is_the_same(case, data: st.DataObject) -> None:
    accepted, limit, suspensions, extension = case
    assume(suspensions)
    first, *others = suspensions
    assume(first.end > first.start)
    middle = data.draw(st.dates(first.start, first.end - timedelta(days=1)))
    halves = [Suspension(middle + timedelta(days=1), first.end), Suspension(first.start, middle)]
    assert due_date(accepted, limit, suspensions, extension, calendar=CALENDAR) == due_date(
        accepted, limit, [*others, *halves], extension, calendar=CALENDAR
    )


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_suspensions_does_not_matter(case, random) -> None:
    accepted, limit, suspensions, extension = case
    shuffled = random.sample(suspensions, len(suspensions))
    assert due_date(accepted, limit, suspensions, extension, calendar=CALENDAR) == due_date(
        accepted, limit, shuffled, extension, calendar=CALENDAR
    )


@given(cases())
def test_an_answer_is_provisional_if_and_only_if_it_lies_past_what_is_published(case) -> None:
    accepted, limit, suspensions, extension = case
    assume(accepted.year in PUBLISHED or accepted.year > PUBLISHED[-1])
    deadline = due_date(accepted, limit, suspensions, extension, calendar=CALENDAR)
    assert deadline.due is not None
    assert deadline.provisional == (deadline.due.year > PUBLISHED[-1])


@given(dates, st.integers(1, 60))
def test_working_days_after_and_before_a_working_day_lead_back(one: date, number: int) -> None:
    start = next_working_day(one, CALENDAR)
    assert working_day_before(working_day_after(start, number, CALENDAR), number, CALENDAR) == start


@given(dates, numbers)
def test_the_days_between_acceptance_and_due_date_are_the_limit(accepted: date, number: int) -> None:
    deadline = due_date(accepted, Limit(number), calendar=CALENDAR)
    assert deadline.due is not None
    assert working_days_between(accepted, deadline.due, CALENDAR) == number


@given(dates, dates, dates)
def test_days_between_add_up(one: date, two: date, three: date) -> None:
    assert working_days_between(one, three, CALENDAR) == working_days_between(
        one, two, CALENDAR
    ) + working_days_between(two, three, CALENDAR)


@given(dates, short.filter(bool))
def test_natural_days_are_never_due_after_as_many_working_days(accepted: date, number: int) -> None:
    natural, working = (due_date(accepted, Limit(number, unit), calendar=CALENDAR).due for unit in (NATURAL, WORKING))
    assert natural is not None and working is not None
    assert natural <= working
