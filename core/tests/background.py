"""Tasks for the tests of the worker; a real worker process imports them by name."""

import sys

from django_tasks import task


@task()
def ask() -> str:
    """Says on standard output that it has begun, and ends when a line comes in on standard input."""
    sys.stdout.write("asked\n")
    sys.stdout.flush()
    return sys.stdin.readline().strip()


@task()
def note(path: str, text: str) -> None:
    """Adds a line to a file."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"{text}\n")


@task()
def fail() -> None:
    raise ValueError("meant to fail")
