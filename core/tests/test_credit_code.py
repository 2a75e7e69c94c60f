"""Unified social credit codes: the check character, and what it finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit_code import ALPHABET, NO_CODE, check_character, is_credit_code

BODIES = st.text(ALPHABET, min_size=17, max_size=17)


# The first is the standard's own example; the others are those of public companies.
@pytest.mark.parametrize("code", ["91350100M000100Y43", "91310000631696382C", "91440300708461136T"])
def test_codes_that_are_in_use_are_codes(code: str) -> None:
    assert is_credit_code(code)


@pytest.mark.parametrize(
    "text", ["", "91350100M000100Y44", "91350100M000100Y4", "91350100M000100Y433", "91350100m000100y43", NO_CODE]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert not is_credit_code(text)


@given(BODIES)
def test_every_body_has_one_check_character(body: str) -> None:
    assert [is_credit_code(body + last) for last in ALPHABET].count(True) == 1


@given(BODIES, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(body: str, place: int, wrong: str) -> None:
    code = body + check_character(body)
    mistyped = code[:place] + wrong + code[place + 1 :]
    assert is_credit_code(mistyped) is (mistyped == code)


@given(BODIES, st.integers(0, 15))
def test_two_characters_exchanged_are_found(body: str, place: int) -> None:
    code = body + check_character(body)
    exchanged = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_credit_code(exchanged) is (exchanged == code)


@pytest.mark.parametrize("body", ["9135", "I" * 17])
def test_a_body_that_cannot_be_one_is_refused(body: str) -> None:
    with pytest.raises(ValueError):
        check_character(body)
