"""A plan of a hall as SVG: entrance, desks and numbered windows, floor by floor."""

from collections.abc import Sequence
from html import escape

from .articles import Language
from .centres import Window

_WORDS: dict[str, dict[Language, str]] = {
    "title": {"zh": "大厅平面图", "en": "Plan of the hall"},
    "description": {
        "zh": "各层窗口的位置和编号；入口在一楼下方。",
        "en": "Where the numbered windows are on each floor; the entrance is at the bottom of floor 1.",
    },
    "floor": {"zh": "{}楼", "en": "Floor {}"},
    "entrance": {"zh": "入口", "en": "Entrance"},
    "seats": {"zh": "等候区", "en": "Seats"},
    "machines": {"zh": "自助区", "en": "Machines"},
    "lift": {"zh": "电梯、楼梯", "en": "Lift, stairs"},
    "toilets": {"zh": "卫生间", "en": "Toilets"},
}

_WIDTH, _ROOM, _BOX = 960, 430, 46
_INK, _MIST, _PAPER, _STONE, _TEXT = "#12466f", "#e2ebf2", "#faf7f1", "#a1978a", "#2e2a28"


def draw_plan(windows: Sequence[Window], language: Language) -> str:
    """The plan of a hall with these windows, labelled in one language."""
    floors: dict[int, list[Window]] = {}
    for window in windows:
        floors.setdefault(window.floor, []).append(window)
    parts: list[str] = []
    top = 0
    for number, placed in sorted(floors.items()):
        drawing, height = _floor(number, placed, language, top)
        parts.append(drawing)
        top += height
    lang = "zh-Hans" if language == "zh" else "en"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" '
        f'height="{top}" role="img" lang="{lang}" aria-labelledby="plan-title plan-text" '
        "font-family=\"'Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"
        'system-ui,sans-serif">'
        f'<title id="plan-title">{_WORDS["title"][language]}</title>'
        f'<desc id="plan-text">{_WORDS["description"][language]}</desc>'
        f'<rect width="{_WIDTH}" height="{top}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _floor(number: int, windows: list[Window], language: Language, top: int) -> tuple[str, int]:
    """One floor with its list of windows, and the height it takes."""
    left, right, wall = 20, _WIDTH - 20, top + 56
    bottom = wall + _ROOM - 90
    parts = [
        _text(left, top + 38, _WORDS["floor"][language].format(number), 24, _INK, "start", True),
        f'<rect x="{left}" y="{wall}" width="{right - left}" height="{bottom - wall}" rx="6" '
        f'fill="{_PAPER}" stroke="{_TEXT}" stroke-width="4"/>',
    ]
    for window, (x, y) in zip(windows, _places(len(windows), wall), strict=True):
        parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{_BOX}" height="{_BOX}" rx="5" fill="{_INK}"/>'
            + _text(x + _BOX / 2, y + 31, str(window.number), 21, "#fff", "middle", True)
        )
    middle = (wall + bottom) / 2 + 10
    parts.append(_area(300, middle - 40, 360, 80, _WORDS["seats"][language]))
    parts.append(_area(150, bottom - 70, 170, 56, _WORDS["machines"][language]))
    parts.append(_area(_WIDTH - 320, bottom - 70, 170, 56, _WORDS["lift"][language]))
    if number == 1:
        parts.append(
            f'<path d="M420 {bottom}h120" stroke="#fff" stroke-width="8"/>'
            f'<path d="M480 {bottom + 14}l-16 20h32z" fill="#b3261e" '
            f'transform="translate(0 -8)"/>'
            + _text(480, bottom - 14, _WORDS["entrance"][language], 19, "#b3261e", "middle", True)
        )
    else:
        parts.append(_area(400, bottom - 70, 160, 56, _WORDS["toilets"][language]))
    lines, y = -(-len(windows) // 2), bottom + 66
    for index, window in enumerate(windows):
        x = left + (index // lines) * 470
        line = y + index % lines * 30
        name = window.zh if language == "zh" else window.en
        parts.append(
            f'<rect x="{x}" y="{line - 19}" width="34" height="25" rx="4" fill="{_INK}"/>'
            + _text(x + 17, line, str(window.number), 16, "#fff", "middle", True)
            + _text(x + 46, line, name, 18, _TEXT, "start")
        )
    return "".join(parts), y + lines * 30 - top


def _places(count: int, wall: int) -> list[tuple[float, float]]:
    """The windows' corners: up the left wall, along the top and down the right wall."""
    side = max(1, min(3, (count - 1) // 4))
    along = count - 2 * side
    rise = 68
    places: list[tuple[float, float]] = [
        (34, wall + 90 + (side - 1 - index) * rise) for index in range(side)
    ]
    start, space = 110, _WIDTH - 220 - _BOX
    step = space / max(1, along - 1)
    places += [(start + index * step, wall + 14) for index in range(along)]
    places += [(_WIDTH - 34 - _BOX, wall + 90 + index * rise) for index in range(side)]
    return places


def _area(x: float, y: float, width: float, height: float, label: str) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6" fill="{_MIST}" '
        f'stroke="{_STONE}" stroke-width="1.5"/>'
        + _text(x + width / 2, y + height / 2 + 7, label, 18, _TEXT, "middle")
    )


def _text(
    x: float, y: float, text: str, size: int, fill: str, anchor: str, bold: bool = False
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"'
        f"{weight}>{escape(text)}</text>"
    )
