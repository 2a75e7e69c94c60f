"""Template tags for texts that exist in two languages (docs/languages.md)."""

from django import template
from django.db.models import Model
from django.utils.safestring import SafeString

from core.language import LANGUAGE_TAGS, foreign_language, marked_text, shown_language, shown_text

register = template.Library()


@register.simple_tag
def bilingual(instance: Model, field: str) -> SafeString | str:
    """`{% bilingual page "title" %}`: the text to show, marked with its language where it isn't the page's."""
    return marked_text(instance, field)


@register.filter
def text_lang(instance: Model, field: str) -> str:
    """`lang="{{ page|text_lang:"body" }}"`: the language tag of the text that is shown."""
    return LANGUAGE_TAGS[shown_language(instance, field)]


@register.filter
def text(instance: Model, field: str) -> str:
    """`{{ page|text:"title" }}`: the text to show, plain, for attributes."""
    return shown_text(instance, field) or ""


@register.filter
def foreign_lang(text: str) -> str:
    """`{{ file.title|foreign_lang }}`: the language tag of a name that exists once and isn't in the page's language."""
    return foreign_language(str(text))
