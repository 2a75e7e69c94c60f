"""Mappings: data that say what the columns of a source mean. `docs/catalogue-exchange.md` describes their form.

A mapping is a TOML or JSON file, one of `guides/mappings/`, or a row of `guides.models.ImportMapping`. It says for
each of our fields which column it is read from and what the source's values mean; what it doesn't say isn't guessed.
"""

import json
import re
import tomllib
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.limits import Limit, LimitUnit
from guides.importing.targets import TARGETS, Kind, Target
from guides.vocabulary import Tier
from sites.models import Level

BUILT_IN = Path(__file__).resolve().parent.parent / "mappings"
# The mapping of this system's own exports isn't a file: it is the list of columns that the export writes.
OWN = "yizhan"

CHECKS: dict[str, str | Promise] = {
    "same": gettext_lazy("both columns say the same"),
    "begins_with": gettext_lazy("the first column begins with the second"),
    "contains": gettext_lazy("the first column contains the second"),
    "code": gettext_lazy("the second column says in words what the first says as a code"),
}


class MappingError(ValueError):
    """A mapping that can't be used, with what is wrong in words."""


@dataclass(frozen=True)
class FieldMapping:
    """How one of our fields is read.

    column: the source's column. values: what the source's values mean, as our keys (as text, or true and false).
    code_column, codes: a second column that says the same as a code; it is held against the first.
    nothing: values that say nothing. doubtful: values that may mean "none" or "not known" (a finding says so).
    separator: what separates the entries of a list that is one text. unit: the unit of limits that name none;
    unit_column: the column that names it. remove_prefix: a fixed text before the value.
    none_needed: values of a list of materials that say that none is needed. conditional: how a material says that it
    is needed under a condition only, a pattern with the groups `name` and `condition`.
    """

    target: Target
    column: str
    values: MappingType[str, str | bool] = field(default_factory=dict)
    code_column: str = ""
    codes: MappingType[str, str | bool] = field(default_factory=dict)
    nothing: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    separator: str = ""
    unit: str = ""
    unit_column: str = ""
    remove_prefix: str = ""
    none_needed: frozenset[str] = frozenset()
    conditional: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Group:
    """What the rows belong to: a main or a sub-item that two columns name. Without a column of codes one is derived."""

    tier: str
    name: str
    code: str = ""


