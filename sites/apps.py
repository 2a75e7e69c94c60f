"""App configuration of the room `sites`; its label differs because django.contrib.sites has that one."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.signals import task_submitted


class SitesConfig(AppConfig):
    name = "sites"
    label = "website_group"
    verbose_name = _("website group")

    def ready(self) -> None:
        from sites import articles, centre_facts, column_views, public_rows

        column_views.register("about", centre_facts.ABOUT)
        column_views.register("articles", articles.ARTICLES)
        column_views.register("invest", centre_facts.INVEST)
        column_views.register("enquiries", centre_facts.ENQUIRIES)
        public_rows.watch_rows()

        # Connect their receivers and register whose files are whose.
        from sites import audit, groups  # noqa: F401
        from sites.admin import files  # noqa: F401
        from sites.models import CentreApprovalState
        from sites.review import notify_reviewers
        from sites.review_names import translate_names

        translate_names()
        task_submitted.connect(notify_reviewers, sender=CentreApprovalState, dispatch_uid="notify_reviewers")
        post_migrate.connect(prepare_rights, sender=self, dispatch_uid="prepare_rights")


def prepare_rights(sender: AppConfig, **kwargs: Any) -> None:
    """After each migration: the groups of all roles and the workflow are there and as the code says."""
    from django.contrib.auth.management import create_permissions
    from wagtail.snippets.models import create_extra_permissions

    from sites.bulk_groups import ensure_groups_of_all_centres
    from sites.groups import ensure_group_wide_groups
    from sites.review import ensure_workflow
    from sites.role_permissions import MODELS

    # Django and Wagtail make the permissions of models, and those to publish them, in receivers of the
    # same signal: for the rooms above, which the table of roles names too, after this one.
    for label in sorted({model.split(".")[0] for models in MODELS.values() for model in models}):
        create_permissions(apps.get_app_config(label), verbosity=0)
    create_extra_permissions(sender, verbosity=0)
    if ensure_workflow() is not None:
        ensure_group_wide_groups()
        ensure_groups_of_all_centres()
