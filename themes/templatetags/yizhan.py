"""What the theme's templates need beyond Django's own tags. Nothing here asks the database."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from themes.brocade import brocade_svg

register = template.Library()

# Widths in em at the size the navigation is set in, a little generous.
NAV_PADDING = 1.6
NAV_STEP = 6
NAV_FIRST, NAV_LAST = 9, 69
NAME_PIECES = re.compile("(?<=.)(?=人民政府|政务服务中心|便民服务中心)")


@register.simple_tag
def brocade(code: str | None) -> SafeString:
    """The brocade band of a division, as inline SVG."""
    return mark_safe(brocade_svg(code or ""))


@register.simple_tag
def home_address() -> str:
    """The home page in the language in use; needs no context, so error pages can use it too."""
    return "/en/" if get_language() == "en" else "/"


@register.filter
def in_pieces(name: str) -> SafeString:
    """A long official name that breaks where it should: 成都市锦江区 | 人民政府 | 政务服务中心."""
    pieces = [piece for piece in NAME_PIECES.split(str(name or "")) if piece]
    if len(pieces) < 2:
        return format_html("{}", name or "")
    return format_html_join("", '<span class="piece">{}</span>', ((piece,) for piece in pieces))


@register.filter
def tel(number: str) -> str:
    """The number for a tel: link; of several numbers, the first."""
    first = re.split(r"[、,，;；/]| 转", str(number or ""))[0]
    return "tel:" + re.sub(r"[^0-9+]", "", first)


@register.filter
def clock(value: time | str) -> str:
    """An hour of the day as both languages write it here: 09:00."""
    return time_format(value, "H:i") if isinstance(value, time) else str(value or "")


@register.filter
def shape_of_file(document: Any) -> str:
    """The type of a file in a word: PDF, DOCX."""
    extension = getattr(document, "file_extension", "") or str(getattr(document, "filename", "")).rpartition(".")[2]
    return extension.upper() or gettext("file")


@register.filter
def size_of_file(document: Any) -> int | None:
    """The size of a document in bytes, whichever way the object says it; None when unknown."""
    size = getattr(document, "file_size", None)
    return size() if callable(size) else size


@register.filter
def with_headings(row: Iterable[Any], headings: Iterable[Any] | None) -> list[tuple[Any, Any]]:
    """Each cell of a table row with its column's heading, which a phone shows beside it."""
    cells, names = list(row), list(headings or [])
    return [(cell, names[i] if i < len(names) else "") for i, cell in enumerate(cells)]


@register.filter
def listed(value: Any) -> Any:
    """A relation (`window.departments`) or a list, as something to loop over."""
    return value.all() if hasattr(value, "all") else value or []


def text_width(text: str) -> float:
    """About how wide a text is, in em: a Chinese character is one, a Latin letter a bit over a half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.58 for c in str(text))


def _step(width: float) -> int | None:
    """The narrowest of the stylesheet's steps that holds this width; None when even the widest doesn't."""
    for step in range(NAV_FIRST, NAV_LAST + 1, NAV_STEP):
        if width <= step:
            return step
    return None


@register.simple_tag
def navigation_items(columns: Iterable[Any] | None) -> dict[str, Any]:
    """Lay the columns out on one row, by their own length and for any width, without a script.

    Each item gets the class of the narrowest row in which it still fits beside "More"; the stylesheet shows
    it in the row from that width on and in the "More" list below it. So a column that the province renames to
    something long moves under "More" by itself and never makes a second row.
    """
    more = text_width(gettext("More")) + NAV_PADDING + 1.4
    entries = [(gettext("Home"), None), *((_get(c, "title"), c) for c in columns or [])]
    whole = _step(sum(text_width(title) + NAV_PADDING for title, _column in entries))
    used, items = 0.0, []
    for title, column in entries:
        used += text_width(title) + NAV_PADDING
        step = _step(used + more)
        if whole and (step is None or step > whole):
            step = whole  # from this width on all fit and "More" is gone
        items.append(
            {
                "title": title,
                "url": _get(column, "url") if column is not None else home_address(),
                "is_current": _get(column, "is_current") if column is not None else False,
                "is_home": column is None,
                "fits": f"fits-{step}" if step else "fits-never",
            }
        )
    return {"items": items, "whole": f"whole-{whole}" if whole else "whole-never"}


def _get(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, dict) else getattr(item, name, None)


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int) -> str:
    """The query of another page of the same list; keeps the filters and nothing else of the address."""
    parts = [context.get("filters_query", ""), f"page={number}" if number > 1 else ""]
    return "?" + "&".join(part for part in parts if part)


@register.simple_tag
def page_numbers(page: Any) -> list[int | str]:
    """The pages to link to around the current one, with gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
