"""Template tags for texts that exist in two languages (docs/languages.md)."""

from django import template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.language import LANGUAGE_TAGS, shown_language, shown_text

register = template.Library()


@register.simple_tag
def bilingual(instance: Model, field: str) -> SafeString | str:
    """`{% bilingual page "title" %}`: the text to show, marked with its language where it isn't the page's."""
    text = shown_text(instance, field) or ""
    language = shown_language(instance, field)
    if language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', LANGUAGE_TAGS[language], text)


@register.filter
def text_lang(instance: Model, field: str) -> str:
    """`lang="{{ page|text_lang:"body" }}"`: the language tag of the text that is shown."""
    return LANGUAGE_TAGS[shown_language(instance, field)]


@register.filter
def text(instance: Model, field: str) -> str:
    """`{{ page|text:"title" }}`: the text to show, plain, for attributes."""
    return shown_text(instance, field) or ""
