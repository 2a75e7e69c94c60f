"""What a guide and its lists ask of the database: few questions, the same with more centres, and none of all adoptions."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.adoption import adopt
from guides.listing import PER_PAGE
from guides.models import Adoption, CatalogueItem, Theme
from guides.tests.items import department, open_hall, published_item
from sites.models import Centre, ServiceMode
from sites.tests.test_public_pages import get
from sites.tests.test_query_budgets import GROUP_TABLES, read_whole

pytestmark = pytest.mark.django_db

BUDGET = 12
# A table that grows with the centres and with the catalogue: 183 counties by 1,135 items.
TABLES = f"{GROUP_TABLES}|guides_adoption"
PATHS = [
    "/guides/N0/",
    "/guides/",
    "/guides/?object=legal&type=01",
    "/guides/?page=2",
    "/guides/?letter=S",
    "/catalogue/",
    "/catalogue/?object=legal&type=01",
    "/catalogue/?theme=food&page=2",
]


@pytest.fixture
def hall(jinjiang: Centre) -> Centre:
    """A centre that handles more items than one page of a list shows, each with a theme and a service mode."""
    theme = Theme.objects.create(key="food", name_zh_hans="餐饮", name_en="Food")
    mode = ServiceMode.objects.create(key="a", name_zh_hans="甲", name_en="A")
    for number in range(PER_PAGE + 1):
        published_item(f"N{number}", themes=[theme], service_modes=[mode], joint_departments=[department("police")])
    adopt(jinjiang, CatalogueItem.objects.all())
    return open_hall(jinjiang)


def queries_of(client: Client, path: str) -> list[str]:
    """What a page asks when it is made anew for the second time."""
    get(client, path)
    with CaptureQueriesContext(connection) as captured:
        assert get(client, path).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_costs_few_queries_and_no_more_with_more_centres(
    client: Client, hall: Centre, wuhou: Centre, chengdu: Centre, settings, prefix: str, path: str
) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    alone = queries_of(client, prefix + path)
    for centre in (wuhou, chengdu):
        adopt(centre, CatalogueItem.objects.all())
        open_hall(centre)
    assert Adoption.objects.count() == 3 * (PER_PAGE + 1)
    beside_others = queries_of(client, prefix + path)
    assert len(alone) == len(beside_others) <= BUDGET


@pytest.mark.parametrize("path", PATHS)
def test_no_page_reads_all_adoptions(client: Client, hall: Centre, path: str) -> None:
    assert read_whole(queries_of(client, path), TABLES) == []


def test_reading_all_adoptions_is_noticed() -> None:
    assert read_whole(['SELECT "id" FROM "guides_adoption" WHERE "telephone" = \'1\''], TABLES) != []
