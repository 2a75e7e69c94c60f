"""Elasticsearch answers as the embedded engine does (`make elasticsearch`, `make test-elasticsearch`)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from search.documents import CANCELLED, Adoption, SearchDocument
from search.door import ask, understood_by
from search.engines import Engine, EngineError, Request, Results, Term, engine_from_url
from search.engines.elasticsearch import ElasticsearchEngine
from search.evaluation import engine_answerer, measure, read_documents, read_queries, summary
from search.glossary import NO_GLOSSARY
from search.tests import demo_documents
from search.tests.servers import on_a_server, own_address

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.get_default_timezone())
PROVINCE, CHENGDU, JINJIANG, WUHOU = "510000000000", "510100000000", "510104000000", "510107000000"

DOCUMENTS = [
    SearchDocument(
        "item:food",
        "item",
        title_zh="食品经营许可证核发",
        title_en="Food business licence",
        body_zh="申请人应当具备与食品经营相适应的场所。审批时限为二十个工作日。",
        body_en="The applicant must have premises fit for selling food.",
        codes=("510104-0131",),
        department="market",
        objects=("legal", "natural"),
        adoptions=(
            Adoption("c-jinjiang", (PROVINCE, CHENGDU, JINJIANG)),
            Adoption("c-wuhou", (PROVINCE, CHENGDU, WUHOU)),
        ),
    ),
    SearchDocument(
        "item:business",
        "item",
        title_zh="营业执照办理",
        title_en="Business register",
        objects=("legal",),
        department="market",
    ),
    SearchDocument(
        "news:open",
        "news",
        title_zh="食品经营许可宣传活动",
        centre="c-wuhou",
        division_path=(PROVINCE, CHENGDU, WUHOU),
        published=date(2026, 3, 1),
    ),
    SearchDocument(
        "news:new",
        "news",
        title_zh="食品经营许可宣传活动",
        centre="c-jinjiang",
        division_path=(PROVINCE, CHENGDU, JINJIANG),
        published=date(2026, 5, 1),
        expires=NOW + timedelta(days=1),
    ),
    SearchDocument("news:over", "news", title_zh="食品经营许可宣传活动", expires=NOW - timedelta(minutes=1)),
    SearchDocument(
        "policy:old", "policy", title_zh="食品经营许可宣传活动", state=CANCELLED, published=date(2019, 1, 1)
    ),
    SearchDocument("policy:twelve", "policy", title_zh="关于放管服的通知", document_number="川办发〔2026〕12号"),
]


ENGINES = ["embedded", pytest.param("elasticsearch", marks=on_a_server)]


@contextmanager
def an_engine(name: str, folder: Path) -> Iterator[Engine]:
    if name == "embedded":
        engine = engine_from_url(f"sqlite:///{folder}/search.sqlite3")
    else:
        host, port, prefix = own_address()
        engine = engine_from_url(f"elasticsearch://{host}:{port}/{prefix}")
    yield engine
    if isinstance(engine, ElasticsearchEngine):
        engine.index.forget()
    engine.close()


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Each engine with the documents, only to be asked."""
    with an_engine(request.param, tmp_path_factory.mktemp("engine")) as engine:
        engine.rebuild(DOCUMENTS)
        yield engine


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine with nothing in its index."""
    with an_engine(request.param, tmp_path) as engine:
        engine.rebuild([])
        yield engine


def found(engine: Engine, query: str, **wanted: Any) -> Results:
    understood = understood_by(engine, query, NO_GLOSSARY)
    return ask(engine, query, understood, Request(understood.plan, NOW, **wanted)).results


def ids(results: Results) -> list[str]:
    return [hit.document.id for hit in results.hits]


# -- What is found ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("食品经营许可证", "item:food"),
        ("food licence", "item:food"),
        ("licenses for food businesses", "item:food"),
        ("营业执照", "item:business"),
        ("營業執照", "item:business"),
        ("营业执造", "item:business"),
        ("yingyezhizhao", "item:business"),
        ("yyzz", "item:business"),
        ("照", "item:business"),
        ("510104-0131", "item:food"),
        ("川办发[2026]12号", "policy:twelve"),
        ("川办发12", "policy:twelve"),
        ("fodo", "item:food"),
        ('"食品经营许可证"', "item:food"),
    ],
)
def test_a_document_is_found_by(engine: Engine, query: str, first: str) -> None:
    assert ids(found(engine, query))[:1] == [first]


@pytest.mark.parametrize("query", ["龘靐齉爩", "xqzvw kjhgf", "", "？！", '"许可食品"'])
def test_nothing_is_found_by(engine: Engine, query: str) -> None:
    assert found(engine, query) == Results()


def test_what_has_expired_is_out_and_what_was_cancelled_comes_last(engine: Engine) -> None:
    results = found(engine, "食品经营许可宣传活动")
    assert ids(results)[:3] == ["news:new", "news:open", "policy:old"]
    assert "news:over" not in ids(results)
    assert results.total == len(results.hits)


def test_the_nearest_comes_first_among_equals(engine: Engine) -> None:
    near = (WUHOU, CHENGDU, PROVINCE)
    assert ids(found(engine, "食品经营许可宣传活动", near=near))[:2] == ["news:open", "news:new"]


def test_results_by_date_and_page_by_page(engine: Engine) -> None:
    query = "食品经营许可宣传活动"
    by_date = ids(found(engine, query, sort="date"))
    assert by_date[:3] == ["news:new", "news:open", "policy:old"]
    pages = [found(engine, query, sort="date", first=first, number=1) for first in range(len(by_date))]
    assert [ids(page) for page in pages] == [[each] for each in by_date]
    assert {page.total for page in pages} == {len(by_date)}


def test_a_hit_tells_its_passage_and_how_many_centres_handle_it(engine: Engine) -> None:
    hit = found(engine, "审批时限").hits[0]
    assert hit.handled_at == 2
    assert hit.document == SearchDocument(**{**vars(DOCUMENTS[0]), "adoptions": ()})
    assert hit.passage is not None
    assert "审批时限" in hit.document.body_zh[hit.passage.start : hit.passage.end]
    (hit,) = found(engine, "营业执照").hits
    assert (hit.passage, hit.handled_at) == (None, 0)


# -- Filters and facets -------------------------------------------------------------


def test_the_number_at_a_facet_is_that_of_the_results_it_leads_to(engine: Engine) -> None:
    query, names = "食品经营许可", ("kind", "division", "department", "type", "object", "year", "language")
    everything = found(engine, query, facets=names)
    assert dict(everything.facets["kind"]) == {"item": 1, "news": 2, "policy": 1}
    assert dict(everything.facets["division"]) == {PROVINCE: 3, CHENGDU: 3, JINJIANG: 2, WUHOU: 2}
    assert everything.facets["year"] == (("2026", 2), ("2019", 1))
    assert everything.facets["type"] == ()
    for name in names:
        for value, count in everything.facets[name]:
            assert found(engine, query, filters={name: [value]}).total == count


def test_the_numbers_of_a_facet_are_those_under_all_other_filters(engine: Engine) -> None:
    results = found(
        engine, "食品经营许可", filters={"kind": ["news"], "division": [WUHOU]}, facets=("kind", "division")
    )
    assert ids(results) == ["news:open"]
    assert dict(results.facets["kind"]) == {"item": 1, "news": 1}
    assert dict(results.facets["division"]) == {PROVINCE: 2, CHENGDU: 2, JINJIANG: 1, WUHOU: 1}


def test_one_centre_has_what_is_its_own_and_what_it_handles(engine: Engine) -> None:
    results = found(engine, "食品经营许可", centre="c-wuhou", facets=("kind",))
    assert set(ids(results)) == {"item:food", "news:open"}
    assert dict(results.facets["kind"]) == {"item": 1, "news": 1}


# -- Statistics ---------------------------------------------------------------------


def test_what_a_plan_depends_on(engine: Engine) -> None:
    assert engine.size() == len(DOCUMENTS)
    assert engine.ids() == {document.id for document in DOCUMENTS}
    terms = [
        Term(("食品",)),
        Term(("食",), prefix=True),
        Term(("时限",), "names"),
        Term(("ying", "ye"), "syllables"),
        Term(("nowhere",)),
    ]
    assert engine.frequencies(terms) == [5, 5, 0, 1, 0]
    assert engine.frequencies([]) == []
    assert engine.words(["foo", "bu", "lic"], 3, 7) == {"food", "licence"}
    assert engine.words([], 3, 5) == set()


# -- Changes ------------------------------------------------------------------------


def test_documents_come_change_and_go(empty: Engine) -> None:
    empty.add(DOCUMENTS[:2])
    assert ids(found(empty, "食品经营")) == ["item:food"]
    empty.add([SearchDocument("item:food", "item", title_zh="烟草专卖零售许可证核发")])
    assert ids(found(empty, "食品经营")) == []
    assert ids(found(empty, "烟草专卖")) == ["item:food"]
    empty.delete(["item:food", "item:never-there"])
    assert empty.ids() == {"item:business"}
    empty.rebuild(DOCUMENTS[2:4])
    assert empty.ids() == {"news:open", "news:new"}


# -- Elasticsearch alone --------------------------------------------------------------


@pytest.fixture
def elasticsearch(tmp_path: Path) -> Iterator[ElasticsearchEngine]:
    with an_engine("elasticsearch", tmp_path) as engine:
        assert isinstance(engine, ElasticsearchEngine)
        yield engine


@on_a_server
def test_without_an_index_it_cannot_answer(elasticsearch: ElasticsearchEngine) -> None:
    with pytest.raises(EngineError):
        elasticsearch.size()


@on_a_server
def test_an_index_of_another_version_must_be_made_again(
    elasticsearch: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    elasticsearch.rebuild(DOCUMENTS)
    monkeypatch.setattr("search.engines.elasticsearch._STAMP", "99.99")
    with pytest.raises(EngineError, match=r"made by version .* not 99\.99: rebuild it"):
        elasticsearch.size()
    monkeypatch.undo()
    assert elasticsearch.size() == len(DOCUMENTS)


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
