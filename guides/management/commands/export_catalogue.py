"""`manage.py export_catalogue --format xlsx|csv|jsonl --output FILE`: the catalogue, or what one centre has adopted."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from guides.exporting import FORMATS, ExportError, export_items
from guides.models import CatalogueItem
from sites.models import Centre


class Command(BaseCommand):
    help = "Write the catalogue with all that hangs on it; with a division, what its centre adopted and its own facts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--division", default="", metavar="CODE", help="only the items that its centre adopted")
        parser.add_argument("--output", required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        items = CatalogueItem.objects.all()
        centre = None
        if options["division"]:
            centre = Centre.objects.filter(division=options["division"]).first()
            if centre is None:
                raise CommandError(
                    _("There is no centre of a division with the code %(code)s.") % {"code": options["division"]}
                )
            items = items.filter(adoptions__centre=centre)
        # Written aside and moved into place: what fails leaves no half a file behind.
        target = Path(options["output"])
        unfinished = target.with_name(target.name + ".part")
        try:
            with unfinished.open("wb") as output:
                number = export_items(items, options["format"], output, centre)
            unfinished.replace(target)
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}") from None
        except ExportError as error:
            raise CommandError(str(error)) from None
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(_("%(number)d items written to %(file)s.") % {"number": number, "file": target})
