"""The light markup of the demo articles, turned into the blocks of an article's body.

## Heading                                  heading
Text with **bold** and [a link](/about/)    paragraph (lines up to the next blank one);
                                            telephone numbers become links
- item  or  1. item                         list, as a paragraph
> text — attribution                        quotation
| a | b |                                   table, the first row is its header;
                                            a second row of | --- | --- | is left out
!picture | alternative text | caption       image
@attachment | title                         attachment
"""

import re
from html import escape
from typing import Any

Block = tuple[str, Any]

_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"- +(.+)")
_NUMBER = re.compile(r"\d+\. +(.+)")
_ADDRESS = re.compile(r"(https?://|tel:|mailto:|/(?!/)|#)")
_TELEPHONE = re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def parse(text: str) -> list[Block]:
    """The blocks of a text in the light markup; ValueError names the line of a fault."""
    blocks: list[Block] = []
    for number, lines in _chunks(text):
        first = lines[0]
        if first.startswith("#"):
            blocks.append(_heading(number, lines))
        elif first.startswith(">"):
            blocks.append(_quotation(number, lines))
        elif first.startswith("|"):
            blocks.append(_table(number, lines))
        elif first.startswith(("!", "@")):
            blocks.append(_reference(number, lines))
        elif _BULLET.fullmatch(first):
            blocks.append(("paragraph", _list(number, lines, _BULLET, "ul")))
        elif _NUMBER.fullmatch(first):
            blocks.append(("paragraph", _list(number, lines, _NUMBER, "ol")))
        else:
            blocks.append(("paragraph", f"<p>{_inline(number, _join(lines))}</p>"))
    return blocks


def _chunks(text: str) -> list[tuple[int, list[str]]]:
    """Runs of lines between blank ones, each with the number of its first line."""
    chunks: list[tuple[int, list[str]]] = []
    current: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line:
            current = []
        elif current:
            current.append(line)
        else:
            current = [line]
            chunks.append((number, current))
    return chunks


def _join(lines: list[str]) -> str:
    """Lines of one paragraph as one: with a space, but none beside a Chinese character."""
    joined = lines[0]
    for line in lines[1:]:
        wide = ord(joined[-1]) >= 0x2E80 or ord(line[0]) >= 0x2E80
        joined += line if wide else f" {line}"
    return joined


def _fault(number: int, what: str) -> ValueError:
    return ValueError(f"line {number}: {what}")


def _inline(number: int, text: str) -> str:
    """Escaped HTML with links and bold type."""
    html, end = "", 0
    for link in _LINK.finditer(text):
        if not _ADDRESS.match(link[2]):
            raise _fault(number, f"unsafe address {link[2]!r}")
        html += _plain(text[end : link.start()])
        html += f'<a href="{escape(link[2])}">{escape(link[1], quote=False)}</a>'
        end = link.end()
    html = _BOLD.sub(r"<b>\1</b>", html + _plain(text[end:]))
    if "**" in html:
        raise _fault(number, "bold type is not closed")
    return html


def _plain(text: str) -> str:
    """Escaped text in which telephone numbers can be dialled."""
    return _TELEPHONE.sub(r'<a href="tel:\g<0>">\g<0></a>', escape(text, quote=False))


def _heading(number: int, lines: list[str]) -> Block:
    if len(lines) > 1:
        raise _fault(number + 1, "a blank line must follow a heading")
    if not lines[0].startswith("## ") or not lines[0][3:].strip():
        raise _fault(number, "a heading is written '## Heading'")
    return "heading", lines[0][3:].strip()


def _quotation(number: int, lines: list[str]) -> Block:
    for offset, line in enumerate(lines):
        if not line.startswith(">"):
            raise _fault(number + offset, "every line of a quotation starts with '>'")
    text = _join([line[1:].strip() or " " for line in lines])
    words, dash, attribution = text.rpartition(" — ")
    if not dash or not words.strip() or not attribution.strip():
        raise _fault(number, "a quotation is written '> text — attribution'")
    return "quotation", {"text": words.strip(), "attribution": attribution.strip()}


def _table(number: int, lines: list[str]) -> Block:
    rows: list[list[str]] = []
    for offset, line in enumerate(lines):
        if not (line.startswith("|") and line.endswith("|") and len(line) > 2):
            raise _fault(number + offset, "a row of a table is written '| a | b |'")
        cells = [cell.strip() for cell in line[1:-1].split("|")]
        if offset == 1 and all(set(cell) == {"-"} for cell in cells):
            continue
        rows.append(cells)
        if len(cells) != len(rows[0]):
            raise _fault(number + offset, "the rows of a table differ in length")
    if len(rows) < 2:
        raise _fault(number, "a table needs a header and a row")
    return "table", rows


def _reference(number: int, lines: list[str]) -> Block:
    """A picture or an attachment."""
    if len(lines) > 1:
        raise _fault(number + 1, "a blank line must follow a picture or an attachment")
    parts = [part.strip() for part in lines[0][1:].split("|")]
    if not _NAME.fullmatch(parts[0]) or not all(parts):
        raise _fault(number, "a picture or an attachment needs a name and its texts")
    if lines[0].startswith("!"):
        if len(parts) != 3:
            raise _fault(number, "a picture is written '!name | alternative text | caption'")
        return "image", {"name": parts[0], "alt": parts[1], "caption": parts[2]}
    if len(parts) != 2:
        raise _fault(number, "an attachment is written '@name | title'")
    return "attachment", {"name": parts[0], "title": parts[1]}


def _list(number: int, lines: list[str], item: re.Pattern[str], tag: str) -> str:
    items = ""
    for offset, line in enumerate(lines):
        match = item.fullmatch(line)
        if not match:
            raise _fault(number + offset, "every line of a list is an item")
        items += f"<li>{_inline(number + offset, match[1])}</li>"
    return f"<{tag}>{items}</{tag}>"
