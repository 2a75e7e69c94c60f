"""Reading files of this system's own form (`guides.own_format`) back into facts. What can't be is refused, not read over."""

import datetime
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheets import unguarded
from guides.facts import CHILD_FACTS, CHILDREN, ITEM_FACTS, Fact, FactKind, Facts, Rows
from guides.importing.departments import Departments
from guides.importing.files import SourceRow, Table, is_json_lines, is_workbook, read_sheets, read_table, table_of_sheet
from guides.importing.reading import LONGEST_CODE, ReadRow, is_code
from guides.importing.report import Report
from guides.models import CatalogueItem, Tier
from guides.own_format import (
    ADOPTION_PREFIX,
    DEPARTMENT_NAME,
    ITEM,
    ITEMS_SHEET,
    LIVE,
    POSITION,
    VERSION,
    columns_of_items,
    from_workbook,
)
from sites.models import Department


class _Bad(ValueError):
    """A value that can't stand where it stands, with the reason in words."""


def read_own(
    content: bytes,
    rows: Rows,
    departments: Departments,
    report: Report,
    progress: Callable[[str, int, int], None],
) -> list[ReadRow]:
    """The rows of a file of this system's own form; what somebody made of it that can't be is refused."""
    if is_workbook(content):
        sources, heading_row, columns = _from_sheets(content, report)
    else:
        table = read_table(content, [*columns_of_items(), *CHILDREN], report, keep_numbers=True)
        sources, heading_row, columns = table.rows, table.heading_row, table.columns
        if not is_json_lines(content):
            sources = [
                SourceRow(one.row, {name: unguarded(text) for name, text in one.values.items()}) for one in sources
            ]
    report.rows = len(sources)
    for column in columns:
        if column.startswith(ADOPTION_PREFIX):
            report.add(heading_row, column, column, "centre_facts_not_imported")
        elif column not in (*columns_of_items(), *CHILDREN):
            report.add(heading_row, column, column, "unknown_column")
    if report.refused:
        return []
    reader = _OwnReader(rows, departments, report)
    found = []
    for number, source in enumerate(sources, start=1):
        row = reader.read(source)
        if row is not None:
            found.append(row)
        if number % 200 == 0 or number == len(sources):
            progress(_("reading"), number, len(sources))
    _refuse_unknown_items(found, rows, report)
    return found


def _from_sheets(content: bytes, report: Report) -> tuple[list[SourceRow], int, list[str]]:
    """The rows of a workbook with the children from their sheets, as JSON lines would have them."""
    sheets = {sheet.name: table_of_sheet(sheet, report) for sheet in read_sheets(content, report)}
    for name in (ITEMS_SHEET, *CHILDREN):
        if sheets and name not in sheets:
            report.add(1, name, "", "unreadable", reason=_("there is no sheet “%(name)s”") % {"name": name})
    for name in sheets:
        if name not in (ITEMS_SHEET, *CHILDREN):
            report.add(1, "", name, "other_sheet")
    items = sheets.get(ITEMS_SHEET, Table())
    _require(items, columns_of_items(), report)
    children = {relation: _children_of_sheet(relation, sheets.get(relation, Table()), report) for relation in CHILDREN}
    if not items.rows and not report.refused:
        report.add(1, "", "", "empty_file")
    found = []
    for source in items.rows:
        values: dict[str, Any] = {column: _cell(text) for column, text in source.values.items()}
        for relation in CHILDREN:
            found_here = children[relation].pop(str(values.get("code")), [])
            values[relation] = [one for _position, one in sorted(found_here, key=_position_of)]
        found.append(SourceRow(source.row, values))
    for relation, by_item in children.items():
        for code, lost in by_item.items():
            report.add(items.heading_row, relation, f"{code} ({len(lost)})", "bad_value", reason=_("no such item here"))
    return found, items.heading_row, items.columns


def _position_of(child: tuple[int, Any]) -> int:
    return child[0]


def _cell(text: Any) -> Any:
    try:
        return from_workbook(text)
    except ValueError:
        return text  # told where the column's value is read


