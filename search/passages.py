"""Cutting a long text into passages, at the ends of its sentences."""

import re
from collections.abc import Iterator

from search.normalise import HAN

# A passage is about as long as a paragraph: an ideograph says as much as three letters.
_CHINESE, _LATIN = 250, 900
_SENTENCE = re.compile(r"[^。！？；!?;\n]*(?:[。！？；\n]+|[!?;]+(?=\s|$)|$)")
_HAN = re.compile(rf"[{HAN}]")


def passages(text: str) -> Iterator[tuple[int, int]]:
    """The places of the passages that make up a text; together they are the whole of it."""
    longest = _CHINESE if len(_HAN.findall(text)) * 3 > len(text) else _LATIN
    start = end = 0
    for match in _SENTENCE.finditer(text):
        if match.end() - start > longest and end > start:
            yield start, end
            start = end
        end = match.end()
        while end - start > 2 * longest:
            yield start, start + longest
            start += longest
    if end > start:
        yield start, end
