"""Making the website group from a file of divisions, and carrying the file's changes through.

A run first compares the whole file with the database (`compare`), then makes and renames in one
transaction. A division's host stays what it was when the division was made, whatever its name
becomes later: addresses are printed on signs and linked from elsewhere.
"""

from collections.abc import Collection as AnyOf
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib.sites.models import Site as HostSite
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override
from multisite.models import Alias

from sites.bulk_centres import CentreNames, NewCentre, Progress, add_centres, no_progress
from sites.bulk_groups import ensure_groups_of_all_centres
from sites.bulk_rename import centres_with_names, save_names, set_names
from sites.division_file import DivisionFile, DivisionRow, read_divisions
from sites.groups import ensure_group_wide_groups
from sites.hosts import host_of
from sites.models import Centre, Division, Level
from sites.naming import centre_name, english_centre_name

# Every character field of these models has a limit.
LONGEST_HOST = cast(int, HostSite._meta.get_field("domain").max_length)
LONGEST_DIVISION_NAME = cast(int, Division._meta.get_field("name").max_length)
LONGEST_CENTRE_NAME = cast(int, Centre._meta.get_field("name").max_length)


@dataclass(frozen=True)
class FileError:
    """What is wrong in a line of the file; `code` is the line's division code, empty where it can't be read."""

    line: int
    code: str
    message: str


