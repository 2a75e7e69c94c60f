"""`manage.py import_calendar FILE`: publish the holidays of a year when the State Council has announced them."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.calendar import Report, import_calendar


class Command(BaseCommand):
    help = "Publish the holidays of one year from a CSV file (date, kind, name, name_en; docs/working-days.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the CSV file, in UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        report = import_calendar(options["file"], options["dry_run"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
            if report.errors:
                sys.exit(1)
            return
        if report.errors:
            for error in report.errors:
                self.stderr.write(_("Line %(line)d: %(message)s") % {"line": error.line, "message": error.message})
            raise CommandError(
                ngettext(
                    "The file has %(number)d error; nothing was changed.",
                    "The file has %(number)d errors; nothing was changed.",
                    len(report.errors),
                )
                % {"number": len(report.errors)}
            )
        self.write_text(report, options["dry_run"])

    def write_text(self, report: Report, dry_run: bool) -> None:
        for each in report.overrides:
            self.stdout.write(
                _("%(date)s stays what was decided, %(kind)s: %(reason)s")
                % {
                    "date": date_format(each.date, "DATE_FORMAT"),
                    "kind": each.get_kind_display(),
                    "reason": each.reason,
                }
            )
        if dry_run:
            text = _(
                "%(year)d: %(added)d days would be added, %(changed)d changed, %(removed)d removed; "
                "%(unchanged)d unchanged."
            )
        else:
            text = _(
                "%(year)d: %(added)d days added, %(changed)d changed, %(removed)d removed; %(unchanged)d unchanged."
            )
        self.stdout.write(text % vars(report))
