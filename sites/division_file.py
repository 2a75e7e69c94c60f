"""Reading a CSV file of administrative divisions and finding every fault in it.

The form: UTF-8 with or without a byte order mark, columns code, name, level, parent_code; level is province, city,
county or township; a parent is one level up. A township may also hang under a city that has no counties (Dongguan).
Provisioning refuses a file with any fault as a whole.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext, gettext_noop

from sites.division_names import EnglishName, name_divisions
from sites.naming import LEVELS, Level, township_kind

COLUMNS = ("code", "name", "level", "parent_code")
CODE = re.compile(r"[0-9]{12}")
LONGEST_NAME = 100
# The divisions of the province that the project ships, for the demo and for measurements.
SICHUAN = Path(__file__).resolve().parent / "data" / "sichuan-divisions.csv"

MESSAGES = {
    "unreadable": gettext_noop("The file can't be read: %(reason)s."),
    "empty_file": gettext_noop("The file has no divisions."),
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
    "unknown_column": gettext_noop("The column %(column)s is unknown; there are code, name, level and parent_code."),
    "duplicate_column": gettext_noop("The column %(column)s stands twice."),
    "too_few_fields": gettext_noop("The line has %(found)d fields, not %(expected)d."),
    "too_many_fields": gettext_noop("The line has %(found)d fields, not %(expected)d."),
    "bad_code": gettext_noop("The code “%(code)s” is not 12 digits."),
    "duplicate_code": gettext_noop("The code %(code)s is also in line %(other)d."),
    "empty_name": gettext_noop("The name is empty."),
    "name_too_long": gettext_noop("The name has %(length)d characters; at most %(limit)d are allowed."),
    "control_character": gettext_noop("The name has the control character %(character)s."),
    "unknown_level": gettext_noop("The level “%(level)s” is unknown; there are province, city, county and township."),
    "no_parent": gettext_noop("The parent's code is missing."),
    "unknown_parent": gettext_noop("The parent %(parent_code)s is not in the file."),
    "wrong_parent_level": gettext_noop(
        "The level is %(level)s, but the parent %(parent_code)s in line %(other)d is of level %(parent_level)s."
    ),
    "city_has_counties": gettext_noop(
        "The township hangs under the city %(parent_code)s in line %(other)d, which has counties."
    ),
    "province_with_parent": gettext_noop("A province has no parent, but the line names %(parent_code)s."),
    "several_provinces": gettext_noop("There is a second province; the first is in line %(other)d."),
    "cycle": gettext_noop("The division is among its own parents."),
    "unknown_kind": gettext_noop("The name “%(name)s” doesn't end in what a division of its level is called."),
    "no_reading": gettext_noop(
        "No host can be made from the name “%(name)s”: there is no pinyin for “%(characters)s”."
    ),
    "label_too_long": gettext_noop(
        "The host label made from the name would have %(length)d characters; 63 are allowed."
    ),
    "label_clash": gettext_noop("The host label %(label)s is also that of the sibling in line %(other)d."),
}


@dataclass(frozen=True)
class DivisionRow:
    """One division as the file has it, fields without surrounding space. The first line of the file is 1."""

    line: int
    code: str
    name: str
    level: Level
    parent_code: str


@dataclass(frozen=True)
class Fault:
    """What is wrong in which line. `code` is for programs, `message` for people, in the active language."""

    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return gettext(MESSAGES[self.code]) % self.params


@dataclass
class DivisionFile:
    """What a file says. `rows` are those of centres, in the file's order; with faults they are not to be used.

    skipped: rows of level township that are no 乡, 镇 or 街道 (pastures, reserves) and get no centre.
    names: English name and host label of every row, by code.
    codes: the division code of every line that has the right number of fields, sound or not.
    """

    rows: list[DivisionRow] = field(default_factory=list)
    skipped: list[DivisionRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    names: dict[str, EnglishName] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _RawRow:
    """Four fields of which nothing is known yet."""

    line: int
    code: str
    name: str
    level: str
    parent_code: str


def read_divisions(source: Path | str | bytes) -> DivisionFile:
    """Read a file, given by its path or its bytes, and check all of it.

    Never raises for what is in the file: every fault is in `faults`, in the order of lines. A file in another encoding
    or with a wrong heading has only that fault, as the rest can't be told.
    """
    result = DivisionFile()
    if isinstance(source, bytes):
        content = source
    else:
        try:
            content = Path(source).read_bytes()
        except OSError as error:
            result.faults.append(Fault(1, "unreadable", {"reason": error.strerror or str(error)}))
            return result
    text = _decoded(content, result.faults)
    if text is not None:
        raw = _raw_rows(text, result.faults)
        if not raw and not result.faults:
            result.faults.append(Fault(1, "empty_file"))
        _check(raw, result)
    result.faults.sort(key=lambda fault: fault.line)
    return result


def _decoded(content: bytes, faults: list[Fault]) -> str | None:
    """The file's text; None, and a fault that says where, when it isn't UTF-8."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        params = {"byte": f"0x{content[0]:02X}", "position": 1, "encoding": "UTF-16"}
        faults.append(Fault(1, "wrong_encoding_guess", params))
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
            faults.append(Fault(line, "wrong_encoding", wrong))
        else:
            # What Chinese Windows calls ANSI and Excel writes as plain CSV.
            faults.append(Fault(line, "wrong_encoding_guess", wrong | {"encoding": "GB18030"}))
        return None
    # Lines as the csv module counts them.
    for number, one in enumerate(io.StringIO(text, newline=""), start=1):
        if "\0" in one:
            faults.append(Fault(number, "nul_byte"))
    return text


