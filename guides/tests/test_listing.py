"""The lists of the catalogue and of a centre's guides: facets, letters, what is handled here."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides.adoption import adopt
from guides.listing import PER_PAGE
from guides.models import CatalogueItem, Theme
from guides.tests.items import complete_item, department, published_item
from sites.models import Centre
from sites.tests.test_public_pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(jinjiang: Centre) -> Centre:
    """Two items that Jinjiang handles and one that only cities do."""
    theme = Theme.objects.create(key="food", name_zh_hans="餐饮", name_en="Food", for_organisations=True)
    published_item("A1", themes=[theme])
    published_item(
        "A2",
        name_zh_hans="补领身份证",
        name_en="Replacement identity card",
        item_type="07",
        service_objects=["natural"],
        department=department("police"),
    )
    published_item("A3", name_zh_hans="危险废物经营许可", name_en="Hazardous waste licence", exercise_levels=["city"])
    adopt(jinjiang, CatalogueItem.objects.all())
    return jinjiang


def codes(response: Any) -> list[str]:
    return [item["code"] for item in response.context["items"].object_list]


def counts(response: Any, key: str) -> dict[str, int]:
    for each in response.context["filters"]:
        if each["key"] == key:
            return {choice["value"]: choice["count"] for choice in each["choices"]}
    return {}


def test_guides_are_those_the_centre_has_adopted_and_the_catalogue_has_all(client: Client, listed: Centre) -> None:
    assert codes(get(client, "/guides/")) == ["A2", "A1"]
    catalogue = get(client, "/catalogue/")
    assert codes(catalogue) == ["A2", "A1", "A3"]
    links = {item["code"]: item["url"] for item in catalogue.context["items"].object_list}
    assert links == {"A1": "/guides/A1/", "A2": "/guides/A2/", "A3": ""}


def test_lists_are_in_the_readers_alphabet(client: Client, listed: Centre) -> None:
    assert codes(get(client, "/en/catalogue/")) == ["A1", "A3", "A2"]
    assert codes(get(client, "/catalogue/?letter=B")) == ["A2"]
    assert codes(get(client, "/en/catalogue/?letter=H")) == ["A3"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("type=07", ["A2"]),
        ("object=legal", ["A1", "A3"]),
        ("theme=food", ["A1"]),
        ("level=county", ["A2", "A1"]),
        ("object=natural&type=01", ["A1", "A3"]),
        ("type=99&theme=nothing&page=x", ["A2", "A1", "A3"]),
    ],
)
def test_each_facet_narrows_the_catalogue(client: Client, listed: Centre, query: str, expected: list[str]) -> None:
    assert codes(get(client, f"/catalogue/?{query}")) == expected


def test_numbers_narrow_with_what_is_chosen(client: Client, listed: Centre) -> None:
    assert counts(get(client, "/catalogue/?object=legal"), "type") == {"": 2, "01": 2}
    assert counts(get(client, "/guides/"), "object") == {"": 2, "natural": 2, "legal": 1}


def test_drafts_and_cancelled_items_are_not_listed(client: Client, listed: Centre) -> None:
    complete_item("D1").save()
    published_item("C1", cancelled_on=timezone.localdate())
    assert codes(get(client, "/catalogue/")) == ["A2", "A1", "A3"]


def test_an_entry_without_a_guide_says_so(client: Client, listed: Centre) -> None:
    published_item("E1", name_zh_hans="阿", steps=[])
    html = get(client, "/catalogue/?letter=A").content.decode()
    assert "指南编制中" in html


def test_themes_stand_under_their_entrance_until_something_is_chosen(client: Client, listed: Centre) -> None:
    groups = get(client, "/guides/").context["theme_groups"]
    assert [[choice["label"] for choice in group["choices"]] for group in groups] == [["餐饮"]]
    assert get(client, "/guides/?theme=food").context["theme_groups"] == []


def test_a_list_costs_the_same_queries_however_long_it_is(
    client: Client, jinjiang: Centre, django_assert_max_num_queries
) -> None:
    for number in range(PER_PAGE + 1):
        published_item(f"N{number}")
    adopt(jinjiang, CatalogueItem.objects.all())
    get(client, "/guides/")
    with django_assert_max_num_queries(12):
        assert len(codes(get(client, "/guides/?page=2"))) == 1
