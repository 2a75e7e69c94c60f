"""`python -m tests.benchmarks [--folder F] [name …]`: all measurements, or the named ones."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import gettempdir

from tests.benchmarks import adoption, imports, pages, provisioning, serving
from tests.benchmarks.measure import machine, say

NAMES = ("provisioning", "adoption", "imports", "pages", "serving")


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.benchmarks", description="Measure: one JSON object a line.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"which: {', '.join(NAMES)}; all of them without")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(gettempdir()) / "yizhan-benchmarks",
        help="where the groups of 5 and of all sites are kept for the next time",
    )
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    sys.stdout.write(f"{machine()}\n")
    sys.stdout.flush()
    for name in options.names or NAMES:
        say(f"Measuring {name} …")
        if name == "provisioning":
            results = provisioning.measure()
        elif name == "adoption":
            results = adoption.measure()
        elif name == "imports":
            results = imports.measure()
        elif name == "pages":
            results = pages.measure(options.folder)
        else:
            results = serving.measure(options.folder)
        for result in results:
            sys.stdout.write(f"{result.line()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
