"""`manage.py provision FILE`: make a centre for each division of a CSV file, and carry its changes through."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from core.file_command import FileCommand
from sites.models import Level
from sites.progress import ProgressLines
from sites.provisioning import Report, provision


def levels(text: str) -> list[str]:
    """The levels of `--levels`, separated by commas."""
    chosen = [level.strip() for level in text.split(",")]
    for level in chosen:
        if level not in Level.values:
            raise ValueError(level)
    return chosen


class Command(FileCommand):
    help = "Make a service centre with its site for each division of a CSV file (code, name, level, parent_code)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--levels",
            type=levels,
            default=list(Level.values),
            help="use only rows of these levels, separated by commas",
        )

    def take(self, **options: Any) -> Report:
        return provision(
            options["file"], options["levels"], dry_run=options["dry_run"], progress=ProgressLines(self.stderr)
        )

    def write_text(self, report: Report, dry_run: bool) -> None:
        for row in report.skipped:
            self.stdout.write(
                _("Line %(line)d: %(code)s %(name)s is no township, town or subdistrict and gets no centre.")
                % {"line": row.line, "code": row.code, "name": row.name}
            )
        for code in report.missing:
            self.stdout.write(_("%(code)s is no longer in the file; its centre stays.") % {"code": code})
        numbers = {"created": report.created, "changed": report.changed, "unchanged": report.unchanged}
        if dry_run:
            self.stdout.write(
                _("%(created)d centres would be created, %(changed)d changed, %(unchanged)d unchanged.") % numbers
            )
        else:
            self.stdout.write(_("%(created)d centres created, %(changed)d changed, %(unchanged)d unchanged.") % numbers)
