"""The two languages: which one a text is in, what lacks English, and the address of the other language."""

import re
from typing import Any

from django.db.models import Model
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.blocks import StreamValue

CHINESE = "zh-hans"
ENGLISH = "en"
# What goes into HTML's lang attribute (BCP 47) for each language of the settings.
LANGUAGE_TAGS = {CHINESE: "zh-Hans", ENGLISH: "en"}
# What lies outside the addresses of the two languages (core.urls).
WITHOUT_LANGUAGE = ("/admin/", "/documents/", "/media/", "/static/")

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def is_chinese(text: str) -> bool:
    """Whether a text holds at least one Chinese character."""
    return bool(_HAN.search(text))


def bare_content(value: Any) -> Any:
    """What a text says, without what the editor's tools add to it: block ids, empty paragraphs, outer space.

    Two texts with equal bare content say the same; falsy bare content says nothing.
    """
    if not isinstance(value, StreamValue):
        return (value or "").strip()
    result = []
    for block in value.get_prep_value():
        content = block["value"]
        if isinstance(content, str):
            if not strip_tags(content).strip():
                continue
            content = _BLOCK_KEY.sub("", content)
        result.append((block["type"], content))
    return result


def has_english(instance: Model, field: str) -> bool:
    """Whether a translated field has an English text of its own.

    An English text that equals the Chinese counts as missing: somebody copied it over.
    """
    english = bare_content(getattr(instance, f"{field}_en"))
    return bool(english) and english != bare_content(getattr(instance, f"{field}_zh_hans"))


def lacks_english(instance: Model, field: str) -> bool:
    """Whether a field has a Chinese text that nobody put into English yet."""
    return bool(bare_content(getattr(instance, f"{field}_zh_hans"))) and not has_english(instance, field)


def shown_language(instance: Model, field: str) -> str:
    """The language code of the text that `instance.field` shows now: Chinese stands in for missing English."""
    if get_language() == ENGLISH and has_english(instance, field):
        return ENGLISH
    return CHINESE


def shown_text(instance: Model, field: str) -> Any:
    """The text to show now: the reader's language where it has one of its own, else the Chinese."""
    suffix = "en" if shown_language(instance, field) == ENGLISH else "zh_hans"
    return getattr(instance, f"{field}_{suffix}")


def marked_text(instance: Model, field: str) -> SafeString | str:
    """The text to show now, marked with its language where that isn't the page's. Line ends become breaks.

    An object that holds one language only, such as the theme's samples, shows what it has.
    """
    if not hasattr(instance, f"{field}_en"):
        return linebreaksbr(getattr(instance, field) or "")
    text = linebreaksbr(shown_text(instance, field) or "")
    language = shown_language(instance, field)
    if not text or language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', LANGUAGE_TAGS[language], text)


def foreign_language(text: str) -> str:
    """The language tag of a Chinese text on an English page; empty for any other. For names that exist once only."""
    return LANGUAGE_TAGS[CHINESE] if get_language() == ENGLISH and is_chinese(text) else ""


def language_of_path(path: str) -> str:
    """The language that an address is in; Chinese where the address doesn't say."""
    return ENGLISH if path == "/en" or path.startswith("/en/") else CHINESE


def path_in_language(path: str, language: str) -> str:
    """The same address in another language: Chinese has no prefix, English lives under /en/.

    Addresses that have no language (the admin, files) lead to the home page.
    """
    bare = path[3:] if language_of_path(path) == ENGLISH else path
    if not bare or bare.startswith(WITHOUT_LANGUAGE):
        bare = "/"
    return f"/en{bare}" if language == ENGLISH else bare
