"""What an import would do: each row held against what is here. Reads the database and writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import ModelLogEntry

from guides.completeness import missing_elements
from guides.facts import CHILDREN, ITEM_FACTS, FactKind, Facts, Rows, facts_of, set_facts
from guides.importing.reading import GroupRef, ReadRow
from guides.importing.report import Report
from guides.importing.texts import normalised
from guides.models import CatalogueItem, Tier
from guides.rules import faults_of
from sites.models import Department

# The action in the log that says that a version was imported from somebody else's list.
IMPORTED = "guides.import"
# The same of this system's own form: what comes back from a spreadsheet was edited here.
IMPORTED_OWN = "guides.import_own"

BATCH_SIZE = 500
# What of a new item is known to be empty before anything is set, so that nobody asks the database.
RELATIONS = (*CHILDREN, *(name for name, fact in ITEM_FACTS.items() if fact.kind == FactKind.KEYS))
TIERS = (Tier.MAIN, Tier.SUB, Tier.HANDLING)


@dataclass
class Step:
    """What is to be done with one item: added, changed, or only its source's words kept.

    facts: those that are to be set, all of a new item's. is_published: whether it comes into force.
    """

    row: int
    code: str
    facts: Facts
    item: CatalogueItem
    is_published: bool = True
    only_words: bool = False


@dataclass
class Plan:
    """An import, ready to be written: departments first, then items from the top tier down."""

    departments: Sequence[Department]
    rows: Rows
    steps: list[Step] = field(default_factory=list)


@dataclass
class Here:
    """An item as it stands here, and whether nobody changed it since it was imported."""

    item: CatalogueItem
    facts: Facts
    is_untouched: bool


def tell_missing(read: Iterable[ReadRow], heading: str, report: Report) -> None:
    """The items that an earlier list of the same division brought and this one doesn't have: they stay as they are.

    Those that were cancelled here meanwhile are rightly not in it.
    """
    divisions = {row.division for row in read if row.division}
    known = {code for row in read for code in (row.code, *(group.code for group in row.groups))}
    brought = CatalogueItem.objects.filter(source_division__in=divisions, cancelled_on=None).order_by("code")
    for code, name in brought.values_list("code", "name_zh_hans"):
        if code not in known:
            report.add(0, heading, code, "missing", name=name)


def plan(
    read: Sequence[ReadRow], departments: Sequence[Department], rows: Rows, report: Report, key: str, *, is_own: bool
) -> Plan:
    """Hold rows against the database. The report gets its counts, and findings on rows that don't go together.

    `key`: the column of the code. `is_own`: the rows are of this system's own form, which says all about an item and was edited here.
    """
    made = Plan(departments, rows)
    tell_repeated_names(read, report)
    groups = group_rows(read, rows, report)
    here = items_here([*(row.code for row in groups), *(row.code for row in read)])
    for code, known in here.items():
        rows.known[CatalogueItem][code] = known.item
    for row in (*groups, *read):
        if row.code not in here:
            # There before anything refers to it.
            rows.add(CatalogueItem(code=row.code, live=False, **{name: [] for name in RELATIONS}))
    if not is_own:
        tell_missing(read, key, report)
    for row in groups:
        _plan_group(row, here, made, report)
    tiers = {row.code: row.facts["tier"] for row in read}
    for row in sorted(read, key=lambda one: TIERS.index(one.facts["tier"])):
        if not is_own:
            row.facts["parent"] = _parent(row, tiers, here, report)
        _plan_row(row, here, made, report, is_own)
    return made


# -- Rows against each other --------------------------------------------------------


def tell_repeated_names(read: Iterable[ReadRow], report: Report) -> None:
    """The same name under several codes, and several names under one basic code."""
    first: dict[tuple[str, str], ReadRow] = {}
    by_basic_code: dict[str, dict[str, int]] = defaultdict(dict)
    for row in read:
        name = row.facts["name_zh_hans"]
        other = first.setdefault((row.facts["tier"], normalised(name)), row)
        if other is not row:
            report.add(row.row, row.columns.get("name_zh_hans", "name"), name, "duplicate_name", other=other.row)
        basic_code = row.facts.get("basic_code")
        if basic_code and row.facts["tier"] == Tier.HANDLING:
            by_basic_code[basic_code].setdefault(name, row.row)
    column = next((row.columns["basic_code"] for row in read if "basic_code" in row.columns), "basic_code")
    for code, names in by_basic_code.items():
        if len(names) > 1:
            report.add(sorted(names.values())[1], column, code, "basic_code_with_several_names", number=len(names))


@dataclass
class _GroupSeen:
    """A main or sub-item as the rows name it."""

    ref: GroupRef
    row: int
    division: str
    parent: str
    departments: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    levels: set[tuple[str, ...]] = field(default_factory=set)


def group_rows(read: Iterable[ReadRow], rows: Rows, report: Report) -> list[ReadRow]:
    """The main and sub-items that the rows belong to, each as a row of its own, from the top tier down.

    What they are beside their names follows from what belongs to them, where all of that agrees.
    """
    seen: dict[str, _GroupSeen] = {}
    told: set[tuple[str, str]] = set()
    for row in read:
        above = ""
        for ref in row.groups:
            one = seen.setdefault(ref.code, _GroupSeen(ref, row.row, row.division, above))
            if one.ref.name != ref.name and (ref.code, ref.name) not in told:
                told.add((ref.code, ref.name))
                report.add(
                    row.row,
                    ref.column,
                    ref.name,
                    "code_with_several_names",
                    code=ref.code,
                    other=one.ref.name,
                    other_row=one.row,
                )
            if one.parent != above and (ref.code, above) not in told:
                told.add((ref.code, above))
                report.add(row.row, ref.column, ref.name, "several_parents", code=ref.code, other_row=one.row)
            one.departments.add(row.facts.get("department", ""))
            one.types.add(row.facts.get("item_type", ""))
            one.levels.add(tuple(row.facts.get("exercise_levels", ())))
            above = ref.code
    found = [_group_row(one, report) for one in seen.values()]
    return sorted(found, key=lambda row: TIERS.index(row.facts["tier"]))


def _group_row(one: _GroupSeen, report: Report) -> ReadRow:
    ref = one.ref
    if ref.is_derived:
        report.add(one.row, ref.column, ref.name, "parent_code_derived", code=ref.code)
    if len(one.departments) > 1:
        report.add(one.row, ref.column, ref.name, "several_departments")
    if len(one.types) > 1:
        report.add(one.row, ref.column, ref.name, "several_types")
    facts = {
        "code": ref.code,
        "basic_code": "" if ref.is_derived else ref.code,
        "tier": ref.tier,
        "name_zh_hans": ref.name,
        "parent": one.parent,
        "department": _the_one(one.departments, ""),
        "item_type": _the_one(one.types, ""),
        "exercise_levels": list(_the_one(one.levels, ())),
    }
    return ReadRow(
        one.row, ref.code, facts, words=ref.words, division=one.division, columns=dict.fromkeys(facts, ref.column)
    )


def _the_one(values: set[Any], otherwise: Any) -> Any:
    return next(iter(values)) if len(values) == 1 else otherwise


def _parent(row: ReadRow, tiers: dict[str, str], here: dict[str, Here], report: Report) -> str:
    """The code of the item that a row belongs to; none where that one is a handling item itself."""
    if not row.groups:
        return ""
    nearest = row.groups[-1]
    known = here.get(nearest.code)
    if tiers.get(nearest.code) == Tier.HANDLING or (known is not None and known.item.tier == Tier.HANDLING):
        report.add(row.row, nearest.column, nearest.code, "parent_is_handling_item")
        return ""
    return nearest.code


# -- Rows against the database ------------------------------------------------------


def items_here(codes: Sequence[str]) -> dict[str, Here]:
    """Those of the items that are here already, by code."""
    found: dict[str, Here] = {}
    for start in range(0, len(codes), BATCH_SIZE):
        items = list(CatalogueItem.objects.filter(code__in=codes[start : start + BATCH_SIZE]))
        latest = [item.latest_revision_id for item in items if item.latest_revision_id is not None]
        imported = set(
            ModelLogEntry.objects.filter(action=IMPORTED, revision__in=latest).values_list("revision_id", flat=True)
        )
        for item, facts in facts_of(items):
            found[item.code] = Here(item, facts, item.latest_revision_id in imported)
    return found


def _plan_group(row: ReadRow, here: dict[str, Here], made: Plan, report: Report) -> None:
    """A group that is here keeps all but its name: what follows from its items depends on which ones a file has."""
    known = here.get(row.code)
    if known is None:
        made.steps.append(_new(row, made.rows))
        return
    if known.item.tier == Tier.HANDLING:
        return  # told where its rows look for what they belong to
    wanted = {"name_zh_hans": row.facts["name_zh_hans"]}
    step = _changed(row, wanted, known, made.rows, report, is_own=False)
    if step is not None:
        made.steps.append(step)


def _plan_row(row: ReadRow, here: dict[str, Here], made: Plan, report: Report, is_own: bool) -> None:
    known = here.get(row.code)
    step = _new(row, made.rows) if known is None else _changed(row, row.facts, known, made.rows, report, is_own)
    if known is None:
        report.added += 1
    elif step is not None:
        report.changed += 1
    else:
        report.unchanged += 1
    rewritten = step.item if step is not None and not step.only_words else None
    item = rewritten or (known.item if known is not None else None)
    assert item is not None
    if item.tier == Tier.HANDLING and (missing_elements(rewritten) if rewritten else item.missing_elements):
        report.incomplete += 1
    if rewritten is not None and step is not None and step.is_published:
        for fault in faults_of(rewritten):
            report.add(row.row, row.columns.get(fault.field, fault.field), "", "breaks_rule", reason=fault.message)
    if not item.item_type and not is_own:
        report.add(row.row, row.columns.get("item_type", "item_type"), "", "kept_as_draft")
    if step is not None:
        made.steps.append(step)


def _new(row: ReadRow, rows: Rows) -> Step:
    item = rows.get(CatalogueItem, row.code)
    set_facts(item, {"source_words": row.words, "source_division": row.division} | row.facts, rows)
    return Step(row.row, row.code, row.facts, item, row.is_published and bool(row.facts.get("item_type")))


def _changed(row: ReadRow, wanted: Facts, known: Here, rows: Rows, report: Report, is_own: bool) -> Step | None:
    """What is to change about an item that is here; None where nothing is."""
    different = {name: value for name, value in wanted.items() if known.facts[name] != value}
    words = {} if is_own else _new_words(row, known)
    if not is_own and not known.is_untouched:
        _tell_edited(row, different, known, report)
        return Step(row.row, row.code, words, known.item, only_words=True) if words else None
    if is_own and different and _was_changed_meanwhile(row, known, report):
        return None
    goes_live = row.is_published and bool(wanted.get("item_type", known.facts["item_type"])) and not known.item.live
    if not different and not words and not goes_live:
        return None
    if not different and not goes_live:
        return Step(row.row, row.code, words, known.item, only_words=True)
    item = CatalogueItem.objects.get(pk=known.item.pk)
    set_facts(item, different | words, rows)
    return Step(row.row, row.code, different | words, item, item.live or goes_live)


def _was_changed_meanwhile(row: ReadRow, known: Here, report: Report) -> bool:
    """Whether what a row would change isn't any more what it was when the file was made."""
    if known.item.live and known.item.has_unpublished_changes:
        report.add(row.row, "", row.code, "has_draft")
        return True
    version = known.item.versions.filter(in_force_until=None).first() if row.version is not None else None
    if version is not None and version.number != row.version:
        report.add(row.row, "version", str(row.version), "changed_meanwhile", current=str(version.number))
        return True
    return False


def _new_words(row: ReadRow, known: Here) -> Facts:
    """The source's words and its division, where they aren't the ones that are here."""
    wanted = {"source_words": row.words, "source_division": row.division}
    return {name: value for name, value in wanted.items() if known.facts[name] != value}


def _tell_edited(row: ReadRow, different: Facts, known: Here, report: Report) -> None:
    """Each fact of the file that isn't what editors wrote; what the file doesn't say is no contradiction."""
    for name, value in different.items():
        if value in ("", None, [], False) or name.endswith("_unit"):
            continue
        if name in CHILDREN and _names(value) <= _names(known.facts[name]):
            continue
        shown = "、".join(sorted(_names(value))) if name in CHILDREN else _shown(value)
        report.add(row.row, row.columns.get(name, name), shown, "edited_here")


def _names(children: Iterable[Facts]) -> set[str]:
    """The first text of each child that is its name or law."""
    return {str(child.get("name_zh_hans") or child.get("law_zh_hans")) for child in children}


def _shown(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
