"""Masking of personal data: the rules by example, and what holds for every text there is."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guides.masking import is_identity_number, masked_name, masked_number, masked_text

DIGITS = st.text("0123456789", min_size=11, max_size=20)
AROUND = st.text(max_size=20)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("李晓明", "李**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳锋", "欧阳*"),
        ("欧阳", "欧*"),
        ("张", "*"),
        ("扎西多吉", "扎***"),
        ("扎西·多吉", "扎*·**"),
        ("吉克·阿依", "吉*·**"),
        ("阿依古丽·买买提", "阿***·***"),
        ("阿依古丽•买买提", "阿***•***"),
        ("John Smith", "J*** *****"),
        ("O'Brien-Jones", "O'*****-*****"),
        ("José", "J***"),
        ("张三、欧阳娜娜", "张*、欧阳**"),
        ("张三（曾用名张五）", "张*（*****）"),
        ("", ""),
        ("1张", "**"),
    ],
)
def test_names_keep_their_first_character_or_compound_surname(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@pytest.mark.parametrize("name", ["张*", "欧阳**", "张某", "张某某", "张××", "李＊", "J*** *****"])
def test_masked_names_stay(name: str) -> None:
    assert masked_name(name) == name


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("510104199001011234", "51**************34"),
        ("51010419900101123X", "51**************3X"),
        ("510104900101123", "51***********23"),
        ("E12345678", "E*******8"),
        ("13800001234", "1*********4"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_numbers_keep_very_little_of_their_ends(number: str, masked: str) -> None:
    assert masked_number(number) == masked


@pytest.mark.parametrize("number", ["510***********123X", "510104********1234", "E****5678"])
def test_numbers_that_somebody_masked_stay(number: str) -> None:
    assert masked_number(number) == number


def test_one_star_does_not_make_a_masked_number() -> None:
    assert masked_number("5101041990010112*4") == "51***************4"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("准予张三（510104199001011234）经营", "准予张三（51**************34）经营"),
        ("身份证51010419900101123x，电话13800001234。", "身份证51**************3x，电话1*********4。"),
        ("电话138 0000 1234或138-0000-1234", "电话1** **** ***4或1**-****-***4"),
        ("510104 19900101 1234", "51**** ******** **34"),
        ("持护照E12345678入境", "持护照E*******8入境"),
        ("护照号码：EA1234567", "护照号码：E*******7"),
        ("holder of passport No. E12345678", "holder of passport No. E*******8"),
        ("账号6222021234567890123", "账号62***************23"),
        ("５１０１０４１９９００１０１１２３４", "５１**************３４"),
        (
            "咨询电话028-86661234，2026年11月24日，面积1200平方米",
            "咨询电话028-86661234，2026年11月24日，面积1200平方米",
        ),
    ],
)
def test_peoples_numbers_are_masked_within_a_text(text: str, masked: str) -> None:
    assert masked_text(text) == masked


@given(st.text())
@example("张*三")
@example("e\u0301\u0327")
def test_masking_a_name_again_changes_nothing(name: str) -> None:
    once = masked_name(name)
    assert masked_name(once) == once


@given(st.text("0123456789Xx*＊ -ABE张"))
@example("E123456")
def test_masking_a_number_again_changes_nothing(number: str) -> None:
    once = masked_number(number)
    assert masked_number(once) == once


@given(st.text("0123456789Xx*＊ -护照身份证E：，") | st.text())
@example("护照0000000000 00")
@example("护照12345678 1234")
def test_masking_a_text_again_changes_nothing(text: str) -> None:
    once = masked_text(text)
    assert masked_text(once) == once


@given(AROUND, DIGITS, AROUND)
@pytest.mark.parametrize("mask", [masked_name, masked_text])
def test_no_run_of_eleven_digits_survives(mask, before: str, digits: str, after: str) -> None:
    assert not re.search(r"\d{11}", mask(before + digits + after))


@given(DIGITS)
def test_no_run_of_eleven_digits_survives_in_a_number(digits: str) -> None:
    assert not re.search(r"\d{5}", masked_number(digits))


@given(st.text("张王李欧阳娜三四·", min_size=2))
def test_at_most_the_surname_of_a_name_is_left(name: str) -> None:
    assert len(re.sub(r"[*·]", "", masked_name(name))) <= 2


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("510104199001011234", True),
        ("51010419900101123X", True),
        ("510104900101123", True),
        ("510104199013011234", False),
        ("110510000012345", False),
        ("JY25101040001234", False),
        ("915101047436101234", False),
        ("", False),
    ],
)
def test_identity_numbers_have_a_date_of_birth(text: str, is_one: bool) -> None:
    assert is_identity_number(text) is is_one
