"""No kind of page breaks a rule of axe: in both languages, on a phone and a desk, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from core.language import LANGUAGE_TAGS
from tests.browser import Group
from tests.pages import ERRORS, HOST, PAGES, Kind

pytestmark = pytest.mark.browser

WIDTHS = (390, 1440)
LANGUAGES = ("zh-hans", "en")
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
# What everybody who finds the way with a screen reader starts from.
FRAME = """() => ({
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll("h1").length,
    mains: document.querySelectorAll("main").length,
    banners: document.querySelectorAll("body > header").length,
    footers: document.querySelectorAll("body > footer").length,
    skips: document.querySelector("a[href='#main']") ? 1 : 0,
})"""


def assert_accessible(tab: Page) -> None:
    """Run all of axe's rules on both widths, and the one about colours again in the dark."""
    faults = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme="light")
        found = Axe().run(tab).response["violations"]
        tab.emulate_media(color_scheme="dark")
        found += Axe().run(tab, options=COLOURS).response["violations"]
        faults += [
            f"{width} px, {rule['id']}: {node['html'][:200]} {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*PAGES, *ERRORS], ids=str)
def test_public_page(demo_group: Group, kind: Kind, language: str) -> None:
    tab = demo_group.visitor(locale="en-GB" if language == "en" else "zh-CN").new_page()
    kind.open(demo_group, tab, language)
    frame = tab.evaluate(FRAME)
    assert frame.pop("title")
    # Pages that must come without a database are a heading and a way on: nothing to skip, nothing to close with.
    around = 0 if kind.status >= 500 else 1
    assert frame == {
        "lang": LANGUAGE_TAGS[language], "headings": 1, "mains": 1, "banners": 1, "footers": around, "skips": around
    }  # fmt: skip
    if kind.older:
        assert tab.locator("html[data-mode=older]").count() == 1
    assert_accessible(tab)
    tab.context.close()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_log_in(demo_group: Group, locale: str) -> None:
    tab = demo_group.visitor(locale=locale).new_page()
    tab.goto(demo_group.url(HOST, "/admin/login/"))
    assert tab.locator("html").get_attribute("lang").lower() == ("zh-hans" if locale == "zh-CN" else "en")
    assert tab.locator("h1").count() == tab.locator("main").count() == 1
    assert_accessible(tab)
    tab.context.close()


def test_all_parts_of_the_theme(demo_group: Group) -> None:
    """The page of all parts holds both languages and every state of every part."""
    tab = demo_group.logged_in("jinjiang-editor", HOST)
    tab.goto(demo_group.url(HOST, "/admin/parts/"))
    assert tab.locator("h1").count() == 1
    assert_accessible(tab)
    tab.context.close()
