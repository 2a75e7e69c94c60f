"""Limits: which ones there are, how they compare and add, and how they read."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.limits import LONGEST, Limit, LimitUnit

WORKING, NATURAL, MONTHS, YEARS = LimitUnit
limits = st.builds(Limit, st.integers(0, 100), st.sampled_from(LimitUnit))


def test_the_unit_is_working_days_where_nothing_is_said() -> None:
    assert Limit(20) == Limit(20, WORKING)


def test_a_unit_from_the_database_is_a_unit() -> None:
    assert Limit(3, "months") == Limit(3, MONTHS)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        Limit(3, "weeks")  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [-1, LONGEST + 1])
def test_a_number_that_no_limit_has_is_refused(number: int) -> None:
    with override("en"), pytest.raises(ValueError, match=f"from 0 to {LONGEST}, not {number}"):
        Limit(number)


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        (Limit(5), Limit(20)),
        (Limit(5, NATURAL), Limit(6, NATURAL)),
        (Limit(11, MONTHS), Limit(1, YEARS)),
        (Limit(1, YEARS), Limit(13, MONTHS)),
        (Limit(0), Limit(1, YEARS)),
        (Limit(0, YEARS), Limit(1)),
    ],
)
def test_the_shorter_limit_is_less(shorter: Limit, longer: Limit) -> None:
    assert shorter < longer
    assert shorter <= longer
    assert longer > shorter
    assert not longer <= shorter


def test_a_year_is_as_long_as_twelve_months() -> None:
    assert Limit(1, YEARS) <= Limit(12, MONTHS) <= Limit(1, YEARS)


@pytest.mark.parametrize("other", [Limit(20, NATURAL), Limit(1, MONTHS), Limit(1, YEARS)])
def test_working_days_and_other_units_do_not_compare(other: Limit) -> None:
    assert not Limit(20).is_comparable(other)
    with pytest.raises(TypeError):
        assert Limit(20) <= other
    with pytest.raises(TypeError):
        Limit(20) + other


@given(limits, limits)
def test_limits_compare_both_ways_or_neither(one: Limit, other: Limit) -> None:
    assert one.is_comparable(other) == other.is_comparable(one)
    if one.is_comparable(other):
        assert (one <= other) or (other <= one)
        assert (one < other) == (not other <= one)


def test_steps_add_to_the_limit_of_a_process() -> None:
    assert sum([Limit(3), Limit(0), Limit(5), Limit(2)], start=Limit(0)) == Limit(10)
    assert sum([Limit(1, YEARS), Limit(6, MONTHS)], start=Limit(0)) == Limit(18, MONTHS)
    assert sum([], start=Limit(0)) == Limit(0)


@given(limits, limits)
def test_a_sum_is_no_shorter_than_its_parts(one: Limit, other: Limit) -> None:
    if one.is_comparable(other):
        assert one <= one + other
        assert other <= one + other


@pytest.mark.parametrize(
    ("limit", "chinese", "english"),
    [
        (Limit(20), "20个工作日", "20 working days"),
        (Limit(1), "1个工作日", "1 working day"),
        (Limit(30, NATURAL), "30个自然日", "30 calendar days"),
        (Limit(1, NATURAL), "1个自然日", "1 calendar day"),
        (Limit(3, MONTHS), "3个月", "3 months"),
        (Limit(1, YEARS), "1年", "1 year"),
        (Limit(0), "当场办结", "on the spot"),
        (Limit(0, MONTHS), "当场办结", "on the spot"),
    ],
)
def test_a_limit_reads_in_both_languages(limit: Limit, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert str(limit) == chinese
    with override("en"):
        assert str(limit) == english