@dataclass
class Report:
    """What a run did, or with `dry_run` would do. Numbers are of centres with their divisions."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: list[str] = field(default_factory=list)
    skipped: list[DivisionRow] = field(default_factory=list)
    errors: list[FileError] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "missing": self.missing,
            "skipped": [{"line": row.line, "code": row.code, "name": row.name} for row in self.skipped],
            "errors": [{"line": each.line, "code": each.code, "message": each.message} for each in self.errors],
        }


@dataclass
class Comparison:
    """What the file asks for that the database doesn't have yet."""

    new: list[NewCentre] = field(default_factory=list)
    changed: list[Model] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def provision(
    source: Path | str | bytes,
    levels: AnyOf[str] = tuple(Level.values),
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> Report:
    """Make the centres of a file's divisions and carry changed names through.

    In: a file's path or its bytes; the levels whose rows are used; whether to only tell. Out: a
    report. A file with errors changes nothing.
    """
    file = read_divisions(source)
    with transaction.atomic():
        comparison = compare(file, levels)
        if not comparison.report.errors and not dry_run:
            # The columns without a language hold the Chinese, whoever calls.
            with override(settings.LANGUAGE_CODE):
                add_centres(comparison.new, progress)
                save_names(comparison.changed)
                ensure_groups_of_all_centres()
                ensure_group_wide_groups()
    return comparison.report


def compare(file: DivisionFile, levels: AnyOf[str]) -> Comparison:
    """Hold a file against the database. Reads only; the objects in `changed` have their new names, unsaved."""
    result = Comparison()
    report = result.report
    report.errors = [FileError(fault.line, file.codes.get(fault.line, ""), fault.message) for fault in file.faults]
    if report.errors:
        return result
    report.skipped = [row for row in file.skipped if row.level in levels]
    chosen = [row for row in file.rows if row.level in levels]
    divisions = Division.objects.in_bulk()
    centres = {centre.pk: centre for centre in centres_with_names()}
    names = names_of(file, divisions)
    report.missing = sorted(divisions.keys() - {row.code for row in (*file.rows, *file.skipped)})

    report.errors += _place_errors(chosen, divisions, centres)
    for row in chosen:
        report.errors += _length_errors(row, names[row.code])
    hosts = hosts_of(file, divisions)
    new = [row for row in chosen if row.code not in centres]
    report.errors += _host_errors(new, hosts)
    if report.errors:
        report.errors.sort(key=lambda each: each.line)
        return result

    for row in new:
        result.new.append(
            NewCentre(
                code=row.code,
                level=row.level,
                parent_code=row.parent_code,
                names=names[row.code],
                host_label=hosts[row.code].split(".")[0],
                host=hosts[row.code],
            )
        )
    renamed = 0
    for row in chosen:
        if row.code in centres:
            changed = set_names(centres[row.code], names[row.code])
            result.changed += changed
            renamed += bool(changed)
    report.created = len(new)
    report.changed = renamed
    report.unchanged = len(chosen) - len(new) - renamed
    return result


def names_of(file: DivisionFile, divisions: dict[str, Division]) -> dict[str, CentreNames]:
    """What the file's divisions and their centres are called, by code.

    An English name that somebody reviewed in the database stays while the Chinese name does: the
    file's derived one must not take its place.
    """
    rows = {row.code: row for row in file.rows}
    english: dict[str, tuple[str, bool]] = {}
    for code, row in rows.items():
        named, present = file.names[code], divisions.get(code)
        if named.derived and present and not present.name_is_derived and present.name_zh_hans == row.name:
            english[code] = present.name_en, False
        else:
            english[code] = named.english_name, named.derived
    names = {}
    for code, row in rows.items():
        parent = rows.get(row.parent_code)
        division_english, is_derived = english[code]
        names[code] = CentreNames(
            division=row.name,
            division_english=division_english,
            is_derived=is_derived,
            centre=centre_name(row.name, row.level, parent.name if parent else ""),
            centre_english=english_centre_name(division_english, row.level, english[parent.code][0] if parent else ""),
        )
    return names


def hosts_of(file: DivisionFile, divisions: dict[str, Division]) -> dict[str, str]:
    """The host of each row, by code. A division that is there keeps its label."""
    hosts: dict[str, str] = {}
    for row in sorted(file.rows, key=lambda row: Level.values.index(row.level)):
        present = divisions.get(row.code)
        label = present.host_label if present else file.names[row.code].host_label
        hosts[row.code] = host_of(label, row.level, hosts.get(row.parent_code, ""))
    return hosts


def _place_errors(
    rows: list[DivisionRow], divisions: dict[str, Division], centres: dict[str, Centre]
) -> Iterable[FileError]:
    """A division keeps its level and parent for good, and its parent must have a centre."""
    codes = {row.code for row in rows}
    reported = set()
    province = next((division for division in divisions.values() if division.level == Level.PROVINCE), None)
    for row in rows:
        present = divisions.get(row.code)
        if present and present.level != row.level:
            message = _("The level is %(level)s, but in the database it is %(present)s: a division can't change it.")
            yield FileError(row.line, row.code, message % {"level": row.level, "present": present.level})
        elif present and (present.parent_id or "") != row.parent_code:
            message = _("The parent is %(parent)s, but in the database it is %(present)s: a division can't be moved.")
            yield FileError(row.line, row.code, message % {"parent": row.parent_code, "present": present.parent_id})
        elif not present and row.level == Level.PROVINCE and province:
            message = _("The group is that of another province, %(code)s %(name)s.")
            yield FileError(row.line, row.code, message % {"code": province.pk, "name": province.name})
        elif row.parent_code and row.parent_code not in codes | centres.keys() and row.parent_code not in reported:
            reported.add(row.parent_code)
            message = _("The parent %(parent)s has no centre yet: provision its level too.")
            yield FileError(row.line, row.code, message % {"parent": row.parent_code})


def _length_errors(row: DivisionRow, names: CentreNames) -> Iterable[FileError]:
    for text, limit in (
        (names.division_english, LONGEST_DIVISION_NAME),
        (names.centre, LONGEST_CENTRE_NAME),
        (names.centre_english, LONGEST_CENTRE_NAME),
    ):
        if len(text) > limit:
            message = _("“%(text)s” has %(length)d characters; at most %(limit)d are allowed.")
            yield FileError(row.line, row.code, message % {"text": text, "length": len(text), "limit": limit})


def _host_errors(new: list[DivisionRow], hosts: dict[str, str]) -> Iterable[FileError]:
    """A new centre's host must be free and short enough."""
    taken = dict(Alias.objects.values_list("domain", "site__name").order_by()) if new else {}
    for row in new:
        host = hosts[row.code]
        if host in taken or host == settings.BASE_HOST:
            message = _("The host %(host)s belongs to %(owner)s.")
            yield FileError(row.line, row.code, message % {"host": host, "owner": taken.get(host, "")})
        elif len(host) > LONGEST_HOST:
            message = _("The host %(host)s has %(length)d characters; at most %(limit)d are allowed.")
            yield FileError(row.line, row.code, message % {"host": host, "length": len(host), "limit": LONGEST_HOST})
        taken[host] = row.name
