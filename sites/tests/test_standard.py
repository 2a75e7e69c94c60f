"""The column standard as values: what differs between two, and what is wrong with a draft."""

import pytest

from sites.models import Column
from sites.reserved_addresses import reserved_addresses
from sites.standard import ChangeKind, compare, faults, key_for, moved_keys

ALL = ["province", "city", "county", "township"]


def column(key: str, **fields) -> Column:
    given = {"slug": key, "name_zh_hans": f"栏目{key}", "name_en": key.title(), "kind": "articles", "levels": ALL}
    return Column(key=key, **{**given, **fields})


def changes(old: list[Column], new: list[Column]) -> list[tuple]:
    return [(change.kind.value, change.column.key, change.old, change.new) for change in compare(old, new)]


def test_equal_standards_do_not_differ() -> None:
    assert compare([column("a"), column("b")], [column("a"), column("b")]) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name_en": "Z"}, ("renamed", "a", ("栏目a", "A"), ("栏目a", "Z"))),
        ({"slug": "z"}, ("slug", "a", "a", "z")),
        ({"required": False}, ("required", "a", True, False)),
        ({"update_days": 14}, ("update-period", "a", None, 14)),
        ({"description_en": "d"}, ("described", "a", ("", ""), ("", "d"))),
    ],
)
def test_each_field_is_a_change_of_its_own(fields: dict, expected: tuple) -> None:
    assert changes([column("a")], [column("a", **fields)]) == [expected]


def test_levels_say_whose_sites_they_touch() -> None:
    [removed] = compare([column("a")], [column("a", levels=["county", "province"])])
    assert (removed.kind, removed.levels, removed.hides) == (ChangeKind.LEVELS_REMOVED, ("city", "township"), True)
    [added] = compare([column("a", levels=["city"])], [column("a", levels=["city", "county"])])
    assert (added.kind, added.levels, added.hides) == (ChangeKind.LEVELS_ADDED, ("county",), False)


def test_added_and_removed() -> None:
    assert [each[:2] for each in changes([column("a")], [column("b")])] == [("added", "b"), ("removed", "a")]


def test_only_what_left_its_place_has_moved() -> None:
    assert moved_keys("abcdef", "bcdefa") == {"a"}
    assert moved_keys("abc", "xabc") == set()
    assert moved_keys("abcd", "dabc") == {"d"}


def found(old: list[Column], new: list[Column], former: dict | None = None) -> list[tuple[str, str]]:
    return [(fault.column.key, fault.field) for fault in faults(old, new, former or {}, {"admin"})]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name_zh_hans": ""}, "name_zh_hans"),
        ({"name_en": ""}, "name_en"),
        ({"name_en": "栏目a"}, "name_en"),
        ({"levels": []}, "levels"),
        ({"slug": ""}, "slug"),
        ({"slug": "admin"}, "slug"),
        ({"kind": "about"}, "kind"),
    ],
)
def test_a_fault_is_told_at_its_field(fields: dict, field: str) -> None:
    assert found([column("a")], [column("a")]) == []
    assert found([column("a")], [column("a", **fields)]) == [("a", field)]


def test_two_columns_share_neither_slug_nor_key() -> None:
    assert found([], [column("a"), column("b", slug="a")]) == [("a", "slug"), ("b", "slug")]
    assert found([], [column("a"), column("a", slug="b")]) == [("a", "key"), ("a", "key")]


def test_an_address_that_people_kept_is_not_given_to_another_column() -> None:
    old = [column("a", slug="new"), column("b")]
    assert found(old, [column("a", slug="new"), column("b", slug="a")], {"a": "a"}) == [("b", "slug")]
    assert found(old, [column("a", slug="b"), column("b", slug="new")]) == [("a", "slug"), ("b", "slug")]
    # its own former slug, and the slugs of a column that goes, are free
    assert found(old, [column("a", slug="a"), column("b")], {"a": "a"}) == []
    assert found(old, [column("b", slug="new")], {"a": "a"}) == []


def test_a_new_columns_key_is_its_slug_or_that_of_the_removed_column_it_brings_back() -> None:
    assert key_for("x", {}, []) == "x"
    assert key_for("bulletins", {"bulletins": "news"}, ["about"]) == "news"
    assert key_for("bulletins", {"bulletins": "news"}, ["news"]) == "bulletins"


def test_addresses_of_the_url_conf_are_reserved() -> None:
    expected = {"en", "admin", "documents", "media", "static", "healthz", "sites", "site-map", "notices-of-the-group"}
    assert expected | {"mode", "leaving", "sitemap.xml", "robots.txt"} <= reserved_addresses()
    assert not reserved_addresses() & {"about", "news", "apply", "track", "guides"}
