"""The one door: what is asked of an engine, what it answers, and which engine `SEARCH_URL` chooses.

An engine stores the terms that `search.analysis` makes and carries out plans that `search.queries` makes: it knows nothing
of languages. Weights and shares that both use alike stand in `search.ranking`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from django.core.exceptions import ImproperlyConfigured

from search.documents import SearchDocument

# Where a term is looked up: in all text, in titles, names and codes only, in how titles and names sound, or among the
# divisions that a document belongs to (the token is a division's code then).
Place = Literal["text", "names", "syllables", "initials", "division"]

# What results are filtered by and counted in, besides the centre.
FACETS = ("kind", "division", "department", "type", "object", "year", "language")


class EngineError(Exception):
    """The engine can't answer: it is down, or its index isn't there or was made by another version."""


@dataclass(frozen=True)
class Term:
    """One thing that is looked up: a term of the analysis, or several that follow each other."""

    tokens: tuple[str, ...]
    place: Place = "text"
    prefix: bool = False  # the last token is the beginning of one


@dataclass(frozen=True)
class Alternative:
    """One wording of what was asked: the terms that each count for it.

    `shares` says how much of what the query asks each term answers (see `Plan.least_share`).
    """

    terms: tuple[Term, ...]
    shares: tuple[float, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Concept:
    """One thing that was asked, in one or more wordings: the best of them counts."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Plan:
    """A query as an engine carries it out.

    A document is found when it has all `required` and at least `least_share` of what was asked, as the shares of the terms tell.
    """

    concepts: tuple[Concept, ...] = ()
    required: tuple[Term, ...] = ()
    least_share: float = 0.0
    # The query without its punctuation: documents with that name come first.
    name: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.concepts and not self.required


@dataclass(frozen=True)
class Request:
    """What is wanted of the documents that a plan finds.

    `filters` are values by facet, any of which will do; `centre` keeps what is that centre's own or handled there. `near` are
    divisions from the reader's own upwards: what belongs to the nearest comes first among equals. `now` drops what has expired.
    """

    plan: Plan
    now: datetime
    filters: Mapping[str, Collection[str]] = field(default_factory=dict)
    centre: str = ""
    near: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    sort: Literal["relevance", "date"] = "relevance"
    first: int = 0
    number: int = 10


@dataclass(frozen=True)
class Passage:
    """The part of a document's body that answers best."""

    language: str
    start: int
    end: int


@dataclass(frozen=True)
class Hit:
    """A document that was found (without its adoptions), and at how many centres it is handled."""

    document: SearchDocument
    score: float
    passage: Passage | None
    handled_at: int


@dataclass(frozen=True)
class Results:
    """One page of what was found; the counts of a facet are those under all other filters."""

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


class Statistics(Protocol):
    """What a query's plan depends on."""

    def size(self) -> int:
        """How many documents there are."""

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """In how many documents each of the terms stands."""

    def words(self, beginnings: Collection[str], shortest: int, longest: int) -> set[str]:
        """The words in Latin letters of these lengths, with one of these beginnings."""


class Engine(Statistics, Protocol):
    """What both engines can do."""

    def search(self, request: Request) -> Results:
        """Carry out a plan."""

    def titles(self, wordings: Sequence[Sequence[Term]], language: str, number: int) -> list[str]:
        """Titles that have all terms of one of the wordings, the best first and each once, for completing what is typed."""

    def add(self, documents: Iterable[SearchDocument]) -> None:
        """Put documents in, in place of those with the same ids; others see all of them at once, or none."""

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out; an id that isn't there is nothing."""

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        """Put documents in place of all that is there; until the end others see what was there before."""

    def ids(self) -> set[str]:
        """The ids of all documents."""

    def close(self) -> None:
        """Let go of connections and files."""


def engine_from_url(url: str) -> Engine:
    """The engine that `SEARCH_URL` names."""
    path = url.removeprefix("sqlite:///")
    if path and path != url:
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(path)
    if url.startswith("elasticsearch://"):
        from search.engines.elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(url)
    raise ImproperlyConfigured(f"SEARCH_URL is sqlite:///PATH or elasticsearch://HOST:PORT/PREFIX, not {url}.")
