"""A real browser for the journeys: Chromium, and a server that answers for every host of the group.

Chromium takes every name below `localhost` for this machine, so a site's address works as it is.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as project_settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Site

from core.demo import load_rooms
from sites.bulk_centres import no_progress
from sites.demo import loader
from sites.demo_accounts import make_demo_accounts
from sites.models import Centre
from sites.provisioning import provision

# Nothing leaves the machine, and nothing asks for a graphics card or a first run's questions.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")

SiteUrl = Callable[[Centre, str], str]


def installed_chromium() -> str | None:
    """The Chromium to drive: what `CHROMIUM` says, else the system's, else None for Playwright's own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """One Chromium for the session."""
    rows_of_migrations = connection._test_serialized_contents
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as environment:
        # Playwright keeps an event loop in this thread, beside which Django would refuse every query.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # Django also has another connection beside a loop; it must know what to put back after each test.
        connection._test_serialized_contents = rows_of_migrations
        chromium = playwright.chromium.launch(executable_path=installed_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def site_url(transactional_db, django_db_serialized_rollback, live_server, settings) -> SiteUrl:
    """Gives the address of a path on a centre's site, e.g. `site_url(jinjiang, "/news/")`.

    The server chose its port: sites made before or after this take it over.
    """
    port = live_server.thread.port
    settings.PUBLIC_PORT = port
    Site.objects.update(port=port)
    return lambda centre, path="/": f"http://{centre.wagtail_site.hostname}:{port}{path}"


@pytest.fixture
def context(browser: Browser, site_url: SiteUrl) -> Iterator[BrowserContext]:
    """A visitor of its own: no cookie of another test's."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab; `site_url` gives the addresses to go to."""
    return context.new_page()


# -- A group with the demo's content, for a whole module ------------------------------

DIVISIONS = """code,name,level,parent_code
510000000000,四川省,province,
510100000000,成都市,city,510000000000
510104000000,锦江区,county,510100000000
510107000000,武侯区,county,510100000000
"""
PASSWORD = "yizhan-demo"
TIMEOUT = 20_000


@dataclass(frozen=True)
class Group:
    """A served group of four centres: Sichuan, Chengdu, Jinjiang and Wuhou."""

    port: int
    browser: Browser

    def url(self, host: str, path: str = "/") -> str:
        """The address of a path on a site, e.g. `url("jinjiang.chengdu", "/news/")`."""
        return f"http://{host}.{project_settings.BASE_HOST}:{self.port}{path}"

    def visitor(self, **options: Any) -> BrowserContext:
        """A new visitor with no cookie; the options are those of Playwright's `new_context`."""
        defaults = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
        context = self.browser.new_context(**{**defaults, **options})
        context.set_default_timeout(TIMEOUT)
        return context

    def logged_in(self, username: str, host: str, **options: Any) -> Page:
        """A tab on the admin's first page of a site, of somebody who has typed name and password."""
        page = self.visitor(viewport={"width": 1440, "height": 1000}, **options).new_page()
        page.goto(self.url(host, "/admin/"))
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(self.url(host, "/admin/"))
        return page


@pytest.fixture(scope="module")
def demo_group(browser: Browser, django_db_blocker) -> Iterator[Group]:
    """The demo's content on four centres, with the demo's accounts, behind a server of its own.

    Shared by the tests of a module, which leave it usable for each other; emptied when they end.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
        server = LiveServer("localhost")
        try:
            patch.setattr(project_settings, "PUBLIC_PORT", server.thread.port)
            provision(DIVISIONS.encode())
            loader.load(timezone.localdate(), no_progress)
            load_rooms(timezone.localdate(), no_progress)
            make_demo_accounts(PASSWORD)
            yield Group(server.thread.port, browser)
        finally:
            for context in browser.contexts:
                context.close()
            server.stop()
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
