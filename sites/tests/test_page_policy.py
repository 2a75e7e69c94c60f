"""Rights on pages are asked by ranges of paths, and the answers are Wagtail's own."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from core.models import BasePage, User
from core.page_policy import PagePolicy
from sites.models import ArticlePage, Centre
from sites.tests.people import column, draft

STOCK = PagePermissionPolicy(BasePage)
ACTIONS = [{"change"}, {"publish"}, {"add", "change"}, {"unlock"}, {"bulk_delete", "lock"}]


def same_answers(user: User) -> set[int]:
    """The pages that a person explores, after comparing every answer with stock's."""
    policy = policy_registry.get_by_type(ArticlePage)
    assert type(policy) is PagePolicy
    for actions in ACTIONS:
        stock = STOCK.instances_user_has_any_permission_for(user, actions)
        own = policy.instances_user_has_any_permission_for(user, actions)
        assert set(own.values_list("pk", flat=True)) == set(stock.values_list("pk", flat=True)), actions
    explored = set(policy.explorable_instances(user).values_list("pk", flat=True))
    if policy.get_cached_permissions_for_user(user) or user.is_superuser:
        assert explored == set(STOCK.explorable_instances(user).values_list("pk", flat=True))
        assert "LIKE" not in str(policy.explorable_instances(user).query)
    return explored


def test_answers_are_those_of_stock_for_every_role(people, made_jinjiang: Centre, made_wuhou: Centre) -> None:
    for author in ("editor", "wuhou-editor"):
        draft({"editor": made_jinjiang, "wuhou-editor": made_wuhou}[author], "新闻", people[author])
    explored = {name: same_answers(User.objects.get(pk=user.pk)) for name, user in people.items()}
    assert len(explored["province"]) == BasePage.objects.count()
    assert explored["receiver"] == set()
    assert 0 < len(explored["editor"]) < len(explored["supervisor"]) < len(explored["province"])


@pytest.mark.parametrize("right", ["add", "change", "publish"])
def test_answers_are_those_of_stock_for_rights_in_several_places(
    people, made_jinjiang: Centre, made_wuhou: Centre, right: str
) -> None:
    """As no role has them: rights that only let add on one column, and others elsewhere."""
    user = User.objects.create_user("somebody", "somebody@example.org", "correct-horse-battery")
    draft(made_jinjiang, "自己的", user)
    draft(made_jinjiang, "别人的", people["editor"])
    group = Group.objects.create(name="several places")
    user.groups.add(group)
    for page, codename in (
        (column(made_jinjiang), "add_basepage"),
        (column(made_wuhou), f"{right}_basepage"),
        (made_wuhou.home, "lock_basepage"),
    ):
        GroupPagePermission.objects.create(group=group, page=page.basepage_ptr, permission=permission(codename))
    assert column(made_jinjiang).pk in same_answers(User.objects.get(pk=user.pk))


def permission(codename: str):
    return GroupPagePermission._meta.get_field("permission").related_model.objects.get(
        codename=codename, content_type__app_label="core"
    )
