"""What a page may cost its reader: 60 kB of HTML, one style sheet, no other host, and nothing that jumps."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request

from tests.browser import Group
from tests.pages import ERRORS, HOST, PAGES, Kind

pytestmark = pytest.mark.browser

HTML_BYTES = 60_000
# Adds up what moved without the reader's doing, from the first moment on.
WATCH = """
window.moved = 0;
window.movers = [];
window.note = entry => {
    window.moved += entry.value;
    window.movers.push(...entry.sources.map(source => source.node && (source.node.outerHTML || source.node.data)));
};
window.watch = new PerformanceObserver(list => { list.getEntries().forEach(window.note); });
window.watch.observe({ type: "layout-shift", buffered: true });
"""
# Down to the end, where pictures load late, two frames for what that moves, and what was seen.
READ_TO_THE_END = """async () => {
    window.scrollTo(0, document.body.scrollHeight);
    await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    window.watch.takeRecords().forEach(window.note);
    return window.moved;
}"""


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 1440), ("en", 390)])
@pytest.mark.parametrize("kind", [*PAGES, *ERRORS], ids=str)
def test_page_keeps_its_budget(demo_group: Group, kind: Kind, language: str, width: int) -> None:
    visitor = demo_group.visitor(viewport={"width": width, "height": 900})
    visitor.add_init_script(WATCH)
    tab = visitor.new_page()
    requests: list[Request] = []
    failed: list[str] = []
    tab.on("request", lambda request: requests.append(request))
    tab.on("requestfailed", lambda request: failed.append(request.url))
    tab.on("pageerror", lambda error: failed.append(str(error)))
    kind.open(demo_group, tab, language)
    moved = tab.evaluate(READ_TO_THE_END)

    document = [request for request in requests if request.resource_type == "document"][-1]
    assert len(document.response().body()) <= HTML_BYTES
    assert {urlsplit(request.url).netloc for request in requests} == {urlsplit(demo_group.url(HOST)).netloc}
    assert [request.url for request in requests if request.response().status >= 400] == (
        [document.url] if kind.status >= 400 else []
    )
    assert failed == []
    assert moved == 0, [str(mover)[:200] for mover in tab.evaluate("window.movers")]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"

    assert sum(request.resource_type == "stylesheet" for request in requests) == 1
    assert tab.locator("style, [style]").count() == 0
    # Data for search engines is no script.
    scripts = tab.locator("script:not([type='application/ld+json'])").evaluate_all(
        "all => all.map(each => [!!each.src, each.defer])"
    )
    # A page that must come without a database comes without a script, too.
    assert scripts == ([] if kind.status >= 500 else [[True, True]])
    visitor.close()
