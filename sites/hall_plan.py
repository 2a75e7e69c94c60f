"""A schematic plan of a hall, drawn from its windows: floor by floor, in the order of their numbers.

It shows nothing that the rows don't say, so it is true for every centre and never out of date.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH = 960
MARGIN = 20
BOX = 92  # a window on the plan
GAP = 14
PER_ROW = (WIDTH - 2 * MARGIN - GAP) // (BOX + GAP)
HEADING = 44
INK, PAPER, LINE = "#12466f", "#faf7f1", "#a1978a"


def draw_plan(windows: Sequence[Mapping[str, Any]]) -> SafeString:
    """In: the windows of a hall in order, each with `number`, `floor` and `name`. Out: an SVG in the language in use, empty without windows."""
    floors: dict[str, list[Mapping[str, Any]]] = {}
    for window in windows:
        floors.setdefault(window["floor"], []).append(window)
    if not floors:
        return SafeString("")
    parts: list[SafeString] = []
    top = 0
    for floor, on_floor in floors.items():
        drawing, height = draw_floor(floor, on_floor, top)
        parts.append(drawing)
        top += height
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="plan-title plan-text">'
        '<title id="plan-title">{title}</title><desc id="plan-text">{description}</desc>'
        '<rect width="{width}" height="{height}" fill="#fff"/>{floors}</svg>',
        width=WIDTH,
        height=top,
        title=_("Plan of the hall"),
        description=_("The windows of each floor in the order of their numbers; the table below names them."),
        floors=format_html_join("", "{}", ((part,) for part in parts)),
    )


def draw_floor(floor: str, windows: list[Mapping[str, Any]], top: int) -> tuple[SafeString, int]:
    """One floor from `top` downwards, and the height it takes."""
    rows = -(-len(windows) // PER_ROW)
    room = rows * (BOX + GAP) + GAP
    boxes = [
        (
            MARGIN + GAP + index % PER_ROW * (BOX + GAP),
            top + HEADING + GAP + index // PER_ROW * (BOX + GAP),
            window,
        )
        for index, window in enumerate(windows)
    ]
    drawn = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" rx="6" fill="{}"><title>{}</title></rect>'
        '<text x="{}" y="{}" font-size="34" font-weight="700" fill="#fff" text-anchor="middle">{}</text>',
        (
            (x, y, BOX, BOX, INK, window["name"], x + BOX // 2, y + BOX // 2 + 12, window["number"])
            for x, y, window in boxes
        ),
    )
    label = _("Floor %(floor)s") % {"floor": floor} if floor else _("Hall")
    drawing = format_html(
        '<text x="{}" y="{}" font-size="24" font-weight="700" fill="{}">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="{}" rx="6" fill="{}" stroke="{}" stroke-width="3"/>{}',
        MARGIN, top + 32, INK, label,
        MARGIN, top + HEADING, WIDTH - 2 * MARGIN, room, PAPER, LINE, drawn,
    )  # fmt: skip
    return drawing, HEADING + room + GAP
