"""Extracts and marks, cut from the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines import Alternative, Concept, Plan, Term
from search.extracts import Piece, extract, highlighted
from search.normalise import normalise
from search.tests.conftest import Find
from search.tests.documents import FOOD, news


def plan(*tokens: str, prefix: bool = False) -> Plan:
    terms = tuple(Term((token,), prefix=prefix) for token in tokens)
    return Plan(tuple(Concept((Alternative((term,), (1.0,)),)) for term in terms))


def marked(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.marked]


def whole(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def test_what_was_asked_is_marked_as_it_is_written() -> None:
    pieces = highlighted("領取《營業執照》，Business Licences", plan("营业", "业执", "执照", "licens"))
    assert marked(pieces) == ["營業執照", "Licences"]
    assert whole(pieces) == "領取《營業執照》，Business Licences"


def test_one_character_marks_that_character() -> None:
    assert marked(highlighted("身份证和居住证", plan("证", prefix=True))) == ["证", "证"]


@given(st.text(alphabet="食品经营许可证㎡ＡＢ１ab ,。\n", max_size=200))
def test_marks_change_no_text(text: str) -> None:
    pieces = highlighted(text, plan("食品", "经营", "m2", "ab"))
    assert whole(pieces) == text.replace("\n", " ")
    assert all(normalise(piece).strip() for piece in marked(pieces))


def test_an_extract_shows_where_it_was_found(find: Find) -> None:
    answer = find("场所布局图")
    (hit,) = answer.results.hits
    pieces = extract(hit.document, "zh-hans", answer.understood.plan, hit.passage)
    assert marked(pieces) == ["场所布局图"]


def test_a_long_text_is_cut_around_what_was_asked() -> None:
    body = "开头的话很长。" * 40 + "请到补发护照窗口。" + "结尾的话也很长。" * 40
    pieces = extract(news("long", "指南", body_zh=body), "zh-hans", plan("补发", "发护", "护照"), None)
    # Without a passage the beginning is read.
    assert pieces[-1].text == "…"
    assert len(whole(pieces)) < 100


@pytest.mark.parametrize(("language", "text"), [("en", "food business licence"), ("zh-hans", "食品经营许可")])
def test_an_extract_is_in_the_readers_language(find: Find, language: str, text: str) -> None:
    answer = find("食品 food business licence")
    hit = answer.results.hits[0]
    assert hit.document == FOOD.__class__.from_dict({**FOOD.as_dict()})
    assert text in whole(extract(hit.document, language, answer.understood.plan, hit.passage))


def test_what_has_one_language_only_shows_that(find: Find) -> None:
    answer = find("亲自到婚姻")
    hit = answer.results.hits[0]
    assert marked(extract(hit.document, "en", answer.understood.plan, hit.passage)) == ["亲自到婚姻"]


def test_no_word_is_cut() -> None:
    body = "wordy " * 30 + "passport " + "wordy " * 30
    pieces = extract(news("en", "", title_en="Guide", body_en=body), "en", plan("passport"), None)
    words = whole(pieces).replace("…", " ").split()
    assert set(words) == {"wordy", "passport"}
