"""The groups that carry the rights of all centres, kept as the table of roles says with a handful of SQL statements.

The same as `sites.groups.ensure_centre_groups` does for one centre.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from sites.groups import access_to_admin, centre_group_name
from sites.models import Centre, CentreGroup
from sites.role_permissions import CENTRE_ROLES

BATCH_SIZE = 500
Row = tuple[int, ...]


@transaction.atomic
def ensure_groups_of_all_centres() -> None:
    """Make the groups that centres lack and give every group the rights of the table; again, it writes nothing.

    A group whose role the table no longer has, or not at its centre's level, keeps no right.
    """
    _add_groups()
    _follow_table()


def _add_groups() -> None:
    existing = set(CentreGroup.objects.values_list("centre_id", "role"))
    lacking = [
        (centre, role)
        for centre in Centre.objects.select_related("division").only("division__level")
        for role, rights in CENTRE_ROLES.items()
        if centre.division.level in rights.levels and (centre.pk, role) not in existing
    ]
    groups = Group.objects.bulk_create(
        [Group(name=centre_group_name(centre, role)) for centre, role in lacking], batch_size=BATCH_SIZE
    )
    CentreGroup.objects.bulk_create(
        [
            CentreGroup(group=group, centre=centre, role=role)
            for group, (centre, role) in zip(groups, lacking, strict=True)
        ],
        batch_size=BATCH_SIZE,
    )


def _follow_table() -> None:
    of_core = {each.codename: each.pk for each in Permission.objects.filter(content_type__app_label="core")}
    access_admin = access_to_admin().pk
    admin, pages, collections = [], [], []
    for group, role, level, home, folder, collection in CentreGroup.objects.order_by("pk").values_list(
        "pk", "role", "centre__division__level", "centre__home", "centre__folder", "centre__collection"
    ):
        rights = CENTRE_ROLES.get(role)
        if rights is None or level not in rights.levels:
            continue
        admin.append((group, access_admin))
        page = folder if rights.on_folder else home
        pages += [(group, of_core[codename], page) for codename in rights.pages]
        collections += [(group, of_core[codename], collection) for codename in rights.collections]
    _make_rows(Group.permissions.through, ("group_id", "permission_id"), admin)
    _make_rows(GroupPagePermission, ("group_id", "permission_id", "page_id"), pages)
    _make_rows(GroupCollectionPermission, ("group_id", "permission_id", "collection_id"), collections)


def _make_rows(model: type[Model], fields: tuple[str, ...], wanted: Sequence[Row]) -> None:
    """Leave exactly these rows of centres' groups in a table; rows that are right stay as they are."""
    manager: Any = model._default_manager
    of_centres = manager.filter(group__centre_group__isnull=False)
    present: dict[Row, int] = {tuple(row): pk for *row, pk in of_centres.values_list(*fields, "pk")}
    kept = set(wanted)
    surplus = [pk for row, pk in present.items() if row not in kept]
    for start in range(0, len(surplus), BATCH_SIZE):
        manager.filter(pk__in=surplus[start : start + BATCH_SIZE]).delete()
    missing = [model(**dict(zip(fields, row, strict=True))) for row in wanted if row not in present]
    manager.bulk_create(missing, batch_size=BATCH_SIZE)
