"""`manage.py import_catalogue FILE --mapping NAME|PATH`: take a list of items into the catalogue, all of it or nothing."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.importing import import_catalogue
from guides.importing.files import content_of
from guides.importing.mapping import OWN, MappingError, built_in_names, load
from guides.importing.report import LABELS, Report, in_order
from sites.models import Division, Level
from sites.progress import ProgressLines

# How many findings of a kind the text for people shows; JSON has them all.
SHOWN = 5


class Command(BaseCommand):
    help = "Take a list of items (CSV, XLSX or JSON lines) into the catalogue, all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument(
            "--mapping", required=True, help=f"{', '.join(built_in_names())}, or the path of a TOML or JSON file"
        )
        parser.add_argument("--division", default="", metavar="CODE", help="the division whose list it is")
        parser.add_argument(
            "--level", choices=Level.values, default="", help="the exercise level of rows where the file doesn't say"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["division"] and not Division.objects.filter(pk=options["division"]).exists():
            raise CommandError(_("There is no division with the code %(code)s.") % {"code": options["division"]})
        try:
            mapping = None if options["mapping"] == OWN else load(options["mapping"])
        except MappingError as error:
            raise CommandError(str(error)) from None
        report = Report()
        content = content_of(options["file"], report)
        if content is not None:
            report = import_catalogue(
                content,
                mapping,
                source=Path(options["file"]).name,
                division=options["division"],
                level=options["level"],
                dry_run=options["dry_run"],
                progress=ProgressLines(self.stderr),
            )
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self.write_text(report, options["dry_run"])
        if report.refused:
            sys.exit(1)

    def write_text(self, report: Report, dry_run: bool) -> None:
        """The findings grouped by their kind, refusals first, and what was done."""
        shown: dict[str, list[str]] = {}
        for finding in in_order(report.findings):
            shown.setdefault(finding.code, []).append(finding.message)
        refusing = {finding.code for finding in report.findings if finding.refuses}
        for code in sorted(shown, key=lambda code: (code not in refusing, code)):
            number = len(shown[code])
            self.stdout.write(f"{LABELS.get(code, code)} ({code}): {number}")
            for message in shown[code][:SHOWN]:
                self.stdout.write(f"  {message}")
            if number > SHOWN:
                self.stdout.write(_("  … and %(number)d more") % {"number": number - SHOWN})
        if report.refused:
            self.stderr.write(
                ngettext(
                    "%(number)d row was refused; nothing was changed.",
                    "%(number)d rows were refused; nothing was changed.",
                    report.refused,
                )
                % {"number": report.refused}
            )
            return
        numbers = report.counts()
        if dry_run:
            text = _(
                "%(rows)d rows: %(added)d would be added, %(changed)d changed, %(unchanged)d unchanged; "
                "%(incomplete)d incomplete."
            )
        else:
            text = _(
                "%(rows)d rows: %(added)d added, %(changed)d changed, %(unchanged)d unchanged; %(incomplete)d incomplete."
            )
        self.stdout.write(text % numbers)
