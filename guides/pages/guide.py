"""The guide of an item at a centre (plan §4): what its page, its print and its preview show."""

from itertools import groupby
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from core.language import CHINESE, LANGUAGE_TAGS, marked_text, path_in_language, shown_language, shown_text
from core.limits import Limit, LimitUnit
from core.links import outbound
from guides.completeness import lacking_english
from guides.models import Adoption, HandlingKind, Material, OnlineDepth
from guides.pages import process_chart
from guides.pages.reading import Guide
from guides.pages.words import (
    amount_in_words,
    between,
    fee_in_short,
    forms_and_copies,
    hours_in_words,
    limit_in_words,
    place_of_level,
    source_of,
    statutory_in_words,
    visits_in_words,
    window_in_words,
    windows_in_words,
)
from guides.vocabulary import HandledAnywhere, ServiceObject
from sites.columns import column_address
from sites.models import Centre, Level


def lines_of(instance: Model, field: str) -> dict[str, Any]:
    """A text of one line a point, as the points and the language that they are in."""
    lines = [line.strip() for line in (shown_text(instance, field) or "").splitlines()]
    return {"lang": LANGUAGE_TAGS[shown_language(instance, field)], "lines": [line for line in lines if line]}


# -- Parts of the page ------------------------------------------------------------------------------


def fact_strip(guide: Guide) -> list[dict[str, Any]]:
    """What everybody asks first: limits, visits, fee, where and when, telephone."""
    item = guide.item
    facts: list[dict[str, Any]] = []
    promised = guide.promised
    facts.append({"label": _("Limit by law"), "value": statutory_in_words(item.statutory), "note": ""})
    if promised is not None:
        note = ""
        if guide.has_own_promise:
            note = _("the standard: %(limit)s") % {"limit": item.promised}
        elif item.handling_kind == HandlingKind.IMMEDIATE:
            note = _("while you wait")
        facts.append({"label": _("Promised limit"), "value": promised, "note": note})
    if guide.visits is not None:
        facts.append({"label": _("Visits to the hall"), "value": visits_in_words(guide.visits), "note": ""})
    facts.append({"label": _("Fee"), "value": fee_in_short(guide), "note": ""})
    if guide.adoption is not None:
        facts.append({"label": _("Enquiries"), "telephone": guide.telephone, "note": ""})
        facts.append(
            {"label": _("Where"), "value": where_in_short(guide), "note": hours_in_words(guide), "is_wide": True}
        )
    return facts


def where_in_short(guide: Guide) -> str:
    """The windows, or the place where it isn't the hall."""
    own_place = shown_text(guide.adoption, "place") if guide.adoption else ""
    return own_place or windows_in_words(guide.windows)


def limits(guide: Guide) -> list[dict[str, Any]]:
    """The limit by law and the promised one, in words and as a date."""
    item = guide.item
    shown: list[dict[str, Any]] = [
        {"key": "statutory", "label": _("Limit by law"), "words": limit_in_words(item.statutory, guide)},
        {
            "key": "promised",
            "label": _("This centre promises") if guide.has_own_promise else _("Promised limit"),
            "words": limit_in_words(guide.promised, guide),
            "is_better": guide.has_own_promise,
        },
    ]
    if guide.has_own_promise:
        shown.append({"key": "standard", "label": _("The standard"), "words": limit_in_words(item.promised, guide)})
    return [each for each in shown if each["words"] is not None]


def material_rows(guide: Guide) -> list[dict[str, Any]]:
    """The materials in their order, those that are always required before those that depend on the case."""
    materials = sorted(guide.item.materials.all(), key=lambda material: not material.is_required)
    return [material_row(material) for material in materials]


def material_row(material: Material) -> dict[str, Any]:
    return {
        "key": material.key or material.name_zh_hans,
        "name": marked_text(material, "name"),
        "is_required": material.is_required,
        "condition": marked_text(material, "condition"),
        "handing_in": forms_and_copies(material.forms, material.copies),
        "source": source_of(material),
        "standard": marked_text(material, "standard"),
        "basis": marked_text(material, "basis"),
        "files": [
            {"document": document, "title": title}
            for document, title in (
                (material.blank_form, _("Blank form")),
                (material.filled_sample, _("Filled sample")),
            )
            if document is not None
        ],
    }


def step_rows(guide: Guide) -> list[dict[str, Any]]:
    """The steps with who, how long, and the running total of working days."""
    rows = []
    total: Limit | None = Limit(0)
    for each in guide.steps:
        step = each.step
        level = step.level or guide.level
        total = total + each.limit if total is not None and each.limit is not None else None
        department = step.department or guide.item.department
        rows.append(
            {
                "name": marked_text(step, "name"),
                "who": department.name_at(level) if department else "",
                "place": place_of_level(guide, step.level),
                "is_elsewhere": level != guide.level,
                "level": level,
                "limit": each.limit,
                "is_own_limit": each.is_own_limit,
                "total": total,
                "action": marked_text(step, "action"),
                "produces": marked_text(step, "produces"),
                "plain": shown_text(step, "name"),
            }
        )
    return rows


