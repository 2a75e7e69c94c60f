"""Requests a second of some pages with one and two worker processes, beside nginx serving the same bytes.

Each page is asked for made anew each time and kept (`PAGE_CACHE_SECONDS`, in files, or where CACHE_URL names
Redis there), whole and once more with its validator; nginx likewise. The client runs on the same
machine and takes its share of the cores: nginx could do more than it asks for.
"""

import http.client
import multiprocessing
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measure import LARGE, PROJECT_DIR, Result, environment, say, scale_data_dir
from tests.benchmarks.pages import Worker

SECONDS = 4.0
CONNECTIONS = 4
WORKERS = (1, 2)
ASKED_AGAIN = ", asked again"
PAGES = ("home page", "column page", "article", "guide", "guides filtered by two facets")


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
def gunicorn(data_dir: Path, workers: int, cached: bool) -> Iterator[int]:
    """The product's server with its own configuration. Gives the port."""
    port = free_port()
    settings = {"WEB_CONCURRENCY": str(workers), "PAGE_CACHE_SECONDS": "60" if cached else "0"}
    if cached and "CACHE_URL" in os.environ:
        settings["CACHE_URL"] = os.environ["CACHE_URL"]
    command = [sys.executable, "-m", "gunicorn", "--config", "core/server.py", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=PROJECT_DIR, env=environment(data_dir, **settings), stdout=sys.stderr)
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
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    request = "\r\n".join(lines).encode()
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    answers = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        connection.sendall(request)
        status = read_answer(connection)
        if not status:
            connection.close()
            connection = socket.create_connection(("127.0.0.1", port), timeout=30)
            continue
        if status != expected:
            counts.put(-status)
            return
        answers += 1
    connection.close()
    counts.put(answers)


def read_answer(connection: socket.socket) -> int:
    """Read one answer, which must name its length. Out: its status, 0 when the server has closed the connection.

    In place of Python's own client, which takes as long over an answer as the server over a page that is kept.
    """
    received = b""
    while b"\r\n\r\n" not in received:
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            return 0
        if not piece:
            return 0
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    status = int(head[9:12])
    if status == 304:
        return status
    length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    if length is None:
        raise SystemExit("An answer doesn't name its length.")
    left = int(length[1]) - len(body)
    while left > 0:
        piece = connection.recv(65536)
        if not piece:
            raise SystemExit("An answer ended before its length.")
        left -= len(piece)
    return status


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


def measure(folder: Path) -> list[Result]:
    """Requests a second; the baseline is nginx, the ratio nginx's share that the product reaches."""
    data_dir = scale_data_dir(folder, LARGE)
    worker = Worker(data_dir)
    worker.close()
    rates: dict[str, dict[str, float]] = {page: {} for page in PAGES}
    contents: dict[str, bytes] = {}
    for workers, cached in product(WORKERS, (False, True)):
        with gunicorn(data_dir, workers, cached) as port:
            for page in PAGES:
                host, path = worker.addresses[page]
                headers = {"Host": host}
                with closing(fetch(port, path, headers)) as response:
                    contents[page] = response.read()
                name = f"{'kept' if cached else 'made anew'}, {workers} worker process{'es' if workers > 1 else ''}"
                for again, rate in both_rates(port, path, headers, response).items():
                    rates[page][f"{name}{again}"] = rate
    baselines = nginx_rates(contents)
    results = []
    for page, of_page in rates.items():
        for name, rate in of_page.items():
            baseline = baselines.get(page, {}).get(ASKED_AGAIN if name.endswith(ASKED_AGAIN) else "")
            results.append(
                Result(f"{page}, {name}", rate, "requests/s", baseline, rate / baseline if baseline else None)
            )
    return results


def both_rates(port: int, path: str, headers: dict[str, str], response: http.client.HTTPResponse) -> dict[str, float]:
    """Requests a second for the whole page, and for asking whether it is still the one that `response` brought."""
    validator = {"If-None-Match": response.getheader("ETag", "")}
    return {
        "": requests_a_second(port, path, headers),
        ASKED_AGAIN: requests_a_second(port, path, headers | validator, 304),
    }


def nginx_rates(contents: dict[str, bytes]) -> dict[str, dict[str, float]]:
    if shutil.which("nginx") is None:
        say("nginx is not installed: requests per second have no baseline.")
        return {}
    headers = {"Host": "localhost"}
    with nginx(contents) as port:
        rates = {}
        for number, page in enumerate(contents):
            with closing(fetch(port, f"/{number}", headers)) as response:
                rates[page] = both_rates(port, f"/{number}", headers, response)
        return rates
