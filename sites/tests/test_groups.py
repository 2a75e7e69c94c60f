"""The groups follow the table of roles, also where they were made from an older one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from sites.apps import prepare_rights
from sites.bulk_groups import ensure_groups_of_all_centres
from sites.groups import ensure_centre_groups, group_wide_name
from sites.models import Centre, CentreGroup, Role
from sites.role_permissions import CENTRE_ROLES, MODELS
from sites.tests.reference import add_centre

pytestmark = pytest.mark.django_db


def migrate() -> None:
    prepare_rights(apps.get_app_config("website_group"))


def rows() -> tuple[set[Any], ...]:
    """Every right of every group, with the keys of the rows."""
    return (
        set(Group.permissions.through.objects.values_list()),
        set(GroupPagePermission.objects.values_list()),
        set(GroupCollectionPermission.objects.values_list()),
        set(CentreGroup.objects.values_list()),
    )


def pages_of(role: str) -> set[tuple[str, int, str]]:
    return set(
        GroupPagePermission.objects.filter(group__centre_group__role=role).values_list(
            "group__centre_group__centre", "page", "permission__codename"
        )
    )


def files_of(role: str) -> set[tuple[str, str]]:
    return set(
        GroupCollectionPermission.objects.filter(group__centre_group__role=role).values_list(
            "group__centre_group__centre", "permission__codename"
        )
    )


@pytest.fixture
def change(monkeypatch) -> Callable[..., None]:
    def change(role: str, **rights: Any) -> None:
        monkeypatch.setitem(CENTRE_ROLES, role, replace(CENTRE_ROLES[role], **rights))

    return change


def test_existing_groups_follow_a_changed_table(people, made_jinjiang: Centre, change) -> None:
    everywhere = {(centre.pk, centre.home_id) for centre in Centre.objects.all()}
    migrate()
    heads = pages_of(Role.HEAD)
    change(Role.EDITOR, pages=("change_basepage", "lock_basepage"), collections=("choose_picture",))
    migrate()
    wanted = ("change_basepage", "lock_basepage")
    assert pages_of(Role.EDITOR) == {(centre, home, codename) for centre, home in everywhere for codename in wanted}
    assert files_of(Role.EDITOR) == {(centre, "choose_picture") for centre, _ in everywhere}
    assert pages_of(Role.HEAD) == heads
    change(Role.EDITOR, on_folder=True)
    migrate()
    assert {page for _, page, _ in pages_of(Role.EDITOR)} == {centre.folder_id for centre in Centre.objects.all()}


def test_a_role_taken_away_from_a_level_keeps_no_right_there(people, made_jinjiang: Centre, change) -> None:
    migrate()
    change(Role.EDITOR, levels=("city",))
    migrate()
    assert {centre for centre, _, _ in pages_of(Role.EDITOR)} == {"510100000000"}
    editors = CentreGroup.objects.get(centre=made_jinjiang, role=Role.EDITOR).group
    assert not editors.permissions.exists()
    assert editors.user_set.count() == 2  # the appointments are for people to end


def test_a_role_added_to_the_table_gets_its_groups(people, monkeypatch) -> None:
    monkeypatch.setitem(CENTRE_ROLES, "librarian", CENTRE_ROLES[Role.EDITOR])
    migrate()
    assert CentreGroup.objects.filter(role="librarian").count() == Centre.objects.count()
    assert len(pages_of("librarian")) == 2 * Centre.objects.count()


def test_rights_of_the_group_wide_roles_are_taken_back_too(people, monkeypatch) -> None:
    group = Group.objects.get(name=group_wide_name(Role.PROVINCIAL_ADMINISTRATOR))
    monkeypatch.setitem(MODELS, Role.PROVINCIAL_ADMINISTRATOR, ("website_group.topic",))
    migrate()
    assert set(group.permissions.values_list("content_type__model", flat=True)) == {"topic", "admin"}


def test_nothing_is_written_while_the_table_is_the_same(people) -> None:
    migrate()
    before = rows()
    migrate()
    assert rows() == before
    with CaptureQueriesContext(connection) as captured:
        ensure_groups_of_all_centres()
    writing = ("INSERT", "UPDATE", "DELETE")
    assert [query["sql"] for query in captured if query["sql"].startswith(writing)] == []


def test_all_centres_at_once_equal_one_after_the_other(people) -> None:
    for centre in Centre.objects.all():
        ensure_centre_groups(centre)
    before = rows()
    ensure_groups_of_all_centres()
    assert rows() == before


def test_as_many_queries_whatever_the_number_of_centres(people, made_chengdu: Centre, change) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ensure_groups_of_all_centres()
        return len(captured)

    migrate()
    unchanged = queries()
    change(Role.EDITOR, pages=("change_basepage",))
    changed = queries()
    for number in range(5, 8):
        add_centre(f"51011{number}000000", f"区{number}", f"D{number}", "county", f"d{number}", made_chengdu.division)
    change(Role.EDITOR, pages=("lock_basepage",))
    queries()
    assert queries() == unchanged
    change(Role.EDITOR, pages=("lock_basepage", "change_basepage"))
    assert queries() <= changed
