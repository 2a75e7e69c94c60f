"""A real browser for the journeys: Chromium, and a server that answers for every host of the group.

Chromium takes every name below `localhost` for this machine, so a site's address works as it is.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from wagtail.models import Site

from sites.models import Centre

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
