"""The background worker, as processes of its own: it does what is due, once, and what it was at survives its death."""

import signal
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import periodic
from core.models import BasePage, PeriodicJob, Worker
from core.tests.background import ask, fail, note
from core.worker import (
    ATTEMPTS,
    LEASE,
    claim_job,
    claim_task,
    do_next,
    give_back_lost_work,
    run_job,
    sign_in,
    work_once,
)
from sites.models import ArticlePage, Centre, ColumnPage
from sites.tests.reference import add_page
from tests.processes import ManageProcess

committing = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def news(jinjiang: Centre) -> ColumnPage:
    return ColumnPage.objects.child_of(jinjiang.home).get(column_key="news")


def row(result) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=result.id)


# -- In real processes --------------------------------------------------------------


@committing
def test_scheduled_article_appears_and_expired_one_goes(news: ColumnPage, client) -> None:
    soon = timezone.now() + timedelta(seconds=1)
    coming = ArticlePage(title_zh_hans="将发布", title_en="Coming", go_live_at=soon, live=False)
    news.add_child(instance=coming)
    coming.save_revision().publish()
    going = add_page(news, ArticlePage(title_zh_hans="将过期", title_en="Going"))
    BasePage.objects.filter(pk=going.pk).update(expire_at=soon)
    host = {"host": news.get_site().hostname}
    assert client.get("/news/coming/", headers=host).status_code == 404
    assert client.get("/news/going/", headers=host).status_code == 200
    with ManageProcess("work") as worker:
        expected = {'Published: "将发布"', 'Unpublished: "将过期"'}
        while expected:
            (line,) = worker.wait_for("ublished: ")
            expected = {text for text in expected if text not in line}
        # The line is written before its transaction ends; a worker that is asked to stop ends what it is at.
        worker.process.terminate()
        worker.wait_for("stops")
    assert client.get("/news/coming/", headers=host).status_code == 200
    assert client.get("/news/going/", headers=host).status_code == 410


@committing
def test_task_of_a_killed_worker_is_done_by_another() -> None:
    result = ask.enqueue()
    with ManageProcess("work", "--lease", "2") as first:
        first.wait_for("asked")
        first.process.kill()
        first.process.wait()
    assert row(result).status == TaskResultStatus.RUNNING
    with ManageProcess("work", "--lease", "2") as second:
        second.wait_for("goes back into the queue")
        second.wait_for("asked")
        second.answer("forty-two")
        second.wait_for(f"task {result.id} core.tests.background.ask done")
    assert row(result).return_value == "forty-two"
    assert len(row(result).worker_ids) == 2


@committing
def test_two_workers_share_the_tasks_and_do_each_once(tmp_path) -> None:
    notes = tmp_path / "notes"
    ask.enqueue()
    ask.enqueue()
    with ManageProcess("work") as one, ManageProcess("work") as other:
        both = (one, other)
        for worker in both:
            worker.wait_for("asked")
        results = [note.enqueue(str(notes), str(number)) for number in range(40)]
        for worker in both:
            worker.answer("go on")
        for worker in both:
            worker.wait_for("background.ask done")
            worker.process.send_signal(signal.SIGTERM)
            worker.wait_for_end_of_output()
    work_once()
    assert sorted(notes.read_text().split(), key=int) == [str(number) for number in range(40)]
    assert all(len(row(result).worker_ids) == 1 for result in results)


@committing
def test_stopped_worker_ends_its_task_first_and_takes_no_other() -> None:
    first, second = ask.enqueue(), ask.enqueue()
    with ManageProcess("work") as worker:
        worker.wait_for("asked")
        worker.process.send_signal(signal.SIGTERM)
        worker.answer("done before I go")
        worker.wait_for(f"task {first.id} core.tests.background.ask done")
        worker.wait_for_end_of_output()
        assert worker.process.wait() == 0
    assert row(first).return_value == "done before I go"
    assert row(second).status == TaskResultStatus.READY
    assert not Worker.objects.exists()


# -- In this process ----------------------------------------------------------------


def test_failing_task_keeps_its_traceback_and_stops_nothing(db, tmp_path, caplog) -> None:
    failing = fail.enqueue()
    following = note.enqueue(str(tmp_path / "notes"), "still here")
    work_once()
    assert row(failing).status == TaskResultStatus.FAILED
    assert "meant to fail" in row(failing).traceback
    assert "meant to fail" in caplog.text
    assert row(following).status == TaskResultStatus.SUCCESSFUL


def test_task_is_claimed_by_one_worker(db) -> None:
    result = ask.enqueue()
    me, other = sign_in(), sign_in()
    assert str(claim_task(me).pk) == result.id
    assert claim_task(other) is None


def test_lost_task_returns_and_a_living_workers_stays(db) -> None:
    lost, kept = ask.enqueue(), ask.enqueue()
    dead, living = sign_in(), sign_in()
    claim_task(dead)
    claim_task(living)
    Worker.objects.filter(pk=dead.pk).update(seen_at=timezone.now() - LEASE * 2)
    give_back_lost_work(LEASE)
    assert [row(lost).status, row(kept).status] == [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    assert list(Worker.objects.all()) == [living]


def test_task_that_kills_its_workers_is_given_up(db) -> None:
    result = ask.enqueue()
    for _attempt in range(ATTEMPTS):
        assert row(result).status == TaskResultStatus.READY
        worker = sign_in()
        claim_task(worker)
        worker.delete()
        give_back_lost_work(LEASE)
    assert row(result).status == TaskResultStatus.FAILED
    assert "workers died" in row(result).traceback


@pytest.fixture
def job(db, monkeypatch) -> list[int]:
    """A periodic job alone; each run leaves a mark in the list."""
    marks: list[int] = []
    monkeypatch.setattr(periodic, "jobs", {})
    periodic.register("a job", timedelta(hours=1), lambda: marks.append(1))
    return marks


def test_job_is_done_at_once_and_then_once_an_interval(job: list[int]) -> None:
    me = sign_in()
    assert do_next(me)
    assert not do_next(me)
    assert job == [1]
    PeriodicJob.objects.update(due_at=timezone.now())
    assert do_next(me)
    assert job == [1, 1]


def test_job_is_claimed_by_one_worker_and_freed_when_that_dies(job: list[int]) -> None:
    me, other = sign_in(), sign_in()
    assert claim_job(me) is not None
    assert claim_job(other) is None
    Worker.objects.filter(pk=me.pk).update(seen_at=timezone.now() - LEASE * 2)
    give_back_lost_work(LEASE)
    assert claim_job(other) is not None


def test_failing_job_is_due_again(db, monkeypatch, caplog) -> None:
    monkeypatch.setattr(periodic, "jobs", {})
    periodic.register("a job", timedelta(hours=1), lambda: 1 / 0)
    me = sign_in()
    run_job(claim_job(me))
    assert "ZeroDivisionError" in caplog.text
    again = PeriodicJob.objects.get()
    assert again.worker is None
    assert timezone.now() < again.due_at <= timezone.now() + timedelta(hours=1)


def test_publishing_comes_within_a_minute_even_when_a_worker_dies() -> None:
    # Its interval, the time until a dead worker is noticed, and a quarter of that for the look.
    assert periodic.jobs["publish scheduled pages"].interval + LEASE * 1.25 < timedelta(seconds=60)
