"""Importing approval results from files in the national form (`guides.results_form`): all of a file or nothing of it.

A decision that is published here already is corrected where its row differs, with a trace; the same file again changes
nothing. A withdrawn notice stays withdrawn. What is personal is masked before anything is kept or told.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, gettext_noop, override
from wagtail.log_actions import log

from core.calendar import read_calendar
from core.spreadsheets import unguarded
from guides.importing.files import SourceRow, Table, read_table
from guides.importing.report import MESSAGES, REFUSALS, Finding, Report
from guides.masking import is_identity_number, masked_number, masked_text
from guides.models import ApprovalKind, CatalogueItem, IdentityDocument, ResultNotice
from guides.results import (
    PUBLISHED,
    copy_of,
    correct,
    differing_fields,
    faults_of,
    new_notice,
)
from guides.results_form import (
    APPROVAL_KINDS,
    CHANGED,
    COLUMNS,
    COUNTERPART_KINDS,
    DIVISION,
    FOR_GOOD,
    IDENTITY_DOCUMENTS,
    ITEM,
    ITEM_NAME,
    NOT_KEPT,
    REASON,
    REQUIRED,
    STATUS_CODES,
    STATUSES,
    WITHDRAWN,
    FormColumn,
)
from guides.results_form import PUBLISHED as PUBLISHED_ON
from sites.models import Centre

# The trace of what an import corrected.
REASON_OF_IMPORT = gettext_noop("Brought up to date by an import")
LOOKED_UP_AT_ONCE = 500
ALL_COLUMNS = (*COLUMNS, ITEM, ITEM_NAME, DIVISION, *NOT_KEPT, PUBLISHED_ON, CHANGED, WITHDRAWN, REASON)
TOLD_ONLY = (PUBLISHED_ON, CHANGED, WITHDRAWN, REASON)
WORDS: dict[str, Mapping[str, str]] = {
    "counterpart_kind": COUNTERPART_KINDS,
    "identity_kind": {**IDENTITY_DOCUMENTS, "护照": IdentityDocument.PASSPORT},
    "approval_kind": APPROVAL_KINDS,
    "status": {**STATUSES, **STATUS_CODES},
}
ENDLESS = (date(2099, 12, 31), date(9999, 12, 31))
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?: 00:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")
_OTHER = re.compile(r"其他\s*[-－—:：]*\s*(.*)", re.DOTALL)


# -- What an import tells -----------------------------------------------------------

OWN_REFUSALS: dict[str, str] = {
    "column_twice": gettext_noop("The columns “%(value)s” and “%(other)s” are the same column of the form."),
    "no_division": gettext_noop("The row doesn't say whose decision it is: name a division, or fill in %(field)s."),
    "unknown_centre": gettext_noop("There is no centre of a division with the code %(value)s."),
    "other_division": gettext_noop("The row is of the division %(value)s, not of %(other)s."),
    "bad_date": gettext_noop("“%(value)s” is no date; one is written like 2026-06-01."),
    "unknown_value": gettext_noop("“%(value)s” isn't one of %(values)s."),
    "unknown_item": gettext_noop("There is no item with the code %(value)s."),
    "duplicate_decision": gettext_noop("The decision %(value)s is also in row %(other)d."),
}
OWN_REMARKS: dict[str, str] = {
    "unknown_column": gettext_noop("The form has no column “%(value)s”: it isn't read."),
    "not_kept": gettext_noop("What stands in %(field)s is personal data that isn't published: it isn't kept."),
    "withdrawn": gettext_noop("The notice of the decision %(value)s was withdrawn: the row changes nothing."),
}
OWN_MESSAGES = OWN_REFUSALS | OWN_REMARKS


class ResultFinding(Finding):
    """A finding of this import. What breaks a rule of results has that rule's code, and its words (`text`) with it."""

    @property
    def refuses(self) -> bool:
        if "text" in self.params or self.code in OWN_MESSAGES:
            return self.code not in OWN_REMARKS
        return self.code in REFUSALS

    @property
    def message(self) -> str:
        if "text" in self.params:
            return self.params["text"]
        template = OWN_MESSAGES.get(self.code) or MESSAGES[self.code]
        return gettext(template) % {"field": self.field, "value": self.value, **self.params}


@dataclass
class ResultsReport(Report):
    """What an import of results did, or would do."""

    def add(self, row: int, field: str, value: Any, code: str, /, **params: Any) -> None:
        text = "" if value is None else str(value)
        if code not in OWN_MESSAGES and "text" not in params:  # of a cell as the file has it
            text = masked_text(text)
        self.findings.append(ResultFinding(row, field, text, code, params))

    def counts(self) -> dict[str, int]:
        counts = super().counts()
        del counts["incomplete"]
        return counts


