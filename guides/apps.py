"""App configuration of the room `guides`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("catalogue and guides")

    def ready(self) -> None:
        from core import demo
        from guides import columns, sitemap
        from guides.demo import loader
        from guides.models.catalogue import CatalogueItem, version_in_force
        from guides.pages.bundle import bundles_on_home_page
        from guides.promises import tell_after_publication
        from guides.scale_data import make_scale_data
        from sites import column_views, home
        from sites import sitemap as sitemaps

        column_views.register("catalogue", columns.CATALOGUE)
        column_views.register("guides", columns.GUIDES)
        home.register(bundles_on_home_page)
        sitemaps.register(sitemap.GUIDES)
        demo.register(loader.load)
        demo.register_scale(make_scale_data)
        version_in_force.connect(tell_after_publication, sender=CatalogueItem, dispatch_uid="tell_after_publication")
