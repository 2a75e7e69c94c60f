"""The navigation lays itself out on one row without a script."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from themes.templatetags import yizhan

CSS = (Path(__file__).resolve().parent.parent / "static" / "themes" / "yizhan.css").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _without_translation(monkeypatch):
    monkeypatch.setattr(yizhan, "gettext", lambda text: text)
    monkeypatch.setattr(yizhan, "get_language", lambda: "en")


def steps(titles):
    laid_out = yizhan.navigation_items([{"title": title, "url": "/"} for title in titles])
    return [item["fits"] for item in laid_out["items"]], laid_out["whole"]


def number(fits):
    return int(fits.removeprefix("fits-")) if fits != "fits-never" else 1000


def test_home_comes_first_and_later_columns_need_wider_rows():
    fits, _whole = steps(["About", "News", "Notices", "Policies", "Catalogue", "Guides"])
    assert len(fits) == 7
    assert [number(step) for step in fits] == sorted(number(step) for step in fits)


def test_all_fit_where_more_disappears():
    fits, whole = steps(["About", "News", "Notices", "Policies"])
    assert whole.startswith("whole-") and whole != "whole-never"
    assert max(number(step) for step in fits) == int(whole.removeprefix("whole-"))


def test_a_renamed_long_column_moves_under_more():
    short, _ = steps(["About", "News"])
    long, _ = steps(["About", "News and announcements of the service centre"])
    assert number(long[2]) > number(short[2])
    endless, whole = steps(["x" * 200])
    assert endless[1] == "fits-never" and whole == "whole-never"


def test_the_stylesheet_knows_every_step():
    known = {int(step) for step in re.findall(r"\.nav-list \.fits-(\d+)", CSS)}
    assert known == set(range(yizhan.NAV_FIRST, yizhan.NAV_LAST + 1, yizhan.NAV_STEP))
    assert {int(step) for step in re.findall(r"\.whole-(\d+)", CSS)} == known


def test_chinese_is_measured_wider_than_latin():
    assert yizhan.text_width("办事指南") == 4
    assert yizhan.text_width("Guides") < 4


def test_a_telephone_link_dials_the_first_number():
    assert yizhan.tel("028-8600 0000") == "tel:02886000000"
    assert yizhan.tel("028-86000000、028-86000001") == "tel:02886000000"
    assert yizhan.tel("028-86000000 转 1") == "tel:02886000000"
    assert yizhan.tel("") == "tel:"


def test_hours_read_the_same_from_the_database_and_from_text():
    assert yizhan.clock("9:00") == "9:00"
    assert yizhan.clock(None) == ""


def test_cells_carry_their_headings_even_when_the_table_is_ragged():
    assert yizhan.with_headings(["a", "b"], ["A"]) == [("a", "A"), ("b", "")]
    assert yizhan.with_headings(["a"], None) == [("a", "")]


def test_long_official_names_break_at_their_joints():
    html = yizhan.in_pieces("成都市锦江区人民政府政务服务中心")
    assert (
        html
        == '<span class="piece">成都市锦江区</span><span class="piece">人民政府</span><span class="piece">政务服务中心</span>'
    )
    assert (
        yizhan.in_pieces("<b>政务服务中心")
        == '<span class="piece">&lt;b&gt;</span><span class="piece">政务服务中心</span>'
    )
    assert yizhan.in_pieces("Service Centre") == "Service Centre"


def test_relations_and_lists_are_both_looped_over():
    assert yizhan.listed([1]) == [1]
    assert yizhan.listed(SimpleNamespace(all=lambda: [2])) == [2]
    assert yizhan.listed(None) == []
