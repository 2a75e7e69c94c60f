"""What an import tells: counts of rows, and findings with their row, each with a code for programs and words for people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core import csv_file

# What refuses the whole file: nobody can tell what the row is, or the row isn't to be trusted at all.
REFUSALS: dict[str, str] = {
    **{code: text for code, text in csv_file.MESSAGES.items() if code != "unknown_column"},
    "bad_json": gettext_noop("The line is not a JSON object: %(reason)s."),
    "unreadable_cell": gettext_noop("The cell of the column %(field)s holds “%(value)s”, which is no value."),
    "no_code": gettext_noop("The row has no code in the column %(field)s."),
    "bad_code": gettext_noop("“%(value)s” can't be a code: letters, digits and hyphens only, at most %(longest)d."),
    "duplicate_key": gettext_noop("The code %(value)s is also in row %(other)d."),
    "no_name": gettext_noop("The row has no name in the column %(field)s."),
    "name_too_long": gettext_noop("The name has %(length)d characters; at most %(longest)d are allowed."),
    # Of files in this system's own form, which somebody changed by hand.
    "bad_value": gettext_noop("“%(value)s” can't stand in the column %(field)s: %(reason)s"),
    "breaks_rule": gettext_noop("The row breaks a rule of the catalogue: %(reason)s"),
    "unknown_reference": gettext_noop("There is no item with the code %(value)s for the column %(field)s."),
    "has_draft": gettext_noop("%(value)s has a draft that isn't published: publish or discard it first."),
    "changed_meanwhile": gettext_noop(
        "The item was changed here after the file was made: version %(current)s is in force, the file has version "
        "%(value)s."
    ),
}

REMARKS: dict[str, str] = {
    # The file's form
    "unknown_column": gettext_noop(
        "The mapping doesn't know the column “%(value)s”: it is kept in the source's words."
    ),
    "other_sheet": gettext_noop("The sheet “%(value)s” has content and isn't read: an import reads one sheet."),
    "formula": gettext_noop("The cell of the column %(field)s holds a formula: its last value, “%(value)s”, was read."),
    # Texts
    "outer_space": gettext_noop("“%(value)s” in the column %(field)s has space around it, which is left out."),
    "unusual_space": gettext_noop("“%(value)s” in the column %(field)s has unusual or repeated space within."),
    "line_break": gettext_noop("“%(value)s” in the column %(field)s has a line break, which became a space."),
    "invisible_character": gettext_noop(
        "“%(value)s” in the column %(field)s has invisible characters (%(characters)s), which are left out."
    ),
    "width_difference": gettext_noop(
        "“%(value)s” in the column %(field)s mixes half-width and full-width signs; it is kept as it is."
    ),
    "unbalanced_brackets": gettext_noop("The brackets of “%(value)s” in the column %(field)s don't match."),
    "too_long": gettext_noop(
        "“%(value)s” in the column %(field)s has %(length)d characters, more than the %(longest)d that there is room "
        "for: it is kept in the source's words only."
    ),
    # Values
    "unknown_value": gettext_noop(
        "The mapping doesn't know “%(value)s” in the column %(field)s: it is kept in the source's words only."
    ),
    "not_understood": gettext_noop(
        "“%(value)s” in the column %(field)s isn't understood: it is kept in the source's words only."
    ),
    "none_or_unknown": gettext_noop(
        "“%(value)s” in the column %(field)s may mean that there are none or that nobody filled it in: it isn't known."
    ),
    "not_a_telephone": gettext_noop("“%(value)s” in the column %(field)s is no telephone number."),
    "materials_by_name_only": gettext_noop(
        "Of the %(value)s materials the source gives the names only: forms, copies and whether they are always needed "
        "aren't known."
    ),
    "materials_contradict": gettext_noop(
        "The column %(field)s says “%(value)s” and lists materials beside it: the materials stand."
    ),
    # Columns against each other
    "code_text_mismatch": gettext_noop(
        "The column %(code_field)s has the code “%(code)s” and the column %(field)s says “%(value)s”: the words stand, "
        "the code is kept in the source's words."
    ),
    "columns_disagree": gettext_noop(
        "The column %(field)s says “%(value)s” and the column %(other_field)s “%(other)s”: they don't agree."
    ),
    "promise_without_statutory_limit": gettext_noop(
        "There is a promised limit (%(value)s) but no statutory one: whether the law sets none isn't known."
    ),
    "promise_longer_than_statutory_limit": gettext_noop(
        "The promised limit (%(value)s) is longer than the statutory one (%(other)s): it is kept in the source's "
        "words only."
    ),
    "handling_kind_against_promise": gettext_noop(
        "The handling kind “%(value)s” doesn't fit the promised limit (%(other)s): the limit stands, the handling kind "
        "is kept in the source's words only."
    ),
    "promise_against_handling_kind": gettext_noop(
        "The promised limit “%(value)s” doesn't fit the handling kind (%(other)s): the handling kind stands, the "
        "limit is kept in the source's words only."
    ),
    # Rows against each other
    "duplicate_name": gettext_noop("Row %(other)d has the name “%(value)s” too, under another code."),
    "basic_code_with_several_names": gettext_noop("The basic code %(value)s has %(number)d different names."),
    "code_with_several_names": gettext_noop(
        "The code %(code)s is called “%(value)s” here and “%(other)s” in row %(other_row)d: the first name stands."
    ),
    "several_parents": gettext_noop(
        "%(code)s, “%(value)s”, belongs to something else here than in row %(other_row)d: the first stands."
    ),
    "several_departments": gettext_noop("The items below “%(value)s” belong to several departments: it has none."),
    "several_types": gettext_noop("The items below “%(value)s” have several item types: it is kept as a draft."),
    "parent_code_derived": gettext_noop("“%(value)s” has no code in the source: it got the code %(code)s, derived."),
    "parent_is_handling_item": gettext_noop("%(value)s is a handling item itself: nothing can belong to it."),
    # What the installation has
    "department_added": gettext_noop(
        "The department “%(value)s” wasn't known: it was added as %(code)s and has no English name yet."
    ),
    "several_departments_of_that_name": gettext_noop("Several departments are called “%(value)s”: none was taken."),
    "unknown_division": gettext_noop("There is no division with the code %(value)s here."),
    "other_division": gettext_noop("The column %(field)s names the division %(value)s; the file is of %(other)s."),
    "no_division": gettext_noop("“%(value)s” in the column %(field)s names no division; the file is of %(other)s."),
    "centre_facts_not_imported": gettext_noop("The column %(value)s is a fact of a centre: it isn't imported."),
    "kept_as_draft": gettext_noop("The item lacks its item type: it is kept as a draft and isn't published."),
    "missing": gettext_noop(
        "“%(name)s” (%(value)s) came with an earlier list of this division and isn't in the file: it stays as it is."
    ),
    "edited_here": gettext_noop(
        "The item was edited here: “%(value)s” of the file is kept in the source's words only."
    ),
}

MESSAGES = REFUSALS | REMARKS

# What the findings of a code are called where they stand together.
LABELS: dict[str, str | Promise] = {
    "unreadable": _("file that can't be read"),
    "empty_file": _("empty file"),
    "wrong_encoding": _("wrong encoding"),
    "wrong_encoding_guess": _("wrong encoding"),
    "nul_byte": _("NUL byte"),
    "bad_csv": _("broken CSV"),
    "missing_column": _("missing column"),
    "duplicate_column": _("column that stands twice"),
    "too_few_fields": _("too few fields"),
    "too_many_fields": _("too many fields"),
    "bad_json": _("broken JSON"),
    "unreadable_cell": _("unreadable cell"),
    "no_code": _("no code"),
    "bad_code": _("impossible code"),
    "duplicate_key": _("code that stands twice"),
    "no_name": _("no name"),
    "name_too_long": _("name too long"),
    "bad_value": _("impossible value"),
    "breaks_rule": _("broken rule"),
    "unknown_reference": _("unknown item"),
    "has_draft": _("draft that isn't published"),
    "changed_meanwhile": _("changed here meanwhile"),
    "unknown_column": _("column without a meaning"),
    "other_sheet": _("sheet that isn't read"),
    "formula": _("formula"),
    "outer_space": _("space around a text"),
    "unusual_space": _("unusual space"),
    "line_break": _("line break"),
    "invisible_character": _("invisible characters"),
    "width_difference": _("half-width and full-width signs mixed"),
    "unbalanced_brackets": _("brackets that don't match"),
    "too_long": _("text too long"),
    "unknown_value": _("unknown value"),
    "not_understood": _("not understood"),
    "none_or_unknown": _("none, or not known"),
    "not_a_telephone": _("no telephone number"),
    "materials_by_name_only": _("materials by name only"),
    "materials_contradict": _("materials that contradict each other"),
    "code_text_mismatch": _("code and words don't agree"),
    "columns_disagree": _("columns that don't agree"),
    "promise_without_statutory_limit": _("promise without a statutory limit"),
    "promise_longer_than_statutory_limit": _("promise longer than the statutory limit"),
    "handling_kind_against_promise": _("handling kind that doesn't fit the promise"),
    "promise_against_handling_kind": _("promise that doesn't fit the handling kind"),
    "duplicate_name": _("name that stands twice"),
    "basic_code_with_several_names": _("basic code with several names"),
    "code_with_several_names": _("code with several names"),
    "several_parents": _("code that belongs to several items"),
    "several_departments": _("several departments below"),
    "several_types": _("several item types below"),
    "parent_code_derived": _("code derived from a name"),
    "parent_is_handling_item": _("belongs to a handling item"),
    "department_added": _("department added"),
    "several_departments_of_that_name": _("several departments of one name"),
    "unknown_division": _("unknown division"),
    "other_division": _("another division"),
    "no_division": _("no division"),
    "centre_facts_not_imported": _("facts of a centre"),
    "kept_as_draft": _("kept as a draft"),
    "missing": _("not in the file any more"),
    "edited_here": _("edited here"),
}

# How much of a long value its message shows.
SHOWN = 80


@dataclass(frozen=True)
class Finding:
    """Something that a reader of the file should know: in which row and column, about which value.

    The row is the line of a CSV or JSON lines file (the first is 1), or the row of a sheet; 0 of what no row has.
    """

    row: int
    field: str
    value: str
    code: str
    params: Mapping[str, Any] = dataclass_field(default_factory=dict)

    @property
    def refuses(self) -> bool:
        return self.code in REFUSALS

    @property
    def message(self) -> str:
        """The finding in the active language, with its row."""
        shown = self.value if len(self.value) <= SHOWN else self.value[:SHOWN] + "…"
        text = gettext(MESSAGES[self.code]) % {"field": self.field, "value": shown, **self.params}
        if not self.row:
            return text
        return gettext("Row %(row)d: %(text)s") % {"row": self.row, "text": text}

    def as_dict(self) -> dict[str, Any]:
        return {"row": self.row, "field": self.field, "value": self.value, "code": self.code, "message": self.message}

    def stored(self) -> list[Any]:
        """A form for the database, without the message, so that each reader gets it in the own language."""
        return [self.row, self.field, self.value, self.code, dict(self.params)]


class FileFault(csv_file.Fault):
    """A fault of the file's form, as the reader of CSV files tells it."""

    def as_finding(self) -> Finding:
        return Finding(self.line, str(self.params.get("column", "")), "", self.code, self.params)


@dataclass
class Report:
    """What an import did, or would do. The counts are of rows; with anything refused nothing was done."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    incomplete: int = 0
    findings: list[Finding] = dataclass_field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many rows were refused; a fault of the whole file counts as its row."""
        return len({finding.row for finding in self.findings if finding.refuses})

    @property
    def by_code(self) -> Counter[str]:
        return Counter(finding.code for finding in self.findings)

    def add(self, row: int, field: str, value: Any, code: str, /, **params: Any) -> None:
        self.findings.append(Finding(row, field, "" if value is None else str(value), code, params))

    def counts(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "incomplete": self.incomplete,
            "refused": self.refused,
        }

    def as_dict(self) -> dict[str, Any]:
        return {**self.counts(), "findings": [finding.as_dict() for finding in in_order(self.findings)]}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings from the top of the file to its end."""
    return sorted(findings, key=lambda finding: finding.row)
