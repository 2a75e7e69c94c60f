"""The small parts: passages, slips, the glossary, the registry of documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import documents
from search.documents import SearchDocument, Source, register, source_of, sources
from search.glossary import Entry, Glossary, places
from search.passages import passages
from search.slips import distance, nearest
from search.tests.documents import ALL, FOOD


@given(st.text(alphabet="字。\n a.!?；", max_size=2000))
def test_passages_are_the_whole_text_once(text: str) -> None:
    places = list(passages(text))
    assert "".join(text[start:end] for start, end in places) == text
    assert all(end - start <= 2 * 900 for start, end in places)


def test_passages_end_with_sentences() -> None:
    text = "第一句话说明了办理条件。" * 50
    assert all(text[start:end].endswith("。") for start, end in passages(text))
    assert len(list(passages(text))) > 1


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [
        ("licence", "licence", 0),
        ("licence", "lisence", 1),
        ("licence", "licnece", 1),
        ("resturant", "restaurant", 1),
        ("abc", "xyz", 3),
    ],
)
def test_slips_are_counted(first: str, second: str, slips: int) -> None:
    assert distance(first, second, 3) == slips


def test_too_many_slips_are_not_counted() -> None:
    assert distance("licence", "passport", 2) == 3


def test_the_nearest_word_is_meant_and_short_words_are_left_alone() -> None:
    assert nearest("resturant", ["restaurant", "registrant", "restraint"]) == ["restaurant"]
    assert nearest("car", ["card", "cat"]) == []


def test_the_longest_wording_counts() -> None:
    glossary = Glossary.of([Entry(("开店",), ("个体工商户",)), Entry(("开店面",), ("营业执照",))])
    assert [span.terms for span in glossary.spans_of_characters("想开店面")] == [("营业执照",)]
    assert [span.terms for span in glossary.spans_of_characters("想开店呢")] == [("个体工商户",)]


def test_english_wordings_are_found_by_their_stems() -> None:
    glossary = Glossary.of([Entry(("opening a restaurant",), ("食品经营许可",))])
    assert [(span.start, span.end) for span in glossary.spans_of_words(["now", "open", "a", "restaur"])] == [(1, 4)]


def test_a_wording_of_several_entries_leads_to_all() -> None:
    glossary = Glossary.of([Entry(("執照",), ("营业执照",)), Entry(("执照",), ("驾驶证",))])
    (span,) = glossary.spans_of_characters("执照")
    assert span.terms == ("营业执照", "驾驶证")


def test_places_are_known_without_their_rank() -> None:
    known = places([("510100", "成都市", "Chengdu City"), ("510104", "锦江区", "Jinjiang District")])
    assert [span.terms for span in known.spans_of_characters("成都锦江区")] == [("510100",), ("510104",)]
    assert [span.terms for span in known.spans_of_words(["chengdu"])] == [("510100",)]


@pytest.mark.parametrize("document", ALL)
def test_a_document_survives_being_stored(document: SearchDocument) -> None:
    assert SearchDocument.from_dict({**document.as_dict()}).as_dict() == document.as_dict()


def test_rooms_register_how_their_objects_become_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_sources", {})
    guides = Source("guide", lambda: iter(["food"]), lambda keys: [FOOD])
    register(guides)
    register(guides)
    assert sources() == (guides,)
    assert source_of("guide:a:b") == (guides, "a:b")
    with pytest.raises(ValueError, match="twice"):
        register(Source("guide", lambda: iter([]), lambda keys: []))
