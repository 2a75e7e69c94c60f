"""App configuration of the room `guides`."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("catalogue and guides")

    def ready(self) -> None:
        from core import demo, periodic
        from guides import columns
        from guides.demo import loader
        from guides.models.catalogue import CatalogueItem, version_in_force
        from guides.promises import tell_after_publication
        from guides.public_rows import watch_rows
        from guides.scale_data import make_scale_data
        from sites import column_views

        periodic.register("remove old uploads", timedelta(days=1), remove_old_uploads)
        column_views.register("catalogue", columns.CATALOGUE)
        column_views.register("guides", columns.GUIDES)
        watch_rows()
        demo.register(loader.load)
        demo.register_scale(make_scale_data)
        version_in_force.connect(tell_after_publication, sender=CatalogueItem, dispatch_uid="tell_after_publication")


def remove_old_uploads() -> None:
    """Forget imports' uploads after a while. The module needs the models translated, which they aren't yet in `ready`."""
    from guides.importing import runs

    runs.remove_old_uploads()
