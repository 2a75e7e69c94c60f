"""Engines to test with. What an engine does is the same for each of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from search.door import Answer, ask
from search.engines import Engine, Request, engine_from_url
from search.engines.elasticsearch import ElasticsearchEngine
from search.glossary import NO_GLOSSARY, Entry, Glossary, places
from search.tests.documents import ALL, CITY, COUNTY, OTHER_COUNTY
from search.tests.servers import on_a_server, own_address

GLOSSARY = Glossary.of(
    [
        Entry(("开饭馆", "open a restaurant"), ("食品经营许可",)),
        Entry(("business licence", "营业执照"), ("营业执照", "business licence")),
    ]
)
PLACES = places(
    [(CITY, "成都市", "Chengdu"), (COUNTY, "锦江区", "Jinjiang District"), (OTHER_COUNTY, "武侯区", "Wuhou District")]
)

Find = Callable[..., Answer]


@pytest.fixture(params=["sqlite", pytest.param("elasticsearch", marks=on_a_server)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine with an empty index."""
    address = f"sqlite:///{tmp_path}/search.sqlite3" if request.param == "sqlite" else own_address()
    engine = engine_from_url(address)
    engine.rebuild([])
    yield engine
    if isinstance(engine, ElasticsearchEngine):
        engine.index.forget()
    engine.close()


@pytest.fixture
def find(engine: Engine) -> Find:
    """Ask a query of an index of a few documents."""
    engine.add(ALL)

    def find(query: str, glossary: Glossary = NO_GLOSSARY, places: Glossary = NO_GLOSSARY, **wanted: object) -> Answer:
        return ask(engine, query, glossary, lambda plan: Request(plan, timezone.now(), **wanted), places)  # type: ignore[arg-type]

    return find


def ids(answer: Answer) -> list[str]:
    """The ids of what was found, best first."""
    return [hit.document.id for hit in answer.results.hits]
