"""`manage.py work`: the one background process. Several may run; each piece of work is done by one of them."""

import logging
import signal
import threading
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from core.worker import LEASE, work, work_once


class Command(BaseCommand):
    help = "Run queued tasks and periodic jobs (scheduled publishing and expiry) until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument(
            "--lease",
            type=float,
            default=LEASE.total_seconds(),
            help="seconds after which a silent worker is taken for dead (default: %(default)g; the same for all workers)",
        )

    def handle(self, *args: Any, once: bool, lease: float, **options: Any) -> None:
        if options["verbosity"]:
            # A line for each task; with --verbosity=0 only what went wrong.
            logging.getLogger("core.worker").setLevel(logging.INFO)
        if once:
            work_once()
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        work(stopping, timedelta(seconds=lease))
