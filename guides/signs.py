"""The hanging sign of each department's window (plan §21, 窗口吊牌) and the first-responder sign (§20, 首问责任岗).

A sign belongs to one window and one department: where several departments sit behind a window, each hangs its own. It
shows the items that the centre marked as main; one that is handled at a window of its own stands on that window's sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.language import shown_text
from guides.listing import catalogue_items
from guides.models import Adoption, CatalogueItem
from guides.own_facts import promise_here
from sites.models import Centre, Department, StaffDuty, Window

# The duty of the standard that the first-responder sign quotes.
FIRST_RESPONDER = "first"


@dataclass(frozen=True)
class Sign:
    """One window's sign of one department, with the centre's main items that are handled there."""

    centre: Centre
    window: Window
    department: Department
    adoptions: list[Adoption]
    telephone: str

    @property
    def level(self) -> str:
        return self.centre.division.level


@dataclass
class Signs:
    """The signs of a centre in the order of its windows, and what is missing, in words."""

    signs: list[Sign] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def signs_of(centre: Centre) -> Signs:
    """A centre's signs. One that would have an empty field isn't made; the findings say what it lacks."""
    result = Signs()
    main = main_adoptions(centre, result.findings)
    windows = list(centre.windows.prefetch_related("departments"))
    adopted = set(Adoption.objects.filter(centre=centre).order_by().values_list("item__department", flat=True))
    for window in windows:
        departments = departments_at(window, main)
        if not departments:
            result.findings.append(_("%(window)s: no department sits there.") % {"window": window_name(window)})
        for department in departments:
            of_department = main.get(department.pk, [])
            here = [each for each in of_department if each.window_id in (None, window.pk)]
            telephone = window.telephone or centre.telephone
            result.findings += faults(window, department, centre, here, bool(of_department), adopted)
            if here and telephone:
                result.signs.append(Sign(centre, window, department, here, telephone))
    result.findings += without_window(main, windows, centre.division.level)
    return result


def main_adoptions(centre: Centre, findings: list[str]) -> dict[int, list[Adoption]]:
    """The main items of a centre by department; adds to the findings those that can't stand on a sign."""
    marked = Adoption.objects.filter(centre=centre, is_main=True).select_related("item__department", "window")
    marked = marked.prefetch_related("item__steps", "item__fees").order_by("item__code")
    in_force = set(catalogue_items().filter(pk__in=marked.values("item")).values_list("pk", flat=True))
    main: dict[int, list[Adoption]] = {}
    for adoption in marked:
        item = adoption.item
        name = {"item": shown_text(item, "name")}
        if item.pk not in in_force:
            findings.append(_("“%(item)s” is marked as a main item but isn't in force: no sign shows it.") % name)
        elif item.department_id is None:
            findings.append(_("“%(item)s” is a main item without a department: no sign shows it.") % name)
        else:
            main.setdefault(item.department_id, []).append(adoption)
            if promise_here(adoption, item, centre.division.level) is None or not fee_lines(item):
                findings.append(
                    _(
                        "“%(item)s” has no promised limit or no fee standard yet: the sign says that its guide is in preparation."
                    )
                    % name
                )
    return main


def departments_at(window: Window, main: dict[int, list[Adoption]]) -> list[Department]:
    """Who sits behind a window: by its row, and by main items that are handled at this very window."""
    found = {department.pk: department for department in window.departments.all()}
    for adoptions in main.values():
        for adoption in adoptions:
            if adoption.window_id == window.pk and adoption.item.department is not None:
                found.setdefault(adoption.item.department.pk, adoption.item.department)
    return sorted(found.values(), key=lambda each: (each.order, each.code))


