"""`manage.py load_demo`: fill the provisioned centres with the demo's content and accounts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.demo import load_rooms
from sites.demo import loader
from sites.demo_accounts import make_demo_accounts
from sites.models import Centre
from sites.progress import ProgressLines


class Command(BaseCommand):
    help = "Fill the provisioned centres with the demo's content, dated relative to today."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Centre.objects.exists():
            raise CommandError(_("There are no centres yet: run `manage.py provision` first."))
        if loader.is_loaded():
            self.stdout.write(_("The demo's content is there already."))
            return
        with transaction.atomic():
            progress = ProgressLines(self.stderr)
            number = loader.load(timezone.localdate(), progress)
            load_rooms(timezone.localdate(), progress)
            make_demo_accounts(settings.DEMO_PASSWORD)
        self.stdout.write(_("%(number)d articles loaded.") % {"number": number})
