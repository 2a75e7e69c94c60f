"""`manage.py make_scale_data --sites N [--items N]`: fill an empty database, the same each time, to measure with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from core.demo import make_items
from sites.models import ArticlePage, Centre
from sites.progress import ProgressLines
from sites.scale_data import NotEmptyError, chosen_rows, make_scale_data


class Command(BaseCommand):
    help = "Fill a migrated, empty database with centres and articles for measurements."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sites", type=int, required=True, help="how many centres, at most all of Sichuan's")

        parser.add_argument("--items", type=int, default=0, help="how many items every county's centre adopts")

    def handle(self, *args: Any, sites: int, items: int, **options: Any) -> None:
        available = len(chosen_rows(10_000))
        if not 1 <= sites <= available:
            raise CommandError(
                _("There can be 1 to %(available)d sites, not %(sites)d.") % {"available": available, "sites": sites}
            )
        try:
            with transaction.atomic():
                make_scale_data(sites, ProgressLines(self.stderr))
                if items > 0:
                    make_items(items, ProgressLines(self.stderr))
        except NotEmptyError:
            raise CommandError(
                _("The database has divisions already. Set DATA_DIR to an empty folder and migrate first.")
            ) from None
        self.stdout.write(
            _("%(centres)d centres and %(articles)d articles made.")
            % {"centres": Centre.objects.count(), "articles": ArticlePage.objects.count()}
        )
