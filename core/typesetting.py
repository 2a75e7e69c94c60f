"""Printed sheets as PDF: a typst source of the theme, filled with data; Chinese fonts embedded as a subset."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

SHEETS = settings.PROJECT_DIR / "themes" / "print"


@cache
def fonts() -> typst.Fonts:
    """Noto Sans SC and Noto Serif SC (regular), of the pinned package alone: every machine sets the same sheet."""
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def typeset(
    sheet: str,
    data: Mapping[str, Any],
    *,
    timestamp: datetime | None = None,
    form: Literal["pdf", "png", "svg"] = "pdf",
) -> bytes:
    """Set a sheet of `themes/print/` (`sheet` is its name without `.typ`) with data that JSON can hold.

    The source reads the data with `json(bytes(sys.inputs.data))`, so no text is ever taken for markup. `timestamp`
    is the moment that a PDF says it was made; with the same data and moment the bytes are the same. Raises
    typst.TypstError for a source that doesn't compile. A png or svg is of the first page.
    """
    result = typst.compile(
        str(SHEETS / f"{sheet}.typ"),
        root=str(SHEETS),
        font_paths=fonts(),
        format=form,
        sys_inputs={"data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)},
        timestamp=int(timestamp.timestamp()) if timestamp else None,
    )
    return result[0] if isinstance(result, list) else result
