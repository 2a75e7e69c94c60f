"""The collection that holds the catalogue's own files: blank forms, filled-in samples, samples of results."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission

from core.models import Attachment
from sites.groups import group_wide_name
from sites.models import Role

COLLECTION_NAME = "目录 Catalogue"
# Catalogue editors have no centre, hence no centre's collection. Nothing that an item of any version offers goes away.
EDITORS_MAY = ("choose_attachment", "add_attachment", "change_attachment")


@transaction.atomic
def ensure_catalogue_collection() -> Collection:
    """Make the collection and catalogue editors' rights on it; running it again changes nothing."""
    root = Collection.get_first_root_node()
    collection = Collection.objects.filter(depth=root.depth + 1, name=COLLECTION_NAME).first()
    if collection is None:
        collection = root.add_child(name=COLLECTION_NAME)
    group = Group.objects.get(name=group_wide_name(Role.CATALOGUE_EDITOR))
    permissions = Permission.objects.filter(
        content_type__app_label=Attachment._meta.app_label, codename__in=EDITORS_MAY
    )
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return collection
