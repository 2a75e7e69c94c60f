"""The browser of the journeys reaches every site by its own name."""

import pytest
from playwright.sync_api import Page

from sites.models import Centre
from tests.browser import SiteUrl

pytestmark = pytest.mark.browser


def test_each_site_answers_under_its_own_host(page: Page, site_url: SiteUrl, jinjiang: Centre, wuhou: Centre) -> None:
    for centre in (jinjiang, wuhou):
        response = page.goto(site_url(centre, "/news/"))
        assert response is not None
        assert response.status == 200
        assert centre.name_zh_hans in page.content()


def test_addresses_of_other_sites_keep_the_servers_port(site_url: SiteUrl, chengdu: Centre) -> None:
    chengdu.wagtail_site.refresh_from_db()
    assert chengdu.root_url + "/" == site_url(chengdu, "/")


@pytest.mark.parametrize("width", [300, 390, 820, 1280])
@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_tab_key_goes_through_the_masthead_as_one_reads_it(
    page: Page, site_url: SiteUrl, jinjiang: Centre, width: int, path: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site_url(jinjiang, path))
    parts = page.locator(".masthead-grid > *:visible").evaluate_all(
        "parts => parts.map(part => part.getBoundingClientRect()).map(({top, left}) => [Math.round(top), left])"
    )
    assert len(parts) == 4
    assert parts == sorted(parts)
