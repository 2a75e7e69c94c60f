"""Printed sheets as PDF: a typst source of the theme, filled with data; Chinese fonts embedded as a subset."""

import json
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

SHEETS = settings.PROJECT_DIR / "themes" / "print"
# What printers in China and Japan have always set for a character that they have no type for.
SUBSTITUTE = "〓"


# -- Fonts ------------------------------------------------------------------------------------------


def font_files() -> tuple[Path, Path]:
    """Noto Sans SC and Noto Serif SC (regular), of the pinned package alone: every machine sets the same sheet."""
    return Path(pylopdf_fonts_zh_cn.sans_path()), Path(pylopdf_fonts_zh_cn.serif_path())


@cache
def fonts() -> typst.Fonts:
    """The fonts that sheets are set in."""
    folder = font_files()[0].parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def characters_in(font: bytes) -> set[str]:
    """The characters that an OpenType font has, by the table that lists all of Unicode (`cmap`, format 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    offsets = {tag: offset for tag, _, offset, _ in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * tables])}
    cmap = offsets[b"cmap"]
    subtables = struct.unpack_from(">H", font, cmap + 2)[0]
    found: set[str] = set()
    for _, _, offset in struct.iter_unpack(">HHI", font[cmap + 4 : cmap + 4 + 8 * subtables]):
        start = cmap + offset
        if struct.unpack_from(">H", font, start)[0] == 12:
            groups = struct.unpack_from(">I", font, start + 12)[0]
            for first, last, _ in struct.iter_unpack(">III", font[start + 16 : start + 16 + 12 * groups]):
                found.update(map(chr, range(first, last + 1)))
    return found


@cache
def known_characters() -> frozenset[str]:
    """What both fonts have: all Chinese characters of GB 18030-2000 (27,484) and a few hundred rarer ones."""
    sans, serif = (characters_in(path.read_bytes()) for path in font_files())
    return frozenset(sans & serif)


# -- Text -------------------------------------------------------------------------------------------


def substitutes(text: str) -> dict[str, str]:
    """What stands for each character of a text that the fonts lack: nothing for what is invisible, else 〓."""
    result = {}
    for character in set(text) - known_characters() - {"\n"}:
        category = unicodedata.category(character)
        if category in ("Zs", "Zl", "Zp") or character == "\t":
            result[character] = " "
        elif category in ("Cc", "Cf") or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
            result[character] = ""
        else:
            result[character] = SUBSTITUTE
    return result


def settable(text: str) -> str:
    """A text of characters that the fonts have, composed (NFC)."""
    text = unicodedata.normalize("NFC", text)
    return text.translate({ord(character): substitute for character, substitute in substitutes(text).items()})


def lacking_characters(data: Any) -> list[str]:
    """The characters in the texts of a sheet's data in whose place 〓 is printed."""
    lacking = set()
    for text in texts_in(data):
        found = substitutes(unicodedata.normalize("NFC", text))
        lacking |= {character for character, substitute in found.items() if substitute == SUBSTITUTE}
    return sorted(lacking)


def texts_in(data: Any) -> Iterator[str]:
    """Every text that a sheet's data holds, at any depth."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from texts_in(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts_in(value)


def made_settable(data: Any) -> Any:
    """The same data with `settable` texts."""
    if isinstance(data, str):
        return settable(data)
    if isinstance(data, dict):
        return {key: made_settable(value) for key, value in data.items()}
    return [made_settable(value) for value in data] if isinstance(data, list) else data


# -- Sheets -----------------------------------------------------------------------------------------


def typeset(
    sheet: str,
    data: Mapping[str, Any],
    *,
    timestamp: datetime | None = None,
    form: Literal["pdf", "png", "svg"] = "pdf",
    standard: Literal["ua-1"] | None = None,
) -> bytes:
    """Set a sheet of `themes/print/` (`sheet` is its name without `.typ`) with data that JSON can hold.

    The source reads the data with `json(bytes(sys.inputs.data))`, so no text is ever taken for markup; for a character
    that the fonts lack, 〓 is printed. `timestamp` is the moment that a PDF says it was made; with the same data and
    moment the bytes are the same. `standard` has typst hold a PDF to PDF/UA-1 (ISO 14289-1). Raises typst.TypstError
    for a source that doesn't compile or breaks the standard. A png or svg is of the first page.
    """
    plain = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    result = typst.compile(
        str(SHEETS / f"{sheet}.typ"),
        root=str(SHEETS),
        font_paths=fonts(),
        format=form,
        sys_inputs={"data": json.dumps(made_settable(plain), ensure_ascii=False)},
        timestamp=int(timestamp.timestamp()) if timestamp else None,
        pdf_standards=standard or [],
    )
    return result[0] if isinstance(result, list) else result
