"""Adoption: what a centre takes over, what it may better, and what it is told when it no longer may."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from core.limits import Limit
from guides.adoption import adopt, adopt_everywhere, nearest_centre_with
from guides.models import Adoption, CatalogueItem, ProcessStep, Tier
from guides.own_facts import faults_of_own_facts, promise_here, steps_here
from guides.promises import tell_centres
from guides.tests.items import complete_item, department, publish, published_item
from sites.models import Centre, Role
from sites.tests.people import person

pytestmark = pytest.mark.django_db


def adopted(centre: Centre, item: CatalogueItem, **own: object) -> Adoption:
    return Adoption.objects.create(centre=centre, item=item, **own)


def messages(adoption: Adoption, level: str = "county") -> list[str]:
    return [fault.field for fault in faults_of_own_facts(adoption, adoption.item, level)]


def forwarded_item() -> CatalogueItem:
    """Accepted in the county (2 days), decided in the city (5 days); promised 8."""
    return published_item(
        steps=[
            ProcessStep(key="own00001", name_zh_hans="受理", name_en="Acceptance", limit_days=2),
            ProcessStep(key="city0001", name_zh_hans="审批", name_en="Decision", level="city", limit_days=5),
        ]
    )


# -- Taking over --------------------------------------------------------------------


def test_a_centre_adopts_the_items_of_its_level_that_are_in_force_once(jinjiang: Centre) -> None:
    published_item("A1")
    published_item("A2", exercise_levels=["city"])
    complete_item("A3").save()
    publish(CatalogueItem(code="A4", name_zh_hans="主项", item_type="01", tier=Tier.MAIN, exercise_levels=["county"]))
    assert adopt(jinjiang, CatalogueItem.objects.all()) == 1
    assert adopt(jinjiang, CatalogueItem.objects.all()) == 0
    assert list(jinjiang.adoptions.values_list("item__code", flat=True)) == ["A1"]


def test_every_centre_adopts_the_catalogue_of_its_level(chengdu: Centre, jinjiang: Centre) -> None:
    published_item("A1")
    published_item("A2", exercise_levels=["city"])
    adopt(jinjiang, CatalogueItem.objects.all())
    done: list[tuple[int, int]] = []
    assert adopt_everywhere([chengdu, jinjiang], lambda *progress: done.append(progress)) == 2
    assert done == [(1, 2), (2, 2)]
    assert chengdu.adoptions.count() == 2


def test_the_facts_of_a_source_go_to_the_centre_of_its_own_division_alone(chengdu: Centre, jinjiang: Centre) -> None:
    words = {"implementation_code": "511-A", "place": "一楼", "telephone": "0" * 100}
    published_item("A1", source_words=words, source_division=jinjiang.division)
    adopt_everywhere([chengdu, jinjiang], lambda *progress: None)
    own = jinjiang.adoptions.get()
    assert (own.implementation_code, own.place_zh_hans, own.telephone) == ("511-A", "一楼", "")
    assert chengdu.adoptions.get().implementation_code == ""


def test_the_command_adopts_all_a_department_or_an_item_with_all_below_it(
    jinjiang: Centre, capsys: pytest.CaptureFixture
) -> None:
    main = publish(CatalogueItem(code="M1", name_zh_hans="主项", item_type="01", tier=Tier.MAIN))
    published_item("A1", parent=main)
    published_item("A2", department=department("health"))
    published_item("A3")
    call_command("adopt_catalogue", division=jinjiang.pk, item="M1")
    assert list(jinjiang.adoptions.values_list("item__code", flat=True)) == ["A1"]
    call_command("adopt_catalogue", division=jinjiang.pk, department="health")
    assert jinjiang.adoptions.count() == 2
    call_command("adopt_catalogue", "--all", division=jinjiang.pk)
    assert jinjiang.adoptions.count() == 3
    assert "3" in capsys.readouterr().out


@pytest.mark.parametrize(
    "options", [{"division": "999999000000", "item": "A1"}, {"item": "A9"}, {"department": "nowhere"}]
)
def test_the_command_says_which_code_there_is_not(jinjiang: Centre, options: dict[str, str]) -> None:
    wrong = next(iter(options.values()))
    with pytest.raises(CommandError, match=wrong):
        call_command("adopt_catalogue", **{"division": jinjiang.pk, **options})


def test_the_nearest_centre_is_sought_above_and_then_beside(
    province: Centre, chengdu: Centre, jinjiang: Centre, wuhou: Centre
) -> None:
    item = published_item()
    assert nearest_centre_with(item, jinjiang.division) is None
    adopted(wuhou, item)
    assert nearest_centre_with(item, jinjiang.division) == wuhou
    adopted(chengdu, item)
    assert nearest_centre_with(item, jinjiang.division) == chengdu


# -- What a centre may better -------------------------------------------------------


def test_a_promise_may_be_better_than_the_standard_and_never_worse(jinjiang: Centre) -> None:
    item = published_item()  # steps of 5 days together, promised 8
    assert messages(Adoption(item=item, promised_limit=6)) == []
    assert messages(Adoption(item=item, promised_limit=9)) == ["promised_limit"]
    assert promise_here(Adoption(item=item, promised_limit=6), item, "county") == Limit(6)
    assert promise_here(Adoption(item=item, promised_limit=9), item, "county") == Limit(8)


def test_a_promise_below_the_standard_steps_needs_own_shorter_steps() -> None:
    item = published_item()
    assert messages(Adoption(item=item, promised_limit=4)) == ["promised_limit"]
    own = Adoption(item=item, promised_limit=4, step_limits={"aaaa0002": 2})
    assert messages(own) == []
    assert [(here.limit, here.is_own_limit) for here in steps_here(own, item, "county")] == [
        (Limit(1), False),
        (Limit(2), True),
        (Limit(1), False),
    ]


def test_a_step_is_never_longer_than_in_the_standard() -> None:
    assert messages(Adoption(item=published_item(), step_limits={"aaaa0002": 4})) == ["step_limits"]


def test_a_step_of_another_level_cannot_be_shortened() -> None:
    item = forwarded_item()
    assert messages(Adoption(item=item, promised_limit=6, step_limits={"own00001": 1})) == []
    assert messages(Adoption(item=item, step_limits={"city0001": 1})) == ["step_limits"]
    assert messages(Adoption(item=item, step_limits={"city0001": 1}), level="city") == []


# -- When the standard changes ------------------------------------------------------


def test_what_the_province_changes_shows_at_once_and_an_illegal_promise_stands_aside(
    jinjiang: Centre, wuhou: Centre
) -> None:
    item = published_item()
    own = adopted(jinjiang, item, promised_limit=6)
    plain = adopted(wuhou, item)
    item.promised_limit = 5
    item = publish(item)
    assert promise_here(plain, item, "county") == promise_here(own, item, "county") == Limit(5)


def test_a_centre_is_told_in_its_peoples_language_when_its_promise_stands_aside(
    jinjiang: Centre, wuhou: Centre, django_capture_on_commit_callbacks
) -> None:
    item = published_item()
    adopted(jinjiang, item, promised_limit=6)
    adopted(wuhou, item, promised_limit=5)
    person("head", Role.HEAD, jinjiang)
    person("wuhou-head", Role.HEAD, wuhou)
    item.promised_limit = 5
    publish(item)
    assert tell_centres.call(item.pk) == 1
    (message,) = mail.outbox
    assert message.to == ["head@example.org"]
    assert "食品经营许可" in message.subject


def test_publishing_queues_the_telling_only_where_a_centre_has_limits_of_its_own(
    jinjiang: Centre, django_capture_on_commit_callbacks
) -> None:
    from django_tasks_db.models import DBTaskResult

    item = published_item()
    adoption = adopted(jinjiang, item)
    with django_capture_on_commit_callbacks(execute=True):
        publish(item)
    queued = DBTaskResult.objects.filter(task_path="guides.promises.tell_centres")
    assert not queued.exists()
    adoption.promised_limit = 6
    adoption.save()
    with django_capture_on_commit_callbacks(execute=True):
        publish(item)
    assert queued.count() == 1
