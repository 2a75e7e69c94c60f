"""A guide as a printed sheet (`themes/print/guide.typ`), in the language in use."""

from datetime import datetime, time
from html import unescape
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.language import ENGLISH, shown_text
from core.typesetting import typeset
from guides.pages.guide import fact_strip, guide_context, short_path
from guides.pages.qr import qr_drawing
from guides.pages.reading import Guide
from guides.pages.words import between


def plain(text: object) -> str:
    """What a page marks up, as text alone: breaks of lines stay, the marks of languages go."""
    return unescape(strip_tags(str(text or "").replace("<br>", "\n")))


def facts_of_sheet(guide: Guide) -> list[dict[str, str]]:
    return [
        {
            "label": fact["label"],
            "value": capfirst(str(fact.get("value") or fact.get("telephone"))),
            "note": str(fact["note"]),
        }
        for fact in fact_strip(guide)
    ]


def limits_of_sheet(context: dict[str, Any]) -> list[dict[str, str]]:
    rows = []
    for each in context["limits"]:
        words = each["words"]
        sentences = [words.sentence, words.reservation] if not context["item"].is_suspended else []
        rows.append({"label": each["label"], "text": "\n".join([words.text, *filter(None, sentences)])})
    if context["limit_note"]:
        rows.append({"label": _("Note"), "text": plain(context["limit_note"])})
    return rows


def sections(guide: Guide, context: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the guide in their order: each a title and one of a text, points, pairs, or a table."""
    parts: list[dict[str, Any]] = [
        {"title": _("Who may apply"), "text": capfirst(between(context["applicants"])),
         "points": context["conditions"]["lines"]},
        materials_of_sheet(context),
        process_of_sheet(context),
    ]  # fmt: skip
    if context["special_procedures"]:
        parts.append(
            {
                "title": _("Special procedures"),
                "text": _(
                    "Their time is outside the limits (Administrative Licensing Law, article 45). You are told in writing how long they take."
                ),
                "pairs": [
                    {
                        "label": capfirst(each["kind"]),
                        "text": "\n".join(
                            filter(
                                None,
                                [
                                    _("usually %(days)s") % {"days": each["days"]} if each["days"] else "",
                                    plain(each["note"]),
                                ],
                            )
                        ),
                    }
                    for each in context["special_procedures"]
                ],
            }
        )
    parts += [
        {"title": _("How long it takes"), "pairs": limits_of_sheet(context)},
        fees_of_sheet(context),
        {
            "title": _("Statutory basis"),
            "pairs": [
                {
                    "label": "\n".join(filter(None, [plain(each["law"]), plain(each["article"])])),
                    "text": plain(each["text"]),
                }
                for each in context["bases"]
            ],
        },
        {
            "title": _("What you get"),
            "pairs": [
                {
                    "label": plain(each["name"]),
                    "text": "\n".join(filter(None, [str(each["kind"]), plain(each["validity"])])),
                }
                for each in context["results"]
            ],
        },
    ]
    if context["questions"]:
        parts.append(
            {
                "title": _("Questions"),
                "pairs": [
                    {"label": plain(each["question"]), "text": plain(each["answer"])} for each in context["questions"]
                ],
            }
        )
    parts.append(place_of_sheet(context["where"]))
    rows = [*context["ways"], *context["identity"]]
    parts.append(
        {
            "title": _("About this item"),
            "pairs": [{"label": each["label"], "text": capfirst(str(each["value"]))} for each in rows],
        }
    )
    return parts


def materials_of_sheet(context: dict[str, Any]) -> dict[str, Any]:
    if context["needs_no_materials"]:
        return {"title": _("What to bring"), "text": _("Nothing: no materials are needed.")}
    return {
        "title": _("What to bring"),
        "checks": [
            {
                "name": plain(each["name"]),
                "condition": needed_when(each),
                "facts": capfirst(" · ".join(filter(None, [each["handing_in"], each["source"]]))),
                "standard": plain(each["standard"]),
            }
            for each in context["materials"]
        ],
    }


def needed_when(material: dict[str, Any]) -> str:
    """The condition of a material that isn't always required, or that nobody knows whether it is."""
    if material["is_required"] is None:
        return _("It isn't known yet whether this is always needed.")
    return "" if material["is_required"] else f"{_('Only if:')} {plain(material['condition'])}"


def process_of_sheet(context: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": _("What happens"),
        "heads": [_("Step"), _("Who"), _("Limit"), _("In all")],
        "steps": [
            {
                "name": plain(each["name"]),
                "action": plain(each["action"]),
                "who": f"{each['who']}\n{each['place']}" if each["is_elsewhere"] else str(each["who"]),
                "elsewhere": each["is_elsewhere"],
                "limit": "" if each["limit"] is None else str(each["limit"]) if each["limit"].number else _("the same day"),
                "total": str(each["total"]) if each["total"] is not None and each["total"].number else "",
            }
            for each in context["steps"]
        ],
    }  # fmt: skip


def fees_of_sheet(context: dict[str, Any]) -> dict[str, Any]:
    if not context["fees"]:
        return {"title": _("What it costs"), "text": _("Nothing: no fee is charged.")}
    return {
        "title": _("What it costs"),
        "pairs": [
            {
                "label": plain(each["name"]),
                "text": "\n".join(filter(None, [each["amount"], plain(each["standard"]), plain(each["basis"])])),
            }
            for each in context["fees"]
        ],
    }


def place_of_sheet(place: dict[str, Any]) -> dict[str, Any]:
    windows = [plain(f"{each['name']} · {each['business']}") for each in place["windows"]]
    rows = [
        (_("Window"), "\n".join(windows) or _("Ask at the enquiry desk; it leads you to the right window.")),
        (_("Address"), "\n".join(filter(None, [plain(place["address"]), plain(place["directions"])]))),
        (_("Hours"), "\n".join(filter(None, [plain(place["hours"]), plain(place["hours_note"])]))),
        (_("Enquiries"), place["telephone"]),
        (_("Complaints"), place["complaint_telephone"]),
    ]
    return {
        "title": _("Where to go and whom to call"),
        "pairs": [{"label": label, "text": text} for label, text in rows if text],
    }


def sheet(guide: Guide) -> dict[str, Any]:
    """What the sheet is filled with."""
    context = guide_context(guide)
    item, centre = guide.item, guide.centre
    address = f"{centre.root_url}{short_path(item.code)}"
    return {
        "language": "en" if get_language() == ENGLISH else "zh",
        "title": shown_text(item, "name"),
        "summary": shown_text(item, "summary") or "",
        "centre": shown_text(centre, "name"),
        "kind": _("Guide"),
        "code": item.code,
        "suspended": _("No applications are accepted at present.") if item.is_suspended else "",
        "facts": facts_of_sheet(guide),
        "sections": sections(guide, context),
        "address": address,
        "qr": qr_drawing(address),
        "footer": _("version %(number)s, in force since %(since)s · printed on %(today)s")
        % {
            "number": guide.number,
            "since": date_format(timezone.localtime(guide.since), "DATE_FORMAT") if guide.since else "",
            "today": date_format(guide.today, "DATE_FORMAT"),
        },
    }


def guide_as_pdf(guide: Guide) -> bytes:
    """The guide as PDF/UA-1: tagged, fonts embedded, its text as text, as many pages as it needs."""
    made_on = timezone.make_aware(datetime.combine(guide.today, time()))
    return typeset("guide", sheet(guide), timestamp=made_on, standard="ua-1")