def _require(table: Table, columns: list[str], report: Report) -> None:
    for column in columns:
        if table.columns and column not in table.columns:
            report.add(table.heading_row, column, "", "missing_column", column=column)


def _children_of_sheet(relation: str, table: Table, report: Report) -> dict[str, list[tuple[int, Any]]]:
    """The rows of a sheet of children by the code of their item, each with its place."""
    _require(table, [ITEM, POSITION, *CHILD_FACTS[relation]], report)
    found: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for source in table.rows:
        values = {column: _cell(text) for column, text in source.values.items()}
        position = str(values.pop(POSITION, "")).strip()
        code = values.pop(ITEM, "")
        if not position.isdecimal():
            report.add(source.row, f"{relation}.{POSITION}", position, "bad_value", reason=_("a number is needed"))
            continue
        found[code].append((int(position), values))
    return found


class _OwnReader:
    """Reads rows into facts; a value that can't be is a refusal."""

    def __init__(self, rows: Rows, departments: Departments, report: Report) -> None:
        self.rows, self.departments, self.report = rows, departments, report

    def read(self, source: SourceRow) -> ReadRow | None:
        code = _plain(source.values["code"])
        if not code:
            self.report.add(source.row, "code", "", "no_code")
            return None
        if not is_code(code):
            self.report.add(source.row, "code", code, "bad_code", longest=LONGEST_CODE)
            return None
        facts: Facts = {}
        for name, fact in ITEM_FACTS.items():
            facts[name] = self._fact(fact, source.values[name], source, name)
        for relation in CHILDREN:
            facts[relation] = list(self._children(relation, source))
        if not facts["name_zh_hans"]:
            self.report.add(source.row, "name_zh_hans", "", "no_name")
        version = _plain(source.values[VERSION])
        if version and not version.isdecimal():
            self.report.add(source.row, VERSION, version, "bad_value", reason=_("a number is needed"))
            version = ""
        live = self._fact(Fact(LIVE, FactKind.YES_OR_NO), source.values[LIVE], source, LIVE)
        self._add_department(facts["department"], source)
        columns = {name: name for name in facts}
        return ReadRow(
            source.row, code, facts, columns=columns, is_published=live, version=int(version) if version else None
        )

    def _fact(self, fact: Fact, value: Any, source: SourceRow, place: str) -> Any:
        try:
            return self._value(fact, value, source.row, place)
        except _Bad as error:
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            self.report.add(source.row, place, shown, "bad_value", reason=str(error))
            return fact.default

    def _children(self, relation: str, source: SourceRow) -> Iterator[Facts]:
        value = source.values[relation]
        try:
            children = value if isinstance(value, list) else _json(value, list)
        except _Bad as error:
            self.report.add(source.row, relation, str(value), "bad_value", reason=str(error))
            return
        for number, child in enumerate(children, start=1):
            if not isinstance(child, Mapping) or set(child) != set(CHILD_FACTS[relation]):
                reason = _("number %(number)d needs exactly these entries: %(names)s") % {
                    "number": number,
                    "names": ", ".join(CHILD_FACTS[relation]),
                }
                self.report.add(source.row, relation, json.dumps(child, ensure_ascii=False), "bad_value", reason=reason)
                continue
            yield {
                name: self._fact(fact, child[name], source, f"{relation}.{number}.{name}")
                for name, fact in CHILD_FACTS[relation].items()
            }

    def _value(self, fact: Fact, value: Any, row: int, place: str) -> Any:
        match fact.kind:
            case FactKind.TEXT:
                return _text(fact, value)
            case FactKind.WORDS:
                return value if isinstance(value, Mapping) else _json(value, dict)
            case FactKind.CHOICES:
                keys = _keys(value)
                for key in keys:
                    _require_choice(fact, key)
                return keys
            case FactKind.KEYS:
                return sorted(key for key in _keys(value) if self._is_here(fact, key, row, place))
        text = _plain(value)
        match fact.kind:
            case FactKind.KEY:
                # Items are looked for when all rows are read, departments are added (`_add_department`).
                lenient = fact.to is CatalogueItem or (fact.name == "department" and place == "department")
                return text if not text or lenient or self._is_here(fact, text, row, place) else ""
            case FactKind.CHOICE:
                # An item without a type is a draft.
                if text or not (fact.nullable or fact.name == "item_type"):
                    _require_choice(fact, text)
                return text
            case FactKind.YES_OR_NO:
                return _yes_or_no(fact, text)
            case FactKind.NUMBER:
                return _number(fact, text)
            case FactKind.AMOUNT:
                return _amount(text)
            case _:
                return _day(text)

    def _is_here(self, fact: Fact, key: str, row: int, place: str) -> bool:
        if self.rows.get(fact.to, key) is not None:
            return True
        self.report.add(row, place, key, "unknown_value")
        return False

    def _add_department(self, code: str, source: SourceRow) -> None:
        """A department of another installation is added under the code and the name that it has there."""
        name = _plain(source.values[DEPARTMENT_NAME])
        if code and self.rows.get(Department, code) is None:
            self.departments.code(name or code, {name or code: code}, source.row, "department", self.report)


