"""The glossary that ships with the project: bilingual terms, and what people say for them."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines(), strict=True))


TERMS = rows_of("glossary-terms.csv")
EVERYDAY = rows_of("glossary-everyday.csv")


def listed(field: str) -> list[str]:
    return field.split(";") if field else []


def twice(values: list) -> list:
    return [value for value, number in Counter(values).items() if number > 1]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("glossary-terms.csv", ["zh_hans", "en", "also_zh_hans", "also_en", "source"]),
        ("glossary-everyday.csv", ["language", "wording", "terms"]),
    ],
)
def test_the_file_has_its_columns_and_no_stray_space(name: str, columns: list[str]) -> None:
    rows = rows_of(name)
    assert list(rows[0]) == columns
    for row in rows:
        assert None not in row, row  # more fields than columns
        for value in row.values():
            assert value is not None, row  # fewer fields than columns
            assert all(part == " ".join(part.split()) for part in value.split(";")), row


def test_there_are_at_least_1000_terms_each_named_once() -> None:
    assert len(TERMS) >= 1000
    assert twice([row["zh_hans"] for row in TERMS]) == []


def test_chinese_stands_in_the_chinese_columns_and_english_in_the_english() -> None:
    for row in TERMS:
        chinese = [row["zh_hans"], *listed(row["also_zh_hans"])]
        english = [row["en"], *listed(row["also_en"])]
        assert all(HAN.search(text) for text in chinese), row
        assert all(LATIN.search(text) and not HAN.search(text) for text in english), row
        assert not english[0][0].islower(), row
        assert "'" not in "".join(english), row  # the project writes ’
        assert twice(chinese) == [], row
        assert twice([text.casefold() for text in english]) == [], row


def test_another_name_belongs_to_one_term() -> None:
    heads = {row["zh_hans"] for row in TERMS}
    others = [name for row in TERMS for name in listed(row["also_zh_hans"])]
    assert twice(others) == []
    assert heads.isdisjoint(others)


def test_there_are_at_least_300_everyday_wordings_each_once() -> None:
    assert len(EVERYDAY) >= 300
    assert twice([(row["language"], row["wording"].casefold()) for row in EVERYDAY]) == []
    numbers = Counter(row["language"] for row in EVERYDAY)
    assert set(numbers) == {"zh-hans", "en"}
    assert min(numbers.values()) >= 100


def test_everyday_wordings_are_in_their_language_and_lead_to_terms() -> None:
    known = {name for row in TERMS for name in [row["zh_hans"], *listed(row["also_zh_hans"])]}
    for row in EVERYDAY:
        assert bool(HAN.search(row["wording"])) == (row["language"] == "zh-hans"), row
        terms = listed(row["terms"])
        assert terms, row
        assert twice(terms) == [], row
        assert set(terms) <= known, row


def test_an_everyday_wording_is_no_term_itself() -> None:
    chinese = {name for row in TERMS for name in [row["zh_hans"], *listed(row["also_zh_hans"])]}
    english = {name.casefold() for row in TERMS for name in [row["en"], *listed(row["also_en"])]}
    for row in EVERYDAY:
        assert row["wording"] not in chinese, row
        assert row["wording"].casefold() not in english, row
