"""Who keeps the catalogue: catalogue editors, and the provincial administrators above them."""

from django.db.models import QuerySet

from core.models import User
from sites.models import Role
from sites.rights import AnyUser, centres_where

CATALOGUE_ROLES = (Role.CATALOGUE_EDITOR, Role.PROVINCIAL_ADMINISTRATOR)


def keeps_catalogue(user: AnyUser) -> bool:
    """Whether a person's role lets them write and decide on items of the catalogue."""
    return bool(centres_where(user, *CATALOGUE_ROLES))


def catalogue_keepers() -> QuerySet[User]:
    """Everybody with such a role."""
    return User.objects.filter(appointments__role__in=CATALOGUE_ROLES, is_active=True).distinct()
