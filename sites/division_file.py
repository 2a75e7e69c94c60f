"""Reading a CSV file of administrative divisions and finding every fault in it.

The form: UTF-8 with or without a byte order mark, columns code, name, level, parent_code; level is province, city,
county or township; a parent is one level up. A township may also hang under a city that has no counties (Dongguan).
Provisioning refuses a file with any fault as a whole.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_noop

from core import csv_file
from core.csv_file import read_rows
from sites.division_names import EnglishName, name_divisions
from sites.naming import LEVELS, Level, township_kind

COLUMNS = ("code", "name", "level", "parent_code")
CODE = re.compile(r"[0-9]{12}")
LONGEST_NAME = 100
# The divisions of the province that the project ships, for the demo and for measurements.
SICHUAN = Path(__file__).resolve().parent / "data" / "sichuan-divisions.csv"

MESSAGES = csv_file.MESSAGES | {
    "empty_file": gettext_noop("The file has no divisions."),
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


class Fault(csv_file.Fault):
    """What is wrong in which line of a file of divisions."""

    messages = MESSAGES


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
    rows = read_rows(source, COLUMNS, result.faults, Fault)
    _check([_RawRow(row.line, **row.fields) for row in rows], result)
    result.faults.sort(key=lambda fault: fault.line)
    return result


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
