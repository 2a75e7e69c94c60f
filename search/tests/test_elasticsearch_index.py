"""An index in Elasticsearch, against a server that runs (`make elasticsearch`, `make test-elasticsearch`)."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from elasticsearch import ConnectionTimeout
from elasticsearch_dsl import Mapping

from search.engines import EngineError
from search.engines.elasticsearch_index import READING_LIMIT, Address, VersionedIndex, connect, parse_address
from search.engines.time_limit import time_limit
from search.tests.servers import URL, on_a_server, own_address


def mapping() -> Mapping:
    return Mapping().field("title", "text", analyzer="cjk").field("title_en", "text", analyzer="english")


@pytest.fixture
def index() -> Iterator[VersionedIndex]:
    """An index of this test alone, with nothing in it."""
    index = VersionedIndex(parse_address(own_address()), mapping())
    index.finish_rebuild(index.begin_rebuild())
    yield index
    index.forget()


def identifiers(index: VersionedIndex, **query: str) -> set[str]:
    search = index.search()
    if query:
        search = search.query("match", **query)
    return {hit.meta.id for hit in index.ask(search[:1000])}


def names_under(index: VersionedIndex) -> set[str]:
    return set(index.writer.indices.get(index=f"{index.name}*").body)


# -- Its address --------------------------------------------------------------------


def test_an_address_has_host_port_and_prefix() -> None:
    assert parse_address("elasticsearch://search.example:9200/yizhan") == Address("search.example", 9200, "yizhan")


@pytest.mark.parametrize(
    "url",
    [
        "elasticsearch://127.0.0.1/yizhan",
        "elasticsearch://127.0.0.1:port/yizhan",
        "elasticsearch://127.0.0.1:9200",
        "elasticsearch://127.0.0.1:9200/Yizhan",
        "elasticsearch://127.0.0.1:9200/yizhan.v1",
        "elasticsearch://127.0.0.1:9200/*",
        "elasticsearch://:9200/yizhan",
        "http://127.0.0.1:9200/yizhan",
    ],
)
def test_an_address_that_lacks_something_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape("elasticsearch://127.0.0.1:9200/yizhan")):
        parse_address(url)


# -- What is in it ------------------------------------------------------------------


@on_a_server
def test_documents_are_found_in_both_languages(index: VersionedIndex) -> None:
    index.add([("item:1", {"title": "食品经营许可证核发", "title_en": "Food business licences"})])
    index.add([("item:2", {"title": "营业执照", "title_en": "Business register"})])
    index.refresh()
    assert identifiers(index, title="食品经营") == {"item:1"}
    assert identifiers(index, title_en="licence") == {"item:1"}
    assert identifiers(index) == {"item:1", "item:2"}


@on_a_server
def test_a_document_is_replaced_and_deleted(index: VersionedIndex) -> None:
    index.add([("item:1", {"title": "食品"}), ("item:2", {"title": "食品"})])
    index.add([("item:1", {"title": "烟草"})])
    index.delete(["item:2", "item:never-there"])
    index.refresh()
    assert identifiers(index, title="食品") == set()
    assert identifiers(index) == {"item:1"}


@on_a_server
def test_a_field_that_the_mapping_lacks_is_refused(index: VersionedIndex) -> None:
    with pytest.raises(ValueError, match=r"item:1.*strict_dynamic_mapping"):
        index.add([("item:1", {"title": "食品", "unknown": 1})])


@on_a_server
def test_writing_without_an_index_makes_none(index: VersionedIndex) -> None:
    index.forget()
    with pytest.raises(match=index.name):
        index.add([("item:1", {"title": "食品"})])
    with pytest.raises(EngineError):
        index.ask(index.search())
    assert names_under(index) == set()


# -- Rebuilding ---------------------------------------------------------------------


@on_a_server
def test_a_rebuild_is_read_only_once_it_is_whole(index: VersionedIndex) -> None:
    index.add([("item:1", {"title": "旧"})])
    index.refresh()
    version = index.begin_rebuild()
    assert index.fill([("item:1", {"title": "新"}), ("item:2", {"title": "新"})]) == 2
    assert identifiers(index) == {"item:1"}
    index.finish_rebuild(version)
    assert identifiers(index, title="新") == {"item:1", "item:2"}
    assert identifiers(index, title="旧") == set()


@on_a_server
def test_what_changes_during_a_rebuild_wins_over_what_the_rebuild_read_before(index: VersionedIndex) -> None:
    index.add([(name, {"title": "旧"}) for name in ("changed", "deleted", "deleted late", "same")])
    version = index.begin_rebuild()
    index.add([("changed", {"title": "新"}), ("made", {"title": "新"})])
    index.delete(["deleted"])
    # The rebuild had read these before the changes.
    index.fill([(name, {"title": "旧"}) for name in ("changed", "deleted", "deleted late", "same")])
    index.delete(["deleted late"])
    index.refresh()
    assert identifiers(index) == {"changed", "made", "same"}
    index.finish_rebuild(version)
    assert identifiers(index) == {"changed", "made", "same"}
    assert identifiers(index, title="新") == {"changed", "made"}
    assert index.writer.count(index=index.name)["count"] == 3


@on_a_server
def test_readers_find_everything_all_through_rebuilds(index: VersionedIndex) -> None:
    documents = [(f"item:{number}", {"title": "食品经营许可"}) for number in range(50)]
    everything = {identifier for identifier, _ in documents}
    index.add(documents)
    index.refresh()
    found: list[set[str]] = []
    errors: list[EngineError] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            try:
                found.append(identifiers(index, title="食品"))
            except EngineError as error:
                errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(5):
        version = index.begin_rebuild()
        index.fill(documents)
        index.finish_rebuild(version)
    over.set()
    reader.join()
    assert errors == []
    assert len(found) > 10
    assert all(each == everything for each in found)


@on_a_server
def test_old_versions_go(index: VersionedIndex) -> None:
    versions = []
    for _ in range(3):
        versions.append(index.begin_rebuild())
        index.finish_rebuild(versions[-1])
    assert names_under(index) == set(versions[1:])


@on_a_server
def test_a_rebuild_that_was_given_up_leaves_nothing_behind(index: VersionedIndex) -> None:
    index.add([("item:1", {"title": "食品"})])
    index.refresh()
    given_up = index.begin_rebuild()
    index.fill([("item:2", {"title": "烟草"})])
    version = index.begin_rebuild()
    with pytest.raises(EngineError):
        index.finish_rebuild(given_up)
    assert identifiers(index) == {"item:1"}
    index.fill([("item:3", {"title": "盐业"})])
    index.finish_rebuild(version)
    assert identifiers(index) == {"item:3"}


@on_a_server
def test_a_prefix_is_not_another_one_that_begins_with_it(index: VersionedIndex) -> None:
    longer = VersionedIndex(parse_address(URL)._replace(prefix=f"{index.name}-more"), mapping())
    try:
        longer.finish_rebuild(longer.begin_rebuild())
        longer.add([("item:1", {"title": "食品"})])
        longer.refresh()
        index.finish_rebuild(index.begin_rebuild())
        index.forget()
        assert identifiers(longer) == {"item:1"}
    finally:
        longer.forget()


# -- A server that is away ------------------------------------------------------------


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Accepts connections, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def slow_port() -> Iterator[int]:
    """Begins to answer at once, and says a byte each half second after that."""
    over = threading.Event()

    def talk(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Length: 20\r\n\r\n")
            for _ in range(20):
                if over.wait(0.5):
                    return
                connection.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=talk, args=(server,))
        thread.start()
        yield server.getsockname()[1]
        over.set()
        thread.join()


class SlowHandler(BaseHTTPRequestHandler):
    """Says that there is nothing, each time after a while."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        threading.Event().wait(0.4)
        answer = b'{"hits": {"total": {"value": 0, "relation": "eq"}, "hits": []}}'
        self.send_response(200)
        for name, value in (
            ("X-Elastic-Product", "Elasticsearch"),
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(answer))),
        ):
            self.send_header(name, value)
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def answering_late() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), SlowHandler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


