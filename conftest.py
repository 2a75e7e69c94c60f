"""Fixtures for every room's tests: a small group of real centres made page by page."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils.translation import override

from core.messages import compile_catalogues
from sites.models import Centre
from sites.tests.reference import add_centre

pytest_plugins = ["tests.browser"]


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """The interface's Chinese, compiled into the tests' own folder."""
    compile_catalogues()


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Each test begins in Chinese, whatever the last request was in."""
    with override(settings.LANGUAGE_CODE):
        yield


# -- The database: migrating takes longer than most tests ---------------------------


@pytest.fixture(scope="session")
def migrated_file(request: pytest.FixtureRequest) -> Path | None:
    """Where a migrated SQLite database is kept from one run to the next; another migration, another file."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return None
    migrations = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            migrations.update(f"{app.label} {file.name}\n".encode() + file.read_bytes())
    return request.config.cache.mkdir("migrated") / f"{migrations.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(migrated_file: Path | None) -> bool:
    """Start from the migrated file where there is one."""
    return migrated_file is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, migrated_file: Path | None) -> None:
    if migrated_file is not None and migrated_file.exists():
        shutil.copyfile(migrated_file, settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_blocker,
    migrated_file: Path | None,
) -> Iterator[None]:
    """The tests' database, and the rows of its migrations for tests that empty it.

    In place of pytest-django's, which makes none where all chosen tests share a module's database (`demo_group`).
    """
    with django_db_blocker.unblock():
        databases = setup_databases(
            verbosity=request.config.option.verbose,
            interactive=False,
            keepdb=django_db_keepdb and not django_db_createdb,
        )
        if migrated_file is not None and not migrated_file.exists():
            unfinished = migrated_file.with_name(f"{Path(settings.DATA_DIR).name}-{migrated_file.name}")
            with sqlite3.connect(unfinished) as copy:
                connection.ensure_connection()
                connection.connection.backup(copy)
            unfinished.replace(migrated_file)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(databases, verbosity=request.config.option.verbose)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit come last, whatever order the others are shuffled into.

    They empty the database when they end; those among them that need the rows that migrations
    made say `serialized_rollback=True` (the browser's fixtures do).
    """
    items.sort(key=commits)


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    commits = {"transactional_db", "demo_group"}
    return bool(marker and marker.kwargs.get("transaction")) or not commits.isdisjoint(
        getattr(item, "fixturenames", [])
    )


# -- The group ----------------------------------------------------------------------


@pytest.fixture
def province(db) -> Centre:
    return add_centre("510000000000", "四川省", "Sichuan Province", "province", "sichuan")


@pytest.fixture
def chengdu(province: Centre) -> Centre:
    return add_centre("510100000000", "成都市", "Chengdu", "city", "chengdu", province.division)


@pytest.fixture
def jinjiang(chengdu: Centre) -> Centre:
    return add_centre(
        "510104000000",
        "锦江区",
        "Jinjiang District",
        "county",
        "jinjiang",
        chengdu.division,
        "成都市锦江区人民政府政务服务中心",
    )


@pytest.fixture
def wuhou(chengdu: Centre) -> Centre:
    return add_centre(
        "510107000000",
        "武侯区",
        "Wuhou District",
        "county",
        "wuhou",
        chengdu.division,
        "成都市武侯区人民政府政务服务中心",
    )
