"""Every address of the URL map, for every role, on the own and on the other centre's objects.

The table is sites/tests/rights_expectations.py; how it is asked, sites/tests/matrix.py.
"""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from sites.models import Centre
from sites.tests.matrix import (
    ASKED_AT_CLOSED,
    HOSTS,
    ROLES,
    SECRETS,
    STRANGERS,
    Address,
    Asker,
    addresses,
    make_objects,
    path_of,
    takes_an_object,
)
from sites.tests.rights_expectations import (
    ARGUMENTS,
    CLOSED,
    EXPECTATIONS,
    PK_ARGUMENTS,
    POST_DATA,
    QUERIES,
    SHOWS_THE_PUBLIC_SITE,
)

ADDRESSES = list(addresses())
OWN, OTHER = HOSTS
METHODS = ("GET", "POST")
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
def objects(group_of_centres: None, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, dict[str, Any]]]:
    """One object of each kind, for both centres."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEBUG_PROPAGATE_EXCEPTIONS=True)
    with files, django_db_blocker.unblock():
        made = {
            OWN: make_objects(Centre.objects.get(pk=OWN), "editor", "head"),
            OTHER: make_objects(Centre.objects.get(pk=OTHER), "wuhou-editor", "wuhou-head"),
        }
        # What all those models and templates are made of isn't looked at again for each collection of garbage.
        gc.collect()
        gc.freeze()
        yield made
        gc.unfreeze()


@pytest.fixture(scope="module")
def askers(objects: dict[str, Any]) -> dict[tuple[str, str], Asker]:
    """Each role, logged in at each centre's host."""
    return {
        (role, centre): Asker(host, username)
        for role, username in {**ROLES, "superuser": "superuser"}.items()
        for centre, host in HOSTS.items()
    }


def test_every_address_has_an_expectation_and_every_expectation_an_address() -> None:
    missing = sorted({address.name for address in ADDRESSES if expectation(address) is None})
    assert not missing, f"Say in sites/tests/rights_expectations.py who gets what at: {missing}"
    names = {address.name for address in ADDRESSES}
    namespaces = {f"{name.rpartition(':')[0]}:*" for name in names}
    assert not set(EXPECTATIONS) - names - namespaces


@pytest.mark.parametrize("address", [pytest.param(each, id=f"{each.name} {each.route}") for each in ADDRESSES])
def test_address(address: Address, objects: dict[str, Any], askers: dict[tuple[str, str], Asker], db: None) -> None:
    expected = expectation(address)
    assert expected is not None, f"{address.name} has no expectation"
    found = tuple(
        answers(address, method, words, objects, askers) for method, words in zip(METHODS, expected, strict=True)
    )
    assert found == expected


def answers(
    address: Address,
    method: str,
    expected: tuple[str, str],
    objects: dict[str, Any],
    askers: dict[tuple[str, str], Asker],
) -> tuple[str, str]:
    """What each role gets for the own and for the other centre's object, as the table writes it."""
    path, data = path_to(address, objects[OWN]), POST_DATA.get(address.name, {})
    if expected == CLOSED:
        letters = {askers[role, OWN].ask(method, path, data)[0] for role in ASKED_AT_CLOSED}
        return CLOSED if letters == {"-"} else ("".join(sorted(letters)), "asked for a closed address")
    is_public = address.name in SHOWS_THE_PUBLIC_SITE
    own = {role: answer(askers[role, OWN], role, method, path, data, is_public) for role in ROLES}
    other = own
    if takes_an_object(address, query_of(address)):
        path = path_to(address, objects[OTHER])
        other = {
            role: own[role] if role in STRANGERS else answer(askers[role, OTHER], role, method, path, data, is_public)
            for role in ROLES
        }
    return "".join(own.values()), "".join(other.values())


def path_to(address: Address, objects: dict[str, Any]) -> str:
    """The address of a centre's object."""
    namespace = address.name.rpartition(":")[0]
    values = {**objects, "pk": objects[PK_ARGUMENTS.get(address.name, PK_ARGUMENTS.get(namespace, "page_id"))]}
    for argument, source in ARGUMENTS.get(address.name, {}).items():
        values[argument] = objects.get(source, source)
    return path_of(address, values) + query_of(address).format(**values)


def answer(asker: Asker, role: str, method: str, path: str, data: dict[str, str], is_public: bool = False) -> str:
    """The letter of an answer, in which nothing stands that is another centre's own; what is public may be read."""
    letter, text = asker.ask(method, path, data)
    if is_public:
        return letter
    for owner, secret in SECRETS.items():
        assert role in READERS[owner] or secret not in text, f"{method} {path} shows {role} what is {owner}'s own"
    return letter
