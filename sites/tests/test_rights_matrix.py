"""Every address of the URL map, for every role, on the own and on the other centre's objects.

The table is sites/tests/rights_expectations.py; how it is asked, sites/tests/matrix.py.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from core.models import User
from sites.models import Centre
from sites.tests.matrix import (
    HOSTS,
    ROLES,
    SECRETS,
    Address,
    addresses,
    ask,
    make_objects,
    outcome,
    path_of,
    takes_an_object,
)
from sites.tests.rights_expectations import ARGUMENTS, EXPECTATIONS, PK_ARGUMENTS, POST_DATA, QUERIES

ADDRESSES = list(addresses())
OWN, OTHER = HOSTS
READERS = {
    OWN: ("own editor", "own head", "supervisor", "province"),
    OTHER: ("other editor", "supervisor", "province"),
}


def expectation(address: Address) -> tuple[tuple[str, str], tuple[str, str]] | None:
    namespace = address.name.rpartition(":")[0]
    return EXPECTATIONS.get(address.name) or EXPECTATIONS.get(f"{namespace}:*")


def query_of(address: Address) -> str:
    return QUERIES.get(address.name) or QUERIES.get(address.name.rpartition(" ")[0], "")


@pytest.fixture(scope="module")
def asked(group_of_centres: None, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, Any]]:
    """The objects of both centres, and a session for each role."""
    from django.test import override_settings

    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")), django_db_blocker.unblock():
        objects = {
            OWN: make_objects(Centre.objects.get(pk=OWN), "editor", "head"),
            OTHER: make_objects(Centre.objects.get(pk=OTHER), "wuhou-editor", "wuhou-head"),
        }
        sessions: dict[str, str | None] = {}
        for role, username in ROLES.items():
            sessions[role] = None
            if username:
                client = Client()
                client.force_login(User.objects.get(username=username))
                sessions[role] = client.cookies["sessionid"].value
        yield {"objects": objects, "sessions": sessions}


def test_every_address_has_an_expectation_and_every_expectation_an_address() -> None:
    missing = sorted({address.name for address in ADDRESSES if expectation(address) is None})
    assert not missing, f"Say in sites/tests/rights_expectations.py who gets what at: {missing}"
    names = {address.name for address in ADDRESSES}
    namespaces = {f"{name.rpartition(':')[0]}:*" for name in names}
    assert not set(EXPECTATIONS) - names - namespaces


@pytest.mark.parametrize("address", [pytest.param(each, id=f"{each.name} {each.route}") for each in ADDRESSES])
def test_address(address: Address, asked: dict[str, Any], db: None) -> None:
    expected = expectation(address)
    assert expected is not None, f"{address.name} has no expectation"
    query = query_of(address)
    found: list[list[str]] = []
    for method in ("GET", "POST"):
        words = []
        for centre, objects in asked["objects"].items():
            if centre == OTHER and not takes_an_object(address, query):
                words.append(words[0])
                continue
            values = dict(objects)
            namespace = address.name.rpartition(":")[0]
            values["pk"] = objects[PK_ARGUMENTS.get(address.name, PK_ARGUMENTS.get(namespace, "page_id"))]
            for argument, source in ARGUMENTS.get(address.name, {}).items():
                values[argument] = objects.get(source, source)
            path = path_of(address, values) + query.format(**values)
            word = ""
            for role, session in asked["sessions"].items():
                response = ask(session, HOSTS[centre], method, path, POST_DATA.get(address.name, {}))
                word += outcome(response)
                for owner, secret in SECRETS.items():
                    if role not in READERS[owner]:
                        assert secret not in response.body_text, f"{method} {path} shows {role} what is {owner}'s own"
            words.append(word)
        found.append(words)
    assert found == [list(words) for words in expected]