def _raw_rows(text: str, faults: list[Fault]) -> list[_RawRow]:
    """The rows that have the right number of fields."""
    rows: list[_RawRow] = []
    heading: list[str] | None = None
    for line, fields in _records(text, faults):
        if heading is None:
            heading = fields
            found = _heading_faults(line, heading)
            if found:
                faults += found
                return []
        elif len(fields) != len(heading):
            code = "too_few_fields" if len(fields) < len(heading) else "too_many_fields"
            faults.append(Fault(line, code, {"found": len(fields), "expected": len(heading)}))
        else:
            rows.append(_RawRow(line, **dict(zip(heading, fields, strict=True))))
    return rows


def _records(text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
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
            faults.append(Fault(line, "bad_csv", {"reason": str(error)}))
            return
        if fields:
            yield line, [one.strip() for one in fields]


def _heading_faults(line: int, heading: list[str]) -> list[Fault]:
    faults = [Fault(line, "missing_column", {"column": one}) for one in COLUMNS if one not in heading]
    for column, times in Counter(heading).items():
        if column not in COLUMNS:
            faults.append(Fault(line, "unknown_column", {"column": column}))
        elif times > 1:
            faults.append(Fault(line, "duplicate_column", {"column": column}))
    return faults


def _check(raw: list[_RawRow], result: DivisionFile) -> None:
    """Fill rows, skipped, names and faults of the result."""
    by_code = _by_code(raw, result.faults)
    result.codes = {one.line: one.code for one in raw}
    with_counties = {one.parent_code for one in raw if one.level == "county"}
    provinces = [one for one in raw if one.level == "province"]
    for one in provinces[1:]:
        result.faults.append(Fault(one.line, "several_provinces", {"other": provinces[0].line}))
    for one in raw:
        result.faults += _name_faults(one)
        result.faults += _place_faults(one, by_code, with_counties)

    faulty = {fault.line for fault in result.faults}
    for one in raw:
        level = _level(one)
        if level is None or one.line in faulty:
            continue
        row = DivisionRow(one.line, one.code, one.name, level, one.parent_code)
        is_centre = level != "township" or township_kind(one.name)
        (result.rows if is_centre else result.skipped).append(row)

    named = name_divisions(result.rows)
    result.names = named.names
    for code, (problem, params) in named.problems.items():
        if problem == "label_clash":
            params = params | {"other": by_code[str(params["other"])].line}
        result.faults.append(Fault(by_code[code].line, problem, params))


def _by_code(raw: list[_RawRow], faults: list[Fault]) -> dict[str, _RawRow]:
    """The first row of each code; the others and the malformed codes are faults."""
    by_code: dict[str, _RawRow] = {}
    for one in raw:
        if not CODE.fullmatch(one.code):
            faults.append(Fault(one.line, "bad_code", {"code": one.code[:40]}))
        elif one.code in by_code:
            faults.append(Fault(one.line, "duplicate_code", {"code": one.code, "other": by_code[one.code].line}))
        else:
            by_code[one.code] = one
    return by_code


def _level(one: _RawRow) -> Level | None:
    return next((level for level in LEVELS if level == one.level), None)


def _name_faults(one: _RawRow) -> list[Fault]:
    faults: list[Fault] = []
    if not one.name:
        faults.append(Fault(one.line, "empty_name"))
    if len(one.name) > LONGEST_NAME:
        faults.append(Fault(one.line, "name_too_long", {"length": len(one.name), "limit": LONGEST_NAME}))
    # Cc are control characters, Cf are invisible ones such as the zero-width space; NUL has a fault of its own.
    strange = next((sign for sign in one.name if unicodedata.category(sign) in ("Cc", "Cf") and sign != "\0"), None)
    if strange:
        faults.append(Fault(one.line, "control_character", {"character": f"U+{ord(strange):04X}"}))
    return faults


def _place_faults(one: _RawRow, by_code: Mapping[str, _RawRow], with_counties: set[str]) -> list[Fault]:
    """What is wrong with a row's level and parent."""
    level = _level(one)
    if level is None:
        return [Fault(one.line, "unknown_level", {"level": one.level[:40]})]
    if level == "province":
        wrong = one.parent_code != ""
        return [Fault(one.line, "province_with_parent", {"parent_code": one.parent_code[:40]})] if wrong else []
    if not one.parent_code:
        return [Fault(one.line, "no_parent")]
    parent = by_code.get(one.parent_code)
    if parent is None:
        return [Fault(one.line, "unknown_parent", {"parent_code": one.parent_code[:40]})]
    if _is_own_ancestor(one, by_code):
        return [Fault(one.line, "cycle")]
    params = {"parent_code": parent.code, "other": parent.line}
    if level == "township" and parent.level == "city":
        return [Fault(one.line, "city_has_counties", params)] if parent.code in with_counties else []
    if _level(parent) is not None and parent.level != LEVELS[LEVELS.index(level) - 1]:
        params |= {"level": level, "parent_level": parent.level}
        return [Fault(one.line, "wrong_parent_level", params)]
    return []


def _is_own_ancestor(one: _RawRow, by_code: Mapping[str, _RawRow]) -> bool:
    seen: set[str] = set()
    code = one.parent_code
    while code in by_code and code not in seen:
        if code == one.code:
            return True
        seen.add(code)
        code = by_code[code].parent_code
    return False
