"""App configuration of the room `sites`; its label differs because django.contrib.sites has that one."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    label = "website_group"
    verbose_name = _("website group")

    def ready(self) -> None:
        from sites import articles, centre_facts, columns

        columns.register("about", centre_facts.ABOUT)
        columns.register("articles", articles.ARTICLES)
        columns.register("invest", centre_facts.INVEST)
        columns.register("enquiries", centre_facts.ENQUIRIES)
