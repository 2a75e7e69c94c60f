"""The embedded engine's file: several processes, replacing, rebuilding, versions."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.documents import Adoption, SearchDocument
from search.door import ask
from search.engines import Engine, EngineError, Request, engine_from_url
from search.engines.embedded import EmbeddedEngine
from search.glossary import NO_GLOSSARY
from search.tests.conftest import Find, ids
from search.tests.documents import ALL, FOOD, IDENTITY, item, news


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    """This engine alone, with an empty index."""
    engine = EmbeddedEngine(tmp_path / "search.sqlite3")
    yield engine
    engine.close()


def found(engine: Engine, query: str) -> list[str]:
    return ids(ask(engine, query, NO_GLOSSARY, lambda plan: Request(plan, timezone.now(), number=100)))


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a file by what it says, without the numbers that SQLite gives."""
    with sqlite3.connect(path) as connection:
        queries = {
            "documents": "SELECT id, centre, day, expires, cancelled, text FROM document",
            "facets": "SELECT d.id, f.name, f.value FROM facet f JOIN document d ON d.number = f.document",
            "adoptions": "SELECT d.id, a.centre, a.facts FROM adoption a JOIN document d ON d.number = a.document",
            "names": "SELECT d.id, n.key FROM name n JOIN document d ON d.number = n.document",
            "passages": 'SELECT d.id, p.language, p.start, p."end" FROM passage p JOIN document d ON d.number = p.document',
            "vocabulary": "SELECT term, doc, cnt FROM vocabulary",
            "title vocabulary": "SELECT term, doc, cnt FROM title_vocabulary",
            "passage vocabulary": "SELECT term, doc, cnt FROM passage_vocabulary",
            "meta": "SELECT key, value FROM meta",
        }
        return {name: sorted(connection.execute(query).fetchall()) for name, query in queries.items()}


def test_a_document_takes_the_place_of_the_one_before(engine: Engine) -> None:
    engine.add([FOOD])
    engine.add([replace(FOOD, title_zh="餐饮服务许可", body_zh="换了内容。", adoptions=())])
    assert found(engine, "餐饮服务") == [FOOD.id]
    assert found(engine, "布局图") == []
    assert engine.size() == 1


def test_what_was_taken_out_leaves_nothing(engine: EmbeddedEngine, tmp_path: Path) -> None:
    engine.add(ALL)
    engine.delete([document.id for document in ALL])
    engine.delete(["guide:unknown"])
    left = content(engine.path)
    assert left.pop("meta") == [("documents", "0"), ("passages", "0"), ("version", "1.1")]
    assert not any(left.values())
    with sqlite3.connect(engine.path) as connection:
        for table in ("terms", "titles", "sounds", "passage_terms"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["add", "delete"]),
        st.sampled_from(ALL),
        st.sampled_from(["", "补充说明。", "另一段文字 more text"]),
    ),
    max_size=12,
)


@hypothesis_settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_an_index_that_was_changed_is_what_a_rebuilt_one_is(
    changes: list[tuple[str, SearchDocument, str]], tmp_path: Path
) -> None:
    for file in tmp_path.glob("*.sqlite3*"):
        file.unlink()
    changed, fresh = EmbeddedEngine(tmp_path / "changed.sqlite3"), EmbeddedEngine(tmp_path / "fresh.sqlite3")
    documents: dict[str, SearchDocument] = {}
    for change, document, addition in changes:
        if change == "add":
            documents[document.id] = replace(document, body_zh=document.body_zh + addition)
            changed.add([documents[document.id]])
        else:
            documents.pop(document.id, None)
            changed.delete([document.id])
    fresh.rebuild(documents.values())
    changed.size()
    for engine in (changed, fresh):
        engine.close()
    assert content(changed.path) == content(fresh.path)


def test_a_rebuild_replaces_all(engine: Engine) -> None:
    engine.add(ALL)
    engine.rebuild([IDENTITY])
    assert engine.ids() == {IDENTITY.id}
    assert found(engine, "食品") == []
    assert found(engine, "身份证") == [IDENTITY.id]


def test_a_rebuild_that_fails_leaves_what_was_there(engine: Engine) -> None:
    engine.add(ALL)

    def broken():
        yield FOOD
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(broken())
    assert engine.ids() == {document.id for document in ALL}
    assert found(engine, "身份证") == [IDENTITY.id]


def test_others_find_what_was_there_until_a_rebuild_ends(engine: EmbeddedEngine) -> None:
    engine.add(ALL)
    other = EmbeddedEngine(engine.path)
    seen = []

    def documents():
        for number in range(3):
            seen.append(found(other, "身份证"))
            yield item(f"new-{number}", f"新的事项{number}")

    engine.rebuild(documents())
    assert seen == [[IDENTITY.id]] * 3
    assert found(other, "身份证") == []
    assert len(found(other, "新的事项")) == 3
    other.close()


def test_an_index_of_another_version_says_so_until_it_is_rebuilt(engine: EmbeddedEngine) -> None:
    engine.add(ALL)
    with sqlite3.connect(engine.path) as connection:
        connection.execute("UPDATE meta SET value = '0.0' WHERE key = 'version'")
    with pytest.raises(EngineError, match="rebuild"):
        found(engine, "身份证")
    engine.rebuild(ALL)
    assert found(engine, "身份证") == [IDENTITY.id]


WRITER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "core.settings"
from search.engines.embedded import EmbeddedEngine
from search.tests.documents import news
engine = EmbeddedEngine(sys.argv[1])
for number in range(20):
    engine.add([news(f"{sys.argv[2]}-{number}", f"招聘公告{number}")])
    assert engine.frequencies([]) == []
"""


def test_several_processes_write_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite3"
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data")}
    writers = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", WRITER, path, name], cwd=settings.PROJECT_DIR, env=environment
        )
        for name in ("first", "second", "third")
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    engine = EmbeddedEngine(path)
    assert engine.size() == len(engine.ids()) == 60
    assert len(found(engine, "招聘公告")) == 60
    engine.close()


def test_a_connection_is_not_carried_over_a_fork(engine: EmbeddedEngine) -> None:
    engine.add(ALL)
    child = os.fork()
    if child == 0:
        # No exit handlers of the test run in the child.
        good = found(engine, "身份证") == [IDENTITY.id]
        os.kill(os.getpid(), signal.SIGTERM if good else signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGTERM
    assert found(engine, "身份证") == [IDENTITY.id]


def test_an_item_of_many_centres_is_one_document(engine: EmbeddedEngine) -> None:
    adoptions = tuple(Adoption(f"centre-{number}", ("510000", f"5101{number:02}")) for number in range(183))
    engine.add([replace(FOOD, adoptions=adoptions), IDENTITY])
    engine.add([replace(FOOD, adoptions=adoptions, title_zh="食品经营许可（延续）")])
    with sqlite3.connect(engine.path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM document").fetchone() == (2,)
        assert connection.execute("SELECT COUNT(*) FROM adoption").fetchone() == (185,)


def test_the_best_passage_of_a_long_text_is_told(engine: Engine, find: Find) -> None:
    body = "办事大厅设有咨询台。" * 60 + "丢失护照的，到出入境窗口申请补发普通护照。" + "节假日照常开放。" * 60
    engine.add([news("long", "办事大厅指南", body_zh=body)])
    (hit,) = find("补发普通护照").results.hits
    assert hit.passage is not None
    assert "补发普通护照" in body[hit.passage.start : hit.passage.end]
    assert hit.passage.end - hit.passage.start < 600


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///", "mysql://localhost/x", "path.sqlite3"])
def test_a_wrong_address_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        engine_from_url(url)
