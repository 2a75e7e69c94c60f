"""Whose pictures and documents are whose.

Collections lie inside each other as the divisions do, and stock Wagtail lets a right on a
collection hold for all inside it. That is right for a supervisor, but a city centre's editor
must not reach the districts' files: editors' and heads' rights end at their own collection.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry

from sites.models import Role
from sites.rights import AnyUser


class CentreFilesPolicy(BasePermissionPolicy):
    """Permissions on a model of files by collection; "delete" asks for its own permission, unlike stock."""

    permission_cache_name = "_file_permission_cache"

    def get_all_permissions_for_user(self, user: AnyUser) -> list[GroupCollectionPermission]:
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        return list(
            GroupCollectionPermission.objects.filter(group__user=user).select_related(
                "permission", "collection", "group__centre_group"
            )
        )

    def grants(self, user: AnyUser, actions: Iterable[str]) -> list[GroupCollectionPermission]:
        """The person's permissions for any of the actions on this model."""
        codenames = {f"{action}_{self.model._meta.model_name}" for action in actions}
        return [each for each in self.get_cached_permissions_for_user(user) if each.permission.codename in codenames]

    @staticmethod
    def holds_below(grant: GroupCollectionPermission) -> bool:
        """Whether a permission holds for the collections inside its own."""
        centre_group = getattr(grant.group, "centre_group", None)
        return centre_group is None or centre_group.role == Role.SUPERVISOR

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: AnyUser, actions: Iterable[str]) -> bool:
        return user.is_active and (user.is_superuser or bool(self.grants(user, actions)))

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: AnyUser, actions: Iterable[str], instance: Model) -> bool:
        if not user.is_active or user.is_superuser:
            return user.is_active
        return any(
            grant.collection_id == instance.collection_id
            or (self.holds_below(grant) and instance.collection.path.startswith(grant.collection.path))
            for grant in self.grants(user, actions)
        )

    def instances_user_has_any_permission_for(self, user: AnyUser, actions: Iterable[str]) -> QuerySet[Any]:
        if user.is_active and user.is_superuser:
            return self.model.objects.all()
        within = Q(pk__in=[])
        for grant in self.grants(user, actions):
            within |= Q(pk=grant.collection_id)
            if self.holds_below(grant):
                first, last = Collection._get_children_path_interval(grant.collection.path)
                within |= Q(path__range=(first, last))
        # The search index knows a file's collection, not the collection's path.
        return self.model.objects.filter(collection__in=Collection.objects.filter(within).values("pk"))

    def collections_user_has_any_permission_for(self, user: AnyUser, actions: Iterable[str]) -> QuerySet[Collection]:
        """The collections that a form offers: the person's own, never those of all centres below.

        A supervisor changes files of the centres below where they are, and adds to the own collection.
        """
        if user.is_active and user.is_superuser:
            return Collection.objects.filter(depth=1)
        return Collection.objects.filter(pk__in={grant.collection_id for grant in self.grants(user, actions)})

    def collections_user_has_permission_for(self, user: AnyUser, action: str) -> QuerySet[Collection]:
        return self.collections_user_has_any_permission_for(user, [action])


def may_see_document(user: AnyUser, document: Model) -> bool:
    """Whether a person may use or change a document, published or not."""
    policy = policy_registry.get_by_type(type(document))
    return user.is_authenticated and policy.user_has_any_permission_for_instance(user, ["choose", "change"], document)
