"""Which fields of this room's models exist in Chinese and English."""

from modeltranslation.translator import TranslationOptions, register

from core.models import BasePage, CalendarDay, Picture


@register(BasePage)
class BasePageTranslation(TranslationOptions):
    fields = ("title", "seo_title", "search_description")
    required_languages = {"zh-hans": ("title",)}


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("description",)


@register(CalendarDay)
class CalendarDayTranslation(TranslationOptions):
    fields = ("name",)
