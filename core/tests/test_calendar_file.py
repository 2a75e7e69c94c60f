"""Reading a year's notice: good files, and every fault with its line."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.calendar_file import MESSAGES, CalendarFile, Fault, FileDay, read_calendar_file
from core.tests.holidays import DAYS_OF_2027, HEADING, notice


def found(result: CalendarFile) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in result.faults]


def test_a_good_file_says_its_year_and_days() -> None:
    result = read_calendar_file(notice(*DAYS_OF_2027))
    assert result.faults == []
    assert result.year == 2027
    assert len(result.days) == 9
    assert result.days[4] == FileDay(6, date(2027, 2, 20), "working", "春节", "Spring Festival")


def test_the_december_before_belongs_to_the_notice() -> None:
    result = read_calendar_file(notice("2026-12-31,holiday,元旦,New Year's Day", *DAYS_OF_2027))
    assert result.faults == []
    assert result.year == 2027
    assert result.days[0].date == date(2026, 12, 31)


@pytest.mark.parametrize("day", ["2026-11-30", "2028-01-01", "2025-12-31"])
def test_another_year_does_not(day: str) -> None:
    result = read_calendar_file(notice(*DAYS_OF_2027, f"{day},holiday,元旦,New Year's Day"))
    assert found(result) == [(11, "other_year")]


@pytest.mark.parametrize(
    "text", ["", "2027-02-30", "2027/2/5", "20270205", "2027-W05-5", "５-2-2027", "2027-2-5", "2027-02-05T00:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert found(read_calendar_file(notice(*DAYS_OF_2027, f"{text},holiday,春节,Spring Festival"))) == [
        (11, "bad_date")
    ]


def test_a_date_that_stands_twice_is_refused() -> None:
    result = read_calendar_file(notice(*DAYS_OF_2027, DAYS_OF_2027[1]))
    assert found(result) == [(11, "duplicate_date")]
    assert result.faults[0].params["other"] == 3


def test_an_unknown_kind_is_refused() -> None:
    assert found(read_calendar_file(notice(*DAYS_OF_2027, "2027-02-09,off,春节,Spring Festival"))) == [
        (11, "unknown_kind")
    ]


def test_a_working_day_from_monday_to_friday_is_refused() -> None:
    result = read_calendar_file(notice(*DAYS_OF_2027, "2027-02-09,working,春节,Spring Festival"))
    assert found(result) == [(11, "works_anyway")]
    with translation.override("en"):
        assert result.faults[0].message == "2027-02-09 lies between Monday and Friday, a working day anyway."


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        (",Spring Festival", "no_chinese_name"),
        ("Spring Festival,Spring Festival", "no_chinese_name"),
        ("春节,", "no_english_name"),
        ("春节,春节", "no_english_name"),
        (f"{'春节' * 51},Spring Festival", "name_too_long"),
    ],
)
def test_a_name_in_the_wrong_language_or_too_long_is_refused(names: str, fault: str) -> None:
    assert found(read_calendar_file(notice(*DAYS_OF_2027, f"2027-02-09,holiday,{names}"))) == [(11, fault)]


def test_a_file_without_a_day_that_is_always_off_is_no_whole_year() -> None:
    lines = [line for line in DAYS_OF_2027 if "10-02" not in line]
    result = read_calendar_file(notice(*lines))
    assert found(result) == [(1, "missing_day")]
    assert result.faults[0].params["date"] == date(2027, 10, 2)
    result = read_calendar_file(notice(*lines, "2027-10-02,working,国庆节,National Day"))
    assert found(result) == [(1, "missing_day")]


def test_faults_of_the_form_are_told_too() -> None:
    assert found(read_calendar_file(b"")) == [(1, "empty_file")]
    assert found(read_calendar_file(HEADING.encode())) == [(1, "empty_file")]
    assert found(read_calendar_file(b"date,kind,name\n2027-01-01,holiday,x\n")) == [(1, "missing_column")]
    assert found(read_calendar_file(notice(*DAYS_OF_2027, "2027-02-09,holiday"))) == [(11, "too_few_fields")]
    gb18030 = notice(*DAYS_OF_2027).decode().encode("gb18030")
    assert found(read_calendar_file(gb18030)) == [(2, "wrong_encoding_guess")]


def test_all_faults_are_told_in_the_order_of_lines() -> None:
    result = read_calendar_file(
        notice("x,holiday,元旦,New Year's Day", *DAYS_OF_2027[1:], "2027-02-09,off,Spring Festival,春节")
    )
    assert found(result) == [
        (1, "missing_day"),
        (2, "bad_date"),
        (10 + 1, "unknown_kind"),
        (11, "no_chinese_name"),
        (11, "no_english_name"),
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_fault_of_each_kind_has_a_message(language: str) -> None:
    params: dict[str, object] = {
        **dict.fromkeys(("position", "found", "expected", "other", "length", "limit", "year"), 7),
        **dict.fromkeys(("reason", "byte", "encoding", "column", "columns", "date", "kind", "name"), "x"),
    }
    with translation.override(language):
        assert all("%" not in Fault(1, code, params).message for code in MESSAGES)


@given(st.binary(max_size=300))
def test_no_bytes_raise_an_error(content: bytes) -> None:
    result = read_calendar_file(content)
    assert result.faults
    assert all(fault.message for fault in result.faults)


FIELD = st.sampled_from(["2027-01-01", "0001-01-01", "9999-12-31", "holiday", "working", "春节", "x", "", '"', "\0"])


@given(st.lists(st.lists(FIELD, min_size=3, max_size=5).map(",".join), max_size=6))
def test_no_rows_raise_an_error(lines: list[str]) -> None:
    result = read_calendar_file(notice(*lines))
    assert all(fault.message and fault.line >= 1 for fault in result.faults)
