"""The hanging signs (plan §21) and the first-responder sign (§20): what they say, what is missing, how they look as PDF."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

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
from core.typesetting import settable
from guides.models import Adoption, CatalogueItem, ProcessStep
from guides.printing import Sheet, sheets_of, sign_names
from guides.signs import signs_of
from guides.tests.items import department, fee, published_item
from sites.models import Centre, StaffDuty, Window

MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)
LANDSCAPE = {(A3[1], A3[0])}
LEGIBLE = 22  # points: nothing on a sign is smaller
ITEM = {"name": "食品经营许可", "fees": ["不收费"], "limit": "8个工作日"}
SIGN: dict[str, Any] = {
    "title": "吊牌",
    "centre": "成都市锦江区人民政府政务服务中心",
    "department": "市场监督管理局",
    "business": "经营许可",
    "window_label": "窗口",
    "number": "A03",
    "floor": "1楼",
    "heads": ["主要审批服务项目", "收费标准", "承诺时限"],
    "items": [ITEM],
    "telephone_label": "电话",
    "telephone": "028-00230104",
    "complaint_label": "投诉电话",
    "complaint_telephone": "028-00010104",
}


def window(centre: Centre, number: str = "A03", *codes: str, **fields: Any) -> Window:
    values = {"floor": "1", "telephone": f"028-{number}", "name_zh_hans": "经营许可", "name_en": "Business licences"}
    made = Window.objects.create(centre=centre, number=number, **{**values, **fields})
    made.departments.set([department(code) for code in codes or ("market",)])
    return made


def main_item(centre: Centre, code: str = "T0001", window: Window | None = None, **fields: Any) -> CatalogueItem:
    """A published item that a centre has adopted and marked."""
    item = published_item(code, **fields)
    Adoption.objects.create(centre=centre, item=item, is_main=True, window=window)
    return item


def printed(centre: Centre, name: str, language: str = "zh-hans") -> bytes:
    sheet = sheets_of(centre, language).named(name)
    assert sheet is not None
    return sheet.pdf(MOMENT)


def set_sign(language: str = "zh-hans", **changes: Any) -> bytes:
    """A sign made of plain data, to try what no catalogue has yet."""
    return Sheet("sign", "sign", language, {**copy.deepcopy(SIGN), **changes}).pdf(MOMENT)


# -- What a sign says ---------------------------------------------------------------


@pytest.mark.django_db
def test_a_sign_says_what_the_plan_asks_for(jinjiang: Centre) -> None:
    main_item(jinjiang, "T0001", charges=True, fees=[fee()])
    main_item(jinjiang, "T0002", name_zh_hans="药品经营许可", name_en="Drug licence", promised_limit=10)
    window(jinjiang)
    chinese = words(printed(jinjiang, "sign-A03-market"))
    for text in (
        "成都市锦江区人民政府政务服务中心", "市场监督管理局", "经营许可", "A03", "1楼",
        "食品经营许可工本费：每证10元8个工作日", "药品经营许可不收费10个工作日", "028-A03",
    ):  # fmt: skip
        assert text in chinese
    english = words(printed(jinjiang, "sign-A03-market", "en"))
    for text in (
        "Market Supervision Bureau", "Business licences", "Floor 1", "Food business licence",
        "Production fee: 10 yuan a licence", "8 working days", "Drug licence No fee 10 working days",
    ):  # fmt: skip
        assert squeezed(text) in english
    assert "食品" not in english


@pytest.mark.django_db
def test_a_sign_shows_only_items_marked_in_force_and_of_its_department(jinjiang: Centre) -> None:
    main_item(jinjiang)
    Adoption.objects.create(centre=jinjiang, item=published_item("T0002", name_zh_hans="未标记"))
    main_item(jinjiang, "T0003", name_zh_hans="医师执业注册", department=department("health"))
    main_item(jinjiang, "T0004", name_zh_hans="已停办", is_suspended=True)
    window(jinjiang)
    text = words(printed(jinjiang, "sign-A03-market"))
    assert not any(name in text for name in ("未标记", "医师执业注册", "已停办"))


@pytest.mark.django_db
def test_the_promise_of_the_centre_stands_where_it_is_legal(jinjiang: Centre) -> None:
    item = main_item(jinjiang)  # promised 8, steps of 5 days together
    window(jinjiang)
    own = Adoption.objects.filter(centre=jinjiang, item=item)
    own.update(promised_limit=6)
    assert "6个工作日" in words(printed(jinjiang, "sign-A03-market"))
    own.update(promised_limit=4)
    assert "8个工作日" in words(printed(jinjiang, "sign-A03-market"))


@pytest.mark.django_db
def test_a_window_of_several_departments_gets_a_sign_of_each(jinjiang: Centre) -> None:
    main_item(jinjiang)
    main_item(jinjiang, "T0002", department=department("health"))
    window(jinjiang, "A03", "market", "health")
    found = [(sign.window.number, sign.department.code) for sign in signs_of(jinjiang).signs]
    assert sorted(found) == [("A03", "health"), ("A03", "market")]


@pytest.mark.django_db
def test_an_item_with_a_window_of_its_own_stands_on_that_windows_sign_alone(jinjiang: Centre) -> None:
    window(jinjiang, "A01")
    special = window(jinjiang, "A02", "health")  # the department isn't among those of the window
    main_item(jinjiang, "T0001", name_zh_hans="到处都办")
    main_item(jinjiang, "T0002", name_zh_hans="专窗办理", window=special)
    assert "专窗办理" not in words(printed(jinjiang, "sign-A01-market"))
    text = words(printed(jinjiang, "sign-A02-market"))
    assert "专窗办理" in text
    assert "到处都办" in text


@pytest.mark.django_db
def test_the_department_is_called_as_at_the_level(chengdu: Centre) -> None:
    market = department()
    market.city_name_zh_hans, market.city_name_en = "市场监管局（市）", "City Market Bureau"
    market.save()
    main_item(chengdu)
    window(chengdu)
    assert "市场监管局（市）" in words(printed(chengdu, "sign-A03-market"))
    assert squeezed("City Market Bureau") in words(printed(chengdu, "sign-A03-market", "en"))


@pytest.mark.django_db
def test_chinese_stands_in_for_english_that_is_missing(jinjiang: Centre) -> None:
    main_item(jinjiang, name_en="", charges=True, fees=[fee()])
    window(jinjiang, name_en="")
    item = CatalogueItem.objects.get()
    item.fees.update(standard_en="")
    text = words(printed(jinjiang, "sign-A03-market", "en"))
    assert "食品经营许可" in text
    assert "经营许可" in text
    assert "每证10元" in text


# -- What is missing ----------------------------------------------------------------


def findings(centre: Centre) -> str:
    with override("en"):
        return "\n".join(signs_of(centre).findings)


@pytest.mark.django_db
def test_main_items_without_a_window_are_said(jinjiang: Centre) -> None:
    main_item(jinjiang)
    window(jinjiang, "A01", "health")
    assert "Market Supervision Bureau has 1 main item but no window" in findings(jinjiang)
    assert signs_of(jinjiang).signs == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_adopted", "is_main", "said"),
    [(False, False, "adopted no item"), (True, False, "no main item is marked")],
)
def test_a_sign_without_items_is_not_made_but_said(jinjiang: Centre, is_adopted, is_main, said) -> None:
    item = published_item()
    if is_adopted:
        Adoption.objects.create(centre=jinjiang, item=item, is_main=is_main)
    window(jinjiang)
    assert signs_of(jinjiang).signs == []
    assert said in findings(jinjiang)


@pytest.mark.django_db
def test_a_window_whose_main_items_are_handled_elsewhere_is_said(jinjiang: Centre) -> None:
    window(jinjiang, "A01")
    main_item(jinjiang, window=window(jinjiang, "A02"))
    assert [sign.window.number for sign in signs_of(jinjiang).signs] == ["A02"]
    assert "Window A01 Business licences, Market Supervision Bureau: its main items are handled at other windows" in (
        findings(jinjiang)
    )


@pytest.mark.django_db
def test_a_window_without_telephone_takes_the_centres_and_without_any_has_no_sign(jinjiang: Centre) -> None:
    main_item(jinjiang)
    window(jinjiang, telephone="")
    assert signs_of(jinjiang).signs == []
    assert "neither window nor centre has a telephone" in findings(jinjiang)
    Centre.objects.filter(pk=jinjiang.pk).update(telephone="028-12345")
    centre = Centre.objects.get(pk=jinjiang.pk)
    assert "028-12345" in words(printed(centre, "sign-A03-market"))
    assert "no telephone of its own" in findings(centre)


@pytest.mark.django_db
def test_what_an_item_lacks_is_said_on_the_sign_and_beside_it(jinjiang: Centre) -> None:
    main_item(jinjiang, promised_limit=None, charges=None)
    window(jinjiang)
    assert words(printed(jinjiang, "sign-A03-market")).count("指南编制中") == 2
    assert "has no promised limit or no fee standard yet" in findings(jinjiang)


@pytest.mark.django_db
def test_items_that_no_sign_can_show_are_said(jinjiang: Centre) -> None:
    main_item(jinjiang, "T0001", name_en="Suspended thing", is_suspended=True)
    main_item(jinjiang, "T0002", name_en="Orphan", department=None)
    window(jinjiang, "A01", "market")
    Window.objects.create(centre=jinjiang, number="A09", name_zh_hans="空窗", name_en="Empty window")
    said = findings(jinjiang)
    for text in (
        "“Suspended thing” is marked as a main item but isn't in force",
        "“Orphan” is a main item without a department",
        "Window A09 Empty window: no department sits there",
    ):
        assert text in said


@pytest.mark.django_db
def test_nothing_is_missing_where_all_is_there(jinjiang: Centre) -> None:
    main_item(jinjiang)
    window(jinjiang)
    assert findings(jinjiang) == ""


# -- As PDF -------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-CN"), ("en", "en-GB")])
def test_a_sign_is_one_page_of_a3_that_says_its_language_and_title(language: str, tag: str) -> None:
    pdf = set_sign(language)
    assert sizes_in_millimetres(pdf) == LANDSCAPE
    assert len(words_of_pages(pdf)) == 1
    assert (language_of(pdf), title_of(pdf)) == (tag, "吊牌")
    assert fonts_in(pdf) == {"NotoSansSC-Regular": True}
    assert b"/StructTreeRoot" in pdf


def test_pdftotext_gives_each_cell_in_one_piece_in_its_own_reading_order_too() -> None:
    fees = ["外国人居留许可费：有效期不满1年每人400元，1年（含）至3年以内每人800元，3年（含）至5年（含）每人1000元"]
    text = squeezed(pdftotext(set_sign(items=[{**ITEM, "fees": fees}, ITEM])))
    assert squeezed(fees[0]) in text
    assert "食品经营许可" in text


def test_a_long_list_flows_to_further_pages_under_the_same_head_and_loses_nothing() -> None:
    items = [
        {"name": f"第{number}项：{'食品经营许可' * (number % 7 + 1)}", "fees": [f"{number}元"] * (number % 4 + 1), "limit": f"{number}个工作日"}
        for number in range(1, 81)
    ]  # fmt: skip
    pdf = set_sign(items=items)
    pages = words_of_pages(pdf)
    assert len(pages) > 5
    for page in pages:
        for text in ("市场监督管理局", "A03", "主要审批服务项目", "收费标准", "承诺时限", "028-00230104"):
            assert text in page
    found = "".join(pages)
    places = [found.index(item["name"] + "".join(item["fees"]) + item["limit"]) for item in items]
    assert places == sorted(places)
    assert f"{len(pages)}/{len(pages)}" in pages[-1]


def test_type_is_never_smaller_than_what_is_read_from_two_metres() -> None:
    pdf = set_sign(items=[{**ITEM, "name": f"{ITEM['name']}{number}"} for number in range(60)])
    small = [word.text for word in placed_words(pdf) if word.bottom - word.top < LEGIBLE]
    assert small == []


def test_few_items_are_set_larger() -> None:
    def height(number: int) -> float:
        return max(
            word.bottom - word.top for word in placed_words(set_sign(items=[ITEM] * number)) if "食品" in word.text
        )

    assert height(1) > height(9) > height(30)


def test_nothing_is_cut_however_long() -> None:
    pdf = set_sign(
        centre="很长的中心名称" * 20,
        department="很长的部门名称" * 14,
        business="很长的窗口名称" * 14,
        number="A03-12/345",
        telephone="028-00230104 / 028-00230105 / 00230106",
        items=[
            {"name": "W" * 300, "fees": ["1234567890" * 30], "limit": "9999 working days"},
            {"name": "长" * 300, "fees": ["费" * 300] * 9, "limit": "9999个工作日"},
        ],
    )
    assert [word for word in placed_words(pdf) if not word.is_on_the_page] == []
    text = words(pdf)
    assert text.count("W") == 300
    assert text.count("费") >= 9 * 300
    assert "A03-12/345" in text


ODD = "食品经营许可ABCxyz0189#*_$<>\\\"'`~@/=-+[](){}&^|;:!?%，。、（）《》“”’—…·"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(ODD + " \n", min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=12))
def test_no_name_is_taken_for_markup_or_lost(names: list[str]) -> None:
    text = words(set_sign(items=[{**ITEM, "name": name} for name in names]))
    for name in names:
        assert squeezed(settable(name)) in text


def test_a_character_that_the_font_lacks_is_printed_as_a_substitute() -> None:
    assert "〓家餐饮" in words(set_sign(items=[{**ITEM, "name": "𠮷家餐饮"}]))


@pytest.mark.django_db
def test_a_character_that_the_font_lacks_is_said(jinjiang: Centre) -> None:
    main_item(jinjiang, name_zh_hans="𠮷家餐饮")
    window(jinjiang)
    with override("en"):
        said = sheets_of(jinjiang, "zh-hans").findings
    assert "sign-A03-market-zh-hans.pdf: the fonts lack 𠮷; 〓 is printed instead." in said


# -- First responder ----------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_responder_sign_quotes_the_duty_of_the_standard(jinjiang: Centre) -> None:
    assert sheets_of(jinjiang, "en").named("first-responder") is None
    with override("en"):
        assert "The standard has no duty of the first responder yet" in "\n".join(sheets_of(jinjiang, "en").findings)
    StaffDuty.objects.create(
        key="first",
        name_zh_hans="首问负责",
        name_en="First responder",
        description_zh_hans="您问到的第一位工作人员负责到底。",
        description_en="The first person you ask remains responsible.",
    )
    chinese, english = printed(jinjiang, "first-responder"), printed(jinjiang, "first-responder", "en")
    assert "首问责任岗您问到的第一位工作人员负责到底。" in words(chinese)
    assert squeezed("First-responder desk The first person you ask remains responsible.") in words(english)
    assert sizes_in_millimetres(chinese) == LANDSCAPE
    assert len(words_of_pages(chinese)) == 1


# -- Files --------------------------------------------------------------------------


def test_files_of_signs_have_names_that_any_folder_takes_and_no_two_alike() -> None:
    names = sign_names([("A03", "market"), ("a03", "market"), ("A/3", "tax"), ("A 3", "tax"), ("3号", "tax")])
    assert names == ["sign-A03-market", "sign-a03-market-2", "sign-A_3-tax", "sign-A_3-tax-2", "sign-3号-tax"]


@pytest.mark.django_db
def test_signs_cost_the_same_few_queries_however_many(jinjiang: Centre, django_assert_max_num_queries) -> None:
    for number in range(3):
        main_item(jinjiang, f"T{number}", steps=[ProcessStep(name_zh_hans="受理", name_en="Acceptance", limit_days=1)])
        window(jinjiang, f"A{number}")
    with django_assert_max_num_queries(14):
        sheets = sheets_of(jinjiang, "en").sheets
    assert [sheet.name for sheet in sheets] == ["board", "sign-A0-market", "sign-A1-market", "sign-A2-market"]
