"""A command that takes a whole file or, where the file has faults, nothing of it."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Fault(Protocol):
    """What is wrong in a line."""

    @property
    def line(self) -> int: ...
    @property
    def message(self) -> str: ...


class FileReport(Protocol):
    """What a run did, or would do."""

    @property
    def errors(self) -> Sequence[Fault]: ...

    def as_dict(self) -> dict[str, Any]: ...


class FileCommand(BaseCommand):
    """`--dry-run` only tells; `--format json` tells programs. Exit 1 where the file has faults, each with its line."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the CSV file, in UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def take(self, **options: Any) -> FileReport:
        """Take the file, or only say what taking it would do."""
        raise NotImplementedError

    def write_text(self, report: Any, dry_run: bool) -> None:
        """Tell people what was done with a file without faults."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        report = self.take(**options)
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
            if report.errors:
                sys.exit(1)
            return
        if report.errors:
            for error in report.errors:
                self.stderr.write(_("Line %(line)d: %(message)s") % {"line": error.line, "message": error.message})
            raise CommandError(
                ngettext(
                    "The file has %(number)d error; nothing was changed.",
                    "The file has %(number)d errors; nothing was changed.",
                    len(report.errors),
                )
                % {"number": len(report.errors)}
            )
        self.write_text(report, options["dry_run"])