# What the client waits where nobody tells it less: a limit that doesn't hold would reach it.
CLIENTS_OWN_LIMIT = 10


def seconds_until_away(index: VersionedIndex) -> float:
    start = time.monotonic()
    with pytest.raises(EngineError):
        index.ask(index.search())
    return time.monotonic() - start


def test_a_silent_server_is_away_within_the_limit_and_the_next_reader_does_not_wait(silent_port: int) -> None:
    index = VersionedIndex(Address("127.0.0.1", silent_port, "yizhan"), mapping())
    assert READING_LIMIT <= seconds_until_away(index) < CLIENTS_OWN_LIMIT
    assert seconds_until_away(index) < READING_LIMIT


def test_a_server_that_answers_in_drops_is_away_within_the_limit(slow_port: int) -> None:
    index = VersionedIndex(Address("127.0.0.1", slow_port, "yizhan"), mapping())
    assert READING_LIMIT <= seconds_until_away(index) < CLIENTS_OWN_LIMIT


def test_many_late_answers_take_no_longer_than_one_limit(answering_late: int) -> None:
    index = VersionedIndex(Address("127.0.0.1", answering_late, "yizhan"), mapping())
    answers = 0
    start = time.monotonic()
    with pytest.raises(EngineError), time_limit(1.0):
        while True:
            index.ask(index.search())
            answers += 1
    assert 1 <= time.monotonic() - start < CLIENTS_OWN_LIMIT
    assert answers >= 1
    index.close()


def test_no_server_is_asked_when_the_limit_is_over(answering_late: int) -> None:
    index = VersionedIndex(Address("127.0.0.1", answering_late, "yizhan"), mapping())
    with time_limit(60), time_limit(0), pytest.raises(EngineError, match="took too long"):
        index.ask(index.search())
    assert index.ask(index.search()).hits.total.value == 0
    index.close()


def test_many_readers_of_a_silent_server_wait_no_longer_than_one(silent_port: int) -> None:
    client = connect(Address("127.0.0.1", silent_port, "yizhan"), limit=0.5)
    waited: list[float] = []

    def read() -> None:
        start = time.monotonic()
        with pytest.raises(ConnectionTimeout):
            client.search(index="yizhan")
        waited.append(time.monotonic() - start)

    readers = [threading.Thread(target=read) for _ in range(30)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(waited) == 30
    # One after the other they would wait fifteen seconds.
    assert max(waited) < CLIENTS_OWN_LIMIT


def test_a_server_that_is_down_is_away_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    index = VersionedIndex(Address("127.0.0.1", port, "yizhan"), mapping())
    assert seconds_until_away(index) < 1
    with pytest.raises(EngineError):
        index.add([("item:1", {"title": "食品"})])