def faults(
    window: Window,
    department: Department,
    centre: Centre,
    here: Sequence[Adoption],
    is_main_elsewhere: bool,
    adopted: set[int],
) -> list[str]:
    """What a sign lacks. `adopted` are the departments of whose items the centre has adopted at least one."""
    names = {"window": window_name(window), "department": department.name_at(centre.division.level)}
    found = []
    if not here and is_main_elsewhere:
        found.append(_("%(window)s, %(department)s: its main items are handled at other windows; no sign.") % names)
    elif not here and department.pk in adopted:
        found.append(_("%(window)s, %(department)s: no main item is marked; no sign.") % names)
    elif not here:
        found.append(_("%(window)s, %(department)s: the centre has adopted no item of it; no sign.") % names)
    elif not window.telephone and centre.telephone:
        found.append(_("%(window)s, %(department)s: no telephone of its own; the sign shows the centre's.") % names)
    elif not window.telephone:
        found.append(_("%(window)s, %(department)s: neither window nor centre has a telephone; no sign.") % names)
    return found


def without_window(main: dict[int, list[Adoption]], windows: Sequence[Window], level: str) -> list[str]:
    """The departments with main items that no window's sign shows."""
    seated = {department.pk for window in windows for department in window.departments.all()}
    found = []
    for pk, adoptions in main.items():
        homeless = [each for each in adoptions if each.window_id is None]
        department = adoptions[0].item.department
        if pk not in seated and homeless and department is not None:
            found.append(
                ngettext(
                    "%(department)s has %(number)d main item but no window: no sign shows it.",
                    "%(department)s has %(number)d main items but no window: no sign shows them.",
                    len(homeless),
                )
                % {"department": department.name_at(level), "number": len(homeless)}
            )
    return found


# -- Words ------------------------------------------------------------------------------------------


def window_name(window: Window) -> str:
    """A03 Business licences: a window in a list."""
    return _("Window %(number)s %(name)s") % {"number": window.number, "name": shown_text(window, "name")}


def floor_name(window: Window) -> str:
    """The floor of a window; empty where the hall has one floor."""
    return _("Floor %(floor)s") % {"floor": window.floor} if window.floor else ""


def fee_lines(item: CatalogueItem) -> list[str]:
    """What an item costs, a fee a line; empty while it isn't known."""
    if item.charges is False:
        return [_("No fee")]
    return [
        pgettext("a label and its value", "%(label)s: %(value)s")
        % {"label": shown_text(fee, "name"), "value": shown_text(fee, "standard")}
        for fee in item.fees.all()
    ]


# -- Sheets -----------------------------------------------------------------------------------------


def sign_data(sign: Sign) -> dict[str, Any]:
    """What `themes/print/sign.typ` is filled with, in the language in use."""
    in_preparation = _("Guide in preparation")
    department = sign.department.name_at(sign.level)
    return {
        "title": f"{department} · {window_name(sign.window)}",
        "centre": shown_text(sign.centre, "name"),
        "department": department,
        "business": shown_text(sign.window, "name"),
        "window_label": _("Window"),
        "number": sign.window.number,
        "floor": floor_name(sign.window),
        "heads": [
            pgettext("on a sign", "Main items"),
            pgettext("on a sign", "Fee standard"),
            pgettext("on a sign", "Promised limit"),
        ],
        "items": [
            {
                "name": shown_text(adoption.item, "name"),
                "fees": fee_lines(adoption.item) or [in_preparation],
                "limit": str(promise_here(adoption, adoption.item, sign.level) or in_preparation),
            }
            for adoption in sign.adoptions
        ],
        "telephone_label": _("Telephone"),
        "telephone": sign.telephone,
        "complaint_label": _("Complaints"),
        "complaint_telephone": sign.centre.complaint_telephone,
    }


def first_responder_data(centre: Centre) -> dict[str, Any] | None:
    """What `themes/print/first-responder.typ` is filled with; None where the standard has no such duty."""
    duty = StaffDuty.objects.filter(key=FIRST_RESPONDER).first()
    if duty is None:
        return None
    return {
        "title": pgettext("a sign", "First-responder desk"),
        "centre": shown_text(centre, "name"),
        "duty": shown_text(duty, "description"),
        "complaint_label": _("Complaints"),
        "complaint_telephone": centre.complaint_telephone,
    }
