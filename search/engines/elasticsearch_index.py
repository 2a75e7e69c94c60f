"""Elasticsearch 8: the way to it, and an index in versions behind a name.

`PREFIX` is an alias that readers and writers use. What it stands for is an index `PREFIX.v…`; a rebuild fills a new one
under the alias `PREFIX.building` and then moves the name over in one step, so that no reader meets an empty index. What
changes in between is written to both. docs/search-engines.md says how to get a server.
"""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from elastic_transport import ConnectionError, ConnectionTimeout, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import streaming_bulk
from elasticsearch_dsl import Mapping, MultiSearch, Search
from elasticsearch_dsl.response import Response

from search.engines import EngineError
from search.engines.time_limit import seconds_left

# Seconds. A page may wait for two in all, and has to be made within them too (`search.door` has the same limit for all that
# one query asks).
READING_LIMIT = 1.5
# Nobody waits for these but the worker and a rebuild.
WRITING_LIMIT = 30.0
# After a server that did not answer no reader tries it for so long: a page that asks several times waits once.
PAUSE = 5.0

# A document that was deleted while an index is built, and which the rebuild may still have in hand, leaves this there.
GONE = "gone"


class Address(NamedTuple):
    host: str
    port: int
    prefix: str


def parse_address(url: str) -> Address:
    """Read `elasticsearch://HOST:PORT/PREFIX`."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    prefix = parts.path.removeprefix("/")
    # No dot: it divides the prefix from the version, so that one prefix never stands for another's indices.
    if (
        parts.scheme != "elasticsearch"
        or not parts.hostname
        or not port
        or not re.fullmatch(r"[a-z][a-z0-9_-]*", prefix)
    ):
        raise ImproperlyConfigured(
            f"SEARCH_URL is {url!r}, but Elasticsearch is named like elasticsearch://127.0.0.1:9200/yizhan: "
            "host, port, and a prefix of small letters, digits and hyphens for the names of its indices."
        )
    return Address(parts.hostname, port, prefix)


# -- The way to the server ----------------------------------------------------------


class LimitedNode(Urllib3HttpNode):
    """Answers within the time limit or not at all.

    urllib3 counts its limits anew for the connection and for each piece of the answer, and not at all while a name is
    looked up. The thread that is left behind ends by those.
    """

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        # Waiting for a free connection would count to no limit either: open one more.
        self.pool.block = False

    def perform_request(
        self, method: str, target: str, body: Any = None, headers: Any = None, request_timeout: Any = DEFAULT
    ) -> Any:
        limit = self.config.request_timeout if request_timeout is DEFAULT else request_timeout
        # One each time: a pool of threads doesn't outlive the fork of a server's processes.
        asking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="elasticsearch")
        try:
            return asking.submit(super().perform_request, method, target, body, headers, request_timeout).result(limit)
        except TimeoutError as error:
            raise ConnectionTimeout(f"No whole answer within {limit} seconds", errors=(error,)) from error
        finally:
            asking.shutdown(wait=False)


def connect(address: Address, limit: float) -> Elasticsearch:
    """A client that tries once; it asks nothing yet."""
    return Elasticsearch(
        [{"scheme": "http", "host": address.host, "port": address.port}],
        node_class=LimitedNode,
        request_timeout=limit,
        max_retries=0,
        retry_on_timeout=False,
    )


@contextmanager
def as_engine_error() -> Iterator[None]:
    """One error for whatever keeps the server from answering; a question that it can't read is a mistake of ours."""
    try:
        yield
    except BadRequestError:
        raise
    except (TransportError, ApiError) as error:
        raise EngineError(str(error)) from error


def refusal(outcome: dict[str, Any]) -> Exception:
    """The error for a document that the server doesn't take: a mistake of ours, or for another try later."""
    text = f"Elasticsearch does not take {outcome['_id']}: {outcome.get('error')}"
    return ValueError(text) if outcome["status"] == 400 else EngineError(text)


# -- The index ----------------------------------------------------------------------


