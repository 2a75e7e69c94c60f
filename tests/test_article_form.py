"""The editor's form in a real browser: both languages side by side, English optional, an address by itself."""

import pytest
from playwright.sync_api import Page

from sites.models import ArticlePage, Centre, Role
from sites.tests.content import column_page
from sites.tests.people import PASSWORD, person
from tests.browser import SiteUrl

pytestmark = pytest.mark.browser

SIDE_BY_SIDE = ("title", "summary", "body")


def open_form(page: Page, site_url: SiteUrl, centre: Centre) -> None:
    """Log in as the centre's editor and open the form of a new article of news."""
    person("bilingual-editor", Role.EDITOR, centre)
    news = column_page(centre, "news")
    page.goto(site_url(centre, f"/admin/login/?next=/admin/pages/add/website_group/articlepage/{news.pk}/"))
    page.fill("#id_username", "bilingual-editor")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("#id_title_zh_hans")


def test_both_languages_side_by_side(page: Page, site_url: SiteUrl, jinjiang: Centre) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    open_form(page, site_url, jinjiang)
    for field in SIDE_BY_SIDE:
        chinese, english = (
            page.locator(f"[data-contentpath='{field}_{language}']").first.bounding_box()
            for language in ("zh_hans", "en")
        )
        assert abs(chinese["y"] - english["y"]) < 5, field
        assert english["x"] >= chinese["x"] + chinese["width"], field
        assert min(chinese["width"], english["width"]) > 300, field


def test_english_title_is_not_asked_for_and_the_address_comes_by_itself(
    page: Page, site_url: SiteUrl, jinjiang: Centre
) -> None:
    open_form(page, site_url, jinjiang)
    page.fill("#id_title_zh_hans", "大厅调整开放时间")
    page.get_by_role("button", name="保存草稿").first.click()
    page.wait_for_url("**/edit/")
    article = ArticlePage.objects.get(title_zh_hans="大厅调整开放时间")
    assert article.slug == "da-ting-tiao-zheng-kai-fang-shi-jian"
    assert not article.title_en
    assert article.lacks_english == "title"
