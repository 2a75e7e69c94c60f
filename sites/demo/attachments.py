"""Forms and tables that the demo articles offer for download: XLSX by openpyxl, and CSV."""

import csv
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from .articles import LANGUAGES, Language, read_toml

_MOMENT = (2026, 1, 1, 0, 0, 0)
_STAMP = "2026-01-01T00:00:00Z"


@dataclass(frozen=True)
class Attachment:
    """A table in two languages: columns, widths and rows."""

    name: str
    kind: str
    title: dict[Language, str]
    note: dict[Language, str]
    widths: tuple[int, ...]
    rows: dict[Language, tuple[tuple[str, ...], ...]]


@cache
def attachments() -> dict[str, Attachment]:
    """All attachments by name."""
    found = {}
    for row in read_toml("attachments.toml")["attachment"]:
        texts = {key: row[key] for key in LANGUAGES}
        found[row["name"]] = Attachment(
            name=row["name"],
            kind=row["kind"],
            title={key: text["title"] for key, text in texts.items()},
            note={key: text["note"] for key, text in texts.items()},
            widths=tuple(row["widths"]),
            rows={key: tuple(tuple(cells) for cells in text["rows"]) for key, text in texts.items()},
        )
    return found


@cache
def make_attachment(name: str, language: Language) -> tuple[str, bytes]:
    """The file name and content of an attachment; the same bytes each time."""
    attachment = attachments()[name]
    make = _csv if attachment.kind == "csv" else _xlsx
    return f"{name}-{language}.{attachment.kind}", make(attachment, language)


def _csv(attachment: Attachment, language: Language) -> bytes:
    """With a byte order mark, which spreadsheet programs need for Chinese."""
    buffer = StringIO()
    csv.writer(buffer).writerows(attachment.rows[language])
    return buffer.getvalue().encode("utf-8-sig")


def _xlsx(attachment: Attachment, language: Language) -> bytes:
    rows = attachment.rows[language]
    columns = len(rows[0])
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Form" if language == "en" else "表")
    font = "Arial" if language == "en" else "Microsoft YaHei"
    thin = Side(style="thin", color="A1978A")
    sheet.append([attachment.title[language]])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    sheet["A1"].font = Font(name=font, size=16, bold=True, color="12466F")
    sheet["A1"].alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 36
    for number, cells in enumerate(rows, start=2):
        sheet.append(list(cells))
        longest = max(
            sum(2 if ord(letter) > 0x2E7F else 1 for letter in cell) / width
            for cell, width in zip(cells, attachment.widths, strict=True)
        )
        sheet.row_dimensions[number].height = 16 * max(1.75, int(longest) + 1)
        for cell in sheet[number]:
            cell.font = Font(name=font, size=11, bold=number == 2, color="FFFFFF" if number == 2 else "000000")
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            if number == 2:
                cell.fill = PatternFill("solid", fgColor="12466F")
    sheet.append([attachment.note[language]])
    last = len(rows) + 2
    sheet.merge_cells(start_row=last, start_column=1, end_row=last, end_column=columns)
    sheet.cell(last, 1).font = Font(name=font, size=10, color="5F574E")
    sheet.cell(last, 1).alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[last].height = 36
    for letter, width in zip("ABCDEFG", attachment.widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A3"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.properties.title = attachment.title[language]
    book.properties.creator = "Yizhan"
    buffer = BytesIO()
    book.save(buffer)
    return _without_time(buffer.getvalue())


def _without_time(content: bytes) -> bytes:
    """The same workbook with fixed times in the archive and in its properties."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", _STAMP.encode(), data)
            member = zipfile.ZipInfo(name, _MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, data)
    return buffer.getvalue()
