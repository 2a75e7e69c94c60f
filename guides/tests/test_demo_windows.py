"""Which windows the demo sends its items to."""

import pytest

from guides.demo import content
from guides.demo.windows import MAIN_ITEMS, assign_windows
from guides.models import Adoption
from guides.tests.items import department, published_item
from sites.demo.centres import read_toml
from sites.models import Centre, Window

ROWS = [pytest.param(row, id=row["window"]) for row in content.windows()]


@pytest.mark.parametrize("row", ROWS)
def test_every_entry_names_a_window_of_the_halls_and_items_of_who_sits_there(row: dict) -> None:
    departments = {each["zh"]: each["departments"] for each in read_toml("windows.toml")["window"]}[row["window"]]
    for beginning in row["codes"]:
        found = [item for item in content.items() if item["code"].startswith(beginning)]
        assert any(item["department"] in departments for item in found), beginning


@pytest.mark.django_db
def test_an_item_goes_to_the_last_named_window_that_the_hall_has(jinjiang: Centre) -> None:
    police = department("police")
    passport, car = (
        Adoption.objects.create(centre=jinjiang, item=published_item(code, department=police))
        for code in ("YZ1201001", "YZ2505001")
    )
    registry = Window.objects.create(centre=jinjiang, number="1", name_zh_hans="户籍与身份证")
    registry.departments.set([police])
    assign_windows()
    passport.refresh_from_db()
    assert passport.window == registry
    exit_entry = Window.objects.create(centre=jinjiang, number="2", name_zh_hans="出入境证件")
    exit_entry.departments.set([police])
    assign_windows()
    passport.refresh_from_db()
    car.refresh_from_db()
    assert passport.window == exit_entry
    assert car.window == registry
    assert passport.is_main
    assert car.is_main


@pytest.mark.django_db
def test_the_first_items_of_a_department_with_one_window_stand_on_its_sign(jinjiang: Centre) -> None:
    items = [
        published_item(f"YZ2501{number:03}", department=department("transport")) for number in range(MAIN_ITEMS + 2)
    ]
    Adoption.objects.bulk_create(Adoption(centre=jinjiang, item=item) for item in items)
    assign_windows()
    main = Adoption.objects.filter(is_main=True).order_by("item__code").values_list("item__code", flat=True)
    assert list(main) == [item.code for item in items[:MAIN_ITEMS]]
    assert not Adoption.objects.exclude(window=None).exists()
