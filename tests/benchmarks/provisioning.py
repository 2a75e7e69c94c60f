"""Pages in bulk beside `add_child`, and the whole province beside the same pages with `add_child`.

Everything runs in one process on one empty database with the product's settings. What the bulk
insertion does more (a published revision with its log entries, references, the search index)
counts against it; the second baseline publishes its pages too.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable

from tests.benchmarks.measure import PROJECT_DIR, Result, empty_data_dir, environment

HOMES = 170


def measure() -> list[Result]:
    """Run this module in a process of its own, as it needs a database of its own."""
    with empty_data_dir() as data_dir:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.provisioning"],
            cwd=PROJECT_DIR,
            env=environment(data_dir),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
    return [Result(**row) for row in json.loads(answer)]


def in_this_process() -> list[Result]:
    """Milliseconds a page of each way; the ratios say how many times less time the first way takes."""
    import django

    django.setup()

    from django.db import transaction

    from core.models import BasePage
    from sites.bulk_pages import add_pages
    from sites.columns import columns_in_force
    from sites.models import Centre, ColumnPage, DivisionFolder, HomePage
    from sites.provisioning import provision
    from sites.scale_data import DIVISIONS
    from sites.tests.reference import add_page

    columns = columns_in_force("county")
    Pairs = list[tuple[BasePage, BasePage]]

    def tree(add: Callable[[Pairs], None]) -> None:
        """Homes with their columns below one folder."""
        folder = DivisionFolder(title_zh_hans="四川省", title_en="Sichuan Province", slug="folder")
        add([(BasePage.get_first_root_node(), folder)])
        homes = [
            HomePage(title_zh_hans=f"第{n}政务服务中心", title_en=f"Service Centre {n}", slug=f"{n}")
            for n in range(HOMES)
        ]
        add([(folder, home) for home in homes])
        add(
            [
                (
                    home,
                    ColumnPage(
                        title_zh_hans=column.name_zh_hans,
                        title_en=column.name_en,
                        slug=column.slug,
                        column_key=column.key,
                    ),
                )
                for home in homes
                for column in columns
            ]
        )

    def with_add_child(pairs: Pairs) -> None:
        for parent, page in pairs:
            parent.add_child(instance=page)

    def with_add_child_and_publish(pairs: Pairs) -> None:
        for parent, page in pairs:
            add_page(parent, page)

    def milliseconds_a_page(add: Callable[[Pairs], None]) -> float:
        with transaction.atomic():
            before = BasePage.objects.count()
            begin = time.perf_counter()
            tree(add)
            seconds = time.perf_counter() - begin
            pages = BasePage.objects.count() - before
            transaction.set_rollback(True)
        if pages < 1000:
            raise SystemExit(f"The baseline has only {pages} pages.")
        return seconds * 1000 / pages

    alone = milliseconds_a_page(with_add_child)
    published = milliseconds_a_page(with_add_child_and_publish)
    bulk = milliseconds_a_page(add_pages)
    begin = time.perf_counter()
    before = BasePage.objects.count()
    provision(DIVISIONS)
    seconds = time.perf_counter() - begin
    whole = seconds * 1000 / (BasePage.objects.count() - before)
    return [
        Result("bulk pages, beside add_child", bulk, "ms/page", alone, alone / bulk),
        Result("bulk pages, beside add_child and publish", bulk, "ms/page", published, published / bulk),
        Result(
            f"provision {Centre.objects.count()} centres with everything, beside add_child of the pages alone",
            whole,
            "ms/page",
            alone,
            alone / whole,
        ),
        Result("provision all centres", seconds, "s"),
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps([vars(result) for result in in_this_process()]))
