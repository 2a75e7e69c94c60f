"""`manage.py import_calendar FILE`: publish the holidays of a year when the State Council has announced them."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.calendar import Report, import_calendar
from core.file_command import FileCommand


class Command(FileCommand):
    help = "Publish the holidays of one year from a CSV file (date, kind, name, name_en; docs/working-days.md)."

    def take(self, **options: Any) -> Report:
        return import_calendar(options["file"], options["dry_run"])

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
