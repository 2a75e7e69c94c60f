"""`manage.py adopt_catalogue --division CODE (--all | --department D | --item CODE)`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from guides.adoption import adopt, below
from guides.models import Adoption, CatalogueItem
from sites.models import Centre, Department


class Command(BaseCommand):
    help = "Have a centre adopt items of the catalogue of its level: all, those of a department, or one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--division", required=True, metavar="CODE", help="the code of the centre's division")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--all", action="store_true", help="the whole catalogue of the centre's level")
        what.add_argument("--department", metavar="CODE", help="the items of a department")
        what.add_argument("--item", metavar="CODE", help="one item; a main item or sub-item stands for all below it")

    def handle(self, *args: Any, division: str, department: str | None, item: str | None, **options: Any) -> None:
        centre = Centre.objects.select_related("division").filter(division=division).first()
        if centre is None:
            raise CommandError(_("There is no centre of a division with the code %(code)s.") % {"code": division})
        items = CatalogueItem.objects.all()
        if department is not None:
            if not Department.objects.filter(code=department).exists():
                raise CommandError(_("There is no department with the code %(code)s.") % {"code": department})
            items = items.filter(department__code=department)
        elif item is not None:
            found = CatalogueItem.objects.filter(code=item).first()
            if found is None:
                raise CommandError(_("There is no item with the code %(code)s.") % {"code": item})
            items = below(found)
        made = adopt(centre, items)
        self.stdout.write(
            _("%(made)d items adopted; the centre now has %(all)d.")
            % {"made": made, "all": Adoption.objects.filter(centre=centre).count()}
        )
