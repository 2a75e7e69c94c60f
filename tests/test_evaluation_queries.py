"""The project's own judged queries: one part to tune the search on, one to report."""

import csv
from collections import Counter

from django.conf import settings

from guides.demo import content

DATA = settings.PROJECT_DIR / "search" / "data"
ITEMS = {item["code"]: item for item in content.items()}
PARTS = {"tune", "report"}
LANGUAGES = {"zh-hans", "en"}
KINDS = {"plain", "everyday", "misspelt", "pinyin"}


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines(), strict=True))


QUERIES = rows_of("evaluation-queries.csv")


def judged(row: dict[str, str]) -> dict[str, int]:
    pairs = [entry.split(":") for entry in row["relevant"].split(";")]
    grades = {code: int(grade) for code, grade in pairs}
    assert len(grades) == len(pairs), row  # no item is judged twice
    return grades


def in_a_relevant_title(row: dict[str, str]) -> bool:
    titles = [ITEMS[code][name].casefold() for code in judged(row) for name in ("name_zh", "name_en")]
    return any(row["query"].casefold() in title for title in titles)


def test_every_row_is_of_a_known_part_language_and_kind_and_each_query_stands_once() -> None:
    assert list(QUERIES[0]) == ["part", "language", "kind", "query", "relevant"]
    assert {row["part"] for row in QUERIES} == PARTS
    assert {row["language"] for row in QUERIES} == LANGUAGES
    assert {row["kind"] for row in QUERIES} == KINDS
    assert [query for query, number in Counter(row["query"] for row in QUERIES).items() if number > 1] == []
    assert all(row["query"] == " ".join(row["query"].split()) != "" for row in QUERIES)


def test_the_judged_items_are_in_the_catalogue_and_their_grades_are_1_to_3() -> None:
    for row in QUERIES:
        grades = judged(row)
        assert set(grades) <= set(ITEMS), row
        assert set(grades.values()) <= {1, 2, 3}, row


def test_every_item_of_the_catalogue_is_asked_for() -> None:
    asked = {code for row in QUERIES for code, grade in judged(row).items() if grade == 3}
    assert set(ITEMS) - asked == set()


def test_there_are_queries_enough_of_each_kind() -> None:
    languages = Counter(row["language"] for row in QUERIES)
    assert languages["zh-hans"] >= 120
    assert languages["en"] >= 80
    assert sum(row["kind"] in {"everyday", "misspelt"} for row in QUERIES) >= 40


def test_at_least_half_of_the_queries_stand_in_no_relevant_title() -> None:
    for part in PARTS:
        for language in LANGUAGES:
            rows = [row for row in QUERIES if (row["part"], row["language"]) == (part, language)]
            assert sum(in_a_relevant_title(row) for row in rows) <= len(rows) / 2, (part, language)


def test_both_parts_have_as_many_of_each_kind() -> None:
    numbers = {
        part: Counter((row["language"], row["kind"]) for row in QUERIES if row["part"] == part) for part in PARTS
    }
    assert numbers["tune"] == numbers["report"]


def test_no_everyday_query_of_the_reported_part_is_a_wording_of_the_glossary() -> None:
    # Else the report would measure only whether the glossary is read.
    wordings = {row["wording"].casefold() for row in rows_of("glossary-everyday.csv")}
    reported = [row for row in QUERIES if row["part"] == "report" and row["kind"] == "everyday"]
    assert {row["query"].casefold() for row in reported}.isdisjoint(wordings)
