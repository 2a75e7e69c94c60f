"""Writing the catalogue out, complete, in this system's own form (`guides.own_format`) as CSV, XLSX or JSON lines."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.spreadsheets import guarded
from guides.facts import CHILD_FACTS, CHILDREN, Facts, facts_of
from guides.models import Adoption, CatalogueItem, ItemVersion
from guides.own_format import (
    ADOPTION_PREFIX,
    DEPARTMENT_NAME,
    ITEM,
    ITEMS_SHEET,
    LIVE,
    POSITION,
    VERSION,
    columns_of_items,
    for_workbook,
)
from sites.models import Centre

FORMATS = ("xlsx", "csv", "jsonl")
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
}
BATCH_SIZE = 500
# What a cell of a workbook can hold; openpyxl would cut the rest off without a word.
LONGEST_CELL = 32767
WIDTHS = {"name_zh_hans": 48, "name_en": 48, "conditions_zh_hans": 48, "conditions_en": 48, "source_words": 48}

# A centre's own facts about an item, where the export is one centre's.
ADOPTION_FACTS = (
    "implementation_code",
    "window",
    "place_zh_hans",
    "place_en",
    "hours_zh_hans",
    "hours_en",
    "telephone",
    "complaint_telephone",
    "promised_limit",
    "step_limits",
    "visits",
    "service_modes",
    "is_main",
)


class ExportError(ValueError):
    """Something can't be written in the form that was asked for; the message is for a person."""


def export_items(
    queryset: "QuerySet[CatalogueItem]", format: str, output: IO[bytes], centre: Centre | None = None
) -> int:
    """Write items, with all that hangs on them, to a binary stream. Out: how many.

    queryset: which items; each as its row stands, that is the version in force, or the draft of one that has none.
    centre: with the facts of this centre about each. Raises ExportError where a text doesn't fit into the form.
    """
    adoptions = (
        {each.item_id: each for each in Adoption.objects.filter(centre=centre).select_related("window")}
        if centre is not None
        else None
    )
    rows = _rows(queryset, adoptions)
    columns = columns_of_items()
    if adoptions is not None:
        columns += [ADOPTION_PREFIX + name for name in ADOPTION_FACTS]
    return {"csv": _write_csv, "xlsx": _write_workbook, "jsonl": _write_json_lines}[format](rows, columns, output)


def _rows(queryset: "QuerySet[CatalogueItem]", adoptions: Mapping[int, Adoption] | None) -> Iterator[Facts]:
    """Items as rows: their facts, and the columns beside."""
    keys = list(queryset.order_by("code").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH_SIZE):
        batch = keys[start : start + BATCH_SIZE]
        versions = dict(
            ItemVersion.objects.filter(item__in=batch, in_force_until=None).values_list("item_id", "number")
        )
        items = list(CatalogueItem.objects.filter(pk__in=batch).order_by("code"))
        for item, facts in facts_of(items):
            beside = {
                DEPARTMENT_NAME: item.department.name_zh_hans if item.department else "",
                LIVE: item.live,
                VERSION: versions.get(item.pk),
            }
            if adoptions is not None:
                beside |= _own_facts(adoptions.get(item.pk))
            yield facts | beside


def _own_facts(adoption: Adoption | None) -> Facts:
    if adoption is None:
        return {ADOPTION_PREFIX + name: None for name in ADOPTION_FACTS}
    values = {name: getattr(adoption, name) for name in ADOPTION_FACTS}
    values["window"] = adoption.window.number if adoption.window else ""
    return {ADOPTION_PREFIX + name: value for name, value in values.items()}


# -- The three forms ----------------------------------------------------------------


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def _write_json_lines(rows: Iterator[Facts], columns: list[str], output: IO[bytes]) -> int:
    written = 0
    for row in rows:
        line = {column: row[column] for column in columns} | {relation: row[relation] for relation in CHILDREN}
        output.write(_json(line).encode() + b"\n")
        written += 1
    return written


def _flat(value: Any) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, list | dict):
        return _json(value) if value else ""
    return str(value)


def _write_csv(rows: Iterator[Facts], columns: list[str], output: IO[bytes]) -> int:
    # With a byte order mark, without which spreadsheets take Chinese for something else.
    text = io.TextIOWrapper(output, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([*columns, *CHILDREN])
    written = 0
    for row in rows:
        children = [_json(row[relation]) if row[relation] else "" for relation in CHILDREN]
        writer.writerow([*(guarded(_flat(row[column])) for column in columns), *children])
        written += 1
    text.detach()
    return written


def _write_workbook(rows: Iterator[Facts], columns: list[str], output: IO[bytes]) -> int:
    book = Workbook(write_only=True)
    try:
        written = _fill_workbook(book, rows, columns)
    except BaseException:
        book.save(io.BytesIO())  # else openpyxl leaves its temporary files behind
        raise
    book.save(output)
    return written


def _fill_workbook(book: Workbook, rows: Iterator[Facts], columns: list[str]) -> int:
    items = _sheet(book, ITEMS_SHEET, columns)
    children = {relation: _sheet(book, relation, [ITEM, POSITION, *facts]) for relation, facts in CHILD_FACTS.items()}
    written = 0
    for row in rows:
        items.append([_workbook_cell(items, row["code"], column, row[column]) for column in columns])
        for relation, facts in CHILD_FACTS.items():
            sheet = children[relation]
            for position, child in enumerate(row[relation], start=1):
                values = {ITEM: row["code"], POSITION: position, **{name: child[name] for name in facts}}
                sheet.append([_workbook_cell(sheet, row["code"], name, value) for name, value in values.items()])
        written += 1
    return written


def _sheet(book: Workbook, name: str, columns: list[str]) -> Any:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for at, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(column, 18)
    heading = []
    for column in columns:
        cell = WriteOnlyCell(sheet, column)
        cell.font = Font(bold=True)
        heading.append(cell)
    sheet.append(heading)
    return sheet


def _workbook_cell(sheet: Any, code: str, column: str, value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = for_workbook(_flat(value))
    if len(text) > LONGEST_CELL:
        raise ExportError(
            _("%(column)s of %(code)s has %(length)d characters, more than a cell can hold: export CSV or JSON lines.")
            % {"column": column, "code": code, "length": len(text)}
        )
    cell = WriteOnlyCell(sheet, text)
    # A text, whatever it looks like: codes keep their zeros, “#N/A” is no error.
    cell.data_type, cell.number_format = "s", "@"
    cell.alignment = Alignment(vertical="top", wrap_text=column in WIDTHS)
    return cell
