"""A small group with its people, made once for a module of tests: each test sees it as it was made."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client

from core.models import User
from sites.models import Centre, Role
from sites.tests.people import person, superuser
from sites.tests.reference import add_centre

CENTRES = [
    ("510000000000", "四川省", "Sichuan Province", "province", "sichuan", None),
    ("510100000000", "成都市", "Chengdu", "city", "chengdu", "510000000000"),
    ("510104000000", "锦江区", "Jinjiang District", "county", "jinjiang", "510100000000"),
    ("510107000000", "武侯区", "Wuhou District", "county", "wuhou", "510100000000"),
]
PEOPLE = [
    ("editor", Role.EDITOR, "510104000000"),
    ("editor2", Role.EDITOR, "510104000000"),
    ("head", Role.HEAD, "510104000000"),
    ("receiver", Role.RECEIVER, "510104000000"),
    ("supervisor", Role.SUPERVISOR, "510100000000"),
    ("chengdu-head", Role.HEAD, "510100000000"),
    ("chengdu-editor", Role.EDITOR, "510100000000"),
    ("wuhou-head", Role.HEAD, "510107000000"),
    ("wuhou-editor", Role.EDITOR, "510107000000"),
    ("catalogue", Role.CATALOGUE_EDITOR, "510000000000"),
    ("province", Role.PROVINCIAL_ADMINISTRATOR, "510000000000"),
]


@pytest.fixture(scope="module")
def group_of_centres(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Four centres and one person for each role, in a transaction that ends with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        for code, name, english, level, label, parent in CENTRES:
            above = Centre.objects.get(pk=parent).division if parent else None
            add_centre(code, name, english, level, label, above)
        for username, role, code in PEOPLE:
            person(username, role, Centre.objects.get(pk=code))
        superuser("superuser")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def people(group_of_centres: None, db: None) -> dict[str, User]:
    """Everybody, by user name."""
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def admin(client: Client, people: dict[str, User]) -> Callable[[str], Client]:
    """A client logged in under a user name, on Jinjiang's site."""
    client.defaults["HTTP_HOST"] = "jinjiang.chengdu.localhost:8000"

    def log_in(username: str) -> Client:
        client.force_login(people[username])
        return client

    return log_in


def centre_fixture(code: str):
    @pytest.fixture
    def centre(group_of_centres: None, db: None) -> Centre:
        return Centre.objects.get(pk=code)

    return centre


made_province = centre_fixture("510000000000")
made_chengdu = centre_fixture("510100000000")
made_jinjiang = centre_fixture("510104000000")
made_wuhou = centre_fixture("510107000000")
