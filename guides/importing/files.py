"""Reading CSV, XLSX and JSON lines into rows of columns, as they are: nothing is cleaned, nothing left out."""

import datetime
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.csv_file import decoded, read_rows
from guides.importing.report import FileFault, Report

# What openpyxl raises for files that are no workbooks, or broken ones.
BROKEN_WORKBOOK = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, EOFError)


@dataclass(frozen=True)
class SourceRow:
    """One record: its row in the file, and its values by column: text, or what JSON has (lists, objects, null)."""

    row: int
    values: Mapping[str, Any]


@dataclass
class Table:
    """The columns of a file in their order, and its records; wholly empty ones are none."""

    columns: list[str] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    heading_row: int = 1


def content_of(path: Path | str, report: Report) -> bytes | None:
    """The bytes of a file; None, and a finding, where it can't be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        report.add(1, "", path, "unreadable", reason=error.strerror or str(error))
        return None


def is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def is_json_lines(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))


def read_table(
    content: bytes, columns: Sequence[str], report: Report, sheet: str = "", *, keep_numbers: bool = False
) -> Table:
    """The one table of a file in whichever of the three forms; what is wrong with it is added to the report.

    `columns` are those that must be there. Of a workbook the sheet named is read, else the first. Numbers of JSON
    come as the text that the source wrote, unless they are to be kept.
    """
    if is_workbook(content):
        table = _one_sheet(content, sheet, report)
    elif is_json_lines(content):
        return _json_lines(content, columns, report, keep_numbers)
    else:
        return _csv(content, columns, report)
    for column in columns:
        if column not in table.columns and table.columns:
            report.add(table.heading_row, column, "", "missing_column", column=column)
    return table


# -- CSV ----------------------------------------------------------------------------


def _csv(content: bytes, columns: Sequence[str], report: Report) -> Table:
    faults: list[FileFault] = []
    rows = read_rows(content, columns, faults, FileFault, other_columns=True, strip=False)
    report.findings += [fault.as_finding() for fault in faults]
    filled = [SourceRow(row.line, row.fields) for row in rows if any(row.fields.values())]
    return Table(list(rows[0].fields) if rows else [], filled)


# -- JSON lines ---------------------------------------------------------------------


class _Unreadable(ValueError):
    """A JSON object that says two things at once, or what JSON doesn't know."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for name, times in Counter(name for name, _value in pairs).items():
        if times > 1:
            raise _Unreadable(_("“%(name)s” stands twice") % {"name": name})
    return dict(pairs)


def _no_number(text: str) -> None:
    raise _Unreadable(_("%(text)s is no number of JSON's") % {"text": text})


def _texts(value: Any) -> Iterator[str]:
    """Every text within a value of JSON's, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _json_lines(content: bytes, columns: Sequence[str], report: Report, keep_numbers: bool) -> Table:
    faults: list[FileFault] = []
    text = decoded(content, faults, FileFault)
    report.findings += [fault.as_finding() for fault in faults]
    if text is None or faults:
        return Table()
    table = Table()
    numbers: dict[str, Any] = {} if keep_numbers else {"parse_float": str, "parse_int": str}
    # Not splitlines(): a line separator of Unicode's may stand within a text.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, object_pairs_hook=_object, parse_constant=_no_number, **numbers)
            if not isinstance(value, dict):
                raise _Unreadable(_("it is of another kind"))
            json.dumps(value, ensure_ascii=False).encode()  # half a character, which no database takes
        except (ValueError, RecursionError) as error:
            report.add(number, "", line[:200], "bad_json", reason=str(error))
            continue
        if any("\0" in one for one in _texts(value)):
            report.add(number, "", line[:200], "nul_byte")
            continue
        table.rows.append(SourceRow(number, value))
        table.columns += [column for column in value if column not in table.columns]
    if not table.rows and not report.findings:
        report.add(1, "", "", "empty_file")
    _missing_in_lines(table, columns, report)
    return table


def _missing_in_lines(table: Table, columns: Sequence[str], report: Report) -> None:
    """A column that no line has is told once; one that some lines lack, in each of them."""
    for column in columns:
        lacking = [row.row for row in table.rows if column not in row.values]
        if lacking and len(lacking) == len(table.rows):
            lacking = lacking[:1]
        for row in lacking:
            report.add(row, column, "", "missing_column", column=column)


# -- Workbooks ----------------------------------------------------------------------


@dataclass
class Sheet:
    """A sheet of a workbook: its name and its rows that aren't empty, cells as text."""

    name: str
    rows: list[tuple[int, list[str]]]


