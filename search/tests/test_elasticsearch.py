"""What Elasticsearch does as the embedded engine does; that it finds the same is in `test_finding`."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from search.documents import SearchDocument
from search.engines import Engine, EngineError, Term, engine_from_url
from search.engines.elasticsearch import ElasticsearchEngine
from search.evaluation import engine_answerer, measure, read_documents, read_queries, summary
from search.glossary import NO_GLOSSARY
from search.tests import demo_documents
from search.tests.conftest import Find, ids
from search.tests.documents import ALL, CITY, COUNTY, FOOD, IDENTITY, MARRIAGE, OPENING, OTHER_COUNTY, PROVINCE
from search.tests.servers import on_a_server, own_address


@pytest.fixture
def elasticsearch() -> Iterator[ElasticsearchEngine]:
    engine = ElasticsearchEngine(own_address())
    yield engine
    engine.index.forget()
    engine.close()


# -- In each engine -----------------------------------------------------------------


def test_a_hit_tells_its_document_and_the_passage_that_answers(find: Find) -> None:
    hit = find("场所布局图").results.hits[0]
    assert hit.document == replace(FOOD, adoptions=())
    assert hit.passage is not None
    assert "场所布局图" in hit.document.body_zh[hit.passage.start : hit.passage.end]


def test_the_numbers_of_a_facet_are_those_under_all_other_filters(find: Find) -> None:
    filters = {"kind": ["news"], "division": [OTHER_COUNTY]}
    results = find("食品经营", filters=filters, facets=("kind", "division")).results
    assert [hit.document.id for hit in results.hits] == [OPENING.id]
    assert dict(results.facets["kind"]) == {"guide": 1, "news": 1}
    assert dict(results.facets["division"]) == {PROVINCE: 1, CITY: 1, OTHER_COUNTY: 1}


def test_what_a_plan_depends_on(engine: Engine) -> None:
    engine.add(ALL)
    assert engine.size() == len(ALL)
    assert engine.ids() == {document.id for document in ALL}
    terms = [
        Term(("食品",)),
        Term(("食",), prefix=True),
        Term(("场所",), "names"),
        Term(("jie", "hun"), "syllables"),
        Term((COUNTY,), "division"),
        Term(("nowhere",)),
    ]
    assert engine.frequencies(terms) == [2, 2, 0, 1, 5, 0]
    assert engine.frequencies([]) == []
    assert engine.words(["foo", "bu", "lic"], 3, 7) == {"food", "licence"}
    assert engine.words([], 3, 7) == set()


def test_documents_come_change_and_go(engine: Engine, find: Find) -> None:
    engine.add([replace(FOOD, title_zh="烟草专卖零售许可证核发", body_zh="")])
    assert FOOD.id not in ids(find("食品经营"))
    engine.add([replace(FOOD, title_zh="盐业批发")])
    assert engine.size() == len(ALL)
    engine.delete([FOOD.id, "guide:never-there"])
    assert engine.ids() == {document.id for document in ALL} - {FOOD.id}
    engine.rebuild([IDENTITY, MARRIAGE])
    assert engine.ids() == {IDENTITY.id, MARRIAGE.id}


def test_a_rebuild_that_fails_leaves_what_was_there(engine: Engine, find: Find) -> None:
    def failing() -> Iterator[SearchDocument]:
        yield MARRIAGE
        raise LookupError("a document that can't be made")

    with pytest.raises(LookupError):
        engine.rebuild(failing())
    assert engine.ids() == {document.id for document in ALL}
    assert ids(find("食品经营许可"))[0] == FOOD.id


# -- Elasticsearch alone --------------------------------------------------------------


@on_a_server
def test_without_an_index_it_cannot_answer(elasticsearch: ElasticsearchEngine) -> None:
    with pytest.raises(EngineError):
        elasticsearch.size()


@on_a_server
def test_counts_follow_what_others_change(elasticsearch: ElasticsearchEngine) -> None:
    elasticsearch.rebuild(ALL)
    other = ElasticsearchEngine(f"elasticsearch://{urlsplit(own_address()).netloc}/{elasticsearch.index.name}")
    terms = [Term(("食品",))]
    assert other.frequencies(terms) == [2]
    elasticsearch.delete([FOOD.id])
    assert elasticsearch.frequencies(terms) == [1]
    other._counted_until = 0.0  # a second later
    assert other.frequencies(terms) == [1]
    other.close()


@on_a_server
def test_an_index_of_another_version_must_be_made_again(
    elasticsearch: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    elasticsearch.rebuild(ALL)
    monkeypatch.setattr("search.engines.elasticsearch._STAMP", "99.99")
    with pytest.raises(EngineError, match=r"made by version .* not 99\.99: rebuild it"):
        elasticsearch.size()
    monkeypatch.undo()
    assert elasticsearch.size() == len(ALL)


@on_a_server
def test_both_engines_agree_on_the_demo(elasticsearch: ElasticsearchEngine, tmp_path: Path) -> None:
    documents_file, queries_file = tmp_path / "documents.jsonl", tmp_path / "queries.jsonl"
    for path, rows in ((documents_file, demo_documents.rows()), (queries_file, demo_documents.queries())):
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    documents, queries = read_documents(documents_file), read_queries(queries_file)
    embedded = engine_from_url(f"sqlite:///{tmp_path}/search.sqlite3")
    figures, answers = [], []
    for engine in (embedded, elasticsearch):
        engine.rebuild(documents)
        answer = engine_answerer(engine, NO_GLOSSARY)
        found_by = {judged.query: answer(judged.query) for judged in queries}
        answers.append(found_by)
        figures.append(summary(measure(found_by.__getitem__, queries))["by_language"])
    embedded.close()
    for language, expected in figures[0].items():
        assert figures[1][language]["ndcg@10"] == pytest.approx(expected["ndcg@10"], abs=0.02)
    shared = [
        len({*answers[0][query]} & {*answers[1][query]}) / max(len(answers[0][query]), len(answers[1][query]), 1)
        for query in answers[0]
        if answers[0][query] or answers[1][query]
    ]
    assert len(shared) > 100
    assert sum(shared) / len(shared) >= 0.9