class VersionedIndex:
    """The documents under one prefix. `mapping` says how their fields are indexed."""

    def __init__(self, address: Address, mapping: Mapping, settings: dict[str, Any] | None = None) -> None:
        self.name = address.prefix
        self.building = f"{address.prefix}.building"
        self.mapping = mapping
        self.settings = settings or {}
        self.reader = connect(address, READING_LIMIT)
        self.writer = connect(address, WRITING_LIMIT)
        self._pause_until = 0.0

    def close(self) -> None:
        """Let go of the connections."""
        self.reader.close()
        self.writer.close()

    # Reading

    def meta(self) -> dict[str, Any]:
        """What the mapping of the index that is read says of itself."""
        with self._reading() as client:
            (description,) = client.indices.get_mapping(index=self.name).body.values()
        return description["mappings"].get("_meta", {})

    def search(self) -> Search:
        """All documents, to be narrowed and then given to `ask`."""
        return Search(index=self.name).exclude("exists", field=GONE)

    def ask(self, search: Search) -> Response:
        """The server's answer; whatever it is up to, within `READING_LIMIT`."""
        return self.ask_all([search])[0]

    def ask_all(self, searches: Sequence[Search]) -> list[Response]:
        """The answers to several searches, within `READING_LIMIT` too."""
        with self._reading() as client:
            if len(searches) == 1:
                return [searches[0].using(client).execute()]
            together = MultiSearch(using=client, index=self.name)
            for search in searches:
                together = together.add(search)
            return list(together.execute())

    @contextmanager
    def _reading(self) -> Iterator[Elasticsearch]:
        if time.monotonic() < self._pause_until:
            raise EngineError("Elasticsearch did not answer a moment ago")
        limit = min(READING_LIMIT, seconds_left())
        if limit <= 0:
            raise EngineError("Elasticsearch took too long over what was asked before")
        with as_engine_error():
            try:
                yield self.reader.options(request_timeout=limit)
            except (ConnectionTimeout, ConnectionError):
                self._pause_until = time.monotonic() + PAUSE
                raise

    # Writing

    def add(self, documents: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Put documents in under their ids, in place of what is there."""
        self._change_both({"_op_type": "index", "_id": id, "_source": source} for id, source in documents)

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out; an id that isn't there is nothing."""
        self._change_both({"_op_type": "delete", "_id": id} for id in ids)

    def refresh(self) -> None:
        """Let readers see at once what was written; by itself that takes a second."""
        with as_engine_error():
            self.writer.indices.refresh(index=self.name)

    def _change_both(self, changes: Iterable[dict[str, Any]]) -> None:
        """Apply to what is read and, if there is one, to what is being built.

        One request carries both, and the server looks the names up together: a change can't fall between the two
        when the name moves over.
        """

        def for_both() -> Iterator[dict[str, Any]]:
            for change in changes:
                yield {**change, "_index": self.name}
                if change["_op_type"] == "delete":
                    change = {"_op_type": "index", "_id": change["_id"], "_source": {GONE: True}}
                yield {**change, "_index": self.building}

        with as_engine_error():
            for done, result in self._bulk(for_both()):
                ((operation, outcome),) = result.items()
                # No index is being built; or what is to be deleted isn't there.
                expected = outcome["_index"] == self.building or (operation == "delete" and "error" not in outcome)
                if not done and not (outcome["status"] == 404 and expected):
                    raise refusal(outcome)

    def _bulk(self, actions: Iterable[dict[str, Any]]) -> Iterable[tuple[bool, dict[str, Any]]]:
        # Aliases only: a name that isn't there must not become an index.
        return streaming_bulk(
            self.writer, actions, raise_on_error=False, max_retries=0, max_chunk_bytes=10_000_000, require_alias=True
        )

    # Rebuilding

    def begin_rebuild(self) -> str:
        """Make a new, empty version beside the one that is read. One that was begun before is given up."""
        with as_engine_error():
            self._put_template()
            for version in self._versions() - self._behind(self.name):
                self.writer.indices.delete(index=version, ignore_unavailable=True)
            version = f"{self.name}.v{datetime.now(UTC):%Y%m%d%H%M%S%f}"
            self.writer.indices.create(
                index=version, aliases={self.building: {}}, settings={"index.refresh_interval": "-1"}
            )
        return version

    def fill(self, documents: Iterable[tuple[str, dict[str, Any]]]) -> int:
        """Fill the version that is being built; what changed since it was begun stays as it was written. How many."""
        added = 0
        actions = (
            {"_op_type": "create", "_index": self.building, "_id": id, "_source": source} for id, source in documents
        )
        with as_engine_error():
            for done, result in self._bulk(actions):
                outcome = result["create"]
                if done:
                    added += 1
                elif outcome["status"] != 409:
                    raise refusal(outcome)
        return added

    def finish_rebuild(self, version: str) -> None:
        """Let everybody read the new version, in one step. The one before stays until the next rebuild.

        It still answers those who asked it just before.
        """
        with as_engine_error():
            self.writer.indices.put_settings(index=version, settings={"index.refresh_interval": None})
            self.writer.indices.refresh(index=version)
            self.writer.indices.update_aliases(
                actions=[
                    {"remove": {"index": version, "alias": self.building, "must_exist": True}},
                    *({"remove": {"index": old, "alias": self.name}} for old in self._behind(self.name)),
                    {"add": {"index": version, "alias": self.name}},
                ]
            )
            self.writer.delete_by_query(
                index=version, query={"exists": {"field": GONE}}, conflicts="proceed", refresh=True
            )

    def forget(self) -> None:
        """Remove everything under the prefix."""
        with as_engine_error():
            for version in self._versions():
                self.writer.indices.delete(index=version, ignore_unavailable=True)
            self.writer.options(ignore_status=404).indices.delete_index_template(name=self.name)

    def _put_template(self) -> None:
        mappings = self.mapping.to_dict()
        mappings["properties"][GONE] = {"type": "boolean"}
        # A field that nobody described is a mistake.
        mappings["dynamic"] = "strict"
        self.writer.indices.put_index_template(
            name=self.name,
            index_patterns=[f"{self.name}.v*"],
            priority=100,
            template={
                "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1", **self.settings},
                "mappings": mappings,
            },
        )

    def _versions(self) -> set[str]:
        return set(self.writer.indices.get(index=f"{self.name}.v*", features="aliases").body)

    def _behind(self, alias: str) -> set[str]:
        try:
            return set(self.writer.indices.get_alias(name=alias).body)
        except NotFoundError:
            return set()
