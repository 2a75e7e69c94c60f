"""The jobs that the background worker does again and again; a room registers its own when its app is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command

Job = Callable[[], None]


@dataclass(frozen=True)
class Periodic:
    """A job and the time from one beginning to the next."""

    name: str
    interval: timedelta
    run: Job


jobs: dict[str, Periodic] = {}


def register(name: str, interval: timedelta, run: Job) -> None:
    """Have the worker do a job at every interval. One worker does it at a time; a job that fails is tried again."""
    jobs[name] = Periodic(name, interval, run)


def publish_scheduled() -> None:
    """Publish what is due and take down what has expired."""
    call_command("publish_scheduled")


def remove_old_rows() -> None:
    """Forget sessions that ended and tasks that were done two weeks ago."""
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)


# An article is promised to appear within 60 s of its time, also when the worker that was at it died.
register("publish scheduled pages", timedelta(seconds=15), publish_scheduled)
register("remove old rows", timedelta(days=1), remove_old_rows)
