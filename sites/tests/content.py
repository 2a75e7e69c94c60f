"""Content for tests: articles with pictures and files, as an editor would make them."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image

from core.models import Attachment, Picture
from sites.models import ArticlePage, Centre, ColumnPage
from sites.tests.reference import add_page


def column_page(centre: Centre, key: str) -> ColumnPage:
    return ColumnPage.objects.child_of(centre.home).get(column_key=key)


def add_picture(centre: Centre, **fields: Any) -> Picture:
    """A picture of one colour in the centre's own collection."""
    buffer = BytesIO()
    Image.new("RGB", (1000, 600), "steelblue").save(buffer, "PNG")
    fields = {"title": "hall", "description_zh_hans": "大厅", "description_en": "The hall", **fields}
    return Picture.objects.create(
        file=ImageFile(BytesIO(buffer.getvalue()), name="hall.png"), collection=centre.collection, **fields
    )


def add_attachment(centre: Centre, title: str = "申请表") -> Attachment:
    return Attachment.objects.create(
        title=title, file=ContentFile(b"%PDF-1.4 form", name="form.pdf"), collection=centre.collection
    )


def paragraph(text: str) -> tuple[str, Any]:
    from wagtail.rich_text import RichText

    return ("paragraph", RichText(f"<p>{text}</p>"))


def add_article(centre: Centre, title: str, english: str = "", column: str = "news", **fields: Any) -> ArticlePage:
    """A published article with a text in Chinese, and in English where it has an English title."""
    fields.setdefault("body_zh_hans", [paragraph(f"{title}的内容")])
    if english:
        fields.setdefault("body_en", [paragraph(f"The text of {english}")])
    article = ArticlePage(title_zh_hans=title, title_en=english, **fields)
    return add_page(column_page(centre, column), article)
