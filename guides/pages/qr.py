"""QR codes as inline SVG."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(address: str) -> SafeString:
    """The QR code of an address, in the size that the stylesheet gives it; the address stands beside it in words."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(border=3, light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def qr_drawing(address: str) -> str:
    """The same as an SVG file, for printed sheets."""
    buffer = BytesIO()
    segno.make(address, error="m", micro=False).save(buffer, kind="svg", border=0)
    return buffer.getvalue().decode()
