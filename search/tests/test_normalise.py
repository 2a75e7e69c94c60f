"""One writing for each text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.normalise import asked_document_numbers, document_number_terms, normalise, offsets


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("營業執照辦理", "营业执照办理"),
        ("ＡＢＣ１２３", "abc123"),
        ("Business LICENCE", "business licence"),
        ("（２０２６）", "(2026)"),
        ("５０㎡", "50m2"),
        ("Straße", "strasse"),
    ],
)
def test_width_case_and_script_are_one(text: str, normalised: str) -> None:
    assert normalise(text) == normalised


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_each_character_knows_where_it_comes_from(text: str) -> None:
    places = offsets(text)
    assert len(places) == len(normalise(text)) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)


FORMS = [
    "川办发〔2026〕12号",
    "川办发[2026]12号",
    "川办发(2026)12号",
    "川办发（２０２６）第12号",
    "川辦發〔2026〕12號",
    "川办发 2026 12",
]


@pytest.mark.parametrize("written", FORMS[:5])
@pytest.mark.parametrize("asked", [*FORMS, "川办发12", "川办发12号", "办发〔2026〕12号", "〔2026〕12号"])
def test_a_document_number_is_found_however_it_is_written(written: str, asked: str) -> None:
    found = {term for term, _, _ in document_number_terms(normalise(f"根据{written}文件"))}
    assert asked_document_numbers(normalise(asked))[0] in found


@pytest.mark.parametrize(
    "other", ["川办发〔2025〕12号", "川办发〔2026〕13号", "川府发〔2026〕12号", "川办发〔2026〕112号"]
)
def test_another_document_number_is_another(other: str) -> None:
    found = {term for term, _, _ in document_number_terms(normalise(other))}
    assert asked_document_numbers(normalise("川办发〔2026〕12号"))[0] not in found


@pytest.mark.parametrize("query", ["营业执照", "2026年工作安排", "business licence", ""])
def test_other_queries_have_no_document_number(query: str) -> None:
    assert asked_document_numbers(normalise(query)) == []


def test_words_before_a_document_number_may_be_left_out() -> None:
    assert "川办发2026n12" in asked_document_numbers(normalise("关于川办发〔2026〕12号"))
