"""Importing a list of items: `import_catalogue`.

`files` reads rows, `mapping` says what they mean, `reading` makes facts of them, `plan` holds them against what is
here, `write` carries it out. Nothing of a file is dropped, altered or guessed: what isn't understood stays in the
item's source words, and every oddity is a finding (`report`, docs/catalogue-exchange.md).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guides.facts import Rows
from guides.importing.departments import Departments
from guides.importing.files import Table, read_table
from guides.importing.mapping import Mapping
from guides.importing.own import read_own
from guides.importing.plan import plan
from guides.importing.reading import Reader, ReadRow, text_of
from guides.importing.report import Report
from guides.importing.write import write
from sites.models import Division

# What is being done, how much of it is done, and how much there is to do.
Progress = Callable[[str, int, int], None]


def no_progress(what: str, done: int, total: int) -> None:
    """For imports that nobody watches."""


def import_catalogue(
    content: bytes,
    mapping: Mapping | None,
    *,
    source: str = "",
    division: str = "",
    level: str = "",
    dry_run: bool = False,
    user: Any = None,
    progress: Progress = no_progress,
    keep: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Import a file, all of it or nothing; with `dry_run` nothing, and the report says what would be done.

    mapping: how the source is read; None for this system's own form. source: the file's name. division: the code of
    the division whose list it is; level: the exercise level of its rows, where the file doesn't say (else that of
    the division). user: who imports. keep: called with the report in the transaction that writes, so that both are
    there or neither. The report has refusals where anything had to be refused.
    """
    report = Report()
    rows = Rows()
    departments = Departments(rows)
    read_rows = read_own if mapping is None else _reader_of(mapping, division, level)
    read = read_rows(content, rows, departments, report, progress)
    key = mapping.key if mapping else "code"
    read = _without_repeated_codes(read, key, report)
    # Only what is written is written under a lock: reading takes as long.
    with nullcontext() if dry_run else transaction.atomic():
        if not report.refused:
            made = plan(read, departments.added, rows, report, key, is_own=mapping is None)
        if report.refused:
            report.added = report.changed = report.unchanged = report.incomplete = 0
        elif not dry_run:
            what = _("writing")
            write(made, source, user, lambda done, total: progress(what, done, total), is_own=mapping is None)
        keep(report)
    return report


def _without_repeated_codes(read: Sequence[ReadRow], column: str, report: Report) -> list[ReadRow]:
    first: dict[str, ReadRow] = {}
    for row in read:
        other = first.setdefault(row.code, row)
        if other is not row:
            report.add(row.row, column, row.code, "duplicate_key", other=other.row)
    return list(first.values())


# -- Files of others ----------------------------------------------------------------

ReadRows = Callable[[bytes, Rows, Departments, Report, Progress], list[ReadRow]]


def _reader_of(mapping: Mapping, division: str, level: str) -> ReadRows:
    def read(content: bytes, rows: Rows, departments: Departments, report: Report, progress: Progress) -> list[ReadRow]:
        table = read_table(content, mapping.columns, report, mapping.sheet)
        report.rows = len(table.rows)
        if report.refused and not table.rows:
            return []
        for column in table.columns:
            if not mapping.knows(column):
                report.add(table.heading_row, column, column, "unknown_column")
        of_file = division_of_file(table, mapping, division, rows, report)
        level_of_file = level or mapping.level or (of_file.level if of_file else "")
        reader = Reader(mapping, report, rows, departments, level_of_file)
        found = []
        for number, source in enumerate(table.rows, start=1):
            row = reader.read(source)
            if row is not None:
                row.division = of_file.pk if of_file else ""
                found.append(row)
            if number % 200 == 0 or number == len(table.rows):
                progress(_("reading"), number, len(table.rows))
        return found

    return read


def division_of_file(table: Table, mapping: Mapping, given: str, rows: Rows, report: Report) -> Division | None:
    """The division whose list a file is: the one given, else the one that most of its rows name.

    Rows that name another or none are told; they are of the file's list all the same.
    """
    named: dict[int, str] = {}
    if mapping.division_column:
        for source in table.rows:
            text = (text_of(source.values.get(mapping.division_column)) or "").strip()
            found = mapping.division_pattern.search(text) if mapping.division_pattern else None
            named[source.row] = (found[1] or "") if found else ("" if mapping.division_pattern else text)
    most = Counter(code for code in named.values() if code).most_common(1)
    code = given or (most[0][0] if most else "")
    if not code:
        return None
    for source in table.rows:
        stated = named.get(source.row)
        if stated and stated != code:
            report.add(source.row, mapping.division_column, stated, "other_division", other=code)
        elif stated == "":
            text = text_of(source.values.get(mapping.division_column)) or ""
            report.add(source.row, mapping.division_column, text, "no_division", other=code)
    division = rows.get(Division, code)
    if division is None:
        report.add(table.heading_row, mapping.division_column, code, "unknown_division")
    return division