def special_rows(guide: Guide) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.get_kind_display(),
            "days": Limit(each.usual_days) if each.usual_days is not None else None,
            "note": marked_text(each, "note"),
        }
        for each in guide.item.special_procedures.all()
    ]


def days_in_short(limit: Limit | None) -> str:
    """How long a step takes, short enough for the chart, whose axis says that the days are working days."""
    if limit is None:
        return ""
    if limit.number == 0:
        return pgettext("a step without a day of its own", "same day")
    return ngettext("%(number)d day", "%(number)d days", limit.number) % {"number": limit.number}


def total_in_short(limit: Limit | None) -> str:
    """The running total at the end of a step, for the chart."""
    if limit is None or limit.number == 0:
        return ""
    return _("total %(number)d") % {"number": limit.number}


def chart(guide: Guide, steps: list[dict[str, Any]], special: list[dict[str, Any]]) -> SafeString:
    """The process drawn: one lane for each stretch of steps at one level, and one for what is outside the limit."""
    lanes = []
    for (level, is_elsewhere), stretch in groupby(steps, key=lambda step: (step["level"], step["is_elsewhere"])):
        place = place_of_level(guide, level)
        lanes.append(
            process_chart.Lane(
                title=_("At another level: %(place)s") % {"place": place}
                if is_elsewhere
                else _("Here: %(place)s") % {"place": place},
                is_elsewhere=is_elsewhere,
                steps=[
                    process_chart.Step(
                        name=step["plain"],
                        who=step["who"],
                        length=days_in_short(step["limit"]),
                        days=step["limit"].number if step["limit"] is not None else None,
                        total=total_in_short(step["total"]),
                    )
                    for step in stretch
                ],
            )
        )
    if special:
        lanes.append(
            process_chart.Lane(
                title=_("Outside the limit"),
                is_outside=True,
                steps=[
                    process_chart.Step(
                        name=each["kind"],
                        who="",
                        length=_("usually %(days)s") % {"days": days_in_short(each["days"])} if each["days"] else "",
                        days=each["days"].number if each["days"] else None,
                    )
                    for each in special
                ],
            )
        )
    promised = guide.promised
    mark = None
    if promised is not None and promised.number and promised.unit == LimitUnit.WORKING_DAYS:
        mark = process_chart.Mark(promised.number, _("promised: %(limit)s") % {"limit": promised})
    label = ngettext(
        "Chart of the process: %(number)d step. The list below says the same.",
        "Chart of the process: %(number)d steps. The list below says the same.",
        len(steps),
    ) % {"number": len(steps)}
    return process_chart.draw_process(lanes, label, mark, begin=_("accepted"))


def fee_rows(guide: Guide) -> list[dict[str, Any]]:
    return [
        {
            "name": marked_text(fee, "name"),
            "standard": marked_text(fee, "standard"),
            "amount": amount_in_words(fee) if fee.amount is not None else "",
            "basis": marked_text(fee, "basis"),
        }
        for fee in guide.item.fees.all()
    ]


def basis_rows(guide: Guide) -> list[dict[str, Any]]:
    return [
        {
            "law": marked_text(each, "law"),
            "article": marked_text(each, "article"),
            "text": marked_text(each, "text"),
        }
        for each in guide.item.legal_bases.all()
    ]


def result_rows(guide: Guide) -> list[dict[str, Any]]:
    return [
        {
            "name": marked_text(each, "name"),
            "kind": each.get_kind_display() if each.kind else "",
            "validity": marked_text(each, "validity"),
            "sample": each.sample,
        }
        for each in guide.item.result_documents.all()
    ]


def question_rows(guide: Guide) -> list[dict[str, Any]]:
    return [
        {"question": marked_text(each, "question"), "answer": marked_text(each, "answer")}
        for each in guide.item.questions.all()
    ]


def ways(guide: Guide) -> list[dict[str, Any]]:
    """How an item can be handled: online, by appointment, elsewhere, with which services of the hall (plan §11)."""
    item = guide.item
    rows: list[tuple[str, object]] = []
    if item.online_depth:
        rows.append((_("Online"), OnlineDepth(item.online_depth).label))
    if item.handled_anywhere:
        rows.append((_("Handled anywhere"), HandledAnywhere(item.handled_anywhere).label))
    if item.takes_appointments:
        rows.append((_("Appointment"), _("can be booked by telephone")))
    if item.delivers_results:
        rows.append((_("Delivery of the result"), _("by post, if you wish")))
    joint = list(item.joint_departments.all())
    if joint:
        rows.append((_("Handled jointly with"), between([each.name_at(guide.level) for each in joint])))
    return [{"label": label, "value": value} for label, value in rows]


