"""What a text is found by: its terms, and how its Chinese sounds. Both engines index exactly these.

Chinese gives overlapping pairs of characters; the last character of a run stands alone, so that every character
begins a term and one character finds all texts that hold it, by the beginnings of terms. English gives the stems of
its words, codes are kept whole and in their parts, document numbers are terms of their own.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal
from snowballstemmer import stemmer

from search.normalise import HAN, document_number_terms, normalise

# An index made by another version of this analysis has to be made again.
VERSION = 1

_TOKEN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*(?:[-./_][^\W_{HAN}]+)*)")
_PART = re.compile(rf"[^\W_{HAN}]+")
_HAN_RUN = re.compile(rf"[{HAN}]+")

# British and American spellings of words that official English uses; the stems of both are the same.
_SPELLINGS = (
    (re.compile(r"licenc"), "licens"),
    (re.compile(r"(?<=[a-z]{3})is(?=e[ds]?$|ing$|ation|er)"), "iz"),
    (re.compile(r"centre"), "center"),
    (re.compile(r"labour"), "labor"),
    (re.compile(r"enrol(?=$|ment)"), "enroll"),
    (re.compile(r"fulfil(?=$|ment)"), "fulfill"),
    (re.compile(r"programme"), "program"),
    (re.compile(r"cheque"), "check"),
    (re.compile(r"tyre"), "tire"),
    (re.compile(r"(?<=cancel)l(?=ed|ing|ation)"), ""),
)

# Words of one family that the stemmer leaves apart; people use either in front of a counter.
_FAMILIES = {
    "registr": "regist",
    "applic": "appli",
    "permiss": "permit",
    "marriag": "marri",
    "payment": "pay",
    "lost": "loss",
    "lose": "loss",
    "identif": "ident",
    "identifi": "ident",
    "driver": "drive",
    "taxat": "tax",
    "born": "birth",
    "die": "death",
    "dead": "death",
    "advertis": "advert",
}

_english = stemmer("english")


class Token(NamedTuple):
    """A term with its place in the normalised text."""

    term: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a normalised English word; a number or code as it is."""
    word = word.replace("’", "'").removesuffix("'s").replace("'", "")
    if not word.isascii() or not word.isalpha():
        return word
    for spelling, other in _SPELLINGS:
        word = spelling.sub(other, word)
    result = _english.stemWord(word)
    return _FAMILIES.get(result, result)


def tokens(text: str) -> Iterator[Token]:
    """The terms of a normalised text, in its order; document numbers come last."""
    for match in _TOKEN.finditer(text):
        start = match.start()
        if run := match["han"]:
            last = len(run) - 1
            for place in range(last):
                yield Token(run[place : place + 2], start + place, start + place + 2)
            yield Token(run[last], start + last, start + last + 1)
        else:
            yield from _word_tokens(match["word"], start)
    for term, start, end in document_number_terms(text):
        yield Token(term, start, end)


def _word_tokens(word: str, start: int) -> Iterator[Token]:
    """A word's stem; of a word of several parts each part's, and the whole where it is a code."""
    parts = list(_PART.finditer(word.replace("’", "'").replace("'", "’"))) if re.search(r"[-./_]", word) else []
    if not parts:
        yield Token(stem(word), start, start + len(word))
        return
    if any(character.isdigit() for character in word):
        yield Token("".join(part.group() for part in parts), start, start + len(word))
    for part in parts:
        yield Token(stem(part.group()), start + part.start(), start + part.end())


def terms(text: str) -> str:
    """The terms of an original text, divided by spaces, as an engine stores them."""
    return " ".join(token.term for token in tokens(normalise(text)))


def english_words(text: str) -> set[str]:
    """The words in Latin letters of an original text, for correcting slips: what people type is a word, not a stem."""
    return {
        part
        for match in _TOKEN.finditer(normalise(text))
        if match["word"]
        for part in _PART.findall(match["word"])
        if len(part) > 2 and part.isascii() and part.isalpha()
    }


# -- Sound --------------------------------------------------------------------------


# What many in the south-west of China say alike, and so type alike: 执造 for 执照.
_ALIKE = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"(?<=[ei])ng$"), "n"))


@lru_cache(maxsize=2_000)
def heard(syllable: str) -> str:
    """A syllable as it is compared."""
    for sound, other in _ALIKE:
        syllable = sound.sub(other, syllable)
    return syllable


@lru_cache(maxsize=20_000)
def syllables(run: str) -> tuple[str, ...]:
    """How a run of Chinese characters sounds, without tones and what sounds alike as one."""
    return tuple(heard(each) for each in lazy_pinyin(run, style=Style.NORMAL, errors="ignore", v_to_u=False))


def sounds(text: str) -> str:
    """The syllables of all Chinese in an original text, divided by spaces; 0 divides runs."""
    return " 0 ".join(" ".join(syllables(run)) for run in _HAN_RUN.findall(normalise(text)))


def initials(text: str) -> str:
    """The first letters of the syllables, divided by spaces: `y y z z` for 营业执照."""
    return " 0 ".join(" ".join(each[0] for each in syllables(run)) for run in _HAN_RUN.findall(normalise(text)))


@cache
def known_syllables() -> frozenset[str]:
    """All syllables of Mandarin, without tones."""
    readings = {reading for entry in PINYIN_DICT.values() for reading in entry.split(",")}
    return frozenset(plain for reading in readings if (plain := to_normal(reading)).isascii() and plain.isalpha())


def split_syllables(letters: str) -> tuple[str, ...] | None:
    """Letters as the fewest syllables that they can be, as `syllables` has them: yingyezhizhao → yin ye zi zao.

    None where they are none.
    """
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(letters) + 1):
        found = None
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is None or letters[start:end] not in known_syllables():
                continue
            if found is None or len(before) + 1 < len(found):
                found = (*before, letters[start:end])
        best.append(found)
    spelled = best[-1]
    return spelled and tuple(heard(each) for each in spelled)
