"""Every kind of page that a visitor can meet, for tests that look at all of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Page

from core.links import outbound
from guides.models import CatalogueItem, ResultNotice
from guides.tests.items import publish
from sites.models import ArticlePage, Centre, ColumnPage, GroupNotice
from tests.browser import Group

HOST = "jinjiang.chengdu"
JINJIANG = "510104000000"
OUTSIDE = "https://www.example.com/a/page?with=query"
# Breaks a form's check: sent without its token.
SEND_WITHOUT_TOKEN = """address => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    document.body.append(form);
    form.submit();
}"""


@dataclass(frozen=True)
class Kind:
    """A kind of page: how a tab gets to one of it in a language, and what it answers."""

    name: str
    path: Callable[[], str]
    status: int = 200
    older: bool = False
    fault: type[Exception] | None = None

    def __str__(self) -> str:
        return self.name

    def open(self, group: Group, tab: Page, language: str) -> None:
        """Lead a visitor's tab to a page of this kind on Jinjiang's site, and wait until it stands."""
        if self.older:
            tab.context.add_cookies([{"name": "older", "value": "1", "url": group.url(HOST)}])
        with override(language), broken_home(self.fault) if self.fault else nullcontext():
            prefix = "/en" if language == "en" else ""
            path = self.path()
            address = group.url(HOST, path if path.startswith(("/admin/", "/en/")) else prefix + path)
            if self.status == 403:
                tab.goto(group.url(HOST, "/robots.txt"))
                with tab.expect_navigation() as navigation:
                    tab.evaluate(SEND_WITHOUT_TOKEN, address)
                response = navigation.value
            else:
                response = tab.goto(address)
        assert response is not None
        assert response.status == self.status


@contextmanager
def broken_home(fault: type[Exception]) -> Iterator[None]:
    """The home page meets a fault on its way. The server is a thread of this process."""

    def fail(*args: object) -> None:
        raise fault("broken for the test")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sites.home.subordinate_sites", fail)
        yield


def column(key: str) -> ColumnPage:
    return ColumnPage.objects.child_of(Centre.objects.get(pk=JINJIANG).home).get(column_key=key)


def article() -> str:
    """An article with a picture."""
    page = ArticlePage.objects.child_of(column("news")).filter(live=True, picture__isnull=False).first()
    assert page is not None
    return f"/news/{page.slug}/"


def gone() -> str:
    """An article that is over."""
    page = ArticlePage.objects.child_of(column("notices")).order_by("pk").last()
    assert page is not None
    ArticlePage.objects.filter(pk=page.pk).update(live=False, expired=True)
    return f"/notices/{page.slug}/"


def group_notice() -> str:
    showing = GroupNotice.objects.showing_on(Centre.objects.get(pk=JINJIANG).division.lineage)
    return f"/notices-of-the-group/{showing[0].pk}/"


def item(code: str) -> CatalogueItem:
    return CatalogueItem.objects.get(code=code)


def guide_in_preparation() -> str:
    """An item whose guide lacks an element."""
    unfinished = item("YZ1804001")
    unfinished.legal_bases = []
    publish(unfinished)
    return "/guides/YZ1804001/"


def suspended_guide() -> str:
    CatalogueItem.objects.filter(code="YZ1802001").update(is_suspended=True)
    return "/guides/YZ1802001/"


def former_version() -> str:
    """The code of an item with two versions."""
    if item("YZ1604001").versions.count() < 2:
        publish(item("YZ1604001"))
    return "YZ1604001"


def cancelled_item() -> str:
    """An item that another centre's takes the place of."""
    successor = item("YZ2701001")
    CatalogueItem.objects.filter(code="YZ1603001").update(cancelled_on=timezone.localdate(), successor=successor)
    return "/guides/YZ1603001/"


def fixed(path: str) -> Callable[[], str]:
    return lambda: path


def result(withdrawn: bool) -> Callable[[], str]:
    """A decision with a correction, or a withdrawn one."""

    def path() -> str:
        notices = ResultNotice.objects.filter(
            centre=JINJIANG, withdrawn_at__isnull=not withdrawn, changes__isnull=False
        )
        return f"/results/{notices[0].pk}/"

    return path


PAGES = [
    Kind("home", fixed("/")),
    Kind("articles", fixed("/news/")),
    Kind("article", article),
    Kind("about", fixed("/about/")),
    Kind("invest", fixed("/invest/")),
    Kind("enquiries", fixed("/enquiries/")),
    Kind("results", fixed("/results/")),
    Kind("results-search", fixed("/results/?q=%E7%A4%BA%E4%BE%8B&holder=legal")),
    Kind("results-none", fixed("/results/?q=nothing")),
    Kind("result", result(withdrawn=False)),
    Kind("result-withdrawn", result(withdrawn=True)),
    Kind("group", fixed("/sites/")),
    Kind("group-search", fixed("/sites/?q=%E9%94%A6%E6%B1%9F")),
    Kind("site-map", fixed("/site-map/")),
    Kind("group-notice", group_notice),
    Kind("leaving", lambda: outbound(OUTSIDE)),
    Kind("older", fixed("/"), older=True),
    Kind("catalogue", fixed("/catalogue/")),
    Kind("guides", fixed("/guides/")),
    Kind("guide", fixed("/guides/YZ1201001/")),  # forwarded, with a fee and forms
    Kind("guide-special", fixed("/guides/YZ2704001/")),  # a special procedure, and an own promise
    Kind("guide-on-the-spot", fixed("/guides/YZ0302001/")),
    Kind("guide-older", fixed("/guides/YZ1201001/"), older=True),
    Kind("guide-entry", guide_in_preparation),
    Kind("guide-suspended", suspended_guide),
    Kind("guide-print", fixed("/guides/YZ1201001/print/")),
    Kind("guide-compare", fixed("/guides/YZ1201001/compare/?division=510107000000&division=510000000000&q=Chengdu")),
    Kind("guide-versions", lambda: f"/guides/{former_version()}/versions/"),
    Kind("guide-version", lambda: f"/guides/{former_version()}/versions/1/"),
    Kind("item-group", fixed("/guides/YZ0301/")),
    Kind("one-thing", fixed("/guides/one-thing/open-a-restaurant/")),
]
ERRORS = [
    Kind("403", lambda: reverse("wagtailadmin_login"), status=403),
    Kind("404", fixed("/nothing/"), status=404),
    Kind("410", gone, status=410),
    Kind("guide-elsewhere", fixed("/guides/YZ2701001/"), status=404),
    Kind("guide-cancelled", cancelled_item, status=410),
    Kind("500", fixed("/"), status=500, fault=ZeroDivisionError),
    Kind("503", fixed("/"), status=503, fault=OperationalError),
]
