"""From a row of a source to facts of ours: what the mapping says a value means, and findings for the rest."""

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.limits import Limit, LimitUnit
from guides.facts import ITEM_FACTS, Facts, Rows, with_defaults
from guides.importing.departments import Departments
from guides.importing.files import SourceRow
from guides.importing.mapping import Check, FieldMapping, Group, Mapping, limit_from_key
from guides.importing.report import Report
from guides.importing.targets import TARGETS, Kind
from guides.importing.texts import clean, clean_line, normalised
from guides.models import CatalogueItem, Theme
from guides.models.catalogue import ITEM_CODE
from guides.vocabulary import HandlingKind, Tier
from sites.models import ServiceMode

LONGEST_CODE = CatalogueItem._meta.get_field("code").max_length or 0
LONGEST_NAME = CatalogueItem._meta.get_field("name").max_length or 0

UNITS: dict[str, LimitUnit] = {
    "工作日": LimitUnit.WORKING_DAYS,
    "个工作日": LimitUnit.WORKING_DAYS,
    "working days": LimitUnit.WORKING_DAYS,
    "working day": LimitUnit.WORKING_DAYS,
    "自然日": LimitUnit.NATURAL_DAYS,
    "个自然日": LimitUnit.NATURAL_DAYS,
    "日历日": LimitUnit.NATURAL_DAYS,
    "calendar days": LimitUnit.NATURAL_DAYS,
    "calendar day": LimitUnit.NATURAL_DAYS,
    "个月": LimitUnit.MONTHS,
    "月": LimitUnit.MONTHS,
    "months": LimitUnit.MONTHS,
    "month": LimitUnit.MONTHS,
    "年": LimitUnit.YEARS,
    "years": LimitUnit.YEARS,
    "year": LimitUnit.YEARS,
}
# 30(工作日), 30个工作日, 3 months, 20. “天” and “日” alone don't say which days: they are for a mapping to say.
_LIMIT = re.compile(r"(\d{1,4})(?:\.0)?\s*\(?\s*([^\d\s()][^()]*?)?\s*\)?")
_DAY = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?")


@dataclass(frozen=True)
class GroupRef:
    """A main or sub-item that a row belongs to, as the row names it."""

    code: str
    name: str
    tier: str
    column: str
    is_derived: bool
    words: dict[str, Any]


@dataclass
class ReadRow:
    """A row of a source, as far as it was understood.

    facts: what the item is to say; fields of which the source says nothing aren't among them. words: the source's
    own words. division: whose list it is. columns: the column that each fact was read from. groups: what it belongs to, from the top down.
    """

    row: int
    code: str
    facts: Facts
    words: dict[str, Any] = field(default_factory=dict)
    division: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    groups: list[GroupRef] = field(default_factory=list)
    is_published: bool = True
    version: int | None = None


