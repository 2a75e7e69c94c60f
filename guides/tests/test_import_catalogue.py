"""Importing lists of others: what is understood, what is told, what is refused, and what stays as it was."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry, Revision

from core.limits import LimitUnit
from guides.importing import import_catalogue
from guides.importing.mapping import MappingError, load, parse
from guides.importing.report import LABELS, MESSAGES
from guides.models import CatalogueItem, ItemVersion, Material, Theme, Tier
from guides.tests.items import department, publish, published_item
from guides.tests.sources import (
    GUANGAN_ROW,
    GUANGDONG_ROW,
    codes,
    csv_of,
    guangan,
    guangdong,
    imported,
    own_mapping,
    values,
    workbook_of,
)
from sites.models import Department, Division

pytestmark = pytest.mark.django_db

CODE = GUANGAN_ROW["item_code"]


@pytest.fixture
def guangan_district(province) -> Division:
    department()
    return Division.objects.create(
        code="511602000000", name_zh_hans="广安区", level="county", parent=province.division, host_label="guangan"
    )


def item(code: str = CODE) -> CatalogueItem:
    return CatalogueItem.objects.get(code=code)


# -- The two forms ------------------------------------------------------------------


def test_a_row_of_guangan_becomes_an_entry_in_force(guangan_district: Division) -> None:
    report = guangan({})
    assert report.counts() == {
        "rows": 1,
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "incomplete": 1,
        "refused": 0,
    }
    assert report.findings == []
    found = item()
    assert (found.name_zh_hans, found.name_en, found.item_type, found.department.code) == (
        "茶馆登记",
        None,
        "01",
        "market",
    )
    assert (found.live, found.tier, found.exercise_levels) == (True, Tier.HANDLING, ["county"])
    assert found.missing_elements.split()[:2] == ["objects", "handling_kind"]
    assert found.source_division == guangan_district
    assert found.source_words == {
        "name": "茶馆登记",
        "department": "区市监局",
        "item_type": "1",
        "implementation_code": GUANGAN_ROW["implementation_code"],
    }
    assert ItemVersion.objects.filter(item=found, in_force_until=None).count() == 1


def test_a_row_of_guangdong_is_understood_as_far_as_it_says_something(db) -> None:
    report = guangdong({})
    assert codes(report) == [(1, "department_added"), (1, "materials_by_name_only")]
    found = item(GUANGDONG_ROW["TASK_CODE"])
    assert (found.statutory.number, found.promised.number, found.promised.unit) == (20, 8, LimitUnit.WORKING_DAYS)
    assert found.exercise_levels == ["province"]
    assert found.service_objects == ["natural", "other"]
    assert (found.visits, found.takes_appointments, found.delivers_results) == (1, True, True)
    assert found.conditions_zh_hans == "1、年满十八周岁；\n2、取得茶艺师资格。"
    assert [each.name_zh_hans for each in found.materials.all()] == ["茶艺师注册申请表", "身份证"]
    assert [each.sort_order for each in found.materials.all()] == [0, 1]
    assert found.basic_code == "440199001001"


def test_main_and_sub_items_are_made_of_what_rows_belong_to(db) -> None:
    guangdong({}, {"TASK_CODE": "11440000000000000X2440199001002", "TASK_NAME": "茶艺师注册(延续)"})
    found = item(GUANGDONG_ROW["TASK_CODE"])
    sub, main = found.parent, found.parent.parent
    assert (sub.code, sub.name_zh_hans, sub.tier) == ("440199001001", "茶艺师注册", Tier.SUB)
    assert (main.code, main.name_zh_hans, main.tier) == ("44019900100Y", "茶艺师执业许可", Tier.MAIN)
    assert (main.item_type, main.department, main.live) == ("01", found.department, True)
    assert CatalogueItem.objects.count() == 4


def test_a_basic_item_that_is_a_main_item_itself_is_there_once(db) -> None:
    guangdong({"parentCatalogId": "440199001001", "parentCatalogName": "茶艺师注册", "CATANAME": "茶艺师注册"})
    found = item(GUANGDONG_ROW["TASK_CODE"])
    assert (found.parent.code, found.parent.tier, found.parent.parent) == ("440199001001", Tier.MAIN, None)


def test_what_has_a_name_only_gets_a_derived_code_that_stays(guangan_district: Division) -> None:
    first = guangan({"parent_item": "茶馆"})
    assert codes(first) == [(2, "parent_code_derived")]
    parent = item().parent
    assert (parent.name_zh_hans, parent.tier, parent.live) == ("茶馆", Tier.MAIN, True)
    assert parent.code.startswith("derived-")
    second = guangan({"parent_item": "茶馆"}, {"item_code": "X2", "name": "茶馆注销", "parent_item": "茶馆"})
    assert (second.added, second.unchanged) == (1, 1)
    assert item("X2").parent == parent


def test_the_codes_of_item_types_mean_what_the_source_means(db) -> None:
    guangdong(
        {"TASK_TYPE": "20", "TASK_TYPE_TEXT": "其他行政权力", "matter_type": "其他行政权力"},
        {"TASK_CODE": "Y2440199001001", "TASK_TYPE": "21", "TASK_TYPE_TEXT": "公共服务", "matter_type": "公共服务"},
    )
    assert item(GUANGDONG_ROW["TASK_CODE"]).item_type == "10"
    assert item("Y2440199001001").item_type == "20"


def test_where_code_and_words_differ_the_words_stand_and_both_are_kept(db) -> None:
    report = guangdong({"TASK_TYPE": "21"})
    assert (1, "code_text_mismatch") in codes(report)
    found = item(GUANGDONG_ROW["TASK_CODE"])
    assert found.item_type == "01"
    assert (found.source_words["item_type"], found.source_words["TASK_TYPE"]) == ("行政许可", "21")


# -- Limits -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("30(工作日)", 30, LimitUnit.WORKING_DAYS),
        ("5(自然日)", 5, LimitUnit.NATURAL_DAYS),
        ("20个工作日", 20, LimitUnit.WORKING_DAYS),
        ("３０（工作日）", 30, LimitUnit.WORKING_DAYS),
        ("3个月", 3, LimitUnit.MONTHS),
        ("1年", 1, LimitUnit.YEARS),
        ("0(工作日)", 0, LimitUnit.WORKING_DAYS),
        ("无", None, LimitUnit.WORKING_DAYS),
    ],
)
def test_limits_are_read_with_their_unit(db, text: str, number: int | None, unit: str) -> None:
    imported([{"limit": text}], {"statutory_limit": {"column": "limit", "nothing": ["无"]}})
    assert (item("C1").statutory_limit, item("C1").statutory_unit) == (number, unit)


@pytest.mark.parametrize("text", ["30天", "约20个工作日", "20", "即时", "20-30(工作日)", "99999(工作日)"])
def test_a_limit_that_isnt_certain_stays_in_the_sources_words(db, text: str) -> None:
    report = imported([{"limit": text}], {"statutory_limit": "limit"})
    assert codes(report) == [(1, "kept_as_draft"), (1, "not_understood")]
    assert item("C1").statutory_limit is None
    assert item("C1").source_words["statutory_limit"] == text


def test_a_mapping_says_what_units_and_words_of_limits_mean(db) -> None:
    mapping = {"column": "limit", "values": {"当场办结": "0", "一个月": "1 months"}, "unit_column": "unit"}
    rows = [{"limit": "当场办结", "unit": ""}, {"limit": "一个月", "unit": ""}, {"limit": "20", "unit": "自然日"}]
    imported(rows, {"promised_limit": mapping})
    limits = [(item(code).promised_limit, item(code).promised_unit) for code in ("C1", "C2", "C3")]
    assert limits == [(0, "working_days"), (1, "months"), (20, "natural_days")]


def test_a_promise_longer_than_the_law_allows_is_no_fact(db) -> None:
    report = guangdong({"handle_time_limit": "21(工作日)"})
    assert values(report, "promise_longer_than_statutory_limit") == ["21(工作日)"]
    found = item(GUANGDONG_ROW["TASK_CODE"])
    assert (found.promised_limit, found.live) == (None, True)
    assert found.source_words["promised_limit"] == "21(工作日)"


def test_a_promise_in_days_that_cannot_be_compared_stands(db) -> None:
    report = guangdong({"handle_time": "60(自然日)", "handle_time_limit": "61(工作日)"})
    assert "promise_longer_than_statutory_limit" not in report.by_code
    assert item(GUANGDONG_ROW["TASK_CODE"]).promised_limit == 61


def test_a_promise_without_a_statutory_limit_is_told(db) -> None:
    report = guangdong({"handle_time": "无"})
    assert (1, "promise_without_statutory_limit") in codes(report)
    assert "statutory_limit" in item(GUANGDONG_ROW["TASK_CODE"]).missing_elements


@pytest.mark.parametrize(
    ("kind", "limit", "expected"), [("即办件", "1(工作日)", ("", 1)), ("承诺件", "0(工作日)", ("promised", None))]
)
def test_where_handling_kind_and_promise_contradict_the_safe_one_stands(db, kind, limit, expected) -> None:
    mapping = {
        "handling_kind": {"column": "kind", "values": {"即办件": "immediate", "承诺件": "promised"}},
        "promised_limit": "limit",
    }
    report = imported([{"kind": kind, "limit": limit}], mapping)
    told = {"handling_kind_against_promise", "promise_against_handling_kind"}
    assert len(told & set(report.by_code)) == 1
    assert (item("C1").handling_kind, item("C1").promised_limit) == expected
    assert item("C1").source_words["handling_kind"] == kind


# -- What says nothing, and what says something -------------------------------------


def test_none_and_not_known_are_told_apart_from_a_statement(db) -> None:
    report = guangdong(
        {"accept_standard": "无", "material_intro": "无"},
        {"TASK_CODE": "Y2440199001001", "accept_standard": "无条件受理"},
    )
    assert [finding.field for finding in report.findings if finding.code == "none_or_unknown"] == [
        "accept_standard",
        "material_intro",
    ]
    first = item(GUANGDONG_ROW["TASK_CODE"])
    assert (first.conditions_zh_hans, first.needs_no_materials) == ("", False)
    assert {"conditions", "materials"} <= set(first.missing_elements.split())
    assert first.source_words["materials"] == "无"
    assert item("Y2440199001001").conditions_zh_hans == "无条件受理"


def test_a_statement_that_none_is_needed_counts_unless_some_are_listed(db) -> None:
    none = "非依申请事项，无需提供申请材料"
    report = guangdong({"material_intro": [none]}, {"TASK_CODE": "Y2440199001001", "material_intro": [none, "申请表"]})
    assert item(GUANGDONG_ROW["TASK_CODE"]).needs_no_materials
    second = item("Y2440199001001")
    assert (second.needs_no_materials, second.materials.count()) == (False, 1)
    assert (2, "materials_contradict") in codes(report)


def test_a_mapping_says_how_a_condition_is_written(db) -> None:
    mapping = {"column": "m", "separator": "；", "conditional": "(?P<name>.+)（(?P<condition>[^（）]+的)）"}
    imported([{"m": "申请表；委托书（委托他人办理的）"}], {"materials": mapping})
    found = [(each.name_zh_hans, each.is_required, each.condition_zh_hans) for each in item("C1").materials.all()]
    assert [(name, is_required, condition or "") for name, is_required, condition in found] == [
        ("申请表", None, ""),
        ("委托书", False, "委托他人办理的"),
    ]


def test_of_materials_by_name_alone_nothing_more_is_known(db) -> None:
    guangdong({})
    found = item(GUANGDONG_ROW["TASK_CODE"])
    assert [(each.forms, each.copies, each.is_required) for each in found.materials.all()] == [([], None, None)] * 2
    assert "materials" in found.missing_elements.split()


def test_what_only_the_centre_knows_stands_under_fixed_keys(db) -> None:
    report = guangdong({"complain_phone": "无w"})
    words = item(GUANGDONG_ROW["TASK_CODE"]).source_words
    assert (words["place"], words["telephone"]) == ("某路1号政务大厅3号窗口", "020-00000001")
    assert words["handle_location"] == "办理地点：某路1号政务大厅3号窗口"
    assert ("complaint_telephone" in words, words["complain_phone"]) == (False, "无w")
    assert values(report, "not_a_telephone") == ["无w"]


def test_a_column_without_a_meaning_does_not_pass_for_a_fact_of_the_centre(db) -> None:
    report = imported([{"telephone": "62345678", "hours": ""}], {})
    assert values(report, "unknown_column") == ["telephone", "hours"]
    assert item("C1").source_words == {"name": "事项1", "column telephone": "62345678"}


def test_every_value_of_a_row_is_kept(db) -> None:
    guangdong({"co_department": "省级公安（审核）", "service_object_name": ["自然人", "外星人"]})
    words = item(GUANGDONG_ROW["TASK_CODE"]).source_words
    kept = [json.dumps(value, ensure_ascii=False) for value in words.values()]
    for column, value in GUANGDONG_ROW.items():
        if column not in ("TASK_CODE", "co_department", "service_object_name"):
            assert json.dumps(value, ensure_ascii=False) in kept, column
    assert words["co_department"] == "省级公安（审核）"
    assert words["service_objects"] == ["自然人", "外星人"]


def test_a_value_that_the_mapping_does_not_know_is_told_and_not_guessed(db) -> None:
    Theme.objects.create(key="exit-entry", name_zh_hans="出境入境")
    report = guangdong({"theme_category": ["出境入境", "航天"], "service_object_name": ["自然人", "外星人"]})
    assert sorted(values(report, "unknown_value")) == ["外星人", "航天"]
    found = item(GUANGDONG_ROW["TASK_CODE"])
    assert [theme.key for theme in found.themes.all()] == ["exit-entry"]
    assert found.service_objects == ["natural"]


def test_what_a_newer_list_has_no_more_is_told_and_stays(guangan_district: Division) -> None:
    other = {"item_code": "X2", "name": "采茶", "parent_item": "茶"}
    guangan({}, other)
    report = guangan({}, dry_run=True)
    group = item("X2").parent.code
    assert values(report, "missing") == ["X2", group] or values(report, "missing") == [group, "X2"]
    assert {finding.row for finding in report.findings if finding.code == "missing"} == {0}
    assert "采茶" in next(finding.message for finding in report.findings if finding.value == "X2")
    assert report.refused == 0
    guangan({})
    assert item("X2").live
    assert values(guangan({}, other), "missing") == []


def test_what_was_cancelled_or_came_from_elsewhere_is_not_missed(guangan_district: Division) -> None:
    guangan({}, {"item_code": "X2", "name": "采茶"})
    CatalogueItem.objects.filter(code="X2").update(cancelled_on=timezone.localdate())
    published_item("Y1")
    assert values(guangan({}), "missing") == []


def test_an_item_without_a_known_type_is_kept_as_a_draft(guangan_district: Division) -> None:
    report = guangan({"task_type_code": "99"})
    assert codes(report) == [(2, "kept_as_draft"), (2, "unknown_value")]
    assert (item().live, item().item_type) == (False, "")
    again = guangan({"task_type_code": "99"})
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    guangan({"task_type_code": "9"})
    assert (item().live, item().item_type) == (True, "09")


# -- Departments and divisions ------------------------------------------------------


def test_an_unknown_department_is_added_under_its_chinese_name(guangan_district: Division) -> None:
    report = guangan({"department": "区茶叶办"}, {"item_code": "X2", "name": "采茶", "department": "区茶叶办"})
    assert values(report, "department_added") == ["区茶叶办"]
    added = Department.objects.get(name_zh_hans="区茶叶办")
    assert (added.code, added.name_en) == ("qu-cha-ye-ban", None)
    assert item().department == item("X2").department == added
    assert guangan({"department": "区茶叶办"}).by_code["department_added"] == 0


def test_a_code_that_somebody_has_gets_a_number(guangan_district: Division) -> None:
    Department.objects.create(code="qu-cha-ye-ban", name_zh_hans="别的")
    guangan({"department": "区茶叶办"})
    assert item().department.code == "qu-cha-ye-ban-2"


def test_the_division_is_that_of_most_rows_and_others_are_told(guangan_district: Division) -> None:
    report = guangan(
        {},
        {"item_code": "X2", "name": "甲", "implementation_code": "X2-511602000000-000-1-1-00"},
        {"item_code": "X3", "name": "乙", "implementation_code": "X3-510000000000-000-1-1-00"},
        {"item_code": "X4", "name": "丙", "implementation_code": "X4"},
        {"item_code": "X5", "name": "丁", "implementation_code": "Z-511602000000-000-1-1-00"},
    )
    assert codes(report) == [(4, "other_division"), (5, "no_division"), (6, "columns_disagree")]
    assert {each.source_division_id for each in CatalogueItem.objects.all()} == {"511602000000"}


def test_a_division_that_is_given_is_held_against_the_file(province, guangan_district: Division) -> None:
    report = guangan({}, division="510000000000", level="province")
    assert codes(report) == [(2, "other_division")]
    assert (item().source_division_id, item().exercise_levels) == ("510000000000", ["province"])


# -- Odd texts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code", "kept"),
    [
        (" 茶馆登记　", "outer_space", "茶馆登记"),
        ("茶馆\u200b登记", "invisible_character", "茶馆登记"),
        ("茶馆\n登记", "line_break", "茶馆 登记"),
        ("茶馆  登记", "unusual_space", "茶馆  登记"),
        ("茶馆(县级）登记", "width_difference", "茶馆(县级）登记"),
        ("茶馆８号登记", "width_difference", "茶馆８号登记"),
        ("茶馆（县级登记", "unbalanced_brackets", "茶馆（县级登记"),
    ],
)
def test_odd_texts_are_told_and_the_source_text_is_kept(guangan_district, name: str, code: str, kept: str) -> None:
    report = guangan({"name": name})
    assert codes(report) == [(2, code)]
    assert item().name_zh_hans == kept
    assert item().source_words["name"] == name


def test_names_and_codes_that_do_not_go_together_are_told(db) -> None:
    other = {"TASK_CODE": "Y2440199001001"}
    assert (2, "duplicate_name") in codes(guangdong({}, other, dry_run=True))
    report = guangdong({}, other | {"TASK_NAME": "茶艺师注册（新）", "subCatalogName": "茶艺注册"}, dry_run=True)
    assert {(2, "basic_code_with_several_names"), (2, "code_with_several_names"), (2, "columns_disagree")} <= set(
        codes(report)
    )


def test_columns_that_should_agree_are_held_against_each_other(db) -> None:
    report = guangdong({"AREA_CODE_TEXT": "广东省广州市", "matter_type": "公共服务", "LIMIT_SCENE_NUM": "0"})
    assert sorted(finding.field for finding in report.findings if finding.code == "columns_disagree") == [
        "AREACODE",
        "LIMIT_SCENE_NUM",
        "matter_type",
    ]


def test_messages_are_in_the_readers_language_with_row_and_value(guangan_district: Division) -> None:
    finding = guangan({"task_type_code": "99"}, dry_run=True).findings[0]
    with override("en"):
        assert finding.message.startswith("Row 2: ")
        assert "99" in finding.message
    with override("zh-hans"):
        assert finding.message.startswith("第2行")


# -- What is refused ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([{"item_code": ""}], [(2, "no_code")]),
        ([{"item_code": "  "}], [(2, "no_code")]),
        ([{"item_code": "511 A"}], [(2, "bad_code")]),
        ([{"item_code": "５１１A"}], [(2, "bad_code")]),
        ([{"item_code": "X" * 61}], [(2, "bad_code")]),
        ([{"name": ""}], [(2, "no_name")]),
        ([{"name": "长" * 301}], [(2, "name_too_long")]),
        ([{}, {"name": "又一个"}], [(3, "duplicate_key")]),
    ],
)
def test_what_cannot_be_told_apart_is_refused_and_nothing_is_written(guangan_district, rows, found) -> None:
    report = guangan({"item_code": "X9", "name": "好的", "implementation_code": "X9-511602000000-000-1"}, *rows)
    shifted = [(row + 1, code) for row, code in found]
    assert [one for one in codes(report) if one in shifted] == shifted
    assert report.counts() | {"rows": 0} == {
        "rows": 0,
        "added": 0,
        "changed": 0,
        "unchanged": 0,
        "incomplete": 0,
        "refused": 1,
    }
    assert not CatalogueItem.objects.exists()


@pytest.mark.parametrize(
    ("content", "row", "code"),
    [
        ("code,name\nA1,茶馆\n".encode("gb18030"), 2, "wrong_encoding_guess"),
        ("code,name\nA1,茶馆\n".encode("utf-16"), 1, "wrong_encoding_guess"),
        (b"code\nA1\n", 1, "missing_column"),
        (b"code,name,name\nA1,a,b\n", 1, "duplicate_column"),
        (b"code,name\nA1\n", 2, "too_few_fields"),
        (b'code,name\nA1,"a\n', 2, "bad_csv"),
        (b"code,name\nA1,a\0\n", 2, "nul_byte"),
        (b"", 1, "empty_file"),
        (b"code,name\n", 1, "empty_file"),
        (b'{"code":"A1","name":"a"}\n{"code":\n', 2, "bad_json"),
        (b'{"code":"A1","name":"a"}\n["A2"]\n', 2, "bad_json"),
        (b'{"code":"A1","name":"a","name":"b"}\n', 1, "bad_json"),
        (b'{"code":"A1","name":NaN}\n', 1, "bad_json"),
        (b'{"code":"A1","name":"\\ud800"}\n', 1, "bad_json"),
        (b'{"code":"A1","name":"a\\u0000"}\n', 1, "nul_byte"),
        (b'{"code":"A1","name":"a"}\n{"code":"A2"}\n', 2, "missing_column"),
        (b'{"code":"A1"}\n{"code":"A2"}\n', 1, "missing_column"),
        (b"PK\x03\x04 no workbook", 1, "unreadable"),
    ],
)
def test_an_unreadable_file_or_row_is_refused_with_its_row(db, content: bytes, row: int, code: str) -> None:
    report = import_catalogue(content, own_mapping({}))
    assert (row, code) in codes(report)
    assert report.refused
    assert not CatalogueItem.objects.exists()


# -- Workbooks ----------------------------------------------------------------------


def test_the_first_sheet_of_a_workbook_is_read_as_people_see_it(db) -> None:
    rows = [["code", "name", "", "visits"], [440102002002, "茶馆登记", None, 2.0], [], ["B7", "采茶", "旁注", None]]
    report = import_catalogue(workbook_of({"甲": rows, "乙": [["其他"]]}), own_mapping({"visits": "visits"}))
    assert codes(report) == [
        (1, "other_sheet"),
        (1, "unknown_column"),
        (2, "kept_as_draft"),
        (4, "kept_as_draft"),
    ]
    assert (item("440102002002").visits, item("B7").visits) == (2, None)
    assert item("B7").source_words["#3"] == "旁注"


def test_a_formula_is_told_and_one_without_a_value_is_refused(db) -> None:
    report = import_catalogue(workbook_of({"甲": [["code", "name"], ["A1", '="茶"&"馆"']]}), own_mapping({}))
    assert codes(report)[0] == (2, "no_name") or (2, "unreadable_cell") in codes(report)
    assert report.refused == 1


def test_a_mapping_can_name_the_sheet(db) -> None:
    book = workbook_of({"说明": [["看下一页"]], "清单": [["code", "name"], ["A1", "茶馆登记"]]})
    assert import_catalogue(book, own_mapping({}, sheet="清单")).added == 1
    assert import_catalogue(book, own_mapping({}, sheet="没有")).refused == 1


# -- Once more ----------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(guangan_district: Division) -> None:
    rows = ({"parent_item": "茶馆"}, {"item_code": "X2", "name": "茶馆注销", "parent_item": "茶馆"})
    guangan(*rows)
    versions = ItemVersion.objects.count()
    again = guangan(*rows)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert ItemVersion.objects.count() == versions


def test_a_changed_row_publishes_a_new_version(guangan_district: Division) -> None:
    guangan({})
    report = guangan({"name": "茶馆设立登记"})
    assert (report.added, report.changed, report.unchanged) == (0, 1, 0)
    assert item().name_zh_hans == "茶馆设立登记"
    assert item().source_words["name"] == "茶馆设立登记"
    assert [version.number for version in item().versions.order_by("number")] == [1, 2]
    assert guangan({"name": "茶馆设立登记"}).unchanged == 1


def test_what_only_the_words_say_makes_no_new_version(guangan_district: Division) -> None:
    guangan({})
    report = guangan({"implementation_code": f"{CODE}-511602000000-001-1-1-00"})
    assert report.changed == 1
    assert item().source_words["implementation_code"].endswith("001-1-1-00")
    assert item().versions.count() == 1
    assert guangan({"implementation_code": f"{CODE}-511602000000-001-1-1-00"}).unchanged == 1


@pytest.mark.parametrize("is_published", [True, False])
def test_what_editors_changed_stays_and_the_words_follow(guangan_district: Division, is_published: bool) -> None:
    guangan({})
    edited = item()
    edited.name_zh_hans = "茶楼登记"
    revision = edited.save_revision()
    if is_published:
        revision.publish()
    report = guangan({"name": "茶馆设立登记"})
    assert values(report, "edited_here") == ["茶馆设立登记"]
    assert report.changed == 1
    assert item().name_zh_hans == ("茶楼登记" if is_published else "茶馆登记")
    assert item().source_words["name"] == "茶馆设立登记"
    assert item().latest_revision == revision
    again = guangan({"name": "茶馆设立登记"})
    assert (again.changed, again.unchanged) == (0, 1)


def test_a_draft_from_before_an_import_does_not_bring_its_words_back(guangan_district: Division) -> None:
    guangan({})
    edited = item()
    edited.name_zh_hans = "茶楼登记"
    draft = edited.save_revision()
    guangan({"name": "茶馆设立登记"})
    Revision.objects.get(pk=draft.pk).publish()
    assert item().name_zh_hans == "茶楼登记"
    assert item().source_words["name"] == "茶馆设立登记"


def test_what_editors_completed_contradicts_nothing(db) -> None:
    guangdong({})
    found = item(GUANGDONG_ROW["TASK_CODE"])
    materials = list(found.materials.all())
    materials[0].forms = ["original"]
    found.materials = [*materials, Material(name_zh_hans="照片")]
    found.summary_zh_hans = "茶艺师注册"
    publish(found)
    report = guangdong({})
    assert (report.unchanged, report.by_code["edited_here"]) == (1, 0)
    assert item(GUANGDONG_ROW["TASK_CODE"]).materials.count() == 3


def test_an_item_of_ones_own_writing_is_not_overwritten(guangan_district: Division) -> None:
    published_item(CODE)
    report = guangan({})
    assert set(values(report, "edited_here")) == {"茶馆登记", "county"}
    assert item().name_zh_hans == "食品经营许可"
    assert item().has_guide


def test_the_log_says_where_an_item_came_from(guangan_district: Division) -> None:
    guangan({}, source="list.csv")
    entry = ModelLogEntry.objects.get(action="guides.import")
    assert (entry.data, entry.revision) == ({"source": "list.csv", "row": 2}, item().latest_revision)
    assert entry.formatter is not None


def test_a_dry_run_tells_the_same_and_does_nothing(guangan_district: Division) -> None:
    rows = ({"parent_item": "茶馆", "department": "区茶叶办"}, {"item_code": "X2", "name": "采茶"})
    dry = guangan(*rows, dry_run=True)
    assert not CatalogueItem.objects.exists()
    assert not Department.objects.filter(name_zh_hans="区茶叶办").exists()
    assert dry == guangan(*rows)


# -- Mappings -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ({"fields": {"name": "n"}}, "key"),
        ({"key": "c", "fields": {}}, "名称"),
        ({"key": "c", "fields": {"name": "n", "colour": "x"}}, "colour"),
        ({"key": "c", "fields": {"name": "n", "item_type": {"column": "t", "values": {"1": "99"}}}}, "99"),
        ({"key": "c", "fields": {"name": "n", "charges": {"column": "t", "values": {"是": "yes"}}}}, "yes"),
        ({"key": "c", "fields": {"name": {"column": "n", "nothin": []}}}, "nothin"),
        ({"key": "c", "fields": {"name": "n"}, "groups": [{"tier": "handling", "name": "p"}]}, "handling"),
        ({"key": "c", "fields": {"name": "n"}, "division": {"column": "d", "pattern": "("}}, "("),
        ({"key": "c", "fields": {"name": "n"}, "level": "galaxy"}, "galaxy"),
        ({"key": "c", "fields": {"name": "n"}, "checks": [{"kind": "guess", "column": "a", "other": "b"}]}, "guess"),
        ([], "."),
    ],
)
def test_a_mapping_that_means_nothing_is_told(definition, words: str) -> None:
    with pytest.raises(MappingError) as caught:
        parse(definition, "x")
    assert words in str(caught.value)


def test_a_mapping_may_be_a_file_of_ones_own(db, tmp_path: Path) -> None:
    toml = tmp_path / "mine.toml"
    toml.write_text('key = "code"\n[fields]\nname = "name"\n', encoding="utf-8")
    as_json = tmp_path / "mine.json"
    as_json.write_text(json.dumps({"key": "code", "fields": {"name": "name"}}), encoding="utf-8")
    assert load(str(toml)).columns == load(str(as_json)).columns == ["code", "name"]
    with pytest.raises(MappingError):
        load("nowhere")


# -- The command --------------------------------------------------------------------


def test_the_command_tells_json_and_ends_with_1_where_something_is_refused(db, tmp_path: Path, capsys) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(csv_of([GUANGAN_ROW, GUANGAN_ROW]))
    with pytest.raises(SystemExit) as ended:
        call_command("import_catalogue", str(file), mapping="guangan", format="json")
    assert ended.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"rows", "added", "changed", "unchanged", "incomplete", "refused", "findings"}
    refused = next(finding for finding in told["findings"] if finding["code"] == "duplicate_key")
    assert set(refused) == {"row", "field", "value", "code", "message"}
    assert (refused["row"], refused["field"], refused["value"]) == (3, "item_code", CODE)


def test_the_command_shows_progress_and_what_was_done(guangan_district: Division, tmp_path: Path, capsys) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(csv_of([GUANGAN_ROW]))
    with override("en"):
        call_command("import_catalogue", str(file), mapping="guangan")
    shown = capsys.readouterr()
    assert "1" in shown.out
    assert shown.err.splitlines() == ["reading: 1 of 1", "writing: 1 of 1"]
    assert item().live


@pytest.mark.parametrize("options", [{"mapping": "nowhere"}, {"mapping": "guangan", "division": "999999999999"}])
def test_the_command_refuses_what_there_isnt(db, tmp_path: Path, options) -> None:
    with pytest.raises(CommandError):
        call_command("import_catalogue", str(tmp_path / "x.csv"), **options)


def test_a_file_that_is_not_there_is_told_as_a_finding(db, tmp_path: Path, capsys) -> None:
    with pytest.raises(SystemExit):
        call_command("import_catalogue", str(tmp_path / "x.csv"), mapping="guangan", format="json")
    assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "unreadable"


def test_one_bad_item_among_the_changed_ones_leaves_all_as_they_were(guangan_district: Division) -> None:
    guangan({})
    report = guangan({"name": "改了"}, {"item_code": ""})
    assert report.refused == 1
    assert item().name_zh_hans == "茶馆登记"


def test_every_code_of_a_finding_has_a_label_and_is_in_the_docs() -> None:
    docs = (settings.PROJECT_DIR / "docs" / "catalogue-exchange.md").read_text(encoding="utf-8")
    assert set(MESSAGES) == set(LABELS)
    assert {code for code in MESSAGES if f"`{code}`" not in docs} == set()
