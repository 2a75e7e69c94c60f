"""At which window the demo's items are handled, and which of them stand on the windows' hanging signs."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Subquery

from core.page_cache import forget_all
from guides.adoption import adoptable_items
from guides.demo import content
from guides.models import Adoption
from sites.models import Level, Window

# How many of a department's items stand on one hanging sign.
MAIN_ITEMS = 6

# Primary keys of items by (department, window), the most asked for first; the window is empty where it doesn't matter.
Seats = dict[tuple[int, str], list[int]]


def assign_windows() -> None:
    """Send items to their windows at every centre, and mark the first of each window and department as main."""
    sitting = set(Window.departments.through.objects.values_list("window__name_zh_hans", "department").distinct())
    for level in Level.values:
        adoptions = Adoption.objects.filter(centre__division__level=level)
        seats = seats_at(level, sitting)
        for (department, window), items in seats.items():
            if window:
                there = Window.objects.filter(centre=OuterRef("centre"), name_zh_hans=window, departments=department)
                here = adoptions.filter(Exists(there), item__in=items)
                here.update(window=Subquery(there.values("pk")[:1]))
        main = [pk for items in seats.values() for pk in items[:MAIN_ITEMS]]
        adoptions.filter(item__in=main).update(is_main=True)
    forget_all()


def seats_at(level: str, sitting: set[tuple[str, int]]) -> Seats:
    """Where the items of a level are handled. `sitting` are the windows by name with the departments behind them.

    The items of a department that no window is named for are in the order of their codes.
    """
    items = [each for each in adoptable_items(level).values_list("code", "pk", "department") if each[2] is not None]
    seats: Seats = defaultdict(list)
    for row in content.windows():
        for beginning in row["codes"]:
            for code, pk, department in items:
                seat = (department, row["window"])
                if code.startswith(beginning) and (row["window"], department) in sitting and pk not in seats[seat]:
                    seats[seat].append(pk)
    named = {department for department, _window in seats}
    for _code, pk, department in items:
        if department not in named:
            seats[department, ""].append(pk)
    return seats
