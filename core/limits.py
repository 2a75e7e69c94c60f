"""Limits: how long something may take by law or by promise, a number of a unit."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

# What a small column of the database holds; the longest limits in law are some years.
LONGEST = 9999


class LimitUnit(models.TextChoices):
    """What a limit is counted in. Working days where nothing else is said (Administrative Licensing Law, art. 82)."""

    WORKING_DAYS = "working_days", _("working days")
    NATURAL_DAYS = "natural_days", _("calendar days")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")


@dataclass(frozen=True)
class Limit:
    """A number of working days, natural days, months or years; 0 of whichever unit is "done on the spot".

    Two limits compare (`<`, `<=`, `>`, `>=`) and add where their units measure alike: months with years, else the same
    unit with itself, and nothing (0) with everything. Elsewhere Python raises TypeError, as 20 working days may be more
    or less than a month; ask `is_comparable` before. `==` is the same number of the same unit.

    `sum(steps, start=Limit(0))` is the limit of a process.
    """

    number: int
    unit: LimitUnit = LimitUnit.WORKING_DAYS

    def __post_init__(self) -> None:
        """Refuse numbers below 0 or above `LONGEST` and units that there aren't (ValueError)."""
        if not 0 <= self.number <= LONGEST:
            raise ValueError(
                gettext("A limit is a number from 0 to %(longest)d, not %(number)d.")
                % {"longest": LONGEST, "number": self.number}
            )
        object.__setattr__(self, "unit", LimitUnit(self.unit))  # a column of the database holds the bare text

    def is_comparable(self, other: "Limit") -> bool:
        """Whether one of the two is certainly the shorter, or both are the same."""
        return 0 in (self.number, other.number) or self._measure[0] == other._measure[0]

    @property
    def _measure(self) -> tuple[LimitUnit, int]:
        """The limit in the smallest unit that measures alike."""
        if self.unit == LimitUnit.YEARS:
            return LimitUnit.MONTHS, self.number * 12
        return self.unit, self.number

    def __lt__(self, other: "Limit") -> bool:
        return self._measure[1] < other._measure[1] if self.is_comparable(other) else NotImplemented

    def __le__(self, other: "Limit") -> bool:
        return self._measure[1] <= other._measure[1] if self.is_comparable(other) else NotImplemented

    def __add__(self, other: "Limit") -> "Limit":
        if not self.is_comparable(other):
            return NotImplemented
        if self.number == 0 or other.number == 0:
            return self if other.number == 0 else other
        if self.unit == other.unit:
            return Limit(self.number + other.number, self.unit)
        return Limit(self._measure[1] + other._measure[1], LimitUnit.MONTHS)

    def __str__(self) -> str:
        """In the reader's language: 20个工作日, 20 working days; 当场办结, on the spot."""
        if self.number == 0:
            return gettext("on the spot")
        texts = {
            LimitUnit.WORKING_DAYS: ngettext("%(number)d working day", "%(number)d working days", self.number),
            LimitUnit.NATURAL_DAYS: ngettext("%(number)d calendar day", "%(number)d calendar days", self.number),
            LimitUnit.MONTHS: ngettext("%(number)d month", "%(number)d months", self.number),
            LimitUnit.YEARS: ngettext("%(number)d year", "%(number)d years", self.number),
        }
        return texts[self.unit] % {"number": self.number}
