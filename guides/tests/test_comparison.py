"""An item at several centres side by side."""

from typing import Any

import pytest
from django.test import Client

from guides.models import Adoption
from guides.tests.items import handled, open_hall
from sites.models import Centre
from sites.tests.reference import add_centre
from sites.tests.test_public_pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def centres(jinjiang: Centre, wuhou: Centre, chengdu: Centre) -> tuple[Centre, Centre, Centre]:
    """Jinjiang and Wuhou, which promises more, handle the item; Chengdu doesn't."""
    for centre in (jinjiang, wuhou, chengdu):
        open_hall(centre)
    item = handled(jinjiang)
    Adoption.objects.create(centre=wuhou, item=item, promised_limit=6, visits=0, telephone="028-99999999")
    return jinjiang, wuhou, chengdu


def compared(client: Client, query: str) -> Any:
    return get(client, f"/en/guides/T0001/compare/{query}")


def rows(response: Any) -> dict[str, list[str]]:
    return {row[0]: [str(cell) for cell in row[1:]] for row in response.context["rows"]}


def test_limits_visits_places_and_telephones_stand_side_by_side(client: Client, centres: tuple[Centre, ...]) -> None:
    response = compared(client, "?division=510107000000&division=510100000000")
    assert response.context["head"][1:] == ["Jinjiang District", "Wuhou District", "Chengdu"]
    found = rows(response)
    assert found["Limit by law"] == ["20 working days"] * 3
    assert found["Promised limit"][0] == "8 working days"
    assert "6 working days" in found["Promised limit"][1]
    assert "better than the standard" in found["Promised limit"][1]
    assert "028-99999999" in found["Enquiries"][1]
    assert found["Visits to the hall"][1] == "none"


def test_a_centre_that_has_not_adopted_it_says_so_and_names_its_telephone(
    client: Client, centres: tuple[Centre, ...]
) -> None:
    found = rows(compared(client, "?division=510100000000"))
    assert found["Handled there"][1] == "no, not adopted"
    assert found["Promised limit"][1] == ""
    assert "028-11111111" in found["Enquiries"][1]
    assert found["Address"][1] == "1 Sample Road"


def test_centres_are_found_by_name_and_taken_in_by_plain_links(client: Client, centres: tuple[Centre, ...]) -> None:
    response = compared(client, "?division=510100000000&q=Wuhou")
    assert [(found["name"], found["url"]) for found in response.context["found"]] == [
        ("Wuhou District", "?division=510100000000&division=510107000000")
    ]
    # Neither this centre nor one that is compared already is offered.
    assert compared(client, "?q=Jinjiang").context["found"] == []
    assert compared(client, "?division=510107000000&q=Wuhou").context["found"] == []


def test_centres_that_handle_the_item_are_offered_first(
    client: Client, centres: tuple[Centre, ...], chengdu: Centre
) -> None:
    add_centre("510103000000", "西城", "West District", "county", "west", chengdu.division)
    response = compared(client, "?q=District")
    assert [(found["name"], found["handles"]) for found in response.context["found"]] == [
        ("Wuhou District", True),
        ("West District", False),
    ]
    assert response.content.decode().count("Not handled there") == 1


def test_at_most_three_others_are_compared_and_unknown_codes_are_none(
    client: Client, centres: tuple[Centre, ...], chengdu: Centre
) -> None:
    for number in range(1, 4):
        add_centre(
            f"51011{number}000000", f"第{number}区", f"District {number}", "county", f"d{number}", chengdu.division
        )
    query = "&".join(f"division=51011{number}000000" for number in range(1, 4))
    response = compared(client, f"?division=x&division=510104000000&{query}&division=510107000000")
    assert response.context["head"][2:] == ["District 1", "District 2", "District 3"]
    assert response.context["is_full"]


def test_the_cost_does_not_depend_on_how_many_are_compared(
    client: Client, centres: tuple[Centre, ...], django_assert_max_num_queries
) -> None:
    compared(client, "?division=510107000000")
    with django_assert_max_num_queries(11) as one:
        compared(client, "?division=510107000000")
    with django_assert_max_num_queries(len(one)):
        compared(client, "?division=510107000000&division=510100000000")
    with django_assert_max_num_queries(12):
        compared(client, "?division=510107000000&q=Chengdu")


def test_an_item_whose_guide_is_in_preparation_is_not_compared(client: Client, jinjiang: Centre) -> None:
    open_hall(jinjiang)
    handled(jinjiang, steps=[])
    response = compared(client, "?division=510107000000")
    assert "rows" not in response.context
    assert "Guide in preparation" in response.content.decode()
