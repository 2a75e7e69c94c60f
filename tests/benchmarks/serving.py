"""Requests a second of the three pages with one and two worker processes, beside nginx serving the same bytes.

Pages have no HTTP caching headers and are rendered for each request. Should they get a validator
one day (ETag, Last-Modified), asking again with it is measured as well. The client is a Python
process on the same machine: it takes its share of the cores, and nginx could do more than it asks for.
"""

import http.client
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measure import LARGE, PROJECT_DIR, Result, environment, say, scale_data_dir
from tests.benchmarks.pages import Worker

SECONDS = 4.0
CONNECTIONS = 4
WORKERS = (1, 2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(port: int, process: subprocess.Popen, seconds: float = 60.0) -> None:
    """Until something listens on the port. Raises SystemExit when the process ended or time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"The server ended with {process.returncode}.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The server doesn't listen.")


@contextmanager
def gunicorn(data_dir: Path, workers: int) -> Iterator[int]:
    """The product's server with its own configuration. Gives the port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "core/server.py", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        command, cwd=PROJECT_DIR, env=environment(data_dir) | {"WEB_CONCURRENCY": str(workers)}, stdout=sys.stderr
    )
    try:
        wait_until_open(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def nginx(pages: dict[str, bytes]) -> Iterator[int]:
    """nginx with each page's bytes as a file /0, /1, … Gives the port."""
    port = free_port()
    with TemporaryDirectory(prefix="yizhan-nginx-") as folder:
        os.chmod(folder, 0o755)
        for number, content in enumerate(pages.values()):
            Path(folder, str(number)).write_bytes(content)
        configuration = Path(folder, "nginx.conf")
        configuration.write_text(
            f"daemon off; worker_processes 2; pid {folder}/pid; error_log stderr error; events {{}}\n"
            f"http {{ access_log off; default_type text/html; keepalive_requests 1000000;\n"
            f"client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;\n"
            f"uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;\n"
            f"server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n"
        )
        process = subprocess.Popen(["nginx", "-c", str(configuration), "-p", folder])
        try:
            wait_until_open(port, process)
            yield port
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=30)


def ask(port: int, path: str, headers: dict[str, str], seconds: float, expected: int, counts) -> None:
    """Ask again and again on one connection, which the server may close; put the number of answers on the queue."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    answers = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status != expected:
            counts.put(-response.status)
            return
        answers += 1
    connection.close()
    counts.put(answers)


def requests_a_second(port: int, path: str, headers: dict[str, str], expected: int = 200) -> float:
    """With several connections at once, after a warm-up."""
    counts: multiprocessing.Queue = multiprocessing.Queue()
    for seconds in (0.5, SECONDS):
        clients = [
            multiprocessing.Process(target=ask, args=(port, path, headers, seconds, expected, counts))
            for _ in range(CONNECTIONS)
        ]
        begin = time.monotonic()
        for client in clients:
            client.start()
        answers = [counts.get(timeout=seconds + 60) for _ in clients]
        for client in clients:
            client.join()
        took = time.monotonic() - begin
        if min(answers) < 0:
            raise SystemExit(f"{path} answered {-min(answers)} instead of {expected}.")
    return sum(answers) / took


def fetch(port: int, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def validators(response: http.client.HTTPResponse) -> dict[str, str]:
    """The headers that ask whether a page is still the same, where it gave something to ask with."""
    if response.getheader("ETag"):
        return {"If-None-Match": response.getheader("ETag", "")}
    if response.getheader("Last-Modified"):
        return {"If-Modified-Since": response.getheader("Last-Modified", "")}
    return {}


def measure(folder: Path) -> list[Result]:
    """Requests a second; the baseline is nginx, the ratio nginx's share that the product reaches."""
    data_dir = scale_data_dir(folder, LARGE)
    worker = Worker(data_dir)
    paths, host = worker.paths, worker.host
    worker.close()
    headers = {"Host": host}
    rates: dict[str, float] = {}
    contents: dict[str, bytes] = {}
    pages_of: dict[str, str] = {}
    for workers in WORKERS:
        with gunicorn(data_dir, workers) as port:
            for page, path in paths.items():
                response = fetch(port, path, headers)
                contents[page] = response.read()
                name = f"{page} with {workers} worker process{'es' if workers > 1 else ''}"
                rates[name] = requests_a_second(port, path, headers)
                pages_of[name] = page
                if again := validators(response):
                    rates[f"{name}, asked again"] = requests_a_second(port, path, headers | again, 304)
                    pages_of[f"{name}, asked again"] = page
    baselines = nginx_rates(contents)
    return [
        Result(
            name,
            rate,
            "requests/s",
            baselines.get(pages_of[name]),
            rate / baselines[pages_of[name]] if baselines else None,
        )
        for name, rate in rates.items()
    ]


def nginx_rates(contents: dict[str, bytes]) -> dict[str, float]:
    if shutil.which("nginx") is None:
        say("nginx is not installed: requests per second have no baseline.")
        return {}
    with nginx(contents) as port:
        return {page: requests_a_second(port, f"/{number}", {}) for number, page in enumerate(contents)}