# -- Reading ------------------------------------------------------------------------


def normalised(name: str) -> str:
    """A heading for comparing: brackets and letters in half width, without space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).upper()


COLUMN_OF = {column.field: column for column in (*COLUMNS, ITEM, ITEM_NAME)}
KNOWN = {normalised(name): column for column in ALL_COLUMNS for name in (column.name, column.code, *column.also)}


@dataclass
class Reader:
    """Turns the rows of a file into fields; what can't be read is told."""

    table: Table
    report: ResultsReport
    division: str
    headings: dict[FormColumn, str] = field(default_factory=dict)
    centres: dict[str, Centre] = field(default_factory=dict)
    items: dict[str, CatalogueItem] = field(default_factory=dict)

    def read_headings(self) -> None:
        """Find the form's columns among the file's, by name or code."""
        row = self.table.heading_row
        for heading in self.table.columns:
            column = KNOWN.get(normalised(heading))
            if column is None:
                self.report.add(row, heading, heading, "unknown_column")
            elif column in self.headings:
                self.report.add(row, heading, heading, "column_twice", other=self.headings[column])
            else:
                self.headings[column] = heading
        for column in REQUIRED:
            if column not in self.headings and self.table.columns:
                self.report.add(row, column.name, "", "missing_column", column=column.name)

    def look_up(self) -> None:
        """Read the centres and items that the rows name, at once."""
        codes = {self.division_of(row) for row in self.table.rows}
        for some in in_pieces(codes):
            found = Centre.objects.filter(division__in=some).select_related("division")
            self.centres |= {centre.pk: centre for centre in found}
        items = {self.text(row, ITEM) for row in self.table.rows} - {""}
        for some in in_pieces(items):
            self.items |= {item.code: item for item in CatalogueItem.objects.filter(code__in=some)}

    def tell(self, decision: "Decision", name: str, value: Any, code: str, **params: Any) -> None:
        """Tell something about a field of a row, by what the file calls it."""
        column = COLUMN_OF.get(name)
        heading = self.headings.get(column, column.name) if column else name
        self.report.add(decision.source.row, heading, value, code, **params)

    def text(self, row: SourceRow, column: FormColumn) -> str:
        """What stands in a column; empty where the file hasn't got it."""
        value = row.values.get(self.headings.get(column, ""), "")
        return "" if value is None else unguarded(str(value).strip())

    def division_of(self, row: SourceRow) -> str:
        """The code of the division that a row is of, in twelve digits."""
        return (self.text(row, DIVISION) or self.division).ljust(12, "0")

    def centre_of(self, row: SourceRow) -> Centre | None:
        code, heading = self.division_of(row), self.headings.get(DIVISION, DIVISION.name)
        if not code.strip("0"):
            self.report.add(row.row, heading, "", "no_division")
            return None
        if self.division and code != self.division:
            self.report.add(row.row, heading, self.text(row, DIVISION), "other_division", other=self.division)
            return None
        if code not in self.centres:
            self.report.add(row.row, heading, code, "unknown_centre")
        return self.centres.get(code)

    def fields_of(self, row: SourceRow) -> dict[str, Any]:
        """The fields of a notice that a row fills, those that can be read."""
        values: dict[str, Any] = {}
        for column, heading in self.headings.items():
            text = self.text(row, column)
            if column in NOT_KEPT:
                if text:
                    self.report.add(row.row, heading, "", "not_kept")
            elif column is ITEM:
                values["item"] = self.items.get(text)
                if text and values["item"] is None:
                    self.report.add(row.row, heading, text, "unknown_item")
            elif column not in (DIVISION, *TOLD_ONLY):
                self.read_field(column.field, text, heading, row.row, values)
        return values

    def read_field(self, name: str, text: str, heading: str, row: int, values: dict[str, Any]) -> None:
        """One field, into `values`; nothing where the text can't be read."""
        if name in ("decided_on", "valid_from", "valid_until"):
            if name == "valid_until" and text == FOR_GOOD:
                values[name] = None
                return
            day = day_of(text)
            if day is None:
                self.report.add(row, heading, text, "bad_date")
            else:
                values[name] = None if name == "valid_until" and day in ENDLESS else day
        elif name == "approval_kind" and (other := _OTHER.fullmatch(text)):
            values |= {name: ApprovalKind.OTHER, "approval_kind_note": other[1]}
        elif name == "identity_kind" and text.startswith("其他"):
            values[name] = IdentityDocument.OTHER
        elif name in WORDS and text:
            if text in WORDS[name]:
                values[name] = WORDS[name][text]
            else:
                self.report.add(row, heading, text, "unknown_value", values=", ".join(WORDS[name]))
            if name == "approval_kind":
                values["approval_kind_note"] = ""
        else:
            values[name] = text


