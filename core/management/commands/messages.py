"""`manage.py messages`: the catalogue's list of texts is brought up to date with the code."""

from typing import Any

from django.core.management.base import BaseCommand

from core.messages import compile_catalogues, update_source


class Command(BaseCommand):
    help = "Bring locale/ up to date with the texts of the code, and list those that lack Chinese."

    def handle(self, *args: Any, **options: Any) -> None:
        lacking = [message.id for message in update_source() if message.id and not message.string]
        compile_catalogues()
        for text in lacking:
            self.stdout.write(f"no Chinese yet: {text}")
        self.stdout.write(f"{len(lacking)} texts lack Chinese." if lacking else "Every text has its Chinese.")