def read_sheets(content: bytes, report: Report) -> list[Sheet]:
    """All sheets of a workbook, in their order; None and a finding where it is none."""
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True)
        sheets, formulas = [], False
        for worksheet in workbook.worksheets:
            worksheet.reset_dimensions()  # some programs write wrong ones
            cells = [[(cell.value, cell.data_type) for cell in row] for row in worksheet.iter_rows()]
            formulas = formulas or any(kind == "f" for row in cells for _value, kind in row)
            sheets.append((worksheet.title, cells))
        values = _last_values(content) if formulas else {}
    except BROKEN_WORKBOOK as error:
        report.add(1, "", "", "unreadable", reason=str(error) or type(error).__name__)
        return []
    return [Sheet(name, list(_filled_rows(name, cells, values.get(name, []), report))) for name, cells in sheets]


def _last_values(content: bytes) -> dict[str, list[list[Any]]]:
    """What the formulas of a workbook gave when it was saved."""
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = {}
    for worksheet in workbook.worksheets:
        worksheet.reset_dimensions()
        found[worksheet.title] = [[cell.value for cell in row] for row in worksheet.iter_rows()]
    return found


def _filled_rows(
    sheet: str, cells: list[list[tuple[Any, str]]], values: list[list[Any]], report: Report
) -> Iterator[tuple[int, list[str]]]:
    heading: list[str] = []
    for number, row in enumerate(cells, start=1):
        texts = []
        for at, (value, kind) in enumerate(row):
            column = heading[at] if at < len(heading) and heading[at] else f"#{at + 1}"
            if kind == "f":
                formula, value = value, values[number - 1][at]
                if value is None:
                    report.add(number, column, formula, "unreadable_cell")
                else:
                    report.add(number, column, text_of_cell(value), "formula")
            elif kind == "e":
                report.add(number, column, value, "unreadable_cell")
            texts.append(text_of_cell(value))
        if any(texts):
            heading = heading or [text.strip() for text in texts]
            yield number, texts


def text_of_cell(value: Any) -> str:
    """A cell as the text that it shows: whole numbers without a point, days without an hour."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


def table_of_sheet(sheet: Sheet, report: Report) -> Table:
    """A sheet whose first row that isn't empty is its heading."""
    if not sheet.rows:
        return Table()
    (heading_row, names), *rows = sheet.rows
    width = max(len(cells) for _row, cells in sheet.rows)
    names = [name.strip() for name in names] + [""] * (width - len(names))
    used = {at for _row, cells in rows for at, text in enumerate(cells) if text}
    # A column that has neither a name nor any value is none.
    columns = {at: name or f"#{at + 1}" for at, name in enumerate(names) if name or at in used}
    for column, times in Counter(columns.values()).items():
        if times > 1:
            report.add(heading_row, column, column, "duplicate_column", column=column)
    return Table(
        list(columns.values()),
        [
            SourceRow(row, {name: cells[at] if at < len(cells) else "" for at, name in columns.items()})
            for row, cells in rows
        ],
        heading_row,
    )


def _one_sheet(content: bytes, name: str, report: Report) -> Table:
    sheets = read_sheets(content, report)
    chosen = next((sheet for sheet in sheets if not name or sheet.name == name), None)
    if chosen is None:
        if sheets:
            report.add(1, "", name, "unreadable", reason=_("there is no sheet “%(name)s”") % {"name": name})
        return Table()
    for sheet in sheets:
        if sheet is not chosen and sheet.rows:
            report.add(1, "", sheet.name, "other_sheet")
    table = table_of_sheet(chosen, report)
    if not table.rows:
        report.add(1, "", "", "empty_file")
    return table