def day_of(text: str) -> date | None:
    """A date as offices write it: 2026-06-01, 2026/6/1, 2026年6月1日, 20260601."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part))
    except ValueError:
        return None


def in_pieces(values: Iterable[str]) -> Iterator[list[str]]:
    """So many at once as every database takes in one question."""
    rest = sorted(values)
    for start in range(0, len(rest), LOOKED_UP_AT_ONCE):
        yield rest[start : start + LOOKED_UP_AT_ONCE]


# -- The import ---------------------------------------------------------------------


@dataclass(frozen=True)
class Decision:
    """A row of the file with whose decision it is, and its number as notices keep it."""

    source: SourceRow
    centre: Centre
    number: str


@transaction.atomic
def import_results(content: bytes, division: str = "", *, dry_run: bool = False, user: Any = None) -> ResultsReport:
    """Publish or correct the decisions of a file: CSV (UTF-8), XLSX or JSON lines, given by its bytes.

    division: the code of the division whose centre's decisions they are; without it each row says so (地方编码).
    With anything refused, or with `dry_run`, nothing is written.
    """
    report = ResultsReport()
    reader = Reader(read_table(content, [], report), report, division)
    reader.read_headings()
    report.rows = len(reader.table.rows)
    if report.refused:
        return report
    reader.look_up()
    decisions = list(decisions_of(reader))
    present = present_notices(decisions)
    calendar = read_calendar()
    new: list[ResultNotice] = []
    corrections: list[tuple[ResultNotice, dict[str, Any]]] = []
    for decision in decisions:
        notice = present.get((decision.centre.pk, decision.number))
        if notice is not None and notice.is_withdrawn:
            reader.tell(decision, "decision_number", decision.number, "withdrawn")
            report.unchanged += 1
            continue
        told = len(report.findings)
        fields = reader.fields_of(decision.source)
        if notice is None:
            made = new_notice(decision.centre, calendar, **fields)
            check(made, decision, reader, told)
            new.append(made)
        else:
            corrected = copy_of(notice)
            for name, value in fields.items():
                setattr(corrected, name, value)
            check(corrected, decision, reader, told)
            if differing_fields(notice, corrected):
                corrections.append((notice, fields))
            else:
                report.unchanged += 1
    report.added, report.changed = len(new), len(corrections)
    if report.refused:
        # Nothing was done, whatever could have been.
        report.added = report.changed = report.unchanged = 0
    elif not dry_run:
        write(new, corrections, user)
    return report


def decisions_of(reader: Reader) -> Iterator[Decision]:
    """The rows that say whose decision they are; one that comes twice is refused."""
    seen: dict[tuple[str, str], int] = {}
    for source in reader.table.rows:
        centre = reader.centre_of(source)
        if centre is None:
            continue
        number = reader.text(source, COLUMN_OF["decision_number"])
        if is_identity_number(number):
            number = masked_number(number)
        decision = Decision(source, centre, number)
        if number and (centre.pk, number) in seen:
            first = seen[centre.pk, number]
            reader.tell(decision, "decision_number", number, "duplicate_decision", other=first)
            continue
        seen[centre.pk, number] = source.row
        yield decision


def present_notices(decisions: list[Decision]) -> dict[tuple[str, str], ResultNotice]:
    """The notices that the decisions have already, by centre and number."""
    found = {}
    centres = {decision.centre.pk for decision in decisions}
    for numbers in in_pieces({decision.number for decision in decisions}):
        notices = ResultNotice.objects.filter(centre__in=centres, decision_number__in=numbers)
        found |= {(notice.centre_id, notice.decision_number): notice for notice in notices}
    return found


def check(notice: ResultNotice, decision: Decision, reader: Reader, since: int) -> None:
    """Tell what breaks a rule, unless a finding of the row, that is one since so many, told it; mask what is personal."""
    told = {finding.field for finding in reader.report.findings[since:]}
    faults = faults_of(notice)
    notice.mask()
    for fault in faults:
        column = COLUMN_OF.get(fault.field)
        if column is None or reader.headings.get(column, column.name) not in told:
            reader.tell(decision, fault.field, getattr(notice, fault.field, None), fault.code, text=fault.message)


def write(new: list[ResultNotice], corrections: list[tuple[ResultNotice, dict[str, Any]]], user: Any) -> None:
    """Publish and correct, with an entry in the log for each."""
    ResultNotice.objects.publish(new)
    for notice in new:
        log(notice, PUBLISHED, user=user)
    with override(settings.LANGUAGE_CODE):
        reason = gettext(REASON_OF_IMPORT)
    for notice, fields in corrections:
        correct(notice, reason, user=user, **fields)