def _refuse_unknown_items(read: list[ReadRow], rows: Rows, report: Report) -> None:
    """What rows refer to must be in the file or here, and nothing may go round in a circle."""
    by_code = {row.code: row for row in read}
    for row in read:
        for name in ("parent", "successor"):
            code = row.facts[name]
            if code and code not in by_code and rows.get(CatalogueItem, code) is None:
                report.add(row.row, name, code, "unknown_reference")
            if code and _comes_back(row.code, name, by_code):
                report.add(row.row, name, code, "bad_value", reason=_("the item would belong to itself"))
        tier = row.facts["tier"]
        if tier == Tier.MAIN and row.facts["parent"]:
            report.add(row.row, "parent", row.facts["parent"], "bad_value", reason=_("a main item belongs to nothing"))


def _comes_back(code: str, name: str, by_code: Mapping[str, ReadRow]) -> bool:
    seen, at = set(), code
    while at in by_code and at not in seen:
        seen.add(at)
        at = by_code[at].facts[name]
    return at == code


# -- Values -------------------------------------------------------------------------


def _plain(value: Any) -> str:
    """A value as a text without space around it: texts of CSV and workbooks, numbers and words of JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise _Bad(_("a text is needed"))
    return value.strip()


def _text(fact: Fact, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Bad(_("a text is needed"))
    if fact.longest and len(value) > fact.longest:
        raise _Bad(_("at most %(number)d characters fit") % {"number": fact.longest})
    return value


def _json(value: Any, kind: type) -> Any:
    text = _plain(value)
    if not text:
        return kind()
    try:
        found = json.loads(text)
    except ValueError as error:
        raise _Bad(str(error)) from None
    if not isinstance(found, kind):
        raise _Bad(_("JSON of another kind is needed"))
    return found


def _keys(value: Any) -> list[str]:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return [key for key in re.split(r"[,;，；、\s]+", _plain(value)) if key]


def _require_choice(fact: Fact, key: str) -> None:
    if key not in fact.choices:
        raise _Bad(_("one of these is needed: %(keys)s") % {"keys": ", ".join(fact.choices)})


def _yes_or_no(fact: Fact, text: str) -> bool | None:
    words = {"true": True, "yes": True, "是": True, "1": True, "false": False, "no": False, "否": False, "0": False}
    if not text and fact.nullable:
        return None
    if text.lower() not in words:
        raise _Bad(_("yes or no is needed"))
    return words[text.lower()]


def _number(fact: Fact, text: str) -> int | None:
    if not text and fact.nullable:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise _Bad(_("a number is needed"))
    return int(text)


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise _Bad(_("an amount is needed")) from None
    if not amount.is_finite() or amount < 0 or amount >= 10**10 or amount != round(amount, 2):
        raise _Bad(_("an amount is needed"))
    return round(amount, 2)


def _day(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _Bad(_("a date like 2026-11-24 is needed")) from None
