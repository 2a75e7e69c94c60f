"""The product's own processes under test: started for real on the test database, read line by line."""

import os
import queue
import subprocess
import sys
import threading
from urllib.parse import quote

from django.conf import settings
from django.db import connection

SECONDS = 60


def database_url() -> str:
    """The test database as `DATABASE_URL` names it."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    login = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}" if place["PASSWORD"] else quote(place["USER"])
    return f"postgres://{login}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


class ManageProcess:
    """`manage.py` with a command, ended when the `with` block ends."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", str(settings.PROJECT_DIR / "manage.py"), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=settings.PROJECT_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "core.settings",
                "DATABASE_URL": database_url(),
                "LOG_LEVEL": "INFO",
                **environment,
            },
        )
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def __enter__(self) -> "ManageProcess":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()

    def wait_for(self, *texts: str) -> list[str]:
        """The next lines that hold these texts, in whatever order they come.

        Fails when the output ends or nothing comes for a minute.
        """
        found: dict[str, str] = {}
        while len(found) < len(texts):
            line = self.next_line()
            assert line is not None, f"ended without {set(texts) - set(found)}:\n" + "\n".join(self.seen)
            found.update({text: line for text in texts if text in line and text not in found})
        return [found[text] for text in texts]

    def wait_for_end_of_output(self) -> None:
        """Until every process that holds the output has gone: this one and those that it started."""
        while self.next_line() is not None:
            pass

    def next_line(self) -> str | None:
        try:
            line = self.lines.get(timeout=SECONDS)
        except queue.Empty:
            raise AssertionError("nothing came for a minute after:\n" + "\n".join(self.seen)) from None
        if line is not None:
            self.seen.append(line)
        return line

    def answer(self, text: str) -> None:
        """Give the process a line to read."""
        self.process.stdin.write(f"{text}\n")
        self.process.stdin.flush()
