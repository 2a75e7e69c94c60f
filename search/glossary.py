"""The words that people use and the words of the catalogue: bilingual terms, and everyday wordings of official ones.

A plain object that is passed to `search.queries`; where its entries come from is the caller's matter.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from search.analysis import syllables, tokens
from search.normalise import HAN, normalise

_HAN = re.compile(rf"[{HAN}]+")
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Entry:
    """Wordings that lead to official terms."""

    wordings: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """A part of a query that the glossary knows: its place in the query's words or characters, and what it leads to."""

    start: int
    end: int
    terms: tuple[str, ...]


@dataclass
class Glossary:
    """Entries by their wording, as a query is read: Chinese by its characters, English by the stems of its words."""

    chinese: dict[str, tuple[str, ...]] = field(default_factory=dict)
    english: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    # Official Chinese terms by how they sound, and by the first letters of that.
    by_sound: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    by_initials: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _longest_chinese: int = 0
    _longest_english: int = 0

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Glossary":
        """Make one of entries; a wording that several have leads to the terms of all."""
        result = cls()
        for entry in entries:
            for wording in entry.wordings:
                result._add(normalise(wording), entry.terms)
            for term in entry.terms:
                result._hear(normalise(term))
        return result

    def _hear(self, term: str) -> None:
        # Of two characters nothing is sure by their sound.
        if not _HAN.fullmatch(term) or len(term) < 3:
            return
        sound = syllables(term)
        self.by_sound[sound] = _joined(self.by_sound.get(sound, ()), (term,))
        letters = "".join(each[0] for each in sound)
        self.by_initials[letters] = _joined(self.by_initials.get(letters, ()), (term,))

    def _add(self, wording: str, official: tuple[str, ...]) -> None:
        if not wording:
            return
        if not _HAN.search(wording):
            key = tuple(token.term for token in tokens(wording))
            self.english[key] = _joined(self.english.get(key, ()), official)
            self._longest_english = max(self._longest_english, len(key))
        else:
            key_text = "".join(wording.split())
            self.chinese[key_text] = _joined(self.chinese.get(key_text, ()), official)
            self._longest_chinese = max(self._longest_chinese, len(key_text))

    def spans_of_characters(self, text: str) -> Iterator[Span]:
        """The longest wordings in a normalised run of characters, from the left, none within another."""
        longest = self._longest_chinese
        start = 0
        while start < len(text):
            for end in range(min(len(text), start + longest), start, -1):
                if found := self.chinese.get(text[start:end]):
                    yield Span(start, end, found)
                    start = end
                    break
            else:
                start += 1

    def spans_of_words(self, stems: list[str]) -> Iterator[Span]:
        """The longest wordings in a row of stems, from the left, none within another."""
        longest = self._longest_english
        start = 0
        while start < len(stems):
            for end in range(min(len(stems), start + longest), start, -1):
                if found := self.english.get(tuple(stems[start:end])):
                    yield Span(start, end, found)
                    start = end
                    break
            else:
                start += 1


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


NO_GLOSSARY = Glossary()


def shipped() -> Glossary:
    """The entries that the project ships."""
    return Glossary.of(shipped_entries())


def shipped_entries() -> Iterator[Entry]:
    """Read both files of `search/data`."""
    for row in _rows("glossary-terms.csv"):
        chinese = (row["zh_hans"], *_several(row["also_zh_hans"]))
        english = (row["en"], *_several(row["also_en"]))
        yield Entry(english, (row["zh_hans"], *english))
        # Other Chinese wordings lead to the official one; the official one to its English.
        yield Entry(chinese, (row["zh_hans"], row["en"]))
    for row in _rows("glossary-everyday.csv"):
        yield Entry((row["wording"],), _several(row["terms"]))


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


# -- Places -------------------------------------------------------------------------

# What people leave out of a division's name: 成都 for 成都市.
_RANKS = re.compile("(?<=..)(?:省|市|区|县|自治州|自治县|新区)$")
_ENGLISH_RANKS = re.compile(r" (?:Province|City|District|County|Prefecture|Autonomous .*)$")


def places(divisions: Iterable[tuple[str, str, str]]) -> Glossary:
    """Names of divisions as they are typed, leading to the codes; given are code, Chinese and English name."""
    return Glossary.of(
        Entry(
            tuple(
                name for name in {chinese, _RANKS.sub("", chinese), english, _ENGLISH_RANKS.sub("", english)} if name
            ),
            (code,),
        )
        for code, chinese, english in divisions
    )
