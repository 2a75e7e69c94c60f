"""Template tags for pictures in the forms and sizes of `core.pictures`."""

from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import Filter
from wagtail.images.models import Picture as PictureElement
from wagtail.images.shortcuts import get_renditions_or_not_found

from core.models import Picture
from core.pictures import SIZES, SPECS

register = template.Library()


@register.simple_tag
def responsive_picture(picture: Picture, text: str, **attributes: str) -> SafeString:
    """`{% responsive_picture page.picture text loading="lazy" %}`: a `<picture>` with `text` for people who can't see it."""
    renditions = get_renditions_or_not_found(picture, [Filter(spec=spec) for spec in SPECS])
    return PictureElement(renditions, {"alt": text, "sizes": SIZES, "decoding": "async", **attributes}).__html__()
