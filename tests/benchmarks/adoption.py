"""Adopting a catalogue in bulk beside saving adoptions one by one, in one process on one database."""

import json
import subprocess
import sys
import time

from tests.benchmarks.measure import PROJECT_DIR, Result, empty_data_dir, environment, manage

ITEMS = 300
SITES = 260  # the first divisions in the order of their codes: some twenty counties among them
SAVED_ONE_BY_ONE = 3  # centres


def measure() -> list[Result]:
    """Run this module in a process of its own, as it needs a database of its own."""
    with empty_data_dir() as data_dir:
        if manage(data_dir, "make_scale_data", f"--sites={SITES}", f"--items={ITEMS}"):
            raise SystemExit("The data for the measurement can't be made.")
        answer = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.adoption"],
            cwd=PROJECT_DIR,
            env=environment(data_dir),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
    return [Result(**row) for row in json.loads(answer)]


def in_this_process() -> list[Result]:
    """Microseconds an adoption of each way; the ratio says how many times less time the bulk takes."""
    import django

    django.setup()

    from django.db import transaction

    from guides.adoption import adopt_everywhere, adoptable_items
    from guides.models import Adoption
    from sites.models import Centre

    centres = list(Centre.objects.filter(division__level="county").select_related("division"))
    items = list(adoptable_items("county"))

    def microseconds(adopt, among: list[Centre]) -> float:
        with transaction.atomic():
            Adoption.objects.all().delete()
            begin = time.perf_counter()
            adopt(among)
            seconds = time.perf_counter() - begin
            number = Adoption.objects.count()
            transaction.set_rollback(True)
        if number != len(among) * len(items):
            raise SystemExit(f"{number} adoptions instead of {len(among) * len(items)}.")
        return seconds * 1e6 / number

    def one_by_one(among: list[Centre]) -> None:
        for centre in among:
            for item in items:
                Adoption(centre=centre, item=item).save()

    def in_bulk(among: list[Centre]) -> None:
        adopt_everywhere(among, lambda done, total: None)

    single = microseconds(one_by_one, centres[:SAVED_ONE_BY_ONE])
    bulk = microseconds(in_bulk, centres)
    return [Result("adopting in bulk, beside saving one by one", bulk, "µs/adoption", single, single / bulk)]


if __name__ == "__main__":
    sys.stdout.write(json.dumps([vars(result) for result in in_this_process()]))
