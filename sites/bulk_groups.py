"""The groups that carry the rights of many centres, made with a handful of SQL statements.

The same as `sites.groups.ensure_centre_groups` makes for one centre.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from sites.groups import access_to_admin, centre_group_name
from sites.models import Centre, CentreGroup
from sites.role_permissions import CENTRE_ROLES, RolePermissions

BATCH_SIZE = 500


def add_centre_groups(centres: Iterable[Centre]) -> int:
    """Make the groups that centres of their levels have and these lack. Out: how many were made.

    The centres' divisions should be there already (`select_related`).
    """
    existing = set(CentreGroup.objects.values_list("centre_id", "role"))
    lacking = [
        (centre, role, rights)
        for centre in centres
        for role, rights in CENTRE_ROLES.items()
        if centre.division.level in rights.levels and (centre.pk, role) not in existing
    ]
    if lacking:
        _add(lacking)
    return len(lacking)


def _add(lacking: list[tuple[Centre, str, RolePermissions]]) -> None:
    groups = Group.objects.bulk_create(
        [Group(name=centre_group_name(centre, role)) for centre, role, _ in lacking], batch_size=BATCH_SIZE
    )
    of_core = {each.codename: each.pk for each in Permission.objects.filter(content_type__app_label="core")}
    access_admin = access_to_admin()
    centre_groups, admin_accesses, page_permissions, collection_permissions = [], [], [], []
    for group, (centre, role, rights) in zip(groups, lacking, strict=True):
        centre_groups.append(CentreGroup(group=group, centre=centre, role=role))
        admin_accesses.append(Group.permissions.through(group=group, permission=access_admin))
        page_id = centre.folder_id if rights.on_folder else centre.home_id
        page_permissions += [
            GroupPagePermission(group=group, page_id=page_id, permission_id=of_core[codename])
            for codename in rights.pages
        ]
        collection_permissions += [
            GroupCollectionPermission(group=group, collection_id=centre.collection_id, permission_id=of_core[codename])
            for codename in rights.collections
        ]
    CentreGroup.objects.bulk_create(centre_groups, batch_size=BATCH_SIZE)
    Group.permissions.through.objects.bulk_create(admin_accesses, batch_size=BATCH_SIZE)
    GroupPagePermission.objects.bulk_create(page_permissions, batch_size=BATCH_SIZE)
    GroupCollectionPermission.objects.bulk_create(collection_permissions, batch_size=BATCH_SIZE)
