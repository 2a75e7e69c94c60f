"""App configuration of the room `core` and of Wagtail's users app as this project shapes it."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CoreConfig(AppConfig):
    name = "core"


class UsersConfig(WagtailUsersAppConfig):
    """Accounts are looked after by whoever appoints the people (sites/admin/people.py)."""

    user_viewset = "sites.admin.people.AccountViewSet"
