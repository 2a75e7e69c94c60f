"""The two real lists, where they are: taken whole, told what is odd about them, unchanged when they come again."""

import io
import os
from pathlib import Path

import pytest
from django.conf import settings

from guides.exporting import export_items
from guides.importing import import_catalogue
from guides.importing.mapping import load
from guides.importing.report import Report
from guides.models import CatalogueItem, ItemType, ItemVersion, Tier
from sites.models import Department, Division

FOLDER = Path(os.environ.get("SHARED_DATA", settings.PROJECT_DIR.parent / "shared" / "data"))
GUANGAN, GUANGDONG = FOLDER / "guangan-catalogue.csv", FOLDER / "guangdong-guides.jsonl"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real_files,
    pytest.mark.skipif(not GUANGAN.exists(), reason="the real files aren't here"),
]


def imported(file: Path, mapping: str) -> Report:
    return import_catalogue(file.read_bytes(), load(mapping), source=file.name)


def of_type(item_type: str) -> int:
    return CatalogueItem.objects.filter(tier=Tier.HANDLING, item_type=item_type).count()


def test_the_list_of_guangan(province) -> None:
    Division.objects.create(
        code="511602000000", name_zh_hans="广安区", level="county", parent=province.division, host_label="guangan"
    )
    for code in ("market", "approval", "industry"):
        Department.objects.create(code=code, name_zh_hans=code)
    report = imported(GUANGAN, "guangan")
    assert report.counts() == {
        "rows": 1135,
        "added": 1135,
        "changed": 0,
        "unchanged": 0,
        "incomplete": 1135,
        "refused": 0,
    }
    assert report.by_code == {
        "parent_code_derived": 131,
        "department_added": 31,
        "width_difference": 15,
        "no_division": 3,
        "other_division": 1,
        "duplicate_name": 2,
        "several_departments": 2,
    }
    items = CatalogueItem.objects.filter(tier=Tier.HANDLING)
    assert (items.count(), items.filter(live=True, source_division="511602000000").count()) == (1135, 1135)
    assert items.filter(parent__tier=Tier.MAIN).count() == 520
    assert CatalogueItem.objects.filter(tier=Tier.MAIN).count() == 131
    assert ItemVersion.objects.filter(in_force_until=None).count() == 1266
    assert (of_type(ItemType.LICENCE), of_type(ItemType.OTHER_POWER), of_type(ItemType.PUBLIC_SERVICE)) == (
        536,
        182,
        348,
    )
    assert all(item.source_words["implementation_code"].startswith(item.code) for item in items)
    food = items.get(name_zh_hans="食品(含保健食品)经营许可核发")
    assert (food.department.code, food.parent.name_zh_hans) == ("approval", "食品（含保健食品）经营许可")
    again = imported(GUANGAN, "guangan")
    assert (again.added, again.changed, again.unchanged, again.refused) == (0, 0, 1135, 0)


def test_the_guides_of_guangdong() -> None:
    report = imported(GUANGDONG, "guangdong")
    assert report.counts() == {
        "rows": 1120,
        "added": 1120,
        "changed": 0,
        "unchanged": 0,
        "incomplete": 1120,
        "refused": 0,
    }
    assert report.by_code == {
        "none_or_unknown": 721 + 491,  # materials, conditions
        "unknown_value": 747,  # themes
        "materials_by_name_only": 395,
        "materials_contradict": 1,
        "promise_without_statutory_limit": 95,
        "basic_code_with_several_names": 41,
        "duplicate_name": 18,
        "department_added": 145,
        "several_departments": 11,
        "width_difference": 96,
        "unusual_space": 44,
        "outer_space": 9,
        "unbalanced_brackets": 10,
        "too_long": 13,  # telephones
        "not_a_telephone": 1,
    }
    items = CatalogueItem.objects.filter(tier=Tier.HANDLING)
    assert CatalogueItem.objects.filter(tier=Tier.MAIN).count() == 790
    assert CatalogueItem.objects.filter(tier=Tier.SUB).count() == 400
    assert (of_type(ItemType.LICENCE), of_type(ItemType.OTHER_POWER), of_type(ItemType.PUBLIC_SERVICE)) == (
        269,
        37,
        773,
    )
    assert items.filter(statutory_unit="natural_days").count() == 5
    assert items.exclude(promised_limit=None).filter(statutory_limit=None).count() == 95
    assert items.exclude(materials=None).count() == 395
    assert (items.filter(exercise_levels=["province"]).count(), items.filter(exercise_levels=["city"]).count()) == (
        994,
        126,
    )
    again = imported(GUANGDONG, "guangdong")
    assert (again.added, again.changed, again.unchanged, again.refused) == (0, 0, 1120, 0)
    for format in ("csv", "xlsx", "jsonl"):
        output = io.BytesIO()
        assert export_items(CatalogueItem.objects.all(), format, output) == 2310
        back = import_catalogue(output.getvalue(), None)
        assert (back.rows, back.added, back.changed, back.unchanged, back.refused) == (2310, 0, 0, 2310, 0)
