"""Items added in bulk leave the same in every table as items published one at a time."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from core.limits import LimitUnit
from guides.bulk_items import add_items
from guides.models import CatalogueItem, Question, SpecialProcedure, Theme, Tier
from guides.tests.items import complete_item, department, fee, published_item
from sites.models import ServiceMode
from sites.tests.tables import IMMEDIATE_TASKS, contents, differences

NATURAL_KEYS = {CatalogueItem: "code"}

pytestmark = pytest.mark.django_db


def some_items(main: CatalogueItem) -> list[CatalogueItem]:
    """A full item with children of every kind, one with a unit of its own, and a bare one."""
    full = complete_item(
        "B0001",
        parent=main,
        charges=True,
        fees=[fee()],
        questions=[Question(question_zh_hans="多久？", answer_zh_hans="八天。")],
        special_procedures=[SpecialProcedure(kind="inspection", usual_days=3)],
        themes=[Theme.objects.get(key="work"), Theme.objects.get(key="housing")],
        joint_departments=[department("fire")],
        service_modes=[ServiceMode.objects.get(key="agency")],
        source_words={"statutory_limit": "20(工作日)"},
    )
    months = complete_item("B0002", statutory_limit=3, statutory_unit=LimitUnit.MONTHS, name_en="")
    bare = CatalogueItem(code="B0003", name_zh_hans="政策咨询", item_type="20", live=False)
    return [full, months, bare]


def make(add: Callable[[list[CatalogueItem]], None]) -> None:
    main = CatalogueItem(code="M0001", name_zh_hans="食品", item_type="01", tier=Tier.MAIN, live=False)
    add([main])
    add(some_items(CatalogueItem.objects.get(code="M0001")))


def one_at_a_time(items: list[CatalogueItem]) -> None:
    for item in items:
        item.save()
        item.save_revision().publish()


def in_bulk(items: list[CatalogueItem]) -> None:
    assert list(add_items(items)) == [len(items)]


def test_bulk_leaves_the_same_in_every_table(settings) -> None:
    settings.TASKS = IMMEDIATE_TASKS
    for key in ("work", "housing"):
        Theme.objects.create(key=key, name_zh_hans=key)
    ServiceMode.objects.create(key="agency", name_zh_hans="代办", description_zh_hans="代办")
    department(), department("fire")
    with transaction.atomic():
        make(one_at_a_time)
        reference = contents(NATURAL_KEYS)
        transaction.set_rollback(True)
    make(in_bulk)
    assert len(reference["guides_catalogueitem"]) == 4
    assert len(reference["guides_itemversion"]) == 4
    assert reference["wagtailsearch_indexentry"]
    assert differences(reference, contents(NATURAL_KEYS)) == {}


def test_an_item_added_in_bulk_is_edited_on_as_any_other() -> None:
    list(add_items([complete_item("B0001")]))
    item = CatalogueItem.objects.get(code="B0001")
    item.promised_limit = 7
    item.save_revision().publish()
    item = CatalogueItem.objects.get(code="B0001")
    assert (item.promised_limit, item.has_unpublished_changes) == (7, False)
    assert [version.number for version in item.versions.order_by("number")] == [1, 2]
    assert [step.name_zh_hans for step in item.steps.all()] == ["受理", "审查", "决定"]


def test_nothing_is_added_where_one_item_breaks_a_rule() -> None:
    published_item("T0001")
    with pytest.raises(ValidationError, match="B0002"):
        list(add_items([complete_item("B0001"), complete_item("B0002", promised_limit=30)]))
    assert set(CatalogueItem.objects.values_list("code", flat=True)) == {"T0001"}


def test_the_number_of_statements_does_not_grow_with_the_items(django_assert_max_num_queries) -> None:
    items = [complete_item(f"B{number:04}") for number in range(60)]
    with django_assert_max_num_queries(40):
        list(add_items(items))
