"""Measures of retrieval, and the command that prints them."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.engines import Engine
from search.evaluation import (
    BadFile,
    Judged,
    engine_answerer,
    measure,
    ndcg,
    read_documents,
    read_queries,
    recall,
    reciprocal_rank,
    summary,
)
from search.glossary import NO_GLOSSARY
from search.tests import demo_documents

FIGURES = {"ndcg@10", "mrr@10", "recall@10", "p50_ms", "p95_ms"}


@pytest.mark.parametrize(
    ("found", "grades", "expected"),
    [
        (["a", "b"], {"a": 2, "b": 1}, 1.0),
        (["b", "a"], {"a": 2, "b": 1}, 0.8597),
        (["x", "a"], {"a": 1}, 0.6309),
        (["x"] * 10 + ["a"], {"a": 1}, 0.0),
        ([], {"a": 1}, 0.0),
        (["a"], {"a": 0}, 0.0),
    ],
)
def test_ndcg(found: list[str], grades: dict[str, float], expected: float) -> None:
    assert ndcg(found, grades) == pytest.approx(expected, abs=1e-4)


def test_reciprocal_rank_and_recall() -> None:
    grades = {"a": 1, "b": 2, "c": 0}
    assert reciprocal_rank(["c", "b", "a"], grades) == 0.5
    assert recall(["c", "b"], grades) == 0.5
    assert reciprocal_rank([], grades) == recall([], grades) == 0


def test_figures_are_told_by_language() -> None:
    answers = {"执照": ["a"], "许可": ["x"], "licence": ["a"]}
    measured = measure(answers.__getitem__, [Judged(query, {"a": 1}) for query in answers])
    figures = summary(measured)
    assert figures["ndcg@10"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["by_language"]["zh-hans"]["recall@10"] == 0.5
    assert figures["by_language"]["en"]["mrr@10"] == 1.0


# -- The command --------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    documents = [
        {"id": 1, "title": "营业执照办理指南", "body": "领取营业执照的条件。", "lang": "zh-hans"},
        {"id": "b", "title": "", "body": "身份证补领，请带户口簿。", "lang": "zh-hans"},
        {"id": "c", "title": "Business licence", "body": "How to get a business licence.", "lang": "en"},
    ]
    queries = [
        {"query": "营业执照", "relevant": [1]},
        {"query": "补领身份证", "relevant": {"b": 2, "1": 0}},
        {"query": "business licenses", "relevant": ["c"]},
    ]
    written = []
    for name, rows in (("documents", documents), ("queries", queries)):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows) + "\n", encoding="utf-8")
        written.append(str(path))
    return written[0], written[1]


def report(files: tuple[str, str], *arguments: str) -> dict:
    output = StringIO()
    call_command(
        "evaluate_search",
        "--documents",
        files[0],
        "--queries",
        files[1],
        "--glossary",
        "none",
        *arguments,
        stdout=output,
    )
    return json.loads(output.getvalue())


def test_the_command_prints_figures_and_nothing_else(files: tuple[str, str]) -> None:
    printed = report(files, "--engine", "sqlite")
    assert set(printed) == {"documents", "queries", "engines", "baseline"}
    assert (printed["documents"], printed["queries"], printed["baseline"]) == (3, 3, None)
    figures = printed["engines"]["sqlite"]
    assert set(figures) == {*FIGURES, "by_language"}
    assert figures["ndcg@10"] == 1.0
    assert {language: set(each) for language, each in figures["by_language"].items()} == {
        "zh-hans": FIGURES,
        "en": FIGURES,
    }


def test_the_baseline_is_what_stock_wagtail_finds(files: tuple[str, str]) -> None:
    baseline = report(files, "--baseline")["baseline"]
    assert set(baseline) == {*FIGURES, "by_language"}
    # Stock Wagtail finds no word within a Chinese text and no plural, but neither is it broken.
    assert baseline["ndcg@10"] < 0.5
    Path(files[1]).write_text('{"query": "business licence", "relevant": ["c"]}\n', encoding="utf-8")
    assert report(files, "--baseline")["baseline"]["ndcg@10"] == 1.0


def test_the_command_touches_no_database(files: tuple[str, str]) -> None:
    # Without the `db` fixture, a query of the group's database would fail.
    assert report(files)["queries"] == 3


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '{"id": "a", "title": "x", "body": "y"}',
        '{"id": "a", "title": "x", "body": "y", "lang": "fr"}',
        '{"id": "a", "title": "x", "lang": "en"}',
    ],
)
def test_a_bad_document_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text(f'{{"id": "good", "body": "", "lang": "en"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BadFile, match="line 2"):
        read_documents(path)


def test_an_id_that_stands_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text('{"id": "a", "body": "", "lang": "en"}\n' * 2, encoding="utf-8")
    with pytest.raises(BadFile, match="twice"):
        read_documents(path)


@pytest.mark.parametrize(
    "line", ['{"query": "a"}', '{"query": 1, "relevant": []}', '{"query": "a", "relevant": {"b": "much"}}']
)
def test_a_bad_query_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(BadFile, match="line 1"):
        read_queries(path)


@pytest.mark.parametrize(
    "arguments", [["--engine", "solr"], ["--glossary", "mine"], ["--queries", "there/is/none.jsonl"]]
)
def test_a_wrong_option_is_refused(files: tuple[str, str], arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        report(files, *arguments)


# -- How well the demo's catalogue is found -------------------------------------------


def test_the_demo_is_found_well_without_any_glossary(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in demo_documents.rows()), encoding="utf-8")
    engine.add(read_documents(path))
    queries = [Judged(row["query"], row["relevant"]) for row in demo_documents.queries()]
    known = {document.id for document in read_documents(path)}
    assert known.issuperset(id for judged in queries for id in judged.grades)
    figures = summary(measure(engine_answerer(engine, NO_GLOSSARY), queries))["by_language"]
    assert figures["zh-hans"]["ndcg@10"] > 0.80
    assert figures["en"]["ndcg@10"] > 0.92