def text_of(value: Any) -> str | None:
    """A value of a source as one text; None where it is a list or an object."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None


def shown(value: Any) -> str:
    """A value of a source for a finding."""
    text = text_of(value)
    if text is not None:
        return text
    return "、".join(map(shown, value)) if isinstance(value, list) else str(value)


def is_blank(value: Any) -> bool:
    return not value.strip() if isinstance(value, str) else value is None or value == [] or value == {}


class Reader:
    """Reads the rows of one file with one mapping; what is odd goes into the report."""

    def __init__(self, mapping: Mapping, report: Report, rows: Rows, departments: Departments, level: str = "") -> None:
        self.mapping, self.report, self.rows, self.departments = mapping, report, rows, departments
        self.level = level
        # What many rows belong to is looked at once.
        self.names_of_groups: dict[tuple[str, str], str] = {}

    def read(self, source: SourceRow) -> ReadRow | None:
        """A row as facts; None, with a finding that says why, where it has to be refused."""
        code = self._code(source)
        if code is None:
            return None
        read = ReadRow(source.row, code, {"code": code, "tier": Tier.HANDLING})
        for target, mapping in self.mapping.fields.items():
            self._read_field(target, mapping, source, read)
        if not read.facts["name_zh_hans"]:
            self.report.add(source.row, self.mapping.fields["name"].column, "", "no_name")
            return None
        if self.level and "exercise_levels" not in read.facts:
            read.facts["exercise_levels"] = [self.level]
        read.groups = list(self._groups(source, code))
        self._check_materials(read)
        self._check_limits(read, source)
        self._check_columns(source)
        read.words = self._words(source, read)
        return read

    # -- The code and what the row belongs to ---------------------------------------

    def _code(self, source: SourceRow) -> str | None:
        raw = text_of(source.values.get(self.mapping.key)) or ""
        code = clean(raw, source.row, self.mapping.key, self.report)
        if not code:
            self.report.add(source.row, self.mapping.key, shown(source.values.get(self.mapping.key)), "no_code")
            return None
        if not is_code(code):
            self.report.add(source.row, self.mapping.key, code, "bad_code", longest=LONGEST_CODE)
            return None
        return code

    def _groups(self, source: SourceRow, code_of_row: str) -> Iterator[GroupRef]:
        above = code_of_row
        for group in self.mapping.groups:
            found = self._group(group, source)
            # A code that stands again one level down, or as the row's own, is the same item.
            if found is None or found.code in (above, code_of_row):
                continue
            above = found.code
            yield found

    def _group(self, group: Group, source: SourceRow) -> GroupRef | None:
        raw_name = text_of(source.values.get(group.name)) or ""
        if (group.name, raw_name) not in self.names_of_groups:
            cleaned = clean_line(raw_name, source.row, group.name, self.report)
            self.names_of_groups[group.name, raw_name] = cleaned
        name = self.names_of_groups[group.name, raw_name]
        raw_code = text_of(source.values.get(group.code)) or "" if group.code else ""
        code = clean(raw_code, source.row, group.code, self.report) if group.code else ""
        if not name:
            if code:
                self.report.add(source.row, group.name, code, "not_understood")
            return None
        if len(name) > LONGEST_NAME:
            self.report.add(source.row, group.name, name, "too_long", length=len(name), longest=LONGEST_NAME)
            return None
        if code and not is_code(code):
            self.report.add(source.row, group.code, code, "not_understood")
            code = ""
        words = {"name": raw_name} | ({"code": raw_code} if raw_code else {})
        return GroupRef(code or derived_code(name), name, group.tier, group.name, not code, words)

    # -- Fields ---------------------------------------------------------------------

    def _read_field(self, target: str, mapping: FieldMapping, source: SourceRow, read: ReadRow) -> None:
        value = source.values.get(mapping.column)
        if mapping.remove_prefix and isinstance(value, str):
            value = value.strip().removeprefix(mapping.remove_prefix)
        says_nothing = is_blank(value) or (isinstance(value, str) and value.strip() in mapping.nothing)
        if not says_nothing and isinstance(value, str) and value.strip() in mapping.doubtful:
            self.report.add(source.row, mapping.column, value, "none_or_unknown")
            says_nothing = True
        for fact in mapping.target.facts:
            read.columns[fact] = mapping.column
        if mapping.target.kind == Kind.CENTRE_FACT:
            if not says_nothing:
                self._read_centre_fact(target, mapping, value, source, read)
            return
        found = self._empty(mapping) if says_nothing else None
        if found is None:
            found = self._understood(mapping, value, source)
        if mapping.code_column and mapping.target.kind == Kind.CHOICE:
            found = self._against_code(mapping, found, says_nothing, source)
        read.facts |= found

    def _empty(self, mapping: FieldMapping) -> Facts:
        """What a field says whose source says nothing."""
        match mapping.target.kind:
            case Kind.LIMIT:
                number, unit = mapping.target.facts
                return {number: None, unit: LimitUnit.WORKING_DAYS}
            case Kind.CHOICES | Kind.DEPARTMENTS | Kind.THEMES | Kind.MODES:
                return {mapping.target.name: []}
            case Kind.CHILDREN:
                return {mapping.target.name: []} | ({"needs_no_materials": False} if mapping.none_needed else {})
            case Kind.NUMBER | Kind.DATE:
                return {mapping.target.name: None}
            case Kind.YES_OR_NO:
                return {mapping.target.name: None if mapping.target.name == "charges" else False}
            case _:
                fact = mapping.target.facts[0]
                return {fact: ITEM_FACTS[fact].default}

    def _understood(self, mapping: FieldMapping, value: Any, source: SourceRow) -> Facts:
        """What a field says, whose value isn't blank; as good as nothing where it isn't understood."""
        row, column, target = source.row, mapping.column, mapping.target
        if target.kind in (Kind.CHOICES, Kind.DEPARTMENTS, Kind.THEMES, Kind.MODES, Kind.CHILDREN):
            entries = self._entries(mapping, value, row)
            if entries is None:
                return self._empty(mapping)
            return self._understood_list(mapping, entries, row)
        text = text_of(value)
        if text is None:
            self.report.add(row, column, shown(value), "not_understood")
            return self._empty(mapping)
        match target.kind:
            case Kind.LINE | Kind.TEXT:
                cleaner = clean_line if target.kind == Kind.LINE else clean
                return {target.facts[0]: self._fitting(cleaner(text, row, column, self.report), mapping, row)}
            case Kind.CHOICE | Kind.YES_OR_NO:
                meaning = self._meaning(mapping, text, row)
                return self._empty(mapping) if meaning is None else {target.name: meaning}
            case Kind.LIMIT:
                limit = self._limit(mapping, text, source)
                if limit is not None:
                    number, unit = target.facts
                    return {number: limit.number, unit: limit.unit.value}
            case Kind.DEPARTMENT:
                name = clean_line(text, row, column, self.report)
                return {target.name: self.departments.code(name, mapping.values, row, column, self.report)}
            case Kind.NUMBER:
                number_text = normalised(text)
                if re.fullmatch(r"\d{1,4}", number_text):
                    return {target.name: int(number_text)}
            case Kind.DATE:
                day = day_of(normalised(text))
                if day is not None:
                    return {target.name: day}
        self.report.add(row, column, text, "not_understood")
        return self._empty(mapping)

    def _fitting(self, text: str, mapping: FieldMapping, row: int) -> str:
        longest = mapping.target.longest
        if not longest or len(text) <= longest:
            return text
        code = "name_too_long" if mapping.target.name == "name" else "too_long"
        self.report.add(row, mapping.column, text, code, length=len(text), longest=longest)
        return text if code == "name_too_long" else ""

    def _meaning(self, mapping: FieldMapping, text: str, row: int, *, code: bool = False) -> str | bool | None:
        """What a value of a table means; None, and a finding, where the table doesn't have it."""
        column, table = (mapping.code_column, mapping.codes) if code else (mapping.column, mapping.values)
        text = clean(text, row, column, self.report)
        if text in table:
            return table[text]
        for value, meaning in table.items():
            if normalised(value) == normalised(text):
                self.report.add(row, column, text, "width_difference")
                return meaning
        self.report.add(row, column, text, "unknown_value")
        return None

    def _against_code(self, mapping: FieldMapping, found: Facts, says_nothing: bool, source: SourceRow) -> Facts:
        """Hold what the words say against the column that says it as a code."""
        raw = source.values.get(mapping.code_column)
        if is_blank(raw):
            return found
        code = text_of(raw)
        meaning = self._meaning(mapping, code, source.row, code=True) if code is not None else None
        name = mapping.target.name
        if meaning is None:
            return found
        if says_nothing:
            return {name: meaning}  # there are no words that could say otherwise
        if found[name] != meaning:
            words = shown(source.values.get(mapping.column))
            self.report.add(
                source.row,
                mapping.column,
                words,
                "code_text_mismatch",
                code=code,
                code_field=mapping.code_column,
            )
        return found

    def _limit(self, mapping: FieldMapping, text: str, source: SourceRow) -> Limit | None:
        row, column = source.row, mapping.column
        text = clean(text, row, column, self.report)
        if text in mapping.values:
            return limit_from_key(str(mapping.values[text]))
        bare = text.replace("（", "(").replace("）", ")")
        found = _LIMIT.fullmatch(bare)
        if found is None:
            found = _LIMIT.fullmatch(normalised(text))
            if found is not None:
                self.report.add(row, column, text, "width_difference")
        if found is None:
            return None
        unit: LimitUnit | None = None
        if found[2]:
            unit = UNITS.get(found[2])
        elif mapping.unit_column:
            unit = UNITS.get(normalised(text_of(source.values.get(mapping.unit_column)) or ""))
        elif mapping.unit:
            unit = LimitUnit(mapping.unit)
        return None if unit is None else Limit(int(found[1]), unit)

    # -- Lists ----------------------------------------------------------------------

    def _entries(self, mapping: FieldMapping, value: Any, row: int) -> list[str] | None:
        """The entries of a list, as JSON has it or as a text with a separator; None where it is neither."""
        if isinstance(value, list):
            texts = [text_of(one) for one in value]
            if any(text is None for text in texts):
                self.report.add(row, mapping.column, shown(value), "not_understood")
                return None
            return [text for text in texts if text and text.strip() and text.strip() not in mapping.nothing]
        text = text_of(value)
        if text is None:
            self.report.add(row, mapping.column, shown(value), "not_understood")
            return None
        parts = text.split(mapping.separator) if mapping.separator else [text]
        return [part for part in parts if part.strip() and part.strip() not in mapping.nothing]

    def _understood_list(self, mapping: FieldMapping, entries: list[str], row: int) -> Facts:
        target = mapping.target
        match target.kind:
            case Kind.CHILDREN:
                return self._named_children(mapping, entries, row)
            case Kind.DEPARTMENTS:
                names = [clean_line(entry, row, mapping.column, self.report) for entry in entries]
                codes = {self.departments.code(one, mapping.values, row, mapping.column, self.report) for one in names}
                return {target.name: sorted(codes - {""})}
            case Kind.CHOICES:
                keys = {self._meaning(mapping, entry, row) for entry in entries}
                return {target.name: [key for key in target.choices if key in keys]}
        model = Theme if target.kind == Kind.THEMES else ServiceMode
        found = {self._key_of_row(model, mapping, entry, row) for entry in entries}
        return {target.name: sorted(key for key in found if key)}

    def _key_of_row(self, model: type, mapping: FieldMapping, entry: str, row: int) -> str | None:
        """The key of a theme or service mode, by the mapping's table or by its own name."""
        name = clean(entry, row, mapping.column, self.report)
        key = str(mapping.values.get(name, ""))
        if not key:
            key = next((key for key, one in self.rows.known[model].items() if one.name_zh_hans == name), "")
        if self.rows.get(model, key) is None:
            self.report.add(row, mapping.column, name, "unknown_value")
            return None
        return key

    def _named_children(self, mapping: FieldMapping, entries: list[str], row: int) -> Facts:
        """Child rows of which the source gives the names alone."""
        target, children = mapping.target, []
        says_none = [entry for entry in entries if entry.strip() in mapping.none_needed]
        for entry in entries:
            name = clean_line(entry, row, mapping.column, self.report) if entry not in says_none else ""
            if name and self._fitting(name, mapping, row):
                children.append(with_defaults(target.name, _child_facts(mapping, name)))
        if says_none and children:
            self.report.add(row, mapping.column, says_none[0], "materials_contradict")
        if target.name == "materials" and children:
            self.report.add(row, mapping.column, str(len(children)), "materials_by_name_only")
        facts: Facts = {target.name: children}
        if mapping.none_needed:
            facts["needs_no_materials"] = bool(says_none) and not children
        return facts

    # -- Facts of the centre --------------------------------------------------------

    def _read_centre_fact(
        self, target: str, mapping: FieldMapping, value: Any, source: SourceRow, read: ReadRow
    ) -> None:
        """A fact that the division's own centre may take over; it stands in the source's words under a fixed key."""
        text = text_of(value)
        if text is None:
            self.report.add(source.row, mapping.column, shown(value), "not_understood")
            return
        text = clean_line(text, source.row, mapping.column, self.report)
        if "telephone" in target and not re.search(r"\d", normalised(text)):
            self.report.add(source.row, mapping.column, text, "not_a_telephone")
            return
        if mapping.target.longest and len(text) > mapping.target.longest:
            self.report.add(
                source.row, mapping.column, text, "too_long", length=len(text), longest=mapping.target.longest
            )
        read.words[target] = text

    # -- Columns against each other -------------------------------------------------

    def _check_materials(self, read: ReadRow) -> None:
        """A column that says “none needed” beside one that lists some."""
        if read.facts.get("needs_no_materials") and read.facts.get("materials"):
            column = read.columns.get("needs_no_materials", read.columns["materials"])
            self.report.add(read.row, column, "", "materials_contradict")
            read.facts["needs_no_materials"] = False

    def _check_limits(self, read: ReadRow, source: SourceRow) -> None:
        """Keep out what would break the catalogue's rules (`guides.rules`), and tell a promise without a law."""
        statutory, promised = limit_in(read.facts, "statutory"), limit_in(read.facts, "promised")
        if promised is None:
            return

        def words(name: str) -> str:
            return shown(source.values.get(read.columns[name]))

        column, said = read.columns["promised_limit"], words("promised_limit")
        if statutory is None:
            if "statutory_limit" in read.columns:
                self.report.add(read.row, column, said, "promise_without_statutory_limit")
        elif promised.is_comparable(statutory) and promised > statutory:
            other = words("statutory_limit")
            self.report.add(read.row, column, said, "promise_longer_than_statutory_limit", other=other)
            read.facts |= {"promised_limit": None, "promised_unit": LimitUnit.WORKING_DAYS}
            return
        kind = read.facts.get("handling_kind")
        if kind == HandlingKind.IMMEDIATE and promised.number > 0:
            # Days are a promise that can be kept.
            column = read.columns["handling_kind"]
            self.report.add(read.row, column, words("handling_kind"), "handling_kind_against_promise", other=said)
            read.facts["handling_kind"] = ""
        elif kind == HandlingKind.PROMISED and promised.number == 0:
            other = words("handling_kind")
            self.report.add(read.row, column, said, "promise_against_handling_kind", other=other)
            read.facts["promised_limit"] = None

    def _check_columns(self, source: SourceRow) -> None:
        for check in self.mapping.checks:
            one, other = (text_of(source.values.get(column)) for column in (check.column, check.other))
            if one is None or other is None or not one.strip() or not other.strip():
                continue
            if not _agree(check, one.strip(), other.strip()):
                self.report.add(source.row, check.column, one, "columns_disagree", other_field=check.other, other=other)

    # -- The source's words ---------------------------------------------------------

    def _words(self, source: SourceRow, read: ReadRow) -> dict[str, Any]:
        """Every value of the row that isn't blank: under our field's name where one is read from it, else the column's.

        A fact of the centre stands there as it was understood; where that isn't what the source wrote, the source's
        own text stands beside it under the column's name. So does a code that isn't what the source wrote.
        """
        words = dict(read.words)
        targets = {mapping.column: mapping.target for mapping in reversed([*self.mapping.fields.values()])}
        for column, value in source.values.items():
            target = targets.get(column)
            is_known = column == self.mapping.key and value == read.code
            if is_blank(value) or is_known or (target and words.get(target.name) == value):
                continue
            # What was no telephone mustn't stand where adoptions look for one, nor a column that only has its name.
            own = [target.name] if target and target.kind != Kind.CENTRE_FACT else []
            names = [*own, *([column] if column not in TARGETS else []), f"column {column}"]
            words[next(name for name in names if name not in words)] = value
        return words


