"""What a citizen comes for, in a real browser: find a guide, read it in English, tick the papers, print, compare."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from guides.models import Adoption, CatalogueItem
from tests.browser import Group

pytestmark = pytest.mark.browser

JINJIANG = "jinjiang.chengdu"
# A county's item that is decided at other levels, with a fee, and papers that not everybody needs.
PASSPORT = "YZ1201001"


def find_from_the_home_page(group: Group, tab: Page) -> CatalogueItem:
    """From the home page by its entrance and the letters of the alphabet to the guide of the passport."""
    item = CatalogueItem.objects.get(code=PASSPORT)
    tab.goto(group.url(JINJIANG))
    tab.get_by_role("main").get_by_role("link", name="查指南").click()
    expect(tab).to_have_url(group.url(JINJIANG, "/guides/"))
    tab.get_by_role("navigation", name="按拼音首字母").get_by_role("link", name="P", exact=True).click()
    tab.get_by_role("link", name=item.name_zh_hans, exact=True).click()
    expect(tab).to_have_url(group.url(JINJIANG, f"/guides/{PASSPORT}/"))
    return item


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_citizen_finds_a_guide_reads_it_in_english_prints_and_compares(demo_group: Group, script: bool) -> None:
    tab = demo_group.visitor(java_script_enabled=script, viewport={"width": 1280, "height": 900}).new_page()
    item = find_from_the_home_page(demo_group, tab)

    tab.get_by_role("link", name="English").click()
    expect(tab.locator("html")).to_have_attribute("lang", "en")
    expect(tab.get_by_role("heading", level=1)).to_have_text(item.name_en)
    for title in ("Who may apply", "What to bring", "What happens", "How long it takes", "What it costs",
                  "Statutory basis", "What you get", "Where to go and whom to call"):  # fmt: skip
        expect(tab.get_by_role("heading", level=2, name=title, exact=True)).to_be_visible()
    expect(tab.get_by_role("img", name="Chart of the process")).to_be_visible()
    expect(tab.get_by_text("If your application is accepted today").first).to_be_visible()

    boxes = tab.get_by_role("checkbox")
    number = boxes.count()
    assert number == item.materials.count()
    boxes.nth(0).check()
    tab.get_by_text("Resident identity card", exact=True).click()
    assert tab.locator(":checked").count() == 2

    tab.get_by_role("link", name="Print", exact=True).click()
    expect(tab).to_have_url(demo_group.url(JINJIANG, f"/en/guides/{PASSPORT}/print/"))
    expect(tab.get_by_role("navigation")).to_have_count(0)
    expect(tab.get_by_role("checkbox")).to_have_count(number)
    if script:
        # The ticks are kept in the browser, for this guide in both languages.
        assert tab.locator(":checked").count() == 2
        expect(tab.get_by_role("status")).to_have_text(f"2 of {number} ready")
    assert "Resident identity card" in "".join(page.extract_text() for page in PdfReader(BytesIO(tab.pdf())).pages)
    tab.get_by_role("link", name="Back to the guide").click()

    tab.get_by_role("link", name="Compare with other centres").click()
    tab.get_by_label("Compare with another centre").fill("Wuhou")
    tab.get_by_role("button", name="Find").click()
    tab.get_by_role("main").get_by_role("link", name="Wuhou District").click()
    headings = tab.get_by_role("table", name="Comparison").get_by_role("columnheader")
    expect(headings).to_have_text(["Point", "Jinjiang District", "Wuhou District"])
    window = Adoption.objects.get(centre="510107000000", item__code=PASSPORT).window
    assert window is not None and window.telephone
    expect(tab.get_by_role("row", name="Enquiries").get_by_role("link", name=window.telephone)).to_be_visible()
    tab.context.close()


def test_ticks_are_kept_until_they_are_cleared(demo_group: Group) -> None:
    tab = demo_group.visitor().new_page()
    tab.goto(demo_group.url(JINJIANG, f"/guides/{PASSPORT}/"))
    tab.get_by_role("checkbox").nth(1).check()
    tab.goto(demo_group.url(JINJIANG, f"/en/guides/{PASSPORT}/"))
    expect(tab.get_by_role("checkbox").nth(1)).to_be_checked()
    tab.get_by_role("button", name="Clear the ticks").click()
    tab.reload()
    assert tab.locator(":checked").count() == 0
    tab.context.close()


def test_a_bundle_is_made_for_what_one_needs_without_a_script(demo_group: Group) -> None:
    tab = demo_group.visitor(java_script_enabled=False, locale="en-GB").new_page()
    tab.goto(demo_group.url(JINJIANG, "/en/"))
    tab.get_by_role("link", name="Open a restaurant").click()
    main = tab.get_by_role("main")
    everything = main.locator(".checklist > li").count()
    for box in main.locator("form").get_by_role("checkbox").all()[1:]:
        box.uncheck()
    main.get_by_role("button", name="Make the list for what I need").click()
    assert 0 < main.locator(".checklist > li").count() < everything
    tab.context.close()
