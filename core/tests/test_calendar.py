"""The calendar in the database: seeded, published, overridden, and read in one query."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from core.calendar import import_calendar, read_calendar, seed_calendar
from core.models import CalendarDay, CalendarOverride, DayKind, User
from core.tests.holidays import DAYS_OF_2027, notice
from core.working_days import is_working_day

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2027, 1, 1)


def decide(day: date, kind: DayKind, reason: str = "省政府办公厅通知") -> CalendarOverride:
    return CalendarOverride.objects.create(date=day, kind=kind, reason=reason)


def works(day: date) -> bool:
    return is_working_day(day, read_calendar())


def rows() -> list[tuple]:
    return list(CalendarDay.objects.values_list().order_by("date"))


# -- The seed ---------------------------------------------------------------------------------------


@pytest.fixture
def new_database() -> None:
    """Seeded now: the database that tests start from may have been kept from an older run (conftest.py)."""
    CalendarDay.objects.all().delete()
    assert seed_calendar() > 700


def test_migrating_seeds() -> None:
    assert CalendarDay.objects.filter(notice_year=2026).exists()


def test_a_new_database_has_every_day_that_chinesecalendar_knows(new_database: None) -> None:
    calendar = read_calendar()
    assert calendar.published_years == set(range(2004, 2027))
    day = date(2004, 1, 1)
    while day.year < 2027:
        assert is_working_day(day, calendar) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_holidays_have_names_in_both_languages(new_database: None) -> None:
    assert not CalendarDay.objects.filter(name_en="").exists()
    assert not CalendarDay.objects.filter(name_zh_hans__regex="[a-z]").exists()
    day = CalendarDay.objects.get(date=date(2026, 2, 17))
    assert (day.kind, day.name_zh_hans, day.name_en) == ("holiday", "春节", "Spring Festival")
    assert CalendarDay.objects.get(date=date(2026, 2, 28)).kind == "working"


def test_days_moved_in_december_belong_to_the_notice_of_the_next_year(new_database: None) -> None:
    assert CalendarDay.objects.get(date=date(2018, 12, 31)).notice_year == 2019


def test_seeding_again_changes_nothing(new_database: None) -> None:
    before = rows()
    assert seed_calendar() == 0
    assert rows() == before


def test_seeding_fills_a_year_that_is_missing_and_touches_no_other() -> None:
    before = rows()
    CalendarDay.objects.filter(notice_year=2025).delete()
    changed = CalendarDay.objects.filter(date=date(2026, 10, 7))
    changed.update(kind=DayKind.WORKING)
    assert seed_calendar() == 33
    assert changed.get().kind == DayKind.WORKING
    changed.update(kind=DayKind.HOLIDAY)
    assert rows() == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_column_without_a_language_holds_the_chinese(language: str) -> None:
    CalendarDay.objects.all().delete()
    with override(language):
        seed_calendar()
        import_calendar(notice(*DAYS_OF_2027))
    with override("zh-hans"):
        assert {day.name for day in CalendarDay.objects.filter(date__in=[date(2025, 1, 1), NEW_YEAR])} == {"元旦"}
    assert CalendarDay.objects.rewrite(False).filter(name="元旦").count() > 2


# -- Publishing a year ------------------------------------------------------------------------------


def test_a_file_publishes_its_year() -> None:
    assert works(NEW_YEAR), "a guess by weekdays"
    report = import_calendar(notice(*DAYS_OF_2027))
    assert (report.year, report.added, report.changed, report.removed, report.unchanged) == (2027, 9, 0, 0, 0)
    assert 2027 in read_calendar().published_years
    assert not works(NEW_YEAR)
    assert works(date(2027, 2, 20))


def test_importing_again_changes_nothing() -> None:
    import_calendar(notice(*DAYS_OF_2027))
    before, entries = rows(), ModelLogEntry.objects.count()
    report = import_calendar(notice(*DAYS_OF_2027))
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 0, 0, 9)
    assert rows() == before
    assert ModelLogEntry.objects.count() == entries


def test_a_corrected_notice_replaces_the_old_one() -> None:
    import_calendar(notice(*DAYS_OF_2027))
    corrected = [line for line in DAYS_OF_2027 if "02-08" not in line and "02-20" not in line]
    report = import_calendar(
        notice(*corrected, "2027-02-09,holiday,春节,Spring Festival", "2027-02-20,holiday,春节,Spring Festival")
    )
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 7)
    assert works(date(2027, 2, 8))
    assert not works(date(2027, 2, 9))
    assert not works(date(2027, 2, 20))


def test_other_years_stay_as_they_are() -> None:
    before = rows()
    import_calendar(notice("2026-12-31,holiday,元旦,New Year's Day", *DAYS_OF_2027))
    assert [row for row in rows() if row[-1] != 2027] == before
    assert not works(date(2026, 12, 31))


def test_of_two_notices_that_speak_of_a_day_the_later_holds() -> None:
    import_calendar(notice("2026-12-31,holiday,元旦,New Year's Day", *DAYS_OF_2027))
    of_2026 = [
        f"{day.date},{day.kind},{day.name_zh_hans},{day.name_en}"
        for day in CalendarDay.objects.filter(notice_year=2026)
    ]
    report = import_calendar(notice(*of_2026, "2026-12-31,holiday,国庆节,National Day"))
    assert (report.added, report.changed, report.removed) == (0, 0, 0)
    assert CalendarDay.objects.get(date=date(2026, 12, 31)).name_en == "New Year's Day"


def test_a_dry_run_tells_and_does_nothing() -> None:
    before = rows()
    report = import_calendar(notice(*DAYS_OF_2027), dry_run=True)
    assert report.added == 9
    assert rows() == before
    assert not ModelLogEntry.objects.exists()


def test_a_file_with_a_fault_changes_nothing() -> None:
    before = rows()
    report = import_calendar(notice(*DAYS_OF_2027, "2027-02-30,holiday,春节,Spring Festival"))
    assert [(error.line, error.code) for error in report.errors] == [(11, "bad_date")]
    assert report.added == 0
    assert rows() == before


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    report = import_calendar(tmp_path / "none.csv")
    assert [error.code for error in report.errors] == ["unreadable"]


def test_publishing_stands_in_the_record() -> None:
    import_calendar(notice(*DAYS_OF_2027))
    entry = ModelLogEntry.objects.get()
    assert entry.label == "2027"
    with override("en"):
        assert "Published the holidays of 2027: 9 days added" in entry.message


# -- What staff decide ------------------------------------------------------------------------------


def test_what_staff_decide_counts_whatever_is_published() -> None:
    decide(date(2026, 10, 8), DayKind.HOLIDAY)
    decide(date(2026, 10, 7), DayKind.WORKING)
    assert not works(date(2026, 10, 8))
    assert works(date(2026, 10, 7))


def test_an_override_taken_back_leaves_what_is_published() -> None:
    decide(date(2026, 10, 7), DayKind.WORKING).delete()
    assert not works(date(2026, 10, 7))


def test_an_override_does_not_publish_a_year() -> None:
    decide(NEW_YEAR, DayKind.HOLIDAY)
    assert not works(NEW_YEAR)
    assert 2027 not in read_calendar().published_years


def test_an_import_keeps_overrides_and_reports_them() -> None:
    decide(NEW_YEAR, DayKind.WORKING, "值守")
    decide(date(2027, 3, 1), DayKind.HOLIDAY)
    decide(date(2026, 3, 2), DayKind.HOLIDAY)
    report = import_calendar(notice(*DAYS_OF_2027))
    assert works(NEW_YEAR)
    assert report.as_dict()["overrides"] == [
        {"date": "2027-01-01", "kind": "working", "reason": "值守"},
        {"date": "2027-03-01", "kind": "holiday", "reason": "省政府办公厅通知"},
    ]


def test_seeding_keeps_overrides() -> None:
    decide(date(2026, 10, 7), DayKind.WORKING)
    CalendarDay.objects.all().delete()
    seed_calendar()
    assert works(date(2026, 10, 7))


def test_an_override_outlives_the_account_of_who_decided() -> None:
    user = User.objects.create_user("lin")
    made = decide(date(2026, 10, 7), DayKind.WORKING)
    made.decided_by = user
    made.save()
    user.delete()
    assert works(date(2026, 10, 7))


# -- Reading ----------------------------------------------------------------------------------------


def test_the_calendar_is_read_in_one_query(django_assert_num_queries) -> None:
    decide(date(2026, 10, 7), DayKind.WORKING)
    with django_assert_num_queries(1):
        read_calendar()
    with django_assert_num_queries(1):
        read_calendar(date(2026, 11, 24))


def test_what_is_read_since_a_day_is_the_same_from_the_year_before_on() -> None:
    decide(date(2026, 10, 7), DayKind.WORKING)
    whole, part = read_calendar(), read_calendar(date(2026, 11, 24))
    assert part.published_years == {2025, 2026}
    assert part.exceptions == {day: works for day, works in whole.exceptions.items() if day.year >= 2025}
