"""The Django groups that carry a role's rights, and who is in them.

A person's groups follow from the appointments; nobody puts people into groups by hand.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from core.models import BasePage, User
from sites.models import Appointment, Centre, CentreGroup
from sites.role_permissions import CENTRE_ROLES, GROUP_WIDE_ROLES, MODELS, RolePermissions


class GroupMissing(Exception):
    """A centre has no group for a role: it wasn't provisioned with this version's table of roles."""


def centre_group_name(centre: Centre, role: str) -> str:
    """The name of the group of a role at a centre."""
    return f"{centre.pk} {role}"


def group_wide_name(role: str) -> str:
    """The name of the one group of a group-wide role."""
    return f"role: {role}"


def access_to_admin() -> Permission:
    return Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")


def permissions_of(model_labels: tuple[str, ...]) -> list[Permission]:
    """The permissions to add, change, delete and view objects of models named "app_label.model"."""
    wanted = Q(pk__in=[])
    for label in model_labels:
        app_label, model = label.split(".")
        wanted |= Q(content_type__app_label=app_label, content_type__model=model)
    return list(Permission.objects.filter(wanted))


def grant(group: Group, rights: RolePermissions, page: BasePage, collection: Collection) -> None:
    """Give a group exactly the rights of a row of the table, on a page and a collection."""
    core_permissions = {each.codename: each for each in Permission.objects.filter(content_type__app_label="core")}
    group.page_permissions.exclude(permission__codename__in=rights.pages, page=page).delete()
    group.collection_permissions.exclude(permission__codename__in=rights.collections, collection=collection).delete()
    for codename in rights.pages:
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=core_permissions[codename])
    for codename in rights.collections:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=core_permissions[codename]
        )


@transaction.atomic
def ensure_centre_groups(centre: Centre) -> None:
    """Make the groups of one centre from the table; running it again changes nothing."""
    for role, rights in CENTRE_ROLES.items():
        if centre.division.level not in rights.levels:
            continue
        found = CentreGroup.objects.filter(centre=centre, role=role).select_related("group").first()
        group = found.group if found else Group.objects.create(name=centre_group_name(centre, role))
        if found is None:
            CentreGroup.objects.create(group=group, centre=centre, role=role)
        page = centre.folder if rights.on_folder else centre.home
        assert page is not None, "a role on folders belongs to levels that have one"
        group.permissions.set([access_to_admin()])
        grant(group, rights, page, centre.collection)


@transaction.atomic
def ensure_group_wide_groups() -> None:
    """Make the groups of the group-wide roles from the table; running it again changes nothing."""
    for role, rights in GROUP_WIDE_ROLES.items():
        group, _ = Group.objects.get_or_create(name=group_wide_name(role))
        grant(group, rights, BasePage.get_first_root_node(), collection_of(rights))
        group.permissions.set([access_to_admin(), *permissions_of(MODELS.get(role, ()))])


def collection_of(rights: RolePermissions) -> Collection:
    """The collection on which a group-wide role has its rights: the root, or one of its own, made where it is lacking."""
    root = Collection.get_first_root_node()
    if not rights.collection:
        return root
    found = Collection.objects.filter(depth=root.depth + 1, name=rights.collection).first()
    return found or root.add_child(name=rights.collection)


def group_of(appointment: Appointment) -> Group:
    """The group whose rights an appointment gives. Raises GroupMissing where there is none."""
    if appointment.role in CENTRE_ROLES:
        of_centre = CentreGroup.objects.filter(centre_id=appointment.centre_id, role=appointment.role).first()
        if of_centre is None:
            raise GroupMissing(f"{appointment.centre} has no group for {appointment.get_role_display()}.")
        return of_centre.group
    group = Group.objects.filter(name=group_wide_name(appointment.role)).first()
    if group is None:
        raise GroupMissing(f"There is no group for {appointment.get_role_display()}.")
    return group


def synchronise_groups(user: User) -> None:
    """Put a person into the groups of the appointments, and out of all others."""
    user.groups.set({group_of(appointment) for appointment in user.appointments.select_related("centre")})


@receiver([post_save, post_delete], sender=Appointment)
def follow_appointments(instance: Appointment, **kwargs: Any) -> None:
    """The groups follow from the appointments, also where many are deleted at once."""
    synchronise_groups(instance.user)
