"""The notice board of a centre (plan §22, 政务公示牌): who is in the hall, for what, and how long each step may take."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.language import shown_text
from core.limits import Limit
from guides.listing import catalogue_items
from guides.models import Adoption, CatalogueItem, SpecialProcedure
from guides.own_facts import StepHere, promise_here, steps_here
from guides.signs import floor_name
from sites.context import HOTLINE
from sites.models import Centre, Department, Level, Window


@dataclass(frozen=True)
class Hall:
    """A centre with its windows by department, and its adoptions in force by department (None: not known)."""

    centre: Centre
    windows: dict[int, list[Window]]
    adoptions: dict[int | None, list[Adoption]]
    departments: list[Department]

    @property
    def level(self) -> str:
        return self.centre.division.level


def read_hall(centre: Centre) -> Hall:
    """All that the board says. A dozen queries, however many items."""
    windows: dict[int, list[Window]] = defaultdict(list)
    departments: dict[int, Department] = {}
    for window in centre.windows.prefetch_related("departments"):
        for department in window.departments.all():
            windows[department.pk].append(window)
            departments[department.pk] = department
    adopted = Adoption.objects.filter(centre=centre, item__in=catalogue_items()).select_related("item__department")
    adopted = adopted.prefetch_related("item__steps__department", "item__special_procedures").order_by("item__code")
    adoptions: dict[int | None, list[Adoption]] = defaultdict(list)
    for adoption in adopted:
        adoptions[adoption.item.department_id].append(adoption)
        if adoption.item.department is not None:
            departments.setdefault(adoption.item.department.pk, adoption.item.department)
    ordered = sorted(departments.values(), key=lambda each: (each.order, each.code))
    return Hall(centre, windows, adoptions, ordered)


def board_data(centre: Centre) -> dict[str, Any]:
    """What `themes/print/board.typ` is filled with, in the language in use."""
    hall = read_hall(centre)
    return {
        "title": pgettext("plan §22", "Notice board of government services"),
        "centre": shown_text(centre, "name"),
        "as_of": _("As of %(date)s") % {"date": date_format(timezone.localdate(), "DATE_FORMAT")},
        "contacts": [
            pgettext("a label and its value", "%(label)s: %(value)s") % {"label": label, "value": value}
            for label, value in (
                (_("Enquiries"), centre.telephone),
                (_("Complaints"), centre.complaint_telephone),
                (_("Investors' hotline"), HOTLINE),
            )
            if value
        ],
        "departments": {
            "title": _("Departments in the hall and their duties"),
            "heads": [
                _("Department"),
                pgettext("on a sign", "Duties"),
                _("Window"),
                _("Telephone"),
                pgettext("on a sign", "Items"),
            ],
            "rows": [department_row(hall, department) for department in hall.departments],
        },
        "items": {
            "title": _("Items, limits and the steps of handling them"),
            "heads": [
                pgettext("on a sign", "No."),
                pgettext("on a sign", "Item"),
                pgettext("on a sign", "Statutory limit"),
                pgettext("on a sign", "Promised limit"),
                pgettext("on a sign", "Step"),
                pgettext("on a sign", "Handled by"),
                pgettext("on a sign", "Limit of the step"),
            ],
            "departments": [
                section(hall, department)
                for department in [*hall.departments, None]
                if hall.adoptions.get(department.pk if department else None)
            ],
        },
    }


def department_row(hall: Hall, department: Department) -> list[list[str]]:
    """Name, duties, windows, telephones and number of items: each a list of lines."""
    windows = hall.windows.get(department.pk, [])
    return [
        [department.name_at(hall.level)],
        [shown_text(department, "duties") or "—"],
        [window_line(window) for window in windows] or [_("no window")],
        list(dict.fromkeys(window.telephone or hall.centre.telephone for window in windows)) or [hall.centre.telephone],
        [str(len(hall.adoptions.get(department.pk, [])))],
    ]


def window_line(window: Window) -> str:
    """A03 (floor 2): the number of a window, and its floor where the hall has several."""
    if not window.floor:
        return window.number
    return pgettext("a window's number and floor", "%(number)s (%(floor)s)") % {
        "number": window.number,
        "floor": floor_name(window),
    }


def section(hall: Hall, department: Department | None) -> dict[str, Any]:
    """A department's items; None stands for items whose department isn't known."""
    adoptions = hall.adoptions.get(department.pk if department else None, [])
    number = ngettext("%(number)d item", "%(number)d items", len(adoptions)) % {"number": len(adoptions)}
    return {
        "name": department.name_at(hall.level) if department else _("Department not stated yet"),
        "note": number,
        "items": [item_rows(hall, adoption) for adoption in adoptions],
    }


def item_rows(hall: Hall, adoption: Adoption) -> dict[str, Any]:
    item = adoption.item
    note = shown_text(item, "limit_note") if item.statutory is None else ""
    none_set = pgettext("a statutory limit", "none set") if note else "—"
    return {
        "name": shown_text(item, "name"),
        "notes": [*([note] if note else []), *special_notes(list(item.special_procedures.all()))],
        "statutory": str(item.statutory or none_set),
        "promised": str(promise_here(adoption, item, hall.level) or "—"),
        "steps": [step_row(hall, item, each) for each in steps_here(adoption, item, hall.level)],
        "preparing": "" if item.has_guide else _("Guide in preparation"),
    }


def step_row(hall: Hall, item: CatalogueItem, here: StepHere) -> dict[str, Any]:
    """A step: its name, which department of which division handles it, and its limit here."""
    level = here.step.level or hall.level
    department = here.step.department or item.department
    who = department.name_at(level) if department else "—"
    return {
        "name": shown_text(here.step, "name"),
        "who": who
        if level == hall.level
        else pgettext("a department elsewhere", "%(department)s, %(place)s")
        % {"department": who, "place": place_of(hall, level)},
        "elsewhere": level != hall.level,
        "limit": str(here.limit) if here.limit is not None else "—",
    }


def place_of(hall: Hall, level: str) -> str:
    """What the division of another level is called, from a centre; the level's own word below it."""
    names = {division.level: shown_text(division, "name") for division in hall.centre.division.lineage}
    return names.get(level) or str(Level(level).label)


def special_notes(procedures: list[SpecialProcedure]) -> list[str]:
    """What isn't counted in the limits (Administrative Licensing Law, art. 45)."""
    return [
        _("Not counted: %(kind)s, usually %(limit)s")
        % {"kind": each.get_kind_display(), "limit": Limit(each.usual_days)}
        if each.usual_days
        else _("Not counted: %(kind)s") % {"kind": each.get_kind_display()}
        for each in procedures
    ]