def identity(guide: Guide) -> list[dict[str, Any]]:
    """What the catalogue says of an item as such: codes, type, department, levels."""
    item = guide.item
    department = item.department
    levels = dict(Level.choices)
    rows = [
        (_("Item code"), item.code),
        (_("Basic code"), item.basic_code),
        (_("Implementation code"), guide.adoption.implementation_code if guide.adoption else ""),
        (_("Item type"), item.get_item_type_display()),
        (_("Kind of service"), item.get_service_kind_display()),
        (_("Department"), department.name_at(guide.level) if department else ""),
        (capfirst(_("exercise levels")), between([levels[each] for each in item.exercise_levels if each in levels])),
        (_("Handling kind"), item.get_handling_kind_display() if item.handling_kind else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


# -- Addresses --------------------------------------------------------------------------------------


def error_report_address(request: HttpRequest) -> str:
    """Where a reader reports an error: the site's badge for it, else its enquiries, else its e-mail."""
    centre: Centre = request.centre
    if centre.badge_error_report_url:
        return outbound(centre.badge_error_report_url)
    enquiries = column_address(request, "enquiries")
    if enquiries:
        return enquiries
    return f"mailto:{centre.email}" if centre.email else ""


def short_path(code: str) -> str:
    """The short address of an item on any site, in the language in use."""
    return path_in_language(f"/g/{code}", get_language() or CHINESE)


def guide_addresses(request: HttpRequest, base: str, guide: Guide) -> dict[str, str]:
    """The addresses of a guide and of all that lies below it; `base` is that of the column."""
    code = guide.item.code
    short = f"{request.centre.root_url}{short_path(code)}"
    return {
        "url": f"{base}{code}/",
        "print_url": f"{base}{code}/print/",
        "pdf_url": f"{base}{code}.pdf",
        "data_url": f"{base}{code}.jsonld",
        "compare_url": f"{base}{code}/compare/",
        "versions_url": f"{base}{code}/versions/" if guide.number is not None else "",
        "short_url": short,
        "report_url": error_report_address(request),
        "about_url": column_address(request, "about"),
    }


# -- The whole --------------------------------------------------------------------------------------


def guide_context(guide: Guide) -> dict[str, Any]:
    """What every form of the page shows of a guide, without the frame and addresses."""
    item = guide.item
    steps, special = step_rows(guide), special_rows(guide)
    labels = dict(ServiceObject.choices)
    return {
        "item": item,
        "name": marked_text(item, "name"),
        "summary": marked_text(item, "summary"),
        "parent": item.parent,
        "version": guide.number,
        "since": guide.since,
        "until": guide.until,
        "today": guide.today,
        "facts": fact_strip(guide),
        "applicants": [labels[each] for each in item.service_objects if each in labels],
        "conditions": lines_of(item, "conditions"),
        "materials": material_rows(guide),
        "needs_no_materials": item.needs_no_materials,
        "steps": steps,
        "steps_total": steps[-1]["total"] if steps else None,
        "chart": chart(guide, steps, special),
        "special_procedures": special,
        "limits": limits(guide),
        "limit_note": marked_text(item, "limit_note"),
        "fees": fee_rows(guide),
        "bases": basis_rows(guide),
        "results": result_rows(guide),
        "questions": question_rows(guide),
        "ways": ways(guide),
        "service_modes": [
            {"name": marked_text(mode, "name"), "description": marked_text(mode, "description")}
            for mode in guide.service_modes
        ],
        "identity": identity(guide),
        "where": where_context(guide, guide.adoption) if guide.adoption is not None else None,
        "is_partly_chinese": get_language() != CHINESE and bool(lacking_english(item)),
    }


def where_context(guide: Guide, adoption: Adoption) -> dict[str, Any]:
    """Where to go and whom to call: what the centre says of this item, else what it says of its hall."""
    return {
        "windows": [
            {"name": window_in_words(window), "business": marked_text(window, "name"), "telephone": window.telephone}
            for window in guide.windows
        ],
        "address": marked_text(adoption, "place") or marked_text(guide.centre, "address"),
        "directions": "" if shown_text(adoption, "place") else marked_text(guide.centre, "directions"),
        "hours": marked_text(adoption, "hours") or hours_in_words(guide),
        "hours_note": "" if guide.own_hours else marked_text(guide.centre, "opening_note"),
        "telephone": guide.telephone,
        "complaint_telephone": guide.complaint_telephone,
    }
