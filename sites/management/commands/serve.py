"""`manage.py serve`: the web server and the background worker, which live and end together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.models import User
from sites.demo_accounts import ACCOUNTS, CHENGDU, JINJIANG, PROVINCE
from sites.models import Centre

# Without a line for each task: the addresses would be lost among them. What goes wrong shows.
WORK = [sys.executable, str(settings.PROJECT_DIR / "manage.py"), "work", "--verbosity=0"]
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", str(settings.PROJECT_DIR / "core" / "server.py")]
# How long a running task has to end before the worker is killed; another worker does it again then.
PATIENCE_SECONDS = 30
# A worker that ended is started again, but not more often than this.
RESTART_SECONDS = 2.0
# Shown at the start, where they exist: the way into the demo.
FIRST_SITES = [PROVINCE, CHENGDU, JINJIANG]
DEMO_ACCOUNTS = [username for username, *_ in ACCOUNTS]


class Command(BaseCommand):
    help = "Serve the group on HOST:PORT with one background worker beside, until Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_taken_port()
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: stopping.set())
        server = start([*GUNICORN, "--bind", f"{settings.HOST}:{settings.PORT}"])
        worker = start(WORK)
        worker_began = time.monotonic()
        announced = False
        while not stopping.wait(0.2):
            if server.poll() is not None:
                stop(worker)
                raise CommandError(f"The web server ended with code {server.returncode}.")
            if worker.poll() is not None and time.monotonic() - worker_began > RESTART_SECONDS:
                self.stderr.write(f"The worker ended with code {worker.returncode}; it is started again.")
                worker, worker_began = start(WORK), time.monotonic()
            if not announced and answers():
                self.announce()
                announced = True
        self.stdout.write("Stopping …")
        stop(server, worker)

    def announce(self) -> None:
        """Where to look and how to get in."""
        self.stdout.write(f"\nReady on port {settings.PORT} (Ctrl-C ends it):\n")
        centres = {
            centre.pk: centre
            for centre in Centre.objects.filter(pk__in=FIRST_SITES).select_related("division", "wagtail_site")
        }
        for code in FIRST_SITES:
            if code in centres:
                centre = centres[code]
                self.stdout.write(f"  {centre.root_url}/  {centre.division.name_zh_hans} {centre.division.name_en}\n")
        self.stdout.write(f"  {settings.WAGTAILADMIN_BASE_URL}/admin/  for editors; each site has it\n")
        accounts = set(
            User.objects.filter(username__in=DEMO_ACCOUNTS, is_active=True).values_list("username", flat=True)
        )
        if accounts:
            names = ", ".join(name for name in DEMO_ACCOUNTS if name in accounts)
            self.stdout.write(f"Demo log-ins, password {settings.DEMO_PASSWORD}: {names}\n")
        self.stdout.flush()


def refuse_taken_port() -> None:
    """Say so before anything starts when something else listens on the port."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((settings.HOST, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Can't listen on {settings.HOST}:{settings.PORT} ({error.strerror}). "
                f"Stop what uses it, or choose another port: PORT={settings.PORT + 1} make run"
            ) from error


def start(command: list[str]) -> subprocess.Popen:
    """Start a child in a session of its own, so that Ctrl-C reaches this process alone, which then ends both."""
    environment = {**os.environ, "YIZHAN_SERVE": str(os.getpid())}
    return subprocess.Popen(command, cwd=settings.PROJECT_DIR, env=environment, start_new_session=True)


def answers() -> bool:
    """Whether the web server answers yet."""
    try:
        with urlopen(f"http://{settings.HOST}:{settings.PORT}/healthz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def stop(*children: subprocess.Popen) -> None:
    """Ask children to end what they are at, and end them when they take too long."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
