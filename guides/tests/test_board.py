"""The notice board (plan §22): departments, duties, items, both limits and every step, on A3 pages side by side."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from core.tests.pdf import (
    A3,
    fonts_in,
    language_of,
    pdftotext,
    placed_words,
    sizes_in_millimetres,
    squeezed,
    title_of,
    words,
    words_of_pages,
)
from guides.models import Adoption, CatalogueItem, ProcessStep, SpecialProcedure
from guides.printing import Sheet, sheets_of
from guides.tests.items import department, published_item
from sites.models import Centre, Department, Window

MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)
STEP = {"name": "受理", "who": "市场监督管理局", "elsewhere": False, "limit": "1个工作日"}
ITEM = {
    "name": "食品经营许可",
    "notes": [],
    "statutory": "20个工作日",
    "promised": "8个工作日",
    "steps": [STEP],
    "preparing": "",
}
BOARD: dict[str, Any] = {
    "title": "政务公示牌",
    "centre": "成都市锦江区人民政府政务服务中心",
    "as_of": "截至2026年11月24日",
    "contacts": ["咨询电话：028-1", "投资服务热线：96196"],
    "departments": {
        "title": "进驻部门及其职责",
        "heads": ["部门", "承担的职责", "窗口", "电话", "项目数"],
        "rows": [[["市场监督管理局"], ["登记"], ["A03（1楼）"], ["028-2"], ["1"]]],
    },
    "items": {
        "title": "审批服务项目、办理时限与办理环节",
        "heads": ["序号", "审批服务项目", "法定时限", "承诺时限", "办理环节", "办理部门", "环节时限"],
        "departments": [{"name": "市场监督管理局", "note": "1项", "items": [ITEM]}],
    },
}


def adopted(centre: Centre, code: str = "T0001", own: dict[str, Any] | None = None, **fields: Any) -> CatalogueItem:
    item = published_item(code, **fields)
    Adoption.objects.create(centre=centre, item=item, **(own or {}))
    return item


def printed(centre: Centre, language: str = "zh-hans") -> bytes:
    sheet = sheets_of(centre, language).named("board")
    assert sheet is not None
    return sheet.pdf(MOMENT)


def set_board(items: list[dict[str, Any]], language: str = "zh-hans", **changes: Any) -> bytes:
    """A board made of plain data, to try what no catalogue has yet."""
    data = {**copy.deepcopy(BOARD), **changes}
    data["items"]["departments"][0]["items"] = items
    return Sheet("board", "board", language, data).pdf(MOMENT)


# -- What it says -------------------------------------------------------------------


@pytest.mark.django_db
def test_it_shows_departments_with_their_duties_windows_and_telephones(jinjiang: Centre) -> None:
    market = department()
    market.duties_zh_hans, market.duties_en = "登记经营主体。", "Registers businesses."
    market.save()
    idle = Department.objects.create(code="fund", name_zh_hans="住房公积金中心", name_en="Housing Fund", order=9)
    window = Window.objects.create(centre=jinjiang, number="A03", floor="2", telephone="028-7", name_zh_hans="经营")
    window.departments.set([market, idle])
    adopted(jinjiang)
    text = words(printed(jinjiang))
    assert "市场监督管理局登记经营主体。A03（2楼）028-71" in text
    assert "住房公积金中心—A03（2楼）028-70" in text
    assert squeezed("Market Supervision Bureau Registers businesses. A03 (Floor 2) 028-7 1") in words(
        printed(jinjiang, "en")
    )


@pytest.mark.django_db
def test_it_shows_both_limits_and_every_step_with_who_handles_it(jinjiang: Centre) -> None:
    market = department()
    market.city_name_zh_hans, market.city_name_en = "市场监管局", "Market Bureau"
    market.save()
    health = department("health")
    health.name_zh_hans, health.name_en = "卫生健康局", "Health Bureau"
    health.save()
    adopted(
        jinjiang,
        steps=[
            ProcessStep(name_zh_hans="受理", name_en="Acceptance", limit_days=0),
            ProcessStep(name_zh_hans="会签", name_en="Consultation", limit_days=2, department=health),
            ProcessStep(name_zh_hans="市级审批", name_en="Decision", limit_days=5, level="city"),
        ],
    )
    text = words(printed(jinjiang))
    assert "食品经营许可20个工作日8个工作日" in text
    for step in ("受理市场监督管理局当场办结", "会签卫生健康局2个工作日", "市级审批成都市市场监管局5个工作日"):
        assert step in text
    english = words(printed(jinjiang, "en"))
    for step in (
        "Acceptance Market Supervision Bureau on the spot",
        "Consultation Health Bureau 2 working days",
        "Decision Market Bureau, Chengdu 5 working days",
    ):
        assert squeezed(step) in english


@pytest.mark.django_db
def test_limits_are_those_that_hold_at_the_centre(jinjiang: Centre) -> None:
    own = {"promised_limit": 6, "step_limits": {"aaaa0002": 2}}
    adopted(jinjiang, own=own)
    text = words(printed(jinjiang))
    assert "20个工作日6个工作日" in text
    assert "审查市场监督管理局2个工作日" in text


@pytest.mark.django_db
def test_only_adopted_items_in_force_stand_on_it(jinjiang: Centre) -> None:
    adopted(jinjiang)
    adopted(jinjiang, "T0002", name_zh_hans="已停办", is_suspended=True)
    published_item("T0003", name_zh_hans="未认领")
    text = words(printed(jinjiang))
    assert "已停办" not in text
    assert "未认领" not in text


@pytest.mark.django_db
def test_no_field_is_empty_where_something_is_not_known(jinjiang: Centre) -> None:
    adopted(jinjiang, "T0001", name_zh_hans="没有部门", department=None, steps=[], promised_limit=None)
    adopted(jinjiang, "T0002", name_en="", statutory_limit=None, limit_note_zh_hans="法律未规定期限。")
    chinese = words(printed(jinjiang))
    assert "部门待明确1项" in chinese
    assert "没有部门20个工作日—指南编制中" in chinese
    assert "食品经营许可法律未规定期限。未规定8个工作日" in chinese
    assert "食品经营许可" in words(printed(jinjiang, "en"))


@pytest.mark.django_db
def test_what_is_outside_the_limits_is_said(jinjiang: Centre) -> None:
    adopted(
        jinjiang,
        special_procedures=[SpecialProcedure(kind="expert_review", usual_days=30), SpecialProcedure(kind="hearing")],
    )
    text = words(printed(jinjiang, "en"))
    assert squeezed("Not counted: expert review, usually 30 working days") in text
    assert squeezed("Not counted: hearing") in text


@pytest.mark.django_db
def test_it_costs_the_same_few_queries_however_many_items(jinjiang: Centre, django_assert_max_num_queries) -> None:
    for number in range(4):
        adopted(jinjiang, f"T{number}")
    with django_assert_max_num_queries(12):
        sheets_of(jinjiang, "zh-hans")


# -- As PDF -------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-CN"), ("en", "en-GB")])
def test_it_is_upright_a3_that_says_its_language_and_title(language: str, tag: str) -> None:
    pdf = set_board([ITEM], language)
    assert sizes_in_millimetres(pdf) == {A3}
    assert (language_of(pdf), title_of(pdf)) == (tag, "政务公示牌")
    assert fonts_in(pdf) == {"NotoSansSC-Regular": True}
    assert b"/StructTreeRoot" in pdf


def test_many_items_lose_nothing_and_every_page_has_its_heads() -> None:
    items = [
        {**ITEM, "name": f"第{number}项许可", "steps": [{**STEP, "name": f"环节{number}之{step}"} for step in range(5)]}
        for number in range(1, 131)
    ]
    pdf = set_board(items)
    pages = words_of_pages(pdf)
    assert len(pages) > 8
    found = "".join(pages)
    for item in items:
        assert found.count(item["name"]) == 1
        for step in item["steps"]:
            assert found.count(f"{step['name']}市场监督管理局1个工作日") == 1
    for number, page in enumerate(pages, start=1):
        for text in (BOARD["centre"], BOARD["title"], f"{number}/{len(pages)}", "96196"):
            assert text in page
    for page in pages[1:]:
        assert "市场监督管理局1项序号审批服务项目法定时限承诺时限办理环节办理部门环节时限" in page


def test_the_steps_of_an_item_stay_on_its_page() -> None:
    items = [
        {**ITEM, "name": f"第{number}项许可", "steps": [{**STEP, "name": f"环节{number}之{step}"} for step in range(number % 9 + 1)]}
        for number in range(1, 80)
    ]  # fmt: skip
    pages = words_of_pages(set_board(items))
    for item in items:
        page = next(page for page in pages if item["name"] in page)
        assert all(step["name"] in page for step in item["steps"])


def test_an_item_of_more_steps_than_a_page_holds_goes_on_and_nothing_is_cut() -> None:
    steps = [{**STEP, "name": f"环节之{step}", "who": "部门" * (step % 40 + 1)} for step in range(150)]
    notes = ["不计入时限：" + "长" * 300] * 3
    rows = [[["局" * 100], ["职责" * 900], [f"{number}号" for number in range(120)], ["028-1"], ["1"]]]
    pdf = set_board(
        [{**ITEM, "steps": steps}, {**ITEM, "name": "W" * 300, "notes": notes}],
        departments={**BOARD["departments"], "rows": rows},
        centre="很长的中心名称" * 20,
        contacts=["咨询电话：" + "0" * 40, "投诉电话：" + "1" * 40, "投资服务热线：96196"],
    )
    assert [word for word in placed_words(pdf) if not word.is_on_the_page] == []
    text = words(pdf)
    for step in steps:
        assert f"{step['name']}{step['who']}" in text
    assert text.count("职责") >= 900
    assert text.count("W") == 300
    assert text.count("长" * 10) >= 60
    assert "119号" in text


def test_pdftotext_gives_names_in_one_piece_in_its_own_reading_order_too() -> None:
    name = "政府投资项目可行性研究报告审批（含初步设计概算审批以及其他需要一并审批的内容）"
    text = squeezed(pdftotext(set_board([{**ITEM, "name": name, "steps": [STEP] * 6}, ITEM])))
    assert name in text


def test_markup_stays_text() -> None:
    odd = "#let *a* _b_ $c$ <d> \\ \"e\" 'f' `g` @h // i"
    text = words(set_board([{**ITEM, "name": odd, "steps": [{**STEP, "name": odd, "who": odd}]}]))
    assert text.count(squeezed(odd)) == 3
