"""The catalogue's rules, its versions, and what an item lacks."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from core.limits import LimitUnit
from guides.completeness import ELEMENTS, is_english, lacking_english
from guides.models import CatalogueItem, HandlingKind, ItemState, LegalBasis, Material, ProcessStep, Tier
from guides.rules import faults_of
from guides.tests.items import complete_item, fee, publish, published_item

pytestmark = pytest.mark.django_db


def fields_of_faults(item: CatalogueItem) -> list[str]:
    return [fault.field for fault in faults_of(item)]


def test_a_complete_item_has_a_guide_and_breaks_no_rule() -> None:
    item = published_item()
    assert (item.live, item.missing_elements, item.lacks_english, item.has_guide) == (True, "", "", True)
    assert item.state == ItemState.IN_FORCE


def test_an_item_that_lacks_an_element_is_published_as_an_entry_only() -> None:
    item = published_item(steps=[], legal_bases=[])
    assert item.live
    assert item.missing_elements.split() == ["basis", "process"]
    assert not item.has_guide


def test_a_bare_entry_lacks_every_element_but_its_name() -> None:
    item = CatalogueItem(code="B1", name_zh_hans="查询", item_type="20", live=False)
    item.save()
    assert item.missing_elements.split() == [element.key for element in ELEMENTS[1:]]


def test_steps_promise_and_statutory_limit_stand_in_this_order() -> None:
    assert fields_of_faults(complete_item(promised_limit=21)) == ["promised_limit"]
    assert fields_of_faults(complete_item(promised_limit=4)) == ["steps"]
    assert fields_of_faults(complete_item(promised_limit=5, statutory_limit=5)) == []
    assert fields_of_faults(complete_item(promised_limit=None, statutory_limit=4)) == ["steps"]


def test_limits_in_units_that_cannot_be_compared_break_no_rule() -> None:
    assert fields_of_faults(complete_item(statutory_limit=1, statutory_unit=LimitUnit.MONTHS, promised_limit=30)) == []


def test_done_on_the_spot_and_a_promise_of_days_exclude_each_other() -> None:
    assert fields_of_faults(complete_item(handling_kind=HandlingKind.IMMEDIATE)) == ["promised_limit"]
    assert fields_of_faults(complete_item(promised_limit=0, steps=[])) == ["promised_limit"]


def test_a_conditional_material_says_when_it_is_needed() -> None:
    material = Material(key="lease", name_zh_hans="租赁合同", is_required=False)
    assert fields_of_faults(complete_item(materials=[material])) == ["materials"]


def test_a_material_of_which_nobody_knows_whether_it_is_always_required_is_not_complete() -> None:
    item = published_item(materials=[Material(name_zh_hans="租赁合同", is_required=None)])
    assert (item.missing_elements, item.has_guide) == ("materials", False)


def test_fees_and_no_fee_exclude_each_other() -> None:
    assert fields_of_faults(complete_item(fees=[fee()])) == ["charges"]
    assert published_item(charges=True, fees=[fee()]).has_guide
    assert published_item("T0002", charges=True).missing_elements == "fees"


def test_a_handling_item_belongs_to_a_main_or_a_sub_item_alone() -> None:
    main = publish(CatalogueItem(code="M1", name_zh_hans="食品", item_type="01", tier=Tier.MAIN, live=False))
    assert fields_of_faults(complete_item(parent=main)) == []
    assert fields_of_faults(complete_item(parent=published_item())) == ["parent"]


def test_a_draft_that_breaks_a_rule_does_not_come_into_force() -> None:
    item = published_item()
    item.promised_limit = 30
    revision = item.save_revision()
    with pytest.raises(ValidationError, match="30"):
        revision.publish()
    assert CatalogueItem.objects.get(pk=item.pk).promised_limit == 8


def test_a_draft_changes_what_it_lacks_and_nothing_that_is_in_force() -> None:
    item = published_item()
    item.name_en = ""
    item.steps = []
    item.save_revision()
    stored = CatalogueItem.objects.get(pk=item.pk)
    assert (stored.missing_elements, stored.lacks_english) == ("", "")
    assert (stored.draft_missing_elements, stored.draft_lacks_english) == ("process", "name")
    assert stored.steps.count() == 3


def test_each_publication_is_a_version_and_one_is_in_force() -> None:
    item = published_item()
    item.promised_limit = 7
    publish(item)
    versions = list(item.versions.order_by("number"))
    assert [version.number for version in versions] == [1, 2]
    assert [version.revision.as_object().promised_limit for version in versions] == [8, 7]
    assert versions[0].in_force_until == versions[1].in_force_from
    assert versions[1].in_force_until is None


def test_publishing_again_what_is_in_force_makes_no_version() -> None:
    item = published_item()
    item.live_revision.publish()
    assert [version.number for version in item.versions.all()] == [1]


def test_what_was_taken_down_comes_back_into_force_under_a_new_number() -> None:
    item = published_item()
    revision = item.live_revision
    item.unpublish()
    revision.publish()
    versions = item.versions.order_by("number")
    assert [(version.number, version.revision_id) for version in versions] == [(1, revision.pk), (2, revision.pk)]
    assert [version.in_force_until is None for version in versions] == [False, True]


def test_a_former_text_comes_into_force_again() -> None:
    item = published_item()
    first = item.live_revision
    item.promised_limit = 7
    publish(item)
    first.publish()
    assert [version.number for version in item.versions.filter(in_force_until=None)] == [3]
    assert CatalogueItem.objects.get(pk=item.pk).promised_limit == 8


def test_steps_keep_their_keys_through_versions() -> None:
    item = published_item()
    before = {step.name_zh_hans: step.key for step in item.steps.all()}
    item.steps = [*item.steps.all(), ProcessStep(name_zh_hans="送达", limit_days=1)]
    after = {step.name_zh_hans: step.key for step in publish(item).steps.all()}
    assert {name: after[name] for name in before} == before
    assert len(set(after.values())) == 4


def test_a_published_item_is_cancelled_and_never_deleted() -> None:
    item = published_item()
    with pytest.raises(ProtectedError):
        item.delete()
    item.cancelled_on = timezone.localdate()
    assert publish(item).state == ItemState.CANCELLED


def test_english_that_is_chinese_counts_as_missing() -> None:
    assert is_english("Form “申请表” (表格（新）) of 2026")
    assert not is_english("Form 申请表")
    item = complete_item(name_en="食品经营许可", conditions_en="Fixed 场所")
    item.legal_bases = [LegalBasis(law_zh_hans="食品安全法", law_en="Food Safety Law (食品安全法)")]
    assert lacking_english(item) == ["name", "conditions"]


def test_rows_that_code_puts_into_an_item_keep_the_order_of_their_list() -> None:
    item = published_item()
    assert [step.sort_order for step in item.steps.all()] == [0, 1, 2]
    item.steps = [*item.steps.all(), ProcessStep(name_zh_hans="送达")]
    assert [step.name_zh_hans for step in publish(item).steps.all()] == ["受理", "审查", "决定", "送达"]
