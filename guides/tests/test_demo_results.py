"""The demo's result notices: 300, plausible, of nobody real, and dated by the day of loading."""

from datetime import date, timedelta

import pytest

from guides.adoption import adopt
from guides.demo.results import NUMBER, load_results
from guides.models import CatalogueItem, ResultChange, ResultNotice
from guides.results import faults_of, is_late
from guides.tests.items import complete_item, department, publish, published_item
from sites.models import Centre

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def loaded(made_jinjiang: Centre, made_chengdu: Centre, made_wuhou: Centre) -> None:
    published_item("A1", service_objects=["natural", "legal"])
    published_item("A2", department=department("health"), service_objects=["natural"], name_zh_hans="医师执业注册")
    upward = complete_item("A3", name_zh_hans="由省级决定的许可")
    upward.steps.all()[2].level = "province"
    publish(upward)
    for centre in (made_jinjiang, made_chengdu, made_wuhou):
        adopt(centre, CatalogueItem.objects.all())
    load_results(TODAY)


def test_there_are_300_of_the_centres_that_handle_licences(loaded: None, made_jinjiang: Centre) -> None:
    # The province has no item in this test, so its share is missing.
    notices = ResultNotice.objects.all()
    assert NUMBER == 300
    assert 200 < notices.count() <= NUMBER
    assert set(notices.values_list("centre__adoptions__item", flat=True)) >= set(notices.values_list("item", flat=True))
    assert notices.filter(centre=made_jinjiang).count() > 100


def test_no_notice_breaks_a_rule_and_some_are_late_corrected_or_withdrawn(loaded: None) -> None:
    notices = list(ResultNotice.objects.all())
    assert [fault for notice in notices for fault in faults_of(notice)] == []
    assert 0 < sum(is_late(notice) for notice in notices) < len(notices) / 10
    assert sorted(ResultChange.objects.values_list("kind", flat=True)) == ["correction"] * 2 + ["withdrawal"] * 2


def test_organisations_are_plainly_examples_and_people_masked(loaded: None) -> None:
    for notice in ResultNotice.objects.all():
        if notice.counterpart_kind == "natural":
            assert "示例" not in notice.counterpart_name + notice.content
            assert "*" in notice.counterpart_name and "*" in notice.identity_number
        else:
            assert "示例" in notice.counterpart_name
            assert notice.counterpart_code[2:8] == "519900"  # no division has this code


def test_decisions_are_of_the_centres_own_level_and_of_the_last_years(loaded: None) -> None:
    notices = ResultNotice.objects.all()
    assert not notices.filter(item__code="A3").exists()
    assert all(timedelta() < TODAY - notice.decided_on < timedelta(days=5 * 366) for notice in notices)
    assert notices.filter(decided_on__gte=TODAY - timedelta(days=15)).exists()
