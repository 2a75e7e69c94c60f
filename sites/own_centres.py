"""Which centres are somebody's own."""

from django.db.models import Q, QuerySet
from wagtail.permissions import policy_registry

from core.models import BasePage
from sites.models import Centre


def centres_of(user, action: str = "change") -> QuerySet[Centre]:
    """The centres whose pages somebody may `change` (or `publish` …), by the rights of the person's groups.

    An editor or head gets the one centre, a supervisor all centres below the folder that the right
    lies on, a superuser every centre. One row of rights per group keeps this one short query.
    """
    if not user.is_active:
        return Centre.objects.none()
    if user.is_superuser:
        return Centre.objects.all()
    below = Q()
    for permission in policy_registry.get_by_type(BasePage).get_cached_permissions_for_user(user):
        if permission.permission.codename.rsplit("_", 1)[0] == action:
            path = permission.page.path
            _first, last = BasePage._get_children_path_interval(path)
            below |= Q(home__path__range=(path, last))
    return Centre.objects.filter(below) if below else Centre.objects.none()


def writes_for_a_centre(user) -> bool:
    """Whether any centre is somebody's own. Asked once for each user object: lists ask it for each row."""
    if not hasattr(user, "_writes_for_a_centre"):
        user._writes_for_a_centre = centres_of(user).exists()
    return user._writes_for_a_centre
