"""Model fields of the project's own."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from core.language import lacks_english


class LacksEnglishField(models.CharField):
    """Says which translated fields of its row lack English, separated by spaces; empty when none does.

    Set whenever the row is saved, so that lists and sitemaps ask the database instead of
    comparing thousands of texts.
    """

    def __init__(self, *args: Any, translated: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.translated = translated
        super().__init__(*args, **{"max_length": 60, "blank": True, "editable": False, "db_index": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "translated": self.translated}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = " ".join(field for field in self.translated if lacks_english(model_instance, field))
        setattr(model_instance, self.attname, value)
        return value