@dataclass(frozen=True)
class Check:
    """Two columns that must agree (`CHECKS`)."""

    kind: str
    column: str
    other: str
    values: MappingType[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """A mapping, ready to read with. `definition` is the data that it was made of."""

    name: str
    key: str
    fields: MappingType[str, FieldMapping]
    groups: tuple[Group, ...] = ()
    checks: tuple[Check, ...] = ()
    keep: frozenset[str] = frozenset()
    level: str = ""
    sheet: str = ""
    division_column: str = ""
    division_pattern: re.Pattern[str] | None = None
    definition: MappingType[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Every column that the source must have, in the mapping's order."""
        found = [self.key]
        for each in self.fields.values():
            found += [each.column, each.code_column, each.unit_column]
        for group in self.groups:
            found += [group.name, group.code]
        for check in self.checks:
            found += [check.column, check.other]
        found.append(self.division_column)
        return list(dict.fromkeys(column for column in found if column))

    def knows(self, column: str) -> bool:
        return column in self.keep or column in self.columns


# -- Where mappings come from -------------------------------------------------------


def built_in_names() -> list[str]:
    """The names of the mappings that come with the system, this system's own form included."""
    return [*sorted(path.stem for path in BUILT_IN.glob("*.toml")), OWN]


def load(name_or_path: str) -> Mapping:
    """A mapping by the name of a built-in one, or the path of a TOML or JSON file. Raises MappingError."""
    path = BUILT_IN / f"{name_or_path}.toml"
    if not re.fullmatch(r"[\w-]+", name_or_path) or not path.exists():
        path = Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
        definition = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise MappingError(
            _("There is no mapping “%(name)s”: %(reason)s.") % {"name": name_or_path, "reason": error.strerror}
        ) from None
    except ValueError as error:
        raise MappingError(
            _("The mapping “%(name)s” can't be read: %(reason)s.") % {"name": name_or_path, "reason": error}
        ) from None
    return parse(definition, path.stem)


# -- From data ----------------------------------------------------------------------


def parse(definition: Any, name: str) -> Mapping:
    """A mapping from its data. Raises MappingError, with the first thing that is wrong, for a person to read."""
    top = _Part(definition, "")
    columns = top.table("fields")
    fields = {target: _field_mapping(columns, target) for target in columns.data}
    groups = tuple(_group(part) for part in top.tables("groups"))
    division = top.table("division")
    pattern = division.text("pattern")
    division_pattern = _pattern(pattern)
    if division_pattern is not None and division_pattern.groups != 1:
        raise MappingError(
            _("“%(pattern)s” needs exactly one pair of brackets, around the code.") % {"pattern": pattern}
        )
    if "name" not in fields:
        raise MappingError(_("The mapping doesn't say which column is the name."))
    mapping = Mapping(
        name=name,
        key=top.text("key", required=True),
        fields=fields,
        groups=groups,
        checks=tuple(_check(part) for part in top.tables("checks")),
        keep=frozenset(top.texts("keep")),
        level=top.choice("level", Level.values),
        sheet=top.text("sheet"),
        division_column=division.text("column", required=bool(pattern)),
        division_pattern=division_pattern,
        definition=definition,
    )
    for part in (division, top):
        part.nothing_else(ignore=("label", "fields", "groups", "checks", "division"))
    return mapping


def _pattern(text: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text) if text else None
    except re.error as error:
        raise MappingError(_("“%(pattern)s” is no pattern: %(reason)s.") % {"pattern": text, "reason": error}) from None


class _Part:
    """A table of a definition whose entries are asked for by name; what nobody asked for is a mistake."""

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, dict):
            raise MappingError(_("“%(place)s” of the mapping isn't a table.") % {"place": place or "."})
        self.data, self.place, self.asked = data, place, set()

    def _value(self, name: str, kind: type, required: bool = False) -> Any:
        self.asked.add(name)
        value = self.data.get(name)
        if value is None or value == "":
            if required:
                raise MappingError(_("The mapping lacks “%(place)s”.") % {"place": self.path(name)})
            return kind()
        if not isinstance(value, kind):
            raise MappingError(_("“%(place)s” of the mapping is of the wrong kind.") % {"place": self.path(name)})
        return value

    def path(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def text(self, name: str, required: bool = False) -> str:
        return self._value(name, str, required)

    def choice(self, name: str, choices: list[str], required: bool = False) -> str:
        value = self.text(name, required)
        if value and value not in choices:
            raise MappingError(
                _("“%(place)s” of the mapping is “%(value)s”, not one of %(choices)s.")
                % {"place": self.path(name), "value": value, "choices": ", ".join(choices)}
            )
        return value

    def texts(self, name: str) -> list[str]:
        return [str(one) for one in self._value(name, list)]

    def table(self, name: str) -> "_Part":
        return _Part(self._value(name, dict), self.path(name))

    def tables(self, name: str) -> list["_Part"]:
        return [_Part(one, self.path(name)) for one in self._value(name, list)]

    def nothing_else(self, ignore: tuple[str, ...] = ()) -> None:
        unknown = sorted(set(self.data) - self.asked - set(ignore))
        if unknown:
            raise MappingError(
                _("The mapping has “%(place)s”, which means nothing.") % {"place": self.path(unknown[0])}
            )


def _field_mapping(columns: _Part, name: str) -> FieldMapping:
    if name not in TARGETS:
        raise MappingError(_("There is no field “%(field)s”.") % {"field": name})
    target = TARGETS[name]
    data = columns.data[name]
    part = _Part({"column": data} if isinstance(data, str) else data, columns.path(name))
    mapping = FieldMapping(
        target=target,
        column=part.text("column", required=True),
        values=_values(part.table("values"), target),
        code_column=part.text("code_column"),
        codes=_values(part.table("codes"), target),
        nothing=frozenset(part.texts("nothing")),
        doubtful=frozenset(part.texts("doubtful")),
        separator=part.text("separator"),
        unit=part.choice("unit", LimitUnit.values),
        unit_column=part.text("unit_column"),
        remove_prefix=part.text("remove_prefix"),
        none_needed=frozenset(part.texts("none_needed")),
        conditional=_pattern(part.text("conditional")),
    )
    part.nothing_else()
    if mapping.conditional and not {"name", "condition"} <= set(mapping.conditional.groupindex):
        raise MappingError(
            _("“%(pattern)s” needs the groups “name” and “condition”.") % {"pattern": mapping.conditional.pattern}
        )
    if mapping.code_column and not mapping.codes:
        raise MappingError(_("The mapping lacks “%(place)s”.") % {"place": part.path("codes")})
    return mapping


def _values(part: _Part, target: Target) -> dict[str, str | bool]:
    """What the source's values mean; each meaning must be one of the field's own."""
    found: dict[str, str | bool] = {}
    for value, meaning in part.data.items():
        if not _is_meaning(target, meaning):
            raise MappingError(
                _("“%(place)s” of the mapping says “%(meaning)s”, which the field doesn't know.")
                % {"place": part.path(value), "meaning": meaning}
            )
        found[value] = meaning
    return found


def _is_meaning(target: Target, meaning: Any) -> bool:
    if target.kind == Kind.YES_OR_NO:
        return isinstance(meaning, bool)
    if not isinstance(meaning, str):
        return False
    if target.kind in (Kind.CHOICE, Kind.CHOICES):
        return meaning in target.choices
    if target.kind == Kind.LIMIT:
        return limit_from_key(meaning) is not None
    # Keys of rows of the database are held against it when a file is read.
    return target.kind in (Kind.DEPARTMENT, Kind.DEPARTMENTS, Kind.THEMES, Kind.MODES)


def limit_from_key(text: str) -> Limit | None:
    """A limit as a mapping writes it: “20 working_days”, “3 months”, “0” for done on the spot."""
    found = re.fullmatch(r"(\d{1,4})(?: (\w+))?", text)
    if not found or (found[2] or LimitUnit.WORKING_DAYS) not in LimitUnit.values:
        return None
    if not found[2] and found[1] != "0":
        return None
    return Limit(int(found[1]), LimitUnit(found[2] or LimitUnit.WORKING_DAYS))


def _group(part: _Part) -> Group:
    group = Group(
        tier=part.choice("tier", [Tier.MAIN, Tier.SUB], required=True),
        name=part.text("name", required=True),
        code=part.text("code"),
    )
    part.nothing_else()
    return group


def _check(part: _Part) -> Check:
    kind = part.choice("kind", list(CHECKS), required=True)
    values = part.table("values")
    check = Check(
        kind=kind,
        column=part.text("column", required=True),
        other=part.text("other", required=True),
        values={code: str(text) for code, text in values.data.items()},
    )
    part.nothing_else()
    return check
