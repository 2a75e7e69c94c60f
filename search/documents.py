"""What can be found, and how the rooms say so.

`search` knows no model: each room turns its objects into documents in its own `documents.py` and registers how.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from itertools import chain
from typing import Any, Literal

from core.language import CHINESE, ENGLISH

State = Literal["current", "cancelled"]
CURRENT: State = "current"
CANCELLED: State = "cancelled"


@dataclass(frozen=True)
class Adoption:
    """One centre that handles a shared item, with what that centre alone says of it."""

    centre: str
    division_path: tuple[str, ...] = ()  # from the province down to the centre's own division
    facts: dict[str, str] | None = None


@dataclass(frozen=True)
class SearchDocument:
    """One thing that can be found: one object, in both languages, however many centres have it."""

    id: str  # `kind:key`
    kind: str
    title_zh: str = ""
    title_en: str = ""
    body_zh: str = ""
    body_en: str = ""
    names_zh: tuple[str, ...] = ()  # official and other names
    names_en: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    document_number: str = ""
    centre: str = ""  # the code of the centre whose own it is; empty for what is shared
    division_path: tuple[str, ...] = ()
    department: str = ""
    objects: tuple[str, ...] = ()  # whom it serves
    type: str = ""
    published: date | None = None
    changed: date | None = None
    expires: datetime | None = None  # out of the results from then on
    state: State = CURRENT
    url_parts: tuple[str, ...] = ()  # what the room that registered the kind makes the address of
    adoptions: tuple[Adoption, ...] = ()

    def title(self, language: str) -> str:
        """The title in a language; the other stands in where it has none."""
        return (self.title_en or self.title_zh) if language == ENGLISH else (self.title_zh or self.title_en)

    def facets(self) -> set[tuple[str, str]]:
        """What a document is filtered by and counted in; a shared item belongs to the divisions of all that adopted it."""
        divisions = chain(self.division_path, *(each.division_path for each in self.adoptions))
        day = self.published or self.changed
        languages = {CHINESE: self.title_zh or self.body_zh, ENGLISH: self.title_en or self.body_en}
        values = {
            "kind": {self.kind},
            "division": set(divisions),
            "department": {self.department},
            "type": {self.type},
            "object": set(self.objects),
            "year": {str(day.year)} if day else set(),
            "language": {language for language, text in languages.items() if text},
        }
        return {(name, value) for name, found in values.items() for value in found if value}

    def as_dict(self) -> dict[str, Any]:
        """For JSON, without the adoptions, which engines keep apart."""
        result = asdict(self)
        del result["adoptions"]
        for name in ("published", "changed", "expires"):
            result[name] = result[name] and result[name].isoformat()
        return result

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "SearchDocument":
        """The reverse of `as_dict`."""
        values = dict(values)
        for field in fields(cls):
            if isinstance(values.get(field.name), list):
                values[field.name] = tuple(values[field.name])
        for name in ("published", "changed"):
            values[name] = values[name] and date.fromisoformat(values[name])
        values["expires"] = values["expires"] and datetime.fromisoformat(values["expires"])
        return cls(**values)


@dataclass(frozen=True)
class Source:
    """How a room's objects of one kind become documents."""

    kind: str
    # All keys that belong into the index now, in the order in which a rebuild reads them.
    keys: Callable[[], Iterator[str]]
    # The documents of some keys. A key without a document isn't public (any more): it leaves the index.
    documents: Callable[[Sequence[str]], Iterable[SearchDocument]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Have a kind of objects found; rooms register when their app is ready."""
    known = _sources.setdefault(source.kind, source)
    if known != source:
        raise ValueError(f"Documents of the kind {source.kind} are registered twice.")


def sources() -> tuple[Source, ...]:
    """What is registered, in the order of the kinds' names."""
    return tuple(_sources[kind] for kind in sorted(_sources))


def source_of(document_id: str) -> tuple[Source, str]:
    """The source that a document's id comes from, and its key there."""
    kind, _, key = document_id.partition(":")
    return _sources[kind], key
