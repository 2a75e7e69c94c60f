"""`manage.py prepare`: everything between an unpacked project and a server that can start; quick when little is left."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import override

from core.calendar import seed_calendar
from core.messages import compile_catalogues
from core.page_cache import forget_all
from sites.division_file import SICHUAN
from sites.groups import ensure_group_wide_groups
from sites.hosts import synchronise_hosts
from sites.models import Centre
from sites.standard_apply import add_missing, columns_of, the_standard


class Command(BaseCommand):
    help = "Bring database, translations and static files up to date; with --demo also fill an empty group."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="fill a group that has no centre with the demo")

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        compile_catalogues()
        self.migrate()
        # Another release of chinesecalendar may know another year without bringing a migration.
        seed_calendar()
        self.collect_static_files()
        if Centre.objects.exists():
            # BASE_HOST or PUBLIC_PORT may be others than at the last start.
            synchronise_hosts()
            # A newer version may show kinds of column that had no pages yet.
            add_missing(columns_of(the_standard()))
        elif demo:
            self.load_demo()
        # Templates, translations and static files may be others than the kept pages were made with.
        forget_all()

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Making the database (about 20 seconds when it is new) …")
            call_command("migrate", verbosity=0)
            if Centre.objects.exists():
                # A role may have rights on models that are new.
                ensure_group_wide_groups()

    def collect_static_files(self) -> None:
        """Collect and compress, unless the same files were collected before."""
        stamp = settings.DATA_DIR / "static.stamp"
        state = state_of_static_files()
        if not stamp.exists() or stamp.read_text() != state:
            self.say("Collecting and compressing the static files …")
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(state)

    def load_demo(self) -> None:
        """All of the demo or nothing: an interrupted start begins again. In English, as what `make run` says elsewhere."""
        self.say("Making the centres of Sichuan …")
        with override("en"), transaction.atomic():
            call_command("provision", str(SICHUAN), "--levels=province,city,county")
            self.say("Loading the demo's contents …")
            call_command("load_demo")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def state_of_static_files() -> str:
    """A digest of which static files there are, how long they are and when they changed."""
    digest = hashlib.sha256()
    for path in sorted(static_files()):
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def static_files() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))
