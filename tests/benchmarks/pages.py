"""The pages of a site with all centres and adoptions beside the same pages with five centres, one of a county.

The same site, with the same content, is asked for in both groups in turn, each served by its own
process without a web server in front; no response and no fragment is cached. The large group has a centre for each
of Sichuan's 183 counties, and each has adopted the whole catalogue: 207,705 adoptions beside 1,135.
"""

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import LARGE, PROJECT_DIR, SMALL, Result, environment, scale_data_dir

REQUESTS = 300
WARM_UP = 20
# The most queries that each page is allowed, by its name (`page_worker.addresses`).
BUDGETS = {
    "home page": 15,
    "column page": 12,
    "article": 10,
    "guide": 12,
    "guides filtered by two facets": 12,
    "guides, page 40": 12,
    "guides under one letter": 12,
    "catalogue filtered by two facets": 12,
}


class Worker:
    """A process that answers requests on one data folder and says how long each took."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.page_worker"],
            cwd=PROJECT_DIR,
            env=environment(data_dir),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.adoptions, addresses = self.answer()
        # Host and path by the name of the page.
        self.addresses: dict[str, tuple[str, str]] = {page: (host, path) for page, (host, path) in addresses.items()}

    def answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def get(self, page: str) -> tuple[float, int]:
        """Seconds and number of queries. Anything but a page ends the measurement."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(page) + "\n")
        self.process.stdin.flush()
        seconds, queries, status = self.answer()
        if status != 200:
            raise SystemExit(f"{page} ({self.addresses[page]}) answered {status}.")
        return seconds, queries

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)


def measure(folder: Path) -> list[Result]:
    """Milliseconds with all centres (baseline: with five; ratio at most 1.15) and numbers of queries (baseline: budget)."""
    small, large = (Worker(scale_data_dir(folder, sites)) for sites in (SMALL, LARGE))
    try:
        if small.addresses != large.addresses:
            raise SystemExit("The two groups don't have the same pages.")
        results = []
        for page in BUDGETS:
            results += compare(page, small, large)
        return results
    finally:
        small.close()
        large.close()


def compare(page: str, small: Worker, large: Worker) -> list[Result]:
    times: dict[Worker, list[float]] = {small: [], large: []}
    queries: dict[Worker, int] = {small: 0, large: 0}
    for number in range(WARM_UP + REQUESTS):
        for worker in (small, large) if number % 2 else (large, small):
            seconds, asked = worker.get(page)
            if number >= WARM_UP:
                times[worker].append(seconds * 1000)
                queries[worker] = max(queries[worker], asked)
    in_small, in_large = (statistics.median(times[worker]) for worker in (small, large))
    sites = f"{LARGE} sites beside {SMALL}"
    adoptions = f"{large.adoptions} adoptions beside {small.adoptions}"
    return [
        Result(f"{page}, {sites}, {adoptions}", in_large, "ms", in_small, in_large / in_small),
        Result(f"{page}, queries beside the most allowed", queries[large], "queries", BUDGETS[page]),
        Result(
            f"{page}, queries with {sites}",
            queries[large],
            "queries",
            queries[small],
            queries[large] / queries[small],
        ),
    ]
