"""The background worker: queued tasks and periodic jobs, each done by one worker at a time.

A worker renews its row in `core.models.Worker`. When it stops to (kill -9, a machine that failed), another
worker removes the row and puts the task it was at back into the queue. A task can thus be begun more than
once: done again, it must leave behind what it leaves when done once.
"""

import logging
import os
import socket
import threading
import time
from datetime import timedelta

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from core import periodic
from core.models import PeriodicJob, Worker

logger = logging.getLogger("core.worker")

LEASE = timedelta(seconds=30)
POLL_SECONDS = 1.0
# A task that took this many workers with it is not begun again.
ATTEMPTS = 3


class WorkerDied(Exception):
    """Every worker that ran a task died before the task ended."""


def work(stopping: threading.Event, lease: timedelta = LEASE) -> None:
    """Do what is due until `stopping` is set or the process that started this one is gone."""
    # `manage.py serve` says who it is: it may be gone before this process could look.
    parent = int(os.environ.get("YIZHAN_SERVE", os.getppid()))
    me = sign_in()
    ended = threading.Event()
    heart = threading.Thread(target=stay_alive, args=(me, lease, stopping, ended), daemon=True)
    heart.start()
    logger.info("worker %s is ready", me.name)
    while not stopping.is_set():
        close_old_connections()
        try:
            busy = do_next(me)
        except OperationalError as error:
            logger.warning("the database doesn't answer: %s", error)
            busy = False
        if os.getppid() != parent:
            logger.info("the server is gone")
            stopping.set()
        if not busy:
            stopping.wait(POLL_SECONDS)
    ended.set()
    heart.join()
    logger.info("worker %s stops", me.name)
    me.delete()


def work_once() -> None:
    """Do everything that is due now, then return."""
    me = sign_in()
    while do_next(me):
        pass
    me.delete()


def sign_in() -> Worker:
    """A row for this process, and one for each periodic job that has none yet."""
    now = timezone.now()
    PeriodicJob.objects.bulk_create(
        [PeriodicJob(name=name, due_at=now) for name in periodic.jobs], ignore_conflicts=True
    )
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{get_random_string(8)}"
    return Worker.objects.create(name=name, seen_at=now)


def do_next(me: Worker) -> bool:
    """Do one periodic job that is due, or else one queued task; says whether there was any."""
    job = claim_job(me)
    if job is not None:
        run_job(job)
        return True
    task = claim_task(me)
    if task is not None:
        run_task(me, task)
        return True
    return False


# -- Periodic jobs ------------------------------------------------------------------


def claim_job(me: Worker) -> PeriodicJob | None:
    """A periodic job that is due and that no other worker is at, now this worker's."""
    free = PeriodicJob.objects.filter(name__in=periodic.jobs, due_at__lte=timezone.now(), worker=None)
    job = free.order_by("due_at").first()
    # Only one of the workers that saw it free changes the row.
    if job is None or not free.filter(pk=job.pk, due_at=job.due_at).update(worker=me):
        return None
    return job


def run_job(job: PeriodicJob) -> None:
    """Do a periodic job; one that fails is due again after its interval like any other."""
    what = periodic.jobs[job.name]
    began = timezone.now()
    try:
        what.run()
    except Exception:
        # Whatever a room's job raises, the worker goes on with the others.
        logger.exception("job %s failed", job.name)
    PeriodicJob.objects.filter(pk=job.pk).update(worker=None, due_at=began + what.interval)


# -- Tasks --------------------------------------------------------------------------


def claim_task(me: Worker) -> DBTaskResult | None:
    """The next task of the queue, now this worker's."""
    if not DBTaskResult.objects.ready().exists():
        # No lock on the database for a look into an empty queue.
        return None
    with exclusive_transaction():
        task = DBTaskResult.objects.ready().get_locked()
        if task is not None:
            task.claim(me.name)
    return task


def run_task(me: Worker, task: DBTaskResult) -> None:
    """Run a task; its row keeps the result or the traceback."""
    runner = TaskRunner(
        queue_names=["*"],
        interval=0,
        batch=False,
        backend_name=task.backend_name,
        startup_delay=False,
        max_tasks=None,
        worker_id=me.name,
        excluded_queue_names=[],
    )
    began = time.monotonic()
    runner.run_task(task)
    seconds = time.monotonic() - began
    if task.status == TaskResultStatus.SUCCESSFUL:
        logger.info("task %s %s done in %.1f s", task.pk, task.task_path, seconds)
    else:
        logger.error("task %s %s failed in %.1f s\n%s", task.pk, task.task_path, seconds, task.traceback)


# -- Workers that died --------------------------------------------------------------


def stay_alive(me: Worker, lease: timedelta, stopping: threading.Event, ended: threading.Event) -> None:
    """Renew this worker's row four times in a lease, and give back the work of workers that don't (a thread)."""
    beat = lease.total_seconds() / 4
    renewed = time.monotonic()
    while not ended.wait(beat):
        try:
            if not Worker.objects.filter(pk=me.pk).update(seen_at=timezone.now()):
                logger.error("worker %s was taken for dead", me.name)
                stopping.set()
                break
            # One long writer holds up every worker's renewal: who is late itself mustn't judge the others.
            if time.monotonic() - renewed < 2 * beat:
                give_back_lost_work(lease)
            renewed = time.monotonic()
        except OperationalError as error:
            logger.warning("worker %s couldn't renew its row: %s", me.name, error)
    connection.close()


def give_back_lost_work(lease: timedelta) -> None:
    """Remove the rows of workers that died, and put the tasks that they were at back into the queue."""
    with exclusive_transaction():
        Worker.objects.filter(seen_at__lt=timezone.now() - lease).delete()
        living = set(Worker.objects.values_list("name", flat=True))
        for task in DBTaskResult.objects.running().select_for_update(skip_locked=True):
            if task.worker_ids[-1] in living:
                continue
            if len(task.worker_ids) >= ATTEMPTS:
                task.set_failed(WorkerDied(f"{len(task.worker_ids)} workers died at it"))
                logger.error("task %s %s given up: its workers died", task.pk, task.task_path)
            else:
                task.status = TaskResultStatus.READY
                task.save(update_fields=["status"])
                logger.warning("task %s %s goes back into the queue: its worker died", task.pk, task.task_path)
