"""`manage.py import_results FILE [--division CODE]`: publish approval results from a file in the national form."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.importing.files import content_of
from guides.importing.report import in_order
from guides.results_import import ResultsReport, import_results
from sites.models import Centre


class Command(BaseCommand):
    help = "Publish or correct approval results from a CSV or XLSX file in the national form; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument(
            "--division", default="", metavar="CODE", help="whose decisions they are; else each row says so (地方编码)"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        division = options["division"]
        if division and not Centre.objects.filter(division=division).exists():
            raise CommandError(_("There is no centre of a division with the code %(code)s.") % {"code": division})
        report = ResultsReport()
        content = content_of(options["file"], report)
        if content is not None:
            report = import_results(content, division, dry_run=options["dry_run"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self.write_text(report, options["dry_run"])
        if report.refused:
            sys.exit(1)

    def write_text(self, report: ResultsReport, dry_run: bool) -> None:
        for finding in in_order(report.findings):
            place = _("Row %(row)d, %(field)s:") % {"row": finding.row, "field": finding.field or "–"}
            self.stdout.write(f"{place} {finding.message}")
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
        if dry_run:
            text = _("%(rows)d rows: %(added)d would be added, %(changed)d changed, %(unchanged)d unchanged.")
        else:
            text = _("%(rows)d rows: %(added)d added, %(changed)d changed, %(unchanged)d unchanged.")
        self.stdout.write(text % report.counts())
