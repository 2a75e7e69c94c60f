"""A centre's adopted items in the admin: its own facts, several at once, and nobody else's."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from guides.admin.adoption_list import AdoptionIndexView
from guides.adoption import ADOPTED, GIVEN_UP, adopt
from guides.models import Adoption, CatalogueItem, ProcessStep
from guides.tests.browser_form import sent_by
from guides.tests.items import department, publish, published_item
from sites.models import Centre, Window
from sites.tests.people import refused

pytestmark = pytest.mark.django_db


def address(view: str, adoption: Adoption | None = None) -> str:
    return reverse(f"adopted_items:{view}", args=[adoption.pk] if adoption else [])


def adopted(centre: Centre, item: CatalogueItem, **own: Any) -> Adoption:
    return Adoption.objects.create(centre=centre, item=item, **own)


def save(client: Any, adoption: Adoption, **changes: Any) -> Any:
    data = sent_by(client.get(address("edit", adoption)), **changes)
    return client.post(address("edit", adoption), data)


def listed(client: Any, **query: Any) -> list[str]:
    return [adoption.item.code for adoption in client.get(address("index"), query).context["object_list"]]


# -- Adopting -----------------------------------------------------------------------


def test_a_centre_adopts_all_of_its_level_in_one_action(admin, made_jinjiang, people) -> None:
    for code in ("A1", "A2"):
        published_item(code)
    published_item("A3", exercise_levels=["city"])
    client = admin("head")
    assert client.get(address("adopt")).context["number"] == 2
    client.post(address("adopt"), {"all": "1"})
    assert list(made_jinjiang.adoptions.values_list("item__code", flat=True)) == ["A1", "A2"]
    entry = ModelLogEntry.objects.get(action=ADOPTED)
    assert (entry.user, entry.object_id) == (people["head"], made_jinjiang.pk)


def test_a_centre_adopts_the_items_of_a_department_or_those_that_are_ticked(admin, made_jinjiang) -> None:
    health = department("health")
    published_item("A1", department=health)
    ticked = published_item("A2")
    published_item("A3")
    client = admin("editor")
    client.post(address("adopt"), {"of_department": str(health.pk)})
    client.post(address("adopt"), {"item": [str(ticked.pk)]})
    assert list(made_jinjiang.adoptions.values_list("item__code", flat=True)) == ["A1", "A2"]


def test_asking_for_nothing_adopts_nothing(admin, made_jinjiang) -> None:
    published_item("A1")
    client = admin("editor")
    for sent in ({}, {"item": ["x"]}, {"of_department": "0"}):
        assert client.post(address("adopt"), sent).status_code == 302
    assert not Adoption.objects.exists()


@pytest.mark.parametrize("text", ["食品", "shipinjing", "food", "a1", "许可 shipin"])
def test_items_to_adopt_are_found_by_every_way_to_name_them(admin, made_jinjiang, text) -> None:
    published_item("A1")
    published_item("B1", name_zh_hans="婚姻登记", name_en="Marriage registration")
    found = admin("editor").get(address("adopt"), {"q": text}).context["page_obj"]
    assert [item.code for item in found] == ["A1"]


def test_who_has_several_centres_says_for_which(admin, made_jinjiang, made_wuhou) -> None:
    published_item("A1")
    client = admin("supervisor")
    client.post(address("adopt"), {"all": "1"})
    assert not Adoption.objects.exists()
    client.post(f"{address('adopt')}?centre={made_wuhou.pk}", {"all": "1"})
    assert [adoption.centre for adoption in Adoption.objects.all()] == [made_wuhou]


def test_nobody_adopts_for_another_centre(admin, made_wuhou) -> None:
    published_item("A1")
    response = admin("editor").post(f"{address('adopt')}?centre={made_wuhou.pk}", {"all": "1"})
    assert response.status_code == 404
    assert not Adoption.objects.exists()


# -- Own facts ----------------------------------------------------------------------


def test_own_facts_are_saved_and_recorded(admin, made_jinjiang, people) -> None:
    window = Window.objects.create(centre=made_jinjiang, number="A1")
    adoption = adopted(made_jinjiang, published_item())
    response = save(
        admin("editor"),
        adoption,
        window=window.pk,
        place_zh_hans="二楼",
        place_en="Second floor",
        promised_limit=6,
        visits=0,
        is_main="on",
        step_aaaa0002=2,
    )
    assert response.status_code == 302
    adoption.refresh_from_db()
    assert (adoption.window, adoption.place_en, adoption.promised_limit) == (window, "Second floor", 6)
    assert (adoption.visits, adoption.is_main, adoption.step_limits) == (0, True, {"aaaa0002": 2})
    assert adoption.service_modes is None
    entry = ModelLogEntry.objects.get(action="wagtail.edit", object_id=str(adoption.pk))
    assert entry.user == people["editor"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"promised_limit": 9}, "promised_limit"),
        ({"promised_limit": 4}, "promised_limit"),
        ({"step_aaaa0002": 4}, "step_aaaa0002"),
    ],
)
def test_an_illegal_limit_is_told_at_its_field_and_nothing_typed_is_lost(admin, made_jinjiang, typed, field) -> None:
    adoption = adopted(made_jinjiang, published_item())
    response = save(admin("editor"), adoption, hours_zh_hans="刚刚填写", **typed)
    assert list(response.context["form"].errors) == [field]
    assert "刚刚填写" in response.content.decode()
    adoption.refresh_from_db()
    assert (adoption.promised_limit, adoption.step_limits) == (None, {})


def test_a_promise_below_the_standards_steps_stands_with_shorter_steps_of_ones_own(admin, made_jinjiang) -> None:
    adoption = adopted(made_jinjiang, published_item())
    assert save(admin("editor"), adoption, promised_limit=4, step_aaaa0002=2).status_code == 302
    adoption.refresh_from_db()
    assert adoption.promised_limit == 4


def test_steps_of_other_levels_are_shown_and_have_no_field(admin, made_jinjiang) -> None:
    steps = [
        ProcessStep(key="own00001", name_zh_hans="受理", limit_days=2),
        ProcessStep(key="city0001", name_zh_hans="市级审批", level="city", limit_days=5),
    ]
    adoption = adopted(made_jinjiang, published_item(steps=steps))
    client = admin("editor")
    html = client.get(address("edit", adoption)).content.decode()
    assert 'name="step_own00001"' in html and "市级审批" in html
    assert 'name="step_city0001"' not in html
    save(client, adoption, step_city0001=1)
    adoption.refresh_from_db()
    assert adoption.step_limits == {}


def test_only_the_centres_own_windows_can_be_chosen(admin, made_jinjiang, made_wuhou) -> None:
    other = Window.objects.create(centre=made_wuhou, number="W9")
    adoption = adopted(made_jinjiang, published_item())
    client = admin("editor")
    assert "W9" not in client.get(address("edit", adoption)).content.decode()
    assert list(save(client, adoption, window=other.pk).context["form"].errors) == ["window"]


def test_the_centre_is_told_on_its_first_page_and_in_the_list_when_its_promise_stands_aside(
    admin, made_jinjiang, made_wuhou
) -> None:
    item = published_item()
    adoption = adopted(made_jinjiang, item, promised_limit=6)
    adopted(made_wuhou, item)
    item.promised_limit = 5
    publish(item)
    link = address("edit", adoption)
    for name, is_told in (("editor", True), ("head", True), ("wuhou-editor", False), ("province", False)):
        assert (link in admin(name).get(reverse("wagtailadmin_home")).content.decode()) is is_told
    client = admin("editor")
    assert client.get(address("index")).context["standing_aside"] == [adoption]
    assert "5" in client.get(link).content.decode()
    assert listed(client, kind="stands_aside") == ["T0001"]
    assert listed(admin("wuhou-editor"), kind="stands_aside") == []


def test_giving_an_item_up_asks_first_and_is_recorded_at_the_centre(admin, made_jinjiang, people) -> None:
    adoption = adopted(made_jinjiang, published_item())
    client = admin("editor")
    assert "食品经营许可" in client.get(address("delete", adoption)).content.decode()
    client.post(address("delete", adoption))
    assert not Adoption.objects.exists()
    entry = ModelLogEntry.objects.get(action=GIVEN_UP)
    assert (entry.user, entry.object_id, entry.data["item"]) == (people["editor"], made_jinjiang.pk, "T0001")
    assert "T0001" in client.get(reverse("centre:history", args=[made_jinjiang.pk])).content.decode()


# -- The list -----------------------------------------------------------------------


def test_the_list_is_filtered_by_what_the_centre_set_itself(admin, made_jinjiang) -> None:
    window = Window.objects.create(centre=made_jinjiang, number="A1")
    adopted(made_jinjiang, published_item("A1"), promised_limit=6, window=window)
    adopted(made_jinjiang, published_item("A2"), step_limits={"aaaa0002": 1}, window=window)
    adopted(made_jinjiang, published_item("A3", department=department("health")), is_main=True)
    adopted(made_jinjiang, published_item("A4", is_suspended=True), window=window)
    client = admin("editor")
    assert listed(client) == ["A1", "A2", "A3", "A4"]
    assert listed(client, kind="own_promise") == ["A1", "A2"]
    assert listed(client, kind="no_window") == ["A3"]
    assert listed(client, kind="main") == ["A3"]
    assert listed(client, kind="not_in_force") == ["A4"]
    assert listed(client, department=department("health").pk) == ["A3"]
    assert listed(client, q="a2") == ["A2"]


def test_a_supervisor_narrows_the_list_to_one_centre(admin, made_jinjiang, made_wuhou) -> None:
    item = published_item()
    own, other = adopted(made_jinjiang, item), adopted(made_wuhou, item)
    client = admin("supervisor")
    assert {each.pk for each in client.get(address("index")).context["object_list"]} == {own.pk, other.pk}
    found = client.get(address("index"), {"centre": made_wuhou.pk}).context["object_list"]
    assert [each.pk for each in found] == [other.pk]


def test_every_row_stands_on_one_page_of_the_list(admin, made_jinjiang, made_wuhou, monkeypatch) -> None:
    monkeypatch.setattr(AdoptionIndexView, "get_paginate_by", lambda view, queryset: 2)
    items = [published_item(code) for code in ("A2", "A1", "A3")]
    rows = [adopted(centre, item) for item in items for centre in (made_wuhou, made_jinjiang)]
    client = admin("supervisor")
    pages = [client.get(address("index"), {"p": number}).context["object_list"] for number in (1, 2, 3)]
    assert [[row.item.code for row in page] for page in pages] == [["A1", "A1"], ["A2", "A2"], ["A3", "A3"]]
    assert {row.pk for page in pages for row in page} == {row.pk for row in rows}
    backwards = client.get(address("index"), {"ordering": "-item__code"}).context["object_list"]
    assert [row.item.code for row in backwards] == ["A3", "A3"]


def test_the_list_costs_the_same_however_many_items(admin, made_jinjiang, django_assert_max_num_queries) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(60) as captured:
            client.get(address("index"))
        return len(captured)

    client = admin("editor")
    adopted(made_jinjiang, published_item("A0"), promised_limit=6)
    client.get(address("index"))
    before = queries()
    for number in range(1, 12):
        adopted(made_jinjiang, published_item(f"A{number}"), promised_limit=6)
    assert queries() == before


# -- Several at once ----------------------------------------------------------------


def bulk(action: str, *adoptions: Adoption | str, **query: str) -> str:
    path = reverse("wagtail_bulk_action", args=["guides", "adoption", action])
    numbers = [f"id={each if isinstance(each, str) else each.pk}" for each in adoptions]
    return f"{path}?{'&'.join([*numbers, *(f'{name}={value}' for name, value in query.items())])}"


def test_many_items_get_their_window_at_once(admin, made_jinjiang) -> None:
    window = Window.objects.create(centre=made_jinjiang, number="A1")
    first, second, _other = (adopted(made_jinjiang, published_item(f"A{number}")) for number in range(3))
    client = admin("editor")
    path = bulk("set_window", first, second)
    assert "A1" in client.get(path).content.decode()
    client.post(path, {"window": window.pk})
    assert set(window.adoptions.all()) == {first, second}
    assert ModelLogEntry.objects.filter(action="guides.change_adoption").count() == 2
    assert "A1" in client.get(address("history", first)).content.decode()


def test_all_of_the_filtered_list_become_main_items(admin, made_jinjiang) -> None:
    chosen = adopted(made_jinjiang, published_item("A1", department=department("health")))
    adopted(made_jinjiang, published_item("A2"))
    admin("editor").post(bulk("mark_main", "all", department=str(department("health").pk)))
    assert list(Adoption.objects.filter(is_main=True)) == [chosen]
    admin("editor").post(bulk("unmark_main", chosen))
    assert not Adoption.objects.filter(is_main=True).exists()


def test_many_items_are_given_up_at_once(admin, made_jinjiang) -> None:
    kept = adopted(made_jinjiang, published_item("A0"))
    adoptions = [adopted(made_jinjiang, published_item(f"A{number}")) for number in range(1, 3)]
    admin("head").post(bulk("give_up", *adoptions))
    assert list(Adoption.objects.all()) == [kept]
    assert ModelLogEntry.objects.filter(action=GIVEN_UP).count() == 2


def test_items_of_several_centres_get_no_window_together(admin, made_jinjiang, made_wuhou) -> None:
    item = published_item()
    adoptions = adopted(made_jinjiang, item), adopted(made_wuhou, item)
    window = Window.objects.create(centre=made_wuhou, number="W1")
    response = admin("supervisor").post(bulk("set_window", *adoptions), {"window": window.pk})
    assert response.context["form"].errors
    assert not window.adoptions.exists()


@pytest.mark.parametrize("action", ["set_window", "mark_main", "unmark_main", "give_up"])
def test_bulk_actions_stay_on_own_items(admin, made_jinjiang, made_wuhou, action) -> None:
    item = published_item()
    own, other = adopted(made_jinjiang, item), adopted(made_wuhou, item, place="武侯")
    before = Adoption.objects.filter(pk=other.pk).values().get()
    client = admin("editor")
    assert client.post(bulk(action, own, other), {"window": ""}).status_code == 404
    assert client.get(bulk(action, other)).status_code == 404
    client.post(bulk(action, "all"), {"window": ""})
    assert Adoption.objects.filter(pk=other.pk).values().get() == before


@pytest.mark.parametrize("view", ["edit", "delete", "history"])
@pytest.mark.parametrize("name", ["editor", "receiver", "catalogue"])
def test_nobody_reaches_another_centres_item(admin, made_wuhou, view, name) -> None:
    other = adopted(made_wuhou, published_item(), place_zh_hans="武侯密")
    client = admin(name)
    for response in (client.get(address(view, other)), client.post(address(view, other))):
        assert refused(response)
    assert Adoption.objects.filter(pk=other.pk).exists()


def test_the_list_shows_no_other_centres_items(admin, made_jinjiang, made_wuhou) -> None:
    item = published_item()
    own = adopted(made_jinjiang, item)
    adopted(made_wuhou, item)
    adopt(made_jinjiang, CatalogueItem.objects.all())
    assert [each.pk for each in admin("editor").get(address("index")).context["object_list"]] == [own.pk]
    assert refused(admin("catalogue").get(address("index")))
