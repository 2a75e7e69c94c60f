"""Reading CSV files that people made: every fault of the file's form is told with its line, and nothing is guessed.

The form: UTF-8 with or without a byte order mark, a heading with the columns asked for in any order (and others where the
reader takes them), one record for each row. What the fields may hold is for the room that reads the file.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar

from django.utils.translation import gettext, gettext_noop

# A field may hold a whole guide's text; Python's own limit is 128 KB.
csv.field_size_limit(2**24)

MESSAGES = {
    "unreadable": gettext_noop("The file can't be read: %(reason)s."),
    "empty_file": gettext_noop("The file has no rows."),
    "wrong_encoding": gettext_noop(
        "The file is not UTF-8: byte %(byte)s at position %(position)d of the file doesn't belong there."
    ),
    "wrong_encoding_guess": gettext_noop(
        "The file is not UTF-8: byte %(byte)s at position %(position)d of the file doesn't belong there. "
        "It looks like %(encoding)s: save it as UTF-8."
    ),
    "nul_byte": gettext_noop("The line has a NUL byte."),
    "bad_csv": gettext_noop("The line is not valid CSV: %(reason)s."),
    "missing_column": gettext_noop("The column %(column)s is missing."),
    "unknown_column": gettext_noop("The column %(column)s is unknown; the columns are %(columns)s."),
    "duplicate_column": gettext_noop("The column %(column)s stands twice."),
    "too_few_fields": gettext_noop("The line has %(found)d fields, not %(expected)d."),
    "too_many_fields": gettext_noop("The line has %(found)d fields, not %(expected)d."),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong in which line. `code` is for programs, `message` for people, in the active language.

    A room's own faults are of a class of its own, whose `messages` add to these.
    """

    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    messages: ClassVar[Mapping[str, str]] = MESSAGES

    @property
    def message(self) -> str:
        return gettext(self.messages[self.code]) % self.params


F = TypeVar("F", bound=Fault)


@dataclass(frozen=True)
class Row:
    """One record: the line it begins in (the first of the file is 1) and its fields by column."""

    line: int
    fields: Mapping[str, str]


def read_rows(
    source: Path | str | bytes,
    columns: Sequence[str],
    faults: list[F],
    fault: type[F],
    *,
    other_columns: bool = False,
    strip: bool = True,
) -> list[Row]:
    """The rows of a file, given by its path or its bytes, that have the right number of fields.

    Never raises for what is in the file: its faults are added to `faults`, as objects of the class `fault`. A file in
    another encoding or with a wrong heading has only that fault, as the rest can't be told. With `other_columns` the
    heading may have more columns than those asked for; one without a name is called by its number (#3). Without
    `strip` the fields keep their outer space; names of columns never do.
    """
    if isinstance(source, bytes):
        content = source
    else:
        try:
            content = Path(source).read_bytes()
        except OSError as error:
            faults.append(fault(1, "unreadable", {"reason": error.strerror or str(error)}))
            return []
    text = decoded(content, faults, fault)
    if text is None:
        return []
    rows = _rows(text, columns, faults, fault, other_columns, strip)
    if not rows and not faults:
        faults.append(fault(1, "empty_file"))
    return rows


def decoded(content: bytes, faults: list[F], fault: type[F]) -> str | None:
    """A file's text, without byte order mark; None, and a fault that says where, when it isn't UTF-8."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        params = {"byte": f"0x{content[0]:02X}", "position": 1, "encoding": "UTF-16"}
        faults.append(fault(1, "wrong_encoding_guess", params))
        return None
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong: dict[str, object] = {"byte": f"0x{content[error.start]:02X}", "position": error.start + 1}
        try:
            content.decode("gb18030")
        except UnicodeDecodeError:
            faults.append(fault(line, "wrong_encoding", wrong))
        else:
            # What Chinese Windows calls ANSI and Excel writes as plain CSV.
            faults.append(fault(line, "wrong_encoding_guess", wrong | {"encoding": "GB18030"}))
        return None
    # Lines as the csv module counts them.
    for number, one in enumerate(io.StringIO(text, newline=""), start=1):
        if "\0" in one:
            faults.append(fault(number, "nul_byte"))
    return text


def _rows(
    text: str, columns: Sequence[str], faults: list[F], fault: type[F], other_columns: bool, strip: bool
) -> list[Row]:
    rows: list[Row] = []
    heading: list[str] | None = None
    for line, fields in _records(text, faults, fault):
        if heading is None:
            heading = [one.strip() for one in fields]
            if other_columns:
                heading = [name or f"#{number}" for number, name in enumerate(heading, start=1)]
            found = _heading_faults(line, heading, columns, fault, other_columns)
            if found:
                faults += found
                return []
        elif len(fields) != len(heading):
            code = "too_few_fields" if len(fields) < len(heading) else "too_many_fields"
            faults.append(fault(line, code, {"found": len(fields), "expected": len(heading)}))
        else:
            if strip:
                fields = [one.strip() for one in fields]
            rows.append(Row(line, dict(zip(heading, fields, strict=True))))
    return rows


def _records(text: str, faults: list[F], fault: type[F]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins in; blank lines are no records."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # After a broken quotation it can't be told where the next record begins.
            faults.append(fault(line, "bad_csv", {"reason": str(error)}))
            return
        if fields:
            yield line, fields


def _heading_faults(
    line: int, heading: list[str], columns: Sequence[str], fault: type[F], other_columns: bool
) -> list[F]:
    faults = [fault(line, "missing_column", {"column": one}) for one in columns if one not in heading]
    for column, times in Counter(heading).items():
        if column not in columns and not other_columns:
            faults.append(fault(line, "unknown_column", {"column": column, "columns": ", ".join(columns)}))
        elif times > 1:
            faults.append(fault(line, "duplicate_column", {"column": column}))
    return faults