def _child_facts(mapping: FieldMapping, name: str) -> Facts:
    """A child by its name, and by the condition that the name has in it, where the mapping says how that is written."""
    found = mapping.conditional.fullmatch(name) if mapping.conditional else None
    if found is None:
        return {mapping.target.child: name}
    return {mapping.target.child: found["name"], "is_required": False, "condition_zh_hans": found["condition"]}


def _agree(check: Check, one: str, other: str) -> bool:
    match check.kind:
        case "same":
            return normalised(one) == normalised(other)
        case "begins_with":
            return one.startswith(other)
        case "contains":
            return other in one
        case _:
            return check.values.get(one) == other


def is_code(text: str) -> bool:
    return len(text) <= LONGEST_CODE and re.search(ITEM_CODE.regex, text) is not None


def derived_code(name: str) -> str:
    """A code for an item of which the source gives the name alone: the same for the same name, whoever names it."""
    return f"derived-{hashlib.sha256(normalised(name).encode()).hexdigest()[:12]}"


def day_of(text: str) -> datetime.date | None:
    """2026-11-24, 2026/11/24, 2026年11月24日, with or without an hour."""
    found = _DAY.match(text)
    if found is None:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def limit_in(facts: Facts, which: str) -> Limit | None:
    number = facts.get(f"{which}_limit")
    return None if number is None else Limit(number, LimitUnit(facts[f"{which}_unit"]))
