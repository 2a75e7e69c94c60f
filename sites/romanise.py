"""Chinese characters of place names to Hanyu Pinyin and to ASCII.

Spelling: 中国地名汉语拼音字母拼写规则（汉语地名部分）, 1984. The specific part of a name is one word with one capital
letter, without tone marks; an apostrophe stands before a syllable that begins with a, o or e.
"""

import csv
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


class NoReadingError(ValueError):
    """The text has characters without a reading, such as letters, digits or signs."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"no pinyin reading for {characters!r}")
        self.characters = characters


@cache
def corrections() -> dict[str, list[str]]:
    """Reviewed readings, text to syllables, from data/pinyin-corrections.csv.

    A single character there is the reading it has in Sichuan's place names; a longer text wins over its characters.
    """
    with (DATA / "pinyin-corrections.csv").open(encoding="utf-8", newline="") as file:
        table = {row["text"]: row["reading"].split() for row in csv.DictReader(file)}
    for text, reading in table.items():
        if len(text) != len(reading):
            raise ValueError(f"pinyin-corrections.csv: {text} needs {len(text)} syllables, not {len(reading)}")
    return table


def syllables(text: str) -> list[str]:
    """The pinyin of each character, lower case, without tones, with ü.

    Raises NoReadingError when a character has none.
    """
    if not text:
        return []
    # Loading its dictionaries costs 0.2 s and 20 MB, which a process that romanises nothing should not pay.
    from pypinyin import Style, lazy_pinyin

    unread: list[str] = []

    def keep(run: str) -> list[str]:
        unread.append(run)
        return [""] * len(run)

    read = lazy_pinyin(text, style=Style.NORMAL, v_to_u=True, errors=keep)  # type: ignore[arg-type]
    if unread or len(read) != len(text):
        raise NoReadingError("".join(unread) or text)
    table = corrections()
    longest = max(map(len, table), default=0)
    at = 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), 0, -1):
            reading = table.get(text[at : at + size])
            if reading:
                read[at : at + size] = reading
                at += size
                break
        else:
            at += 1
    return read


def pinyin_words(text: str) -> str:
    """The pinyin of a text of any kind, without tones and with spaces between; what isn't Chinese stays."""
    from pypinyin import lazy_pinyin  # as in `syllables`

    return " ".join(lazy_pinyin(text))


def joined(read: Sequence[str]) -> str:
    """Syllables as one capitalised word: ["guang", "an"] gives "Guang'an"."""
    word = "".join(f"'{one}" if at and one[0] in "aoe" else one for at, one in enumerate(read))
    return word[:1].upper() + word[1:]


def ascii_letters(text: str) -> str:
    """Only a-z and 0-9, accents dropped: "Sêrxü" gives "serxu". May be empty."""
    folded = unicodedata.normalize("NFKD", text).lower()
    return "".join(one for one in folded if one.isascii() and one.isalnum())
