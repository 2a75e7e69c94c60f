"""App configuration of the room `core` and of Wagtail's users app as this project shapes it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class CoreConfig(AppConfig):
    name = "core"
    default = True  # There are other configurations in this module; without this Django takes none of them.

    def ready(self) -> None:
        from core import page_policy  # noqa: F401  (registers the policy)
        from core.calendar import seed_after_migrations
        from core.tree_index import make_path_index

        post_migrate.connect(make_path_index, sender=self)
        post_migrate.connect(seed_after_migrations, sender=self)


class UsersConfig(WagtailUsersAppConfig):
    """Accounts are looked after by whoever appoints the people (sites/admin/people.py)."""

    user_viewset = "sites.admin.people.AccountViewSet"
