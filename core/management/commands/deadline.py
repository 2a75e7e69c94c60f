"""`manage.py deadline`: when something is due, and which days count."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.calendar import read_calendar
from core.limits import Limit, LimitUnit
from core.working_days import Deadline, Suspension, due_date


class Command(BaseCommand):
    help = "Say when what was accepted on a day is due, and which days count."

    # What is given is judged in `handle`, not by argparse, which would end with 2 and speak English.
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accepted", required=True, metavar="DATE", help="the day of acceptance, as 2026-06-01")
        parser.add_argument("--days", required=True, metavar="N", help="the limit; 0 is done on the spot")
        parser.add_argument(
            "--unit", default=LimitUnit.WORKING_DAYS.value, help=f"of the limit: {', '.join(LimitUnit.values)}"
        )
        parser.add_argument(
            "--suspend",
            action="append",
            default=[],
            metavar="FROM:TO",
            help="the first and last day of a suspension (may be given again; without TO it is still open)",
        )
        parser.add_argument("--extend", default="0", metavar="N", help="an extension, in working days")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        accepted = day_of(options["accepted"])
        try:
            limit = Limit(number_of(options["days"]), unit_of(options["unit"]))
            suspensions = [suspension_of(text) for text in options["suspend"]]
            calendar = read_calendar(accepted)
            deadline = due_date(accepted, limit, suspensions, number_of(options["extend"]), calendar=calendar)
        except OverflowError as error:
            raise CommandError(_("The due date lies past the year 9999.")) from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_dict(deadline)))
        else:
            self.write_text(deadline)

    def write_text(self, deadline: Deadline) -> None:
        if deadline.due is None:
            self.stdout.write(_("Not known yet: a suspension is still open."))
        else:
            self.stdout.write(_("Due at the end of %(date)s") % {"date": date_format(deadline.due, "DATE_FORMAT")})
        if deadline.provisional:
            self.stdout.write(_("Provisional: the holidays of a year in between aren't published yet."))
        for number, day in enumerate(deadline.counted, start=1):
            self.stdout.write(f"{number:>4}  {day.isoformat()}  {date_format(day, 'l')}")


def as_dict(deadline: Deadline) -> dict[str, Any]:
    """For JSON."""
    return {
        "due": deadline.due and deadline.due.isoformat(),
        "provisional": deadline.provisional,
        "counted": [day.isoformat() for day in deadline.counted],
    }


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("“%(text)s” is no date; one is written like 2026-06-01.") % {"text": text}) from error


def number_of(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise CommandError(_("“%(text)s” is no number of days.") % {"text": text}) from error


def unit_of(text: str) -> LimitUnit:
    if text not in LimitUnit.values:
        raise CommandError(
            _("There is no unit “%(text)s”; there are %(units)s.")
            % {"text": text, "units": ", ".join(LimitUnit.values)}
        )
    return LimitUnit(text)


def suspension_of(text: str) -> Suspension:
    first, colon, last = text.partition(":")
    if not colon:
        raise CommandError(
            _("“%(text)s” is no suspension; one is written like 2026-06-01:2026-06-12.") % {"text": text}
        )
    return Suspension(day_of(first), day_of(last) if last else None)
