"""The English names and host labels of all divisions of a file: the reviewed ones, the rest derived."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from sites.naming import (
    Level,
    UnknownKindError,
    derived_english_name,
    is_host_label,
    sibling_labels,
)
from sites.reviewed_names import ReviewedName, reviewed_name
from sites.romanise import NoReadingError


class Division(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def level(self) -> Level: ...
    @property
    def parent_code(self) -> str: ...


@dataclass(frozen=True)
class EnglishName:
    """What a division is called in English and in hosts; `derived` when nobody has reviewed it."""

    code: str
    english_name: str
    host_label: str
    derived: bool


@dataclass
class NamedDivisions:
    """names: code to name, of those that can be named. problems: code to (fault code, params)."""

    names: dict[str, EnglishName] = field(default_factory=dict)
    problems: dict[str, tuple[str, dict[str, object]]] = field(default_factory=dict)


def name_divisions(divisions: Iterable[Division]) -> NamedDivisions:
    """Name divisions in English, independent of their order.

    In: divisions with different codes, known levels and names that aren't empty; at the level of townships only those
    that are 乡, 镇 or 街道. A problem is unknown_kind, no_reading, label_too_long or label_clash.
    """
    result = NamedDivisions()
    for siblings in _by_host(divisions).values():
        _name_siblings(siblings, result)
    return result


def _by_host(divisions: Iterable[Division]) -> dict[str, list[Division]]:
    """Divisions whose host labels stand side by side: sichuan.BASE and chengdu.BASE, jinjiang.chengdu.BASE, …"""
    groups: dict[str, list[Division]] = defaultdict(list)
    for division in divisions:
        groups["" if division.level in ("province", "city") else division.parent_code].append(division)
    return groups


def _name_siblings(siblings: list[Division], result: NamedDivisions) -> None:
    reviewed: dict[str, ReviewedName] = {}
    derived: dict[str, tuple[Division, str]] = {}
    for one in siblings:
        row = reviewed_name(one.code, one.name)
        if row:
            reviewed[one.code] = row
            continue
        try:
            derived[one.code] = one, derived_english_name(one.name, one.level)
        except UnknownKindError:
            result.problems[one.code] = "unknown_kind", {"name": one.name}
        except NoReadingError as error:
            result.problems[one.code] = "no_reading", {"name": one.name, "characters": error.characters}

    labels = {code: row.host_label for code, row in reviewed.items()}
    taken = frozenset(labels.values())
    for level in ("province", "city", "county", "township"):
        names = {code: one.name for code, (one, _) in derived.items() if one.level == level}
        labels |= sibling_labels(names, level, taken)

    owners: dict[str, list[str]] = defaultdict(list)
    for code, label in labels.items():
        owners[label].append(code)
    for code, label in labels.items():
        if len(owners[label]) > 1:
            other = next(other for other in owners[label] if other != code)
            result.problems[code] = "label_clash", {"label": label, "other": other}
        elif not is_host_label(label):
            result.problems[code] = "label_too_long", {"label": label, "length": len(label)}
        elif code in reviewed:
            row = reviewed[code]
            result.names[code] = EnglishName(code, row.english_name, label, derived=False)
        else:
            result.names[code] = EnglishName(code, derived[code][1], label, derived=True)
