"""Wagtail's rights on pages, asked so that the database finds them by its index of paths.

Stock writes a `path__startswith` for each right that a person holds, five of them on the root for a provincial
administrator: at 3,306 sites each page of the admin read all pages several times. The answers are the same.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from core.models import BasePage

EXPLORABLE = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})
NONE = Q(pk__in=[])


class PagePolicy(PagePermissionPolicy):
    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[BasePage]:
        everywhere_or_nowhere = self._base_queryset_for_user(user)
        if everywhere_or_nowhere is not None:
            return everywhere_or_nowhere
        return self.model._default_manager.filter(self.within_rights(user, set(actions)))

    def within_rights(self, user: Any, actions: set[str]) -> Q:
        """A filter on pages: those on which a person's groups give one of the rights."""
        codenames = self._get_permission_codenames(actions)
        # Whoever may only add pages changes the own ones.
        adding = self._get_permission_codename("add") if "change" in actions and "add" not in actions else None
        all_pages, own_pages = set(), set()
        for held in self.get_cached_permissions_for_user(user):
            if held.permission.codename in codenames:
                all_pages.add(held.page.path)
            elif held.permission.codename == adding:
                own_pages.add(held.page.path)
        further = own_pages - {path for path in own_pages if path.startswith(tuple(all_pages))}
        within = below_any(all_pages)
        return within | (below_any(further) & Q(owner=user)) if further else within

    def explorable_instances(self, user: Any) -> QuerySet[BasePage]:
        """The pages one has rights on, and those above them up to the one that all of them lie below."""
        everywhere_or_nowhere = self._base_queryset_for_user(user)
        if everywhere_or_nowhere is not None:
            return everywhere_or_nowhere
        held: list[GroupPagePermission] = list(self.get_cached_permissions_for_user(user))
        paths = outermost({each.page.path for each in held})
        top = common_start([path[: -BasePage.steplen] for path in paths])
        above = {path[:end] for path in paths for end in range(len(top), len(path), BasePage.steplen)} - {""}
        within = self.within_rights(user, set(EXPLORABLE))
        return self.model._default_manager.filter(within | Q(path__in=above) if above else within)


def below_any(paths: set[str]) -> Q:
    """A filter on pages: those at the paths and below them. There is one tree: at its root that is all."""
    condition = NONE
    for path in outermost(paths):
        if len(path) == BasePage.steplen:
            return Q()
        _first, last = BasePage._get_children_path_interval(path)
        condition |= Q(path__range=(path, last))
    return condition


def outermost(paths: set[str]) -> list[str]:
    """Those of the paths that lie below no other."""
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return found


def common_start(paths: list[str]) -> str:
    """The path of the lowest page that all of the paths lie below or at; empty without any."""
    if not paths:
        return ""
    first, last = min(paths), max(paths)
    end = 0
    while end < len(first) and first[end : end + BasePage.steplen] == last[end : end + BasePage.steplen]:
        end += BasePage.steplen
    return first[:end]


register_permission_policy(BasePage, PagePolicy(BasePage))
