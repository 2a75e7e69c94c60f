"""The column standard as values: what is wrong with a draft, and how it differs from what is in force.

Nothing here reads or writes the database; `sites.standard_apply` carries a standard through the group.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sites.models import Column, Level


class ChangeKind(models.TextChoices):
    """In how many ways a column of the draft can differ from the one in force."""

    ADDED = "added", _("added")
    REMOVED = "removed", _("removed")
    RENAMED = "renamed", _("renamed")
    DESCRIBED = "described", _("new description")
    SLUG = "slug", _("new slug")
    MOVED = "moved", _("moved")
    LEVELS_ADDED = "levels-added", _("levels added")
    LEVELS_REMOVED = "levels-removed", _("levels removed")
    REQUIRED = "required", _("required")
    UPDATE_PERIOD = "update-period", _("update period")


@dataclass(frozen=True)
class Change:
    """One difference. `old` and `new` are what the preview shows; `levels` those whose sites it touches."""

    kind: ChangeKind
    column: Column
    levels: tuple[str, ...]
    old: Any = None
    new: Any = None

    @property
    def hides(self) -> bool:
        """Whether pages disappear from sites."""
        return self.kind in (ChangeKind.REMOVED, ChangeKind.LEVELS_REMOVED)

    @property
    def level_names(self) -> list[str]:
        """The levels as people read them."""
        return [Level(level).label for level in self.levels]

    @property
    def old_text(self) -> str:
        return as_text(self.old)

    @property
    def new_text(self) -> str:
        return as_text(self.new)


@dataclass(frozen=True)
class Fault:
    """Something wrong with a draft: which of its columns, in which field, and what."""

    column: Column
    field: str
    message: str


def in_order(levels: Iterable[str]) -> tuple[str, ...]:
    """Levels from the province down, each once."""
    given = set(levels)
    return tuple(level for level in Level.values if level in given)


def as_text(value: Any) -> str:
    """What a change was from or to, in words: both languages of a name, a number, yes or no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, tuple):
        return " · ".join(value)
    return str(value)


def names(column: Column) -> tuple[str, str]:
    return column.name_zh_hans or "", column.name_en or ""


def descriptions(column: Column) -> tuple[str, str]:
    return column.description_zh_hans or "", column.description_en or ""


def moved_keys(old_order: Sequence[str], new_order: Sequence[str]) -> set[str]:
    """The columns that changed their place among those that both have; what they moved past stayed."""
    both = set(old_order) & set(new_order)
    old = [key for key in old_order if key in both]
    new = [key for key in new_order if key in both]
    stayed = {
        key
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        for key in old[block.a : block.a + block.size]
    }
    return both - stayed


def compare(old: Sequence[Column], new: Sequence[Column]) -> list[Change]:
    """How the columns of a draft differ from those in force, both in their order; column after column."""
    old_by_key = {column.key: column for column in old}
    new_by_key = {column.key: column for column in new}
    moved = moved_keys(list(old_by_key), list(new_by_key))
    places = {key: number for number, key in enumerate(new_by_key, start=1)}
    old_places = {key: number for number, key in enumerate(old_by_key, start=1)}
    changes = []
    for key, column in new_by_key.items():
        before = old_by_key.get(key)
        if before is None:
            changes.append(Change(ChangeKind.ADDED, column, in_order(column.levels)))
            continue
        kept = in_order(set(before.levels) & set(column.levels))
        pairs = [
            (ChangeKind.RENAMED, names(before), names(column)),
            (ChangeKind.DESCRIBED, descriptions(before), descriptions(column)),
            (ChangeKind.SLUG, before.slug, column.slug),
            (ChangeKind.REQUIRED, before.required, column.required),
            (ChangeKind.UPDATE_PERIOD, before.update_days, column.update_days),
        ]
        changes += [Change(kind, column, kept, was, becomes) for kind, was, becomes in pairs if was != becomes]
        if key in moved:
            changes.append(Change(ChangeKind.MOVED, column, kept, old_places[key], places[key]))
        added = in_order(set(column.levels) - set(before.levels))
        if added:
            changes.append(Change(ChangeKind.LEVELS_ADDED, column, added))
        removed = in_order(set(before.levels) - set(column.levels))
        if removed:
            changes.append(Change(ChangeKind.LEVELS_REMOVED, column, removed))
    changes += [
        Change(ChangeKind.REMOVED, column, in_order(column.levels))
        for key, column in old_by_key.items()
        if key not in new_by_key
    ]
    return changes


def key_for(slug: str, former: Mapping[str, str], in_use: Iterable[str]) -> str:
    """The key of a column that is added without one.

    A slug that a removed column once had brings that column back, with what its sites
    wrote; any other slug is its own key. `former` maps former slugs to keys.
    """
    key = former.get(slug, slug)
    return slug if key in set(in_use) else key


def faults(
    old: Sequence[Column], new: Sequence[Column], former: Mapping[str, str], reserved: Iterable[str]
) -> list[Fault]:
    """What keeps a draft from being applied.

    `old` are the columns in force, `former` maps former slugs to the keys of their columns, `reserved`
    are addresses that something else answers to. A slug that leads, or led, to another column that
    stays is refused: addresses that people kept would silently open the wrong column. The slug
    of a column that was removed is free.
    """
    found = []
    reserved = set(reserved)
    slugs = Counter(column.slug for column in new if column.slug)
    keys = Counter(column.key for column in new if column.key)
    old_by_key = {column.key: column for column in old}
    staying = {column.key: column for column in new}
    owners = {**former, **{column.slug: column.key for column in old}}
    for column in new:
        if not column.name_zh_hans:
            found.append(Fault(column, "name_zh_hans", gettext("Enter the Chinese name.")))
        if not column.name_en:
            found.append(Fault(column, "name_en", gettext("Enter the English name.")))
        elif column.name_en == column.name_zh_hans:
            found.append(Fault(column, "name_en", gettext("The English name is the Chinese one.")))
        if not column.levels:
            found.append(Fault(column, "levels", gettext("Choose at least one level.")))
        if not column.slug:
            found.append(Fault(column, "slug", gettext("Enter the slug.")))
        elif slugs[column.slug] > 1:
            found.append(Fault(column, "slug", gettext("Another column has this slug.")))
        elif column.slug in reserved:
            found.append(Fault(column, "slug", gettext("This address is taken by another part of every site.")))
        else:
            owner = owners.get(column.slug)
            if owner is not None and owner != column.key and owner in staying:
                message = gettext(
                    "This is an address, or a former address, of the column “%(column)s”, and must lead there."
                )
                found.append(Fault(column, "slug", message % {"column": staying[owner]}))
        if keys[column.key] > 1:
            found.append(Fault(column, "key", gettext("Another column has this key.")))
        before = old_by_key.get(column.key)
        if before is not None and before.kind != column.kind:
            message = gettext("The kind of a column never changes: remove the column and add another.")
            found.append(Fault(column, "kind", message))
    return found
