"""The blocks of an article's or a column's text. Their templates are the theme's."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TABLE_OPTIONS = {
    "contextMenu": [
        "row_above",
        "row_below",
        "---------",
        "col_left",
        "col_right",
        "---------",
        "remove_row",
        "remove_col",
        "---------",
        "undo",
        "redo",
    ]
}
PARAGRAPH_FEATURES = ["bold", "ol", "ul", "link", "document-link", "superscript", "subscript"]


class HeadingBlock(blocks.StructBlock):
    """A heading inside a text; the page's own title is the first level."""

    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=pgettext_lazy("of a heading", "Level"),
        choices=[("2", pgettext_lazy("level of a heading", "Section")), ("3", _("Part of a section"))],
        default="2",
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "themes/blocks/heading.html"


class ImageBlock(blocks.StructBlock):
    """A picture. A picture that tells something must say it in words too."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative_text = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=255,
        help_text=_("What the picture shows, for people who can't see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=255, required=False)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "themes/blocks/image.html"


class AttachmentBlock(blocks.StructBlock):
    """A file to download; its type and size are shown beside the title."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), max_length=160, required=False, help_text=_("Left empty: the document's own title.")
    )

    class Meta:
        label = _("Attachment")
        icon = "doc-full"
        template = "themes/blocks/attachment.html"


class QuotationBlock(blocks.StructBlock):
    """Somebody's words, with whose they are."""

    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(label=_("Attribution"), max_length=160, required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "themes/blocks/quotation.html"


class BodyBlock(blocks.StreamBlock):
    """The text of a page: headings, paragraphs, pictures, tables, files and quotations, in any order."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"), features=PARAGRAPH_FEATURES, icon="pilcrow", template="themes/blocks/paragraph.html"
    )
    image = ImageBlock()
    table = TableBlock(label=_("Table"), icon="table", table_options=TABLE_OPTIONS, template="themes/blocks/table.html")
    attachment = AttachmentBlock()
    quotation = QuotationBlock()
