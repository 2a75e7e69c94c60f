"""How well queries are answered: measures over judged queries, for our engines and for what stock Wagtail gives."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from time import perf_counter
from typing import Any

from django.utils import timezone

from core.language import CHINESE, ENGLISH, is_chinese
from search.documents import SearchDocument
from search.door import ask
from search.engines import Engine, Request
from search.glossary import Glossary

DEPTH = 10

# The ids that a query finds, best first.
Answerer = Callable[[str], Sequence[str]]


class BadFile(ValueError):
    """A file of documents or queries isn't as it should be; the message says where."""


@dataclass(frozen=True)
class Judged:
    """A query and how good each document answers it; one that isn't named doesn't."""

    query: str
    grades: Mapping[str, float]

    @property
    def language(self) -> str:
        return CHINESE if is_chinese(self.query) else ENGLISH


@dataclass(frozen=True)
class Measured:
    """One query's figures."""

    language: str
    ndcg: float
    reciprocal_rank: float
    recall: float
    milliseconds: float


def ndcg(found: Sequence[str], grades: Mapping[str, float], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain: 1 where the best documents come first, in their order."""
    gained = sum(grades.get(id, 0.0) / log2(place + 2) for place, id in enumerate(found[:depth]))
    best = sorted(grades.values(), reverse=True)[:depth]
    ideal = sum(grade / log2(place + 2) for place, grade in enumerate(best))
    return gained / ideal if ideal else 0.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, float], depth: int = DEPTH) -> float:
    """One by the place of the first document that answers."""
    return next((1 / place for place, id in enumerate(found[:depth], start=1) if grades.get(id, 0) > 0), 0.0)


def recall(found: Sequence[str], grades: Mapping[str, float], depth: int = DEPTH) -> float:
    """The share of the documents that answer among those found."""
    relevant = {id for id, grade in grades.items() if grade > 0}
    return len(relevant.intersection(found[:depth])) / len(relevant) if relevant else 0.0


def measure(answer: Answerer, queries: Iterable[Judged]) -> list[Measured]:
    """Ask each query."""
    result = []
    for judged in queries:
        start = perf_counter()
        found = answer(judged.query)
        milliseconds = (perf_counter() - start) * 1000
        result.append(
            Measured(
                judged.language,
                ndcg(found, judged.grades),
                reciprocal_rank(found, judged.grades),
                recall(found, judged.grades),
                milliseconds,
            )
        )
    return result


def summary(measured: Sequence[Measured]) -> dict[str, Any]:
    """The figures of all queries, and of those in each language."""
    languages = sorted({each.language for each in measured})
    return {
        **_figures(measured),
        "by_language": {
            language: _figures([each for each in measured if each.language == language]) for language in languages
        },
    }


def _figures(measured: Sequence[Measured]) -> dict[str, float | None]:
    times = sorted(each.milliseconds for each in measured)
    return {
        f"ndcg@{DEPTH}": _mean([each.ndcg for each in measured]),
        f"mrr@{DEPTH}": _mean([each.reciprocal_rank for each in measured]),
        f"recall@{DEPTH}": _mean([each.recall for each in measured]),
        "p50_ms": _percentile(times, 50),
        "p95_ms": _percentile(times, 95),
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _percentile(ordered: Sequence[float], percent: int) -> float | None:
    """The nearest rank."""
    return round(ordered[-(-len(ordered) * percent // 100) - 1], 2) if ordered else None


def engine_answerer(engine: Engine, glossary: Glossary) -> Answerer:
    """Queries as the product answers them."""

    def answer(query: str) -> list[str]:
        answer = ask(engine, query, glossary, lambda plan: Request(plan, timezone.now(), number=DEPTH))
        return [hit.document.id for hit in answer.results.hits]

    return answer


# -- The files ----------------------------------------------------------------------


def read_documents(path: Path) -> list[SearchDocument]:
    """Documents as JSON lines: `{"id", "title", "body", "lang"}`."""
    result: dict[str, SearchDocument] = {}
    for line, row in _rows(path):
        _check(
            isinstance(row.get("id"), str | int)
            and isinstance(row.get("title") or "", str)
            and isinstance(row.get("body"), str)
            and row.get("lang") in (CHINESE, ENGLISH),
            path,
            line,
            'a document is {"id", "title", "body", "lang"}, its language zh-hans or en',
        )
        id = str(row["id"])
        _check(id not in result, path, line, f"the id {id} stands twice")
        title = row.get("title") or ""
        if row["lang"] == CHINESE:
            result[id] = SearchDocument(id, "document", title_zh=title, body_zh=row["body"])
        else:
            result[id] = SearchDocument(id, "document", title_en=title, body_en=row["body"])
    return list(result.values())


def read_queries(path: Path) -> list[Judged]:
    """Queries as JSON lines: `{"query", "relevant"}`, the latter a list of ids or grades by id."""
    result = []
    for line, row in _rows(path):
        relevant = row.get("relevant")
        if isinstance(relevant, list):
            relevant = {str(id): 1 for id in relevant}
        _check(
            isinstance(row.get("query"), str) and isinstance(relevant, dict),
            path,
            line,
            'a query is {"query", "relevant"}, the latter a list of ids or {id: grade}',
        )
        grades = dict(relevant or {})
        _check(
            all(isinstance(grade, int | float) and grade >= 0 for grade in grades.values()),
            path,
            line,
            "a grade is a number that isn't negative",
        )
        result.append(Judged(row["query"], grades))
    return result


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig") as file:
        for line, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                row = json.loads(text)
            except json.JSONDecodeError as error:
                raise BadFile(f"{path}, line {line}: {error}") from error
            _check(isinstance(row, dict), path, line, "not an object")
            yield line, row


def _check(holds: bool, path: Path, line: int, fault: str) -> None:
    if not holds:
        raise BadFile(f"{path}, line {line}: {fault}")
