"""The two languages: which one a text is in, what lacks English, and the address of the other language."""

import re
from typing import Any

from django.db.models import Model
from django.utils.translation import get_language

CHINESE = "zh-hans"
ENGLISH = "en"
# What goes into HTML's lang attribute (BCP 47) for each language of the settings.
LANGUAGE_TAGS = {CHINESE: "zh-Hans", ENGLISH: "en"}

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def is_chinese(text: str) -> bool:
    """Whether a text holds at least one Chinese character."""
    return bool(_HAN.search(text))


def has_english(instance: Model, field: str) -> bool:
    """Whether a translated field has an English text of its own.

    An English text that equals the Chinese counts as missing: somebody copied it over.
    """
    english = getattr(instance, f"{field}_en")
    return bool(english) and english != getattr(instance, f"{field}_zh_hans")


def shown_language(instance: Model, field: str) -> str:
    """The language code of the text that `instance.field` shows now: Chinese stands in for missing English."""
    if get_language() == ENGLISH and has_english(instance, field):
        return ENGLISH
    return CHINESE


def shown_text(instance: Model, field: str) -> Any:
    """The text to show now: the reader's language where it has one of its own, else the Chinese."""
    suffix = "en" if shown_language(instance, field) == ENGLISH else "zh_hans"
    return getattr(instance, f"{field}_{suffix}")


def path_in_language(path: str, language: str) -> str:
    """The same address in another language: Chinese has no prefix, English lives under /en/."""
    bare = path[3:] if path == "/en" or path.startswith("/en/") else path
    bare = bare or "/"
    return f"/en{bare}" if language == ENGLISH else bare
