"""The plan of a hall is drawn from its windows."""

from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from sites.hall_plan import PER_ROW, draw_plan


def window(number: int, floor: str) -> dict[str, str]:
    return {"number": str(number), "floor": floor, "name": f"窗口 <{number}>"}


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "楼"), ("en", "Floor")])
def test_plan_shows_each_window_once_on_its_floor(language: str, word: str) -> None:
    windows = [window(number, "1" if number <= PER_ROW + 2 else "2") for number in range(1, PER_ROW + 6)]
    with override(language):
        root = ElementTree.fromstring(draw_plan(windows))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in texts if text.isdigit()] == [each["number"] for each in windows]
    assert sum(word in text for text in texts) == 2
    names = [element.text for element in root.iter("{http://www.w3.org/2000/svg}title")][1:]
    assert names == [each["name"] for each in windows]


def test_windows_of_a_floor_do_not_leave_the_sheet() -> None:
    root = ElementTree.fromstring(draw_plan([window(number, "1") for number in range(1, 40)]))
    width, height = (float(root.get(side)) for side in ("width", "height"))
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(box.get("x") or 0) + float(box.get("width")) <= width
        assert float(box.get("y") or 0) + float(box.get("height")) <= height


def test_hall_without_windows_has_no_plan() -> None:
    assert draw_plan([]) == ""
