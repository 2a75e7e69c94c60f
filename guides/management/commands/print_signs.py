"""`manage.py print_signs --division CODE --language zh-hans|en --out DIR`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.language import LANGUAGE_TAGS
from guides.printing import sheets_of
from sites.models import Centre


class Command(BaseCommand):
    help = "Write a centre's window signs, first-responder sign and notice board as PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--division", required=True, metavar="CODE", help="the code of the centre's division")
        parser.add_argument("--language", required=True, metavar="|".join(LANGUAGE_TAGS), help="of the sheets")
        parser.add_argument("--out", required=True, metavar="DIR", help="where the files go; made if it isn't there")

    def handle(self, *args: Any, division: str, language: str, out: str, **options: Any) -> None:
        centre = Centre.objects.select_related("division__parent__parent").filter(division=division).first()
        if centre is None:
            raise CommandError(_("There is no centre of a division with the code %(code)s.") % {"code": division})
        if language not in LANGUAGE_TAGS:
            raise CommandError(
                _("There is no language “%(language)s”; sheets are printed in %(languages)s.")
                % {"language": language, "languages": ", ".join(LANGUAGE_TAGS)}
            )
        found = sheets_of(centre, language)
        now = timezone.now()
        try:
            folder = Path(out)
            folder.mkdir(parents=True, exist_ok=True)
            for sheet in found.sheets:
                (folder / sheet.file_name).write_bytes(sheet.pdf(now))
                self.stdout.write(str(folder / sheet.file_name))
        except OSError as error:
            raise CommandError(_("%(folder)s can't be written: %(error)s") % {"folder": out, "error": error}) from error
        for finding in found.findings:
            self.stderr.write(finding)
        self.stdout.write(
            _("%(sheets)d sheets written; %(findings)d things are missing.")
            % {"sheets": len(found.sheets), "findings": len(found.findings)}
        )
