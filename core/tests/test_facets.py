"""Facets narrow each other, count honestly, and link to what they say."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from core.facets import Dimension, Row, narrow

COLOUR = Dimension("colour", "Colour", "All colours", {"red": "Red", "blue": "Blue", "green": "Green"})
SIZE = Dimension("size", "Size", "All sizes", {"s": "Small", "l": "Large"})
ROWS = [
    Row({"colour": ["red"], "size": ["s"]}),
    Row({"colour": ["red", "blue"], "size": ["l"]}),
    Row({"colour": ["blue"], "size": []}, number=3),
]


def counts(asked: dict[str, str]) -> dict[str, dict[str, int]]:
    found = narrow([COLOUR, SIZE], ROWS, asked, "/list/")
    return {each["key"]: {choice["value"]: choice["count"] for choice in each["choices"]} for each in found.filters}


def test_without_a_choice_all_is_counted() -> None:
    assert counts({}) == {"colour": {"": 5, "red": 2, "blue": 4}, "size": {"": 5, "s": 1, "l": 1}}


def test_a_choice_narrows_the_others_and_not_its_own() -> None:
    assert counts({"colour": "blue"}) == {"colour": {"": 5, "red": 2, "blue": 4}, "size": {"": 4, "l": 1}}


def test_an_unknown_value_filters_nothing() -> None:
    found = narrow([COLOUR], ROWS, {"colour": "green", "page": "2"}, "/list/")
    assert (found.chosen, found.number) == ({}, 5)


def test_every_link_carries_along_what_is_kept() -> None:
    found = narrow([COLOUR], ROWS, {"colour": "red", "q": "word"}, "/list/", {"q": "word"})
    assert [choice["url"] for choice in found.filters[0]["choices"]] == [
        "/list/?q=word",
        "/list/?q=word&colour=red",
        "/list/?q=word&colour=blue",
    ]
    assert found.query == "q=word&colour=red"


def test_a_dimension_that_nothing_has_is_left_out() -> None:
    assert narrow([Dimension("theme", "", "", {"x": "X"})], ROWS, {}, "/list/").filters == []


VALUES = st.fixed_dictionaries(
    {"colour": st.lists(st.sampled_from("abc"), unique=True), "size": st.lists(st.sampled_from("xy"), unique=True)}
)


@given(
    rows=st.lists(VALUES, max_size=12),
    asked=st.fixed_dictionaries({"colour": st.sampled_from("abcd"), "size": st.sampled_from("xyz")}),
)
def test_every_link_leads_to_as_many_as_it_says(rows: list[dict[str, list[str]]], asked: dict[str, str]) -> None:
    dimensions = [
        Dimension("colour", "", "", dict(zip("abcd", "abcd", strict=True))),
        Dimension("size", "", "", dict(zip("xyz", "xyz", strict=True))),
    ]
    counted = [Row(values) for values in rows]
    for each in narrow(dimensions, counted, asked, "/list/").filters:
        for choice in each["choices"]:
            query = {key: values[0] for key, values in parse_qs(urlsplit(choice["url"]).query).items()}
            assert narrow(dimensions, counted, query, "/list/").number == choice["count"]
