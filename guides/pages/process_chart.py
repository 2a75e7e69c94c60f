"""The chart of a process: each step as a bar on the axis of working days, in the lane of who handles it.

A pure function of what is to be drawn. Across, everything is measured in per cent, and down in em: the chart takes
the width and the type of the page that it stands on, and nothing in it is ever scaled. Its colours are the theme's
(`.chart` in the stylesheet). It shows nothing that the list of steps beside it doesn't say.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Across, in per cent of the width.
LEFT, RIGHT = 2.0, 98.0
# Down, in em of the chart's type.
HEADING = 2.4
LINE = 1.4
BAR = 0.7
GAP = 1.5
AXIS = 2.4
# What fits beside a step's number and its days on the narrowest phone, in em (the stylesheet sees to it).
NAME_WIDTH = 12.5
WHO_WIDTH = 13.5
# Marks that never begin a line, and such that never end one.
CLOSING, OPENING = "，。、；：？！）》」』”’", "（《「『“‘"


@dataclass(frozen=True)
class Step:
    """A bar: what it is called, who handles it, how long in words and in working days, and the total up to its end.

    days: None for what isn't measured in working days; it gets no bar.
    """

    name: str
    who: str
    length: str
    days: int | None
    total: str = ""


@dataclass(frozen=True)
class Lane:
    """Steps that one level handles one after another. `is_outside`: procedures outside the limit (art. 45)."""

    title: str
    steps: Sequence[Step]
    is_elsewhere: bool = False
    is_outside: bool = False

    @property
    def kind(self) -> str:
        return "outside" if self.is_outside else "elsewhere" if self.is_elsewhere else "here"


@dataclass(frozen=True)
class Mark:
    """A working day that is marked on the axis, with what it says there: what is promised."""

    days: int
    text: str


def draw_process(lanes: Sequence[Lane], label: str, mark: Mark | None = None, begin: str = "") -> SafeString:
    """The chart as inline SVG; empty without steps.

    label: what a screen reader says in its place. begin: what stands at the beginning of the axis.
    """
    inside = [step for lane in lanes if not lane.is_outside for step in lane.steps]
    if not inside:
        return SafeString("")
    lengths = [step.days or 0 for step in inside]
    if not any(lengths):  # all on the spot: no day to measure, so each step takes one part
        lengths = [1] * len(inside)
        mark = None
    scale = max(sum(lengths), mark.days if mark else 0)
    parts, top, number, start = [], 0.0, 0, 0
    for lane in lanes:
        drawn = []
        height = HEADING
        for step in lane.steps:
            if lane.is_outside:
                badge, begins, length = "", 0, step.days or 0
            else:
                length, begins = lengths[number], start
                number, start = number + 1, start + length
                badge = str(number)
            row, row_height = draw_step(
                step, badge, across(begins, scale), across(begins + length, scale), top + height
            )
            drawn.append(row)
            height += row_height
        parts.append(
            format_html(
                '<g class="lane lane-{}"><rect class="ground" y="{}em" width="100%" height="{}em"/>'
                '<rect class="edge" y="{}em" width=".35em" height="{}em"/>'
                '<text class="lane-title" x="{}%" y="{}em">{}</text>{}</g>',
                lane.kind, em(top), em(height), em(top), em(height), LEFT, em(top + 1.5), lane.title,
                format_html_join("", "{}", ((row,) for row in drawn)),
            )
        )  # fmt: skip
        top += height + 0.4
    axis = draw_axis(top, scale, mark, begin) if begin else SafeString("")
    return format_html(
        '<svg class="chart" width="100%" height="{}em" role="img" aria-label="{}">{}{}</svg>',
        em(top + (AXIS if begin else 0)), label, format_html_join("", "{}", ((part,) for part in parts)), axis,
    )  # fmt: skip


def draw_step(step: Step, badge: str, begin: float, end: float, top: float) -> tuple[SafeString, float]:
    """One step from `top` downwards, its bar from `begin` to `end` per cent; and the height it takes."""
    names, who = wrapped(step.name, NAME_WIDTH), wrapped(step.who, WHO_WIDTH)
    lines = [(line, "name") for line in names] + [(line, "who") for line in who]
    texts = format_html_join(
        "", '<text class="{}" x="2.4em" y="{}em">{}</text>',
        ((kind, em(1.05 + index * LINE), line) for index, (line, kind) in enumerate(lines)),
    )  # fmt: skip
    number = format_html('<circle cx=".85em" cy=".7em" r=".85em"/>')
    if badge:
        number += format_html('<text class="badge" x=".85em" y="1.05em">{}</text>', badge)
    height = max(len(lines), 2 if step.total else 1) * LINE
    total = (
        format_html('<text class="who" x="{}%" y="{}em">{}</text>', RIGHT, em(top + 1.05 + LINE), step.total)
        if step.total
        else ""
    )
    bar = SafeString("")
    if step.days is not None:
        # What takes no day is a stroke at its place.
        width = f"{end - begin:.4g}%" if end > begin else ".4em"
        bar = format_html(
            '<rect class="bar" x="{}%" y="{}em" width="{}" height="{}em" rx="3"/>',
            f"{begin:.4g}", em(top + height + 0.2), width, BAR,
        )  # fmt: skip
        height += BAR
    drawing = format_html(
        '<svg x="{}%" y="{}em" overflow="visible">{}{}</svg><g class="days">'
        '<text class="length" x="{}%" y="{}em">{}</text>{}</g>{}',
        LEFT, em(top), number, texts, RIGHT, em(top + 1.05), step.length, total, bar,
    )  # fmt: skip
    return drawing, height + GAP


def draw_axis(top: float, scale: int, mark: Mark | None, begin: str) -> SafeString:
    """The axis of days below the lanes, from its beginning to what is promised."""
    promised = SafeString("")
    if mark is not None:
        at = across(mark.days, scale)
        promised = format_html(
            '<line class="mark" x1="{}%" x2="{}%" y1="{}em" y2="{}em"/><text class="mark-text" x="{}%" y="{}em">{}</text>',
            f"{at:.4g}", f"{at:.4g}", em(top), em(top + 0.5), f"{at:.4g}", em(top + 1.8), mark.text,
        )  # fmt: skip
    return format_html(
        '<line class="axis" x1="{}%" x2="{}%" y1="{}em" y2="{}em"/><text class="who" x="{}%" y="{}em">{}</text>{}',
        LEFT, RIGHT, em(top + 0.5), em(top + 0.5), LEFT, em(top + 1.8), begin, promised,
    )  # fmt: skip


def across(days: float, scale: int) -> float:
    """Where a day is across the chart, in per cent; what lies beyond the scale ends with it."""
    return LEFT + (RIGHT - LEFT) * min(days / scale, 1.0)


def em(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")


def is_wide(character: str) -> bool:
    """Whether a character takes the room of a Chinese one."""
    return unicodedata.east_asian_width(character) in "WF"


def width_of(text: str) -> float:
    """About how wide a text is, in em: a Chinese character is one, a Latin letter a bit over a half."""
    return sum(1.0 if is_wide(character) else 0.58 for character in text)


def wrapped(text: str, width: float) -> list[str]:
    """A text in lines of at most this width: between words, and between any two Chinese characters."""
    pieces: list[str] = []
    for character in " ".join(text.split()):
        may_break = pieces and (
            pieces[-1].endswith(" ")
            or (
                (is_wide(character) or is_wide(pieces[-1][-1]))
                and character not in CLOSING
                and pieces[-1] not in OPENING
            )
        )
        if may_break or not pieces:
            pieces.append(character)
        else:
            pieces[-1] += character
    lines: list[str] = []
    for piece in pieces:
        if lines and width_of(lines[-1] + piece.rstrip()) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.rstrip() for line in lines]
