"""App configuration of the room `guides`."""

from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.signals import task_submitted, unpublished


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("catalogue and guides")

    def ready(self) -> None:
        from core import demo, periodic
        from guides import columns
        from guides.demo import loader
        from guides.models.catalogue import CatalogueItem, close_version, publication_called_off, version_in_force
        from guides.pages.bundle import bundles_on_home_page
        from guides.promises import tell_after_publication
        from guides.public_rows import watch_rows
        from guides.refusals import tell_author
        from guides.review import notify_keepers
        from guides.scale_data import make_scale_data
        from sites import column_views, home

        periodic.register("remove old uploads", timedelta(days=1), remove_old_uploads)
        column_views.register("catalogue", columns.CATALOGUE)
        column_views.register("guides", columns.GUIDES)
        column_views.register("results", columns.RESULTS)
        home.register(bundles_on_home_page)
        watch_rows()
        demo.register(loader.load)
        demo.register_scale(make_scale_data)
        version_in_force.connect(tell_after_publication, sender=CatalogueItem, dispatch_uid="tell_after_publication")
        publication_called_off.connect(tell_author, sender=CatalogueItem, dispatch_uid="tell_author")
        unpublished.connect(close_version, sender=CatalogueItem, dispatch_uid="close_version")
        task_submitted.connect(notify_keepers, dispatch_uid="notify_keepers")
        post_migrate.connect(prepare_catalogue, sender=self, dispatch_uid="prepare_catalogue")


def prepare_catalogue(sender: AppConfig, **kwargs: Any) -> None:
    """After each migration: who keeps the catalogue has the rights on it, and its workflow is there.

    The group-wide groups are made by the room below, before this room's permissions are there for the first time.
    """
    from django.contrib.auth.management import create_permissions
    from wagtail.snippets.models import create_extra_permissions

    from core.models import BasePage
    from guides.review import ensure_catalogue_workflow
    from sites.groups import ensure_group_wide_groups

    create_permissions(sender, verbosity=0)
    create_extra_permissions(sender, verbosity=0)
    ensure_catalogue_workflow()
    if BasePage.get_first_root_node() is not None:
        ensure_group_wide_groups()


def remove_old_uploads() -> None:
    """Forget imports' uploads after a while. The module needs the models translated, which they aren't yet in `ready`."""
    from guides.importing import runs

    runs.remove_old_uploads()
