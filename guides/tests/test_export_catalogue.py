"""Exports are complete, harmless in a spreadsheet, and come back without a change."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.models import Attachment
from core.spreadsheets import FORMULA, guarded, unguarded
from guides.exporting import FORMATS, ExportError, export_items
from guides.facts import CHILD_FACTS, CHILDREN, ITEM_FACTS, NO_FACTS, facts_of
from guides.importing import import_catalogue
from guides.importing.report import Report
from guides.models import (
    Adoption,
    CatalogueItem,
    Fee,
    LegalBasis,
    Material,
    Question,
    SpecialProcedure,
    Theme,
    Tier,
)
from guides.own_format import for_workbook, from_workbook
from guides.tests.items import complete_item, department, fee, publish, published_item
from guides.tests.sources import guangdong
from sites.models import Department, ServiceMode, Window

pytestmark = pytest.mark.django_db


def exported(format: str, centre: Any = None) -> bytes:
    output = io.BytesIO()
    export_items(CatalogueItem.objects.all(), format, output, centre)
    return output.getvalue()


def brought_back(content: bytes, **options: Any) -> Report:
    return import_catalogue(content, None, **options)


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rich_items() -> None:
    """Items with everything that an item can have."""
    main = publish(CatalogueItem(code="M0001", name_zh_hans="食品", item_type="01", tier=Tier.MAIN, live=False))
    form = Attachment.objects.create(title="申请表", file=ContentFile(b"form", name="form.pdf"))
    Theme.objects.create(key="work", name_zh_hans="就业创业")
    item = complete_item(
        "T0001",
        parent=main,
        name_zh_hans='=HYPERLINK("http://x")',
        conditions_zh_hans='@一\r\n二,"三"\n\t四',
        charges=True,
        fees=[fee(), Fee(name_zh_hans="检验费", standard_zh_hans="10元", amount=Decimal("10.50"))],
        questions=[Question(question_zh_hans="多久？", answer_zh_hans="-8天\n+1天")],
        special_procedures=[SpecialProcedure(kind="inspection", usual_days=3)],
        themes=[Theme.objects.get()],
        joint_departments=[department("fire"), department("police")],
        service_modes=[ServiceMode.objects.create(key="agency", name_zh_hans="代办", description_zh_hans="代办")],
        effective_on=timezone.localdate(),
        source_words={"statutory_limit": "20(工作日)", "list": ["=a", 1, None]},
    )
    item.materials = [*item.materials.all(), Material(name_zh_hans="申请表", blank_form=form, copies=2)]
    publish(item)
    publish(
        complete_item("T0000", cancelled_on=timezone.localdate(), successor=CatalogueItem.objects.get(code="T0001"))
    )
    CatalogueItem(code="D0001", name_zh_hans="草稿", live=False).save()


@pytest.mark.parametrize("format", FORMATS)
def test_a_full_export_comes_back_without_a_change(format: str, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    rich_items()
    guangdong({}, {"TASK_CODE": "Y2440199001001", "TASK_NAME": "-茶艺师注册"})
    report = brought_back(exported(format))
    assert (report.rows, report.unchanged, report.refused) == (8, 8, 0)
    assert report.counts() | {"incomplete": 0, "rows": 0, "unchanged": 0} == dict.fromkeys(report.counts(), 0)


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_makes_the_same_catalogue_elsewhere(format: str, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    rich_items()
    content, before = exported(format), all_facts()
    for item in CatalogueItem.objects.order_by("-code"):
        item.versions.all().delete()
    CatalogueItem.objects.update(parent=None, successor=None)
    CatalogueItem.objects.all().delete()
    Department.objects.filter(code="market").delete()
    report = brought_back(content)
    assert (report.added, report.refused) == (4, 0)
    assert all_facts() == before
    assert [item.code for item in CatalogueItem.objects.filter(live=False)] == ["D0001"]
    assert Department.objects.get(code="market").name_zh_hans == "市场监督管理局"


def all_facts() -> dict[str, Any]:
    return {item.code: facts for item, facts in facts_of(list(CatalogueItem.objects.order_by("code")))}


def test_every_field_of_an_item_and_its_children_is_a_fact_or_said_not_to_be() -> None:
    names = {field.name for field in CatalogueItem._meta.get_fields() if not field.auto_created and field.concrete}
    repeated = {"name", "summary", "limit_note", "conditions"}
    assert names - repeated - NO_FACTS == set(ITEM_FACTS)
    assert {
        relation.get_accessor_name()
        for relation in CatalogueItem._meta.related_objects
        if relation.related_model in CHILDREN.values()
    } == set(CHILDREN)


def test_a_changed_cell_changes_the_item_and_publishes_it() -> None:
    published_item()
    content = exported("csv").decode("utf-8-sig").replace("Food business licence", "Licence for food business")
    report = brought_back(content.encode())
    assert (report.changed, report.refused) == (1, 0)
    item = CatalogueItem.objects.get()
    assert (item.name_en, item.versions.count()) == ("Licence for food business", 2)
    assert [each.name_en for each in item.result_documents.all()] == ["Licence for food business"]
    assert [step.key for step in item.steps.all()] == ["aaaa0001", "aaaa0002", "aaaa0003"]
    assert brought_back(content.encode()).unchanged == 1


def test_a_sheet_of_children_can_be_edited() -> None:
    published_item()
    book = load_workbook(io.BytesIO(exported("xlsx")))
    sheet = book["materials"]
    heading = [cell.value for cell in sheet[1]]
    row = dict.fromkeys(heading)
    row |= {
        "item": "T0001",
        "position": 0,
        "name_zh_hans": "照片",
        "copies": 2,
        "is_required": "是",
        "forms": "original，copy",
    }
    sheet.append([row[name] for name in heading])
    changed = io.BytesIO()
    book.save(changed)
    assert brought_back(changed.getvalue()).changed == 1
    materials = list(CatalogueItem.objects.get().materials.all())
    assert [each.name_zh_hans for each in materials] == ["照片", "身份证", "授权委托书"]
    assert (materials[0].copies, materials[0].forms) == (2, ["original", "copy"])


def test_what_was_changed_here_meanwhile_is_not_overwritten() -> None:
    published_item()
    content = exported("csv").decode("utf-8-sig").replace("Food business licence", "Licence")
    item = CatalogueItem.objects.get()
    item.promised_limit = 7
    publish(item)
    report = brought_back(content.encode())
    assert [finding.code for finding in report.findings] == ["changed_meanwhile"]
    assert CatalogueItem.objects.get().name_en == "Food business licence"


def test_a_draft_that_somebody_is_at_is_not_overwritten() -> None:
    item = published_item()
    content = exported("csv").decode("utf-8-sig").replace("Food business licence", "Licence")
    item.promised_limit = 7
    item.save_revision()
    assert [finding.code for finding in brought_back(content.encode()).findings] == ["has_draft"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("01,approval", "99,approval", "bad_value"),
        (",20,working_days", ",twenty,working_days", "bad_value"),
        (",8,working_days", ",30,working_days", "breaks_rule"),
        ("handling,,", "handling,NOWHERE,", "unknown_reference"),
        ("T0001,,", "T 1,,", "bad_code"),
        ("T0001,,", ",,", "no_code"),
        ("食品经营许可,", ",", "no_name"),
        ('""copies"": 1', '""copies"": ""many""', "bad_value"),
        ('""copies"": 1,', "", "bad_value"),
    ],
)
def test_what_somebody_broke_by_hand_is_refused(old: str, new: str, code: str) -> None:
    published_item()
    text = exported("csv").decode("utf-8-sig")
    assert old in text
    report = brought_back(text.replace(old, new, 1).encode())
    assert code in report.by_code
    assert (report.refused, CatalogueItem.objects.get().versions.count()) == (1, 1)


# -- Formulas -----------------------------------------------------------------------


@pytest.mark.parametrize("begins", [*FORMULA])
def test_no_cell_begins_with_what_makes_a_formula(begins: str) -> None:
    published_item(name_zh_hans=f"{begins}cmd|' /C calc'!A0")
    for cell in csv_rows(exported("csv"))[0].values():
        assert cell[:1] not in [*FORMULA]
    for sheet in load_workbook(io.BytesIO(exported("xlsx"))):
        for row in sheet.iter_rows():
            for one in row:
                assert one.data_type != "f"
                assert str(one.value or "")[:1] not in [*FORMULA]
    assert brought_back(exported("csv")).unchanged == brought_back(exported("xlsx")).unchanged == 1


TEXTS = st.text(
    st.one_of(
        st.sampled_from("=+-@＝＋－＠'\"\t\r\n,;|\\{}[]x_05F\u2028\x0b\x1f\x85\ufeff\u00a0\u3000"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=30,
)


@given(TEXTS)
def test_a_guarded_text_is_harmless_and_comes_back(text: str) -> None:
    assert guarded(text)[:1] not in [*FORMULA] or not text
    assert unguarded(guarded(text)) == text
    assert from_workbook(for_workbook(text)) == text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=TEXTS, text=TEXTS, words=st.dictionaries(TEXTS, TEXTS, max_size=2))
@pytest.mark.parametrize("format", FORMATS)
def test_odd_texts_come_back_as_they_were(format: str, name: str, text: str, words: dict[str, str]) -> None:
    CatalogueItem.objects.all().delete()
    item = complete_item("T0001", name_zh_hans=f"x{name}", conditions_zh_hans=text, source_words=words)
    item.legal_bases = [LegalBasis(law_zh_hans=name, text_zh_hans=text)]
    item.save()
    report = brought_back(exported(format))
    assert [(finding.code, finding.value) for finding in report.findings if finding.refuses] == []
    assert report.unchanged == 1


# -- One centre's -------------------------------------------------------------------


@pytest.fixture
def adopted(jinjiang) -> Adoption:
    published_item("T0002")
    window = Window.objects.create(centre=jinjiang, number="12", name_zh_hans="市场监管")
    return Adoption.objects.create(
        centre=jinjiang,
        item=published_item(),
        window=window,
        implementation_code="T0001-510104000000",
        place_zh_hans="二楼",
        promised_limit=6,
        step_limits={"aaaa0002": 1},
        is_main=True,
    )


def test_a_centres_export_has_its_items_with_its_own_facts(adopted: Adoption, tmp_path: Path) -> None:
    file = tmp_path / "jinjiang.csv"
    call_command("export_catalogue", format="csv", division="510104000000", output=str(file))
    (row,) = csv_rows(file.read_bytes())
    assert row["code"] == "T0001"
    own = {name: value for name, value in row.items() if name.startswith("centre_") and value}
    assert own == {
        "centre_implementation_code": "T0001-510104000000",
        "centre_window": "12",
        "centre_place_zh_hans": "二楼",
        "centre_promised_limit": "6",
        "centre_step_limits": '{"aaaa0002": 1}',
        "centre_is_main": "yes",
    }


@pytest.mark.parametrize("format", FORMATS)
def test_the_facts_of_a_centre_are_not_imported_and_this_is_told(adopted: Adoption, format: str) -> None:
    report = brought_back(exported(format, adopted.centre))
    assert report.unchanged == 2
    assert set(report.by_code) - {"duplicate_name"} == {"centre_facts_not_imported"}


# -- The command --------------------------------------------------------------------


def test_the_command_writes_all_items_or_leaves_no_file(tmp_path: Path) -> None:
    published_item()
    file = tmp_path / "all.jsonl"
    call_command("export_catalogue", format="jsonl", output=str(file))
    (line,) = file.read_text(encoding="utf-8").splitlines()
    found = json.loads(line)
    assert (found["code"], found["department_name"], found["version"]) == ("T0001", "市场监督管理局", 1)
    assert set(found["materials"][0]) == set(CHILD_FACTS["materials"])
    with pytest.raises(CommandError):
        call_command("export_catalogue", format="csv", division="999999999999", output=str(tmp_path / "x.csv"))
    assert [each.name for each in tmp_path.iterdir()] == ["all.jsonl"]


def test_a_text_that_no_cell_can_hold_is_told_and_not_cut(tmp_path: Path) -> None:
    published_item(conditions_zh_hans="长" * 40000)
    with pytest.raises(ExportError, match="conditions_zh_hans"):
        exported("xlsx")
    with pytest.raises(CommandError):
        call_command("export_catalogue", format="xlsx", output=str(tmp_path / "x.xlsx"))
    assert not list(tmp_path.iterdir())
    assert brought_back(exported("csv")).unchanged == 1


def test_an_export_asks_the_same_number_of_questions_for_any_number_of_items(django_assert_max_num_queries) -> None:
    for number in range(12):
        published_item(f"T{number:04}")
    with django_assert_max_num_queries(22):
        exported("jsonl")
