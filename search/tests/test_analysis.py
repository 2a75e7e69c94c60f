"""What a text is found by."""

import pytest

from search import analysis
from search.normalise import normalise


def found_by(text: str) -> list[str]:
    return analysis.terms(text).split()


def test_chinese_gives_overlapping_pairs_and_the_last_character() -> None:
    assert found_by("营业执照，办") == ["营业", "业执", "执照", "照", "办"]


def test_every_character_begins_a_term() -> None:
    text = "食品经营许可证（新办）"
    characters = {character for character in text if character not in "（）"}
    assert {term[0] for term in found_by(text)} == characters


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("licences", "license"),
        ("registering", "registration"),
        ("centre", "centers"),
        ("organisations", "organization"),
        ("children’s", "children"),
        ("payments", "pay"),
    ],
)
def test_forms_of_an_english_word_are_one(first: str, second: str) -> None:
    assert found_by(first) == found_by(second)


def test_codes_are_kept_whole_and_in_parts() -> None:
    assert found_by("YZ-0101/001") == ["yz0101001", "yz", "0101", "001"]
    assert found_by("11510000MB15558444") == ["11510000mb15558444"]


def test_places_lead_to_the_normalised_text() -> None:
    text = normalise("办理营业执照 business licences 川办发〔2026〕12号")
    for token in analysis.tokens(text):
        place = text[token.start : token.end]
        assert place
        if not place.isascii() and "2026" not in place:
            assert place == token.term


def test_terms_are_what_a_tokenizer_of_letters_and_digits_keeps() -> None:
    assert all(term.isalnum() for term in found_by("《办法》第12条：a-b_c’s 川办发〔2026〕12号 50㎡ …… ①"))


def test_sounds_and_initials_of_titles() -> None:
    assert analysis.initials("《营业执照》办理") == "y y z z 0 b l"
    assert analysis.sounds("执照") == analysis.sounds("执造") == "zi zao"


@pytest.mark.parametrize("letters", ["yingyezhizhao", "xian", "shenfenzheng"])
def test_letters_split_into_syllables(letters: str) -> None:
    assert analysis.split_syllables(letters) is not None


def test_typed_pinyin_sounds_like_its_characters() -> None:
    assert analysis.split_syllables("yingyezhizhao") == analysis.syllables("营业执照")
    assert analysis.split_syllables("nvfangdong") == analysis.syllables("女房东")


def test_what_is_no_pinyin_has_no_syllables() -> None:
    assert analysis.split_syllables("restaurant") is None
    assert analysis.split_syllables("bcdf") is None
