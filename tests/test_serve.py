"""`manage.py serve` and `prepare`, as processes: what starts together ends together."""

import json
import os
import signal
import socket
import urllib.request

import pytest

from core.models import Worker
from sites.models import Centre
from sites.tests.content import add_article
from tests.processes import ManageProcess

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


@pytest.fixture
def environment(port: str) -> dict[str, str]:
    """The tests' settings, which find static files where they lie: nothing was collected here."""
    return {"PORT": port, "DJANGO_SETTINGS_MODULE": "tests.settings"}


def get(port: str, path: str, host: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.status, response.read().decode()


def worker_name(line: str) -> str:
    """The name in a worker's line `… core.worker: worker NAME is ready`."""
    return line.split(" worker ")[1].split()[0]


def refuses(port: str) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", int(port))) != 0


def test_serves_the_group_and_ends_with_its_worker(port: str, environment: dict[str, str], province: Centre) -> None:
    with ManageProcess("serve", **environment) as server:
        server.wait_for("is ready", "/admin/")
        assert get(port, "/healthz", "any.address") == (200, json.dumps({"status": "ok"}))
        assert get(port, "/", province.wagtail_site.hostname)[0] == 200
        server.process.send_signal(signal.SIGTERM)
        server.wait_for_end_of_output()
        assert server.process.wait() == 0
    assert refuses(port)
    assert not Worker.objects.exists()


def test_what_one_process_publishes_another_shows_at_once(
    settings, port: str, environment: dict[str, str], province: Centre
) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    host = province.wagtail_site.hostname
    with ManageProcess("serve", PAGE_CACHE_SECONDS="60", **environment) as server:
        server.wait_for("is ready", "/admin/")
        for _ in range(3):
            page = get(port, "/", host)[1]
            assert "川" in page
            assert "新鲜出炉" not in page
        Centre.objects.filter(pk=province.pk).update(telephone="12345")
        assert get(port, "/", host)[1] == page, "it isn't kept at all"
        add_article(province, "新鲜出炉", "Fresh")
        assert "新鲜出炉" in get(port, "/", host)[1]


def test_nothing_is_left_when_it_is_killed(port: str, environment: dict[str, str]) -> None:
    with ManageProcess("serve", **environment) as server:
        server.wait_for("is ready", "/admin/")
        server.process.kill()
        # The output ends when the last of the processes that hold it has gone.
        server.wait_for_end_of_output()
    assert refuses(port)
    assert any("the server is gone" in line for line in server.seen)


def test_killed_worker_is_started_again(environment: dict[str, str]) -> None:
    with ManageProcess("serve", **environment) as server:
        name = worker_name(server.wait_for("is ready", "/admin/")[0])
        os.kill(int(name.split("-")[-2]), signal.SIGKILL)
        server.wait_for("it is started again")
        assert worker_name(server.wait_for("is ready")[0]) != name
        server.process.send_signal(signal.SIGTERM)
        server.wait_for_end_of_output()


def test_taken_port_is_said_clearly(port: str, environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", int(port))), ManageProcess("serve", **environment) as server:
        server.wait_for(f"Can't listen on 127.0.0.1:{port}")
        server.wait_for_end_of_output()
        assert server.process.wait() == 1
