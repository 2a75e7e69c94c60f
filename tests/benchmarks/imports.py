"""Importing the two real lists, beside reading them alone and beside publishing their items one by one.

The lists are no part of the project: they are looked for in SHARED_DATA, else in ../shared/data.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.benchmarks.measure import PROJECT_DIR, Result, empty_data_dir, environment, say

FOLDER = Path(os.environ.get("SHARED_DATA", PROJECT_DIR.parent / "shared" / "data"))
# Each file with the mapping that reads it.
FILES = {"guangan-catalogue.csv": "guangan", "guangdong-guides.jsonl": "guangdong"}
ONE_BY_ONE = 150  # rows from the beginning of each file


def measure() -> list[Result]:
    """Run this module for each file in a process of its own, as it needs a database of its own."""
    results = []
    for name in FILES:
        if not (FOLDER / name).exists():
            say(f"{name} is not in {FOLDER}: its import is not measured.")
            continue
        with empty_data_dir() as data_dir:
            answer = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.imports", name],
                cwd=PROJECT_DIR,
                env=environment(data_dir),
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            ).stdout
        results += [Result(**row) for row in json.loads(answer)]
    return results


def in_this_process(name: str) -> list[Result]:
    """Rows a second of an import, of the same with its items published one by one, and of a dry run."""
    import django

    django.setup()

    from django.core.management.base import OutputWrapper
    from django.db import transaction

    from guides.importing import import_catalogue
    from guides.importing.mapping import load
    from guides.models import CatalogueItem
    from sites.progress import ProgressLines

    whole, mapping = (FOLDER / name).read_bytes(), load(FILES[name])
    heading = 1 if name.endswith(".csv") else 0
    beginning = b"".join(whole.splitlines(keepends=True)[: ONE_BY_ONE + heading])
    progress = ProgressLines(OutputWrapper(sys.stderr))

    def one_by_one(items: Sequence[CatalogueItem], user: Any) -> Iterator[int]:
        for number, item in enumerate(items, start=1):
            item.save()
            item.save_revision(user=user).publish(user=user)
            yield number

    def rows_a_second(content: bytes, dry_run: bool = False) -> float:
        with transaction.atomic():
            begin = time.perf_counter()
            report = import_catalogue(content, mapping, source=name, dry_run=dry_run, progress=progress)
            seconds = time.perf_counter() - begin
            transaction.set_rollback(True)
        if report.refused or report.added != report.rows or not report.rows:
            raise SystemExit(f"Of {report.rows} rows of {name} {report.added} were added, {report.refused} refused.")
        return report.rows / seconds

    rows_a_second(beginning)  # what is slow the first time only
    with patch("guides.importing.write.add_items", one_by_one):
        single = rows_a_second(beginning)
    read = rows_a_second(whole, dry_run=True)
    imported = rows_a_second(whole)
    return [
        Result(f"import {name}, beside publishing its items one by one", imported, "rows/s", single, imported / single),
        Result(f"import {name}, beside a dry run", imported, "rows/s", read, imported / read),
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps([vars(result) for result in in_this_process(sys.argv[1])]))
