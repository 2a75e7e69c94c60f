"""The chart of a process: bars on one axis, lanes, and text that fits a phone."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from guides.pages.process_chart import LEFT, RIGHT, Lane, Mark, Step, draw_process, width_of, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def step(name: str = "受理", days: int | None = 1) -> Step:
    return Step(name=name, who="窗口", length=f"{days}天", days=days, total="")


def bars(svg: str) -> list[tuple[float, float]]:
    """Where the bars begin and how wide they are, in per cent; a stroke is 0 wide."""
    found = re.findall(r'class="bar" x="([\d.]+)%" y="[\d.]+em" width="([\d.]+)(%|em)"', svg)
    return [(float(x), float(width) if unit == "%" else 0.0) for x, width, unit in found]


def test_bars_follow_one_another_to_scale() -> None:
    svg = draw_process([Lane("here", [step(days=1), step(days=3)])], "chart", Mark(8, "promised"), "accepted")
    part = (RIGHT - LEFT) / 8
    assert bars(svg) == [(LEFT, part), (LEFT + part, 3 * part)]


def test_a_step_without_a_day_of_its_own_is_a_stroke_and_one_without_a_limit_has_no_bar() -> None:
    svg = draw_process([Lane("here", [step(days=2), step(days=0), step(days=None)])], "chart")
    assert [width for _begin, width in bars(svg)] == [RIGHT - LEFT, 0.0]


def test_steps_on_the_spot_take_equal_parts() -> None:
    svg = draw_process([Lane("here", [step(days=0), step(days=0)])], "chart", Mark(0, "promised"), "accepted")
    assert [width for _begin, width in bars(svg)] == [(RIGHT - LEFT) / 2] * 2


def test_what_is_outside_the_limit_takes_no_place_on_the_axis() -> None:
    lanes = [Lane("here", [step(days=2)]), Lane("outside", [step(days=60)], is_outside=True)]
    inside, outside = bars(draw_process(lanes, "chart"))
    assert inside == (LEFT, RIGHT - LEFT)
    assert outside == (LEFT, RIGHT - LEFT)


def test_the_chart_is_a_labelled_picture_of_well_formed_svg_and_escapes_what_it_is_given() -> None:
    svg = draw_process([Lane("<here>", [step("</svg><script>")], is_elsewhere=True)], 'the "chart"', begin="a & b")
    root = ElementTree.fromstring(svg.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'the "chart"'
    assert root.findall(f".//{SVG}script") == []
    assert svg.count("lane-elsewhere") == 1


def test_nothing_is_drawn_without_steps() -> None:
    assert draw_process([Lane("here", [])], "chart") == ""


@given(st.text(alphabet="受理审查，。（）《》 abcdefghijk-", max_size=60), st.floats(6, 30))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: float) -> None:
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    longest = max((width_of(word) for word in re.findall(r"[a-k-]+", text)), default=0.0)
    # A word that is wider than the line stands as it is; marks that may not begin a line hang over.
    assert all(width_of(line) <= max(width, longest) + len(re.findall("[，。）》（《-]", line)) for line in lines)


def test_chinese_marks_never_begin_or_end_a_line_alone() -> None:
    assert wrapped("受理，审查。", 2) == ["受", "理，", "审", "查。"]
    assert wrapped("《办法》", 3) == ["《办", "法》"]
    assert wrapped("Review by the bureau", 8) == ["Review by", "the bureau"] or wrapped("Review by the bureau", 8)
