"""What a guide says in words of its limits, fees and places, in the language in use."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.limits import Limit
from core.working_days import Calendar, due_date
from guides.models import Fee, Material, MaterialForm, MaterialSource
from guides.pages.reading import Guide
from sites.models import Level, OpeningHours, Window


def between(texts: Sequence[object]) -> str:
    """Several texts as one, with the mark that the language puts between items of a list."""
    return pgettext("between items of a list", ", ").join(str(text) for text in texts)


# -- Limits -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LimitInWords:
    """A limit, and by which day an application accepted today would be decided.

    due: None where no date is counted, as for a former version.
    provisional: the day may move, as a year's holidays aren't announced yet.
    """

    limit: Limit
    due: date | None
    provisional: bool

    @property
    def text(self) -> str:
        return str(self.limit)

    @property
    def is_same_day(self) -> bool:
        return self.limit.number == 0

    @property
    def sentence(self) -> str:
        """What the limit means for who applies today; empty where no date is counted."""
        if self.is_same_day:
            return _("You get the result the same day, while you wait.")
        if self.due is None:
            return ""
        return _("If your application is accepted today, by %(date)s at the latest.") % {
            "date": date_format(self.due, "DATE_FORMAT")
        }

    @property
    def reservation(self) -> str:
        """Why the date may still move; empty where it may not."""
        if not self.provisional or self.due is None:
            return ""
        return _("This date is provisional: the holidays of %(year)s have not been announced yet.") % {
            "year": self.due.year
        }


def limit_in_words(limit: Limit | None, guide: Guide) -> LimitInWords | None:
    """A limit with its date for today; None where there is no limit."""
    if limit is None:
        return None
    if guide.calendar is None:
        return LimitInWords(limit, None, False)
    return limit_from(limit, guide.today, guide.calendar)


def limit_from(limit: Limit, accepted: date, calendar: Calendar) -> LimitInWords:
    """A limit with its date for an application accepted on a day."""
    deadline = due_date(accepted, limit, calendar=calendar)
    return LimitInWords(limit, deadline.due, deadline.provisional)


def statutory_in_words(limit: Limit | None) -> str:
    """The limit that the law sets, or that it sets none."""
    return _("none set") if limit is None else str(limit)


# -- Materials and fees -----------------------------------------------------------------------------


def forms_and_copies(forms: Collection[str], copies: int | None) -> str:
    """How a material is handed in: original, copy; number: 2. Files alone aren't counted, nor what nobody knows."""
    labels = between([label for form, label in MaterialForm.choices if form in forms])
    if copies is None or set(forms) == {MaterialForm.ELECTRONIC}:
        return labels
    number = _("number: %(number)d") % {"number": copies}
    return (
        pgettext("between a material's forms and number", "%(forms)s; %(number)s") % {"forms": labels, "number": number}
        if labels
        else number
    )


def source_of(material: Material) -> str:
    """Who issues a material; empty where it isn't known."""
    if not material.source:
        return ""
    return {
        MaterialSource.APPLICANT: _("you prepare it"),
        MaterialSource.AUTHORITY: _("an authority issues it"),
        MaterialSource.INTERMEDIARY: _("an intermediary body issues it"),
    }[MaterialSource(material.source)]


def amount_in_words(fee: Fee) -> str:
    """One sum: 160元, 160 yuan; without needless decimals."""
    amount = fee.amount
    assert amount is not None
    number = f"{amount:.2f}" if amount % 1 else f"{amount:.0f}"
    return _("%(amount)s yuan") % {"amount": number}


def fee_in_short(guide: Guide) -> str:
    """What an item costs, for the strip on top: no fee, one sum, or that there are fees."""
    fees = list(guide.item.fees.all())
    if not fees:
        return _("No fee")
    if len(fees) == 1 and fees[0].amount is not None:
        return amount_in_words(fees[0])
    return _("There is a fee")


def visits_in_words(number: int | None) -> str:
    """How often one must come to the hall; empty where it isn't known."""
    if number is None:
        return ""
    if number == 0:
        return pgettext("visits to the hall", "none")
    return ngettext("%(number)d visit", "%(number)d visits", number) % {"number": number}


# -- Places and hours -------------------------------------------------------------------------------


def window_in_words(window: Window) -> str:
    """Window A03, 2nd floor: its number and floor."""
    number = _("Window %(number)s") % {"number": window.number}
    floor = _("floor %(floor)s") % {"floor": window.floor} if window.floor else ""
    return between([number, floor]) if floor else number


def windows_in_words(windows: Sequence[Window]) -> str:
    """All windows of a list by their numbers: windows A01, A02."""
    if not windows:
        return _("Enquiry desk")
    if len(windows) == 1:
        return window_in_words(windows[0])
    return _("Windows %(numbers)s") % {"numbers": between([window.number for window in windows])}


def weekly_hours(hours: Sequence[OpeningHours]) -> list[tuple[str, list[tuple[time, time]]]]:
    """The opening hours with days alike in one: (Monday to Friday, 9:00–12:00 and 13:00–17:00)."""
    by_day: dict[int, list[tuple[time, time]]] = {}
    for row in hours:
        by_day.setdefault(row.weekday, []).append((row.opens, row.closes))
    names = dict(OpeningHours.WEEKDAYS)
    runs: list[tuple[int, int]] = []
    for day in sorted(by_day):
        if runs and runs[-1][1] == day - 1 and by_day[day] == by_day[runs[-1][0]]:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return [
        (
            str(names[first])
            if first == last
            else _("%(first)s to %(last)s") % {"first": names[first], "last": names[last]},
            by_day[first],
        )
        for first, last in runs
    ]


def hours_in_words(guide: Guide) -> str:
    """When to come, as one text: the item's own hours, else the hall's."""
    if guide.own_hours:
        return guide.own_hours
    return pgettext("between hours of several days", "; ").join(
        f"{days} {between([f'{opens:%H:%M}–{closes:%H:%M}' for opens, closes in spans])}"
        for days, spans in weekly_hours(guide.hours)
    )


def place_of_level(guide: Guide, level: str) -> str:
    """What the level of a step is called at a centre: the name of the division there, else the level's."""
    lineage = {division.level: division for division in guide.centre.division.lineage}
    division = lineage.get(level or guide.level)
    return division.name if division else str(Level(level).label)
