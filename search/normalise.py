"""One writing for each text: full width, case, traditional characters and document numbers in any bracket.

Both engines index and ask what this module returns, so that they agree. Each character is normalised by itself: so an
extract can be cut from the original text (`offsets`).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from opencc_purepy import OpenCC

# Ideographs with extension A and the compatibility ones; what lies beyond the basic plane is in no official name.
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))

_OPEN = r"[\[({〔【〈《「『]"
_CLOSE = r"[\])}〕】〉》」』]"
# 川办发〔2026〕12号 in any bracket; the year may stand without brackets.
_NUMBER_WITH_YEAR = re.compile(
    rf"(?P<agency>[{HAN}]*)\s*(?:{_OPEN}\s*(?P<year>(?:19|20)\d\d)\s*年?\s*{_CLOSE}|(?P<bare>(?:19|20)\d\d)\s+)"
    r"\s*第?\s*(?P<number>\d{1,5})(?:\s*号|(?!\d))"
)
# 川办发12: only a query leaves out the year.
_NUMBER_WITHOUT_YEAR = re.compile(rf"^\s*(?P<agency>[{HAN}]{{1,10}})\s*第?\s*(?P<number>\d{{1,4}})\s*号?\s*$")
# How long an agency's short name with the kind of its document is: 川办发, 成府规, 川市监函 …
_SHORTEST_AGENCY, _LONGEST_AGENCY = 2, 6


@cache
def simplified() -> dict[str, str]:
    """The simplified character of each traditional one."""
    characters = [chr(code) for first, end in _HAN_RANGES for code in range(first, end)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        traditional: simple for traditional, simple in zip(characters, converted, strict=True) if traditional != simple
    }


class _Characters(dict[int, str]):
    """What each character becomes; filled as texts bring them."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        # Casefolding twice: what compatibility takes apart may have capitals.
        text = unicodedata.normalize("NFKC", character.casefold()).casefold()
        self[code] = result = "".join(simplified().get(each, each) for each in text)
        return result


_CHARACTERS = _Characters()


def normalise(text: str) -> str:
    """Half-width, lower case, simplified."""
    return text.translate(_CHARACTERS)


def offsets(text: str) -> list[int]:
    """For each character of the normalised text, and for its end, where in `text` it comes from."""
    result = [place for place, character in enumerate(text) for _ in _CHARACTERS[ord(character)]]
    result.append(len(text))
    return result


def document_number_terms(text: str) -> Iterator[tuple[str, int, int]]:
    """The document numbers in a normalised text as terms, with their places.

    Where an agency's short name begins in running text isn't marked (根据川办发〔2026〕12号), so each length that one may
    have gives a term, with the year and without.
    """
    for match in _NUMBER_WITH_YEAR.finditer(text):
        year, number = match["year"] or match["bare"], match["number"].lstrip("0")
        yield f"{year}n{number}", match.start(), match.end()
        agency = match["agency"][-_LONGEST_AGENCY:]
        for length in range(_SHORTEST_AGENCY, len(agency) + 1):
            name = agency[-length:]
            start = match.start() + len(match["agency"]) - length
            yield f"{name}{year}n{number}", start, match.end()
            yield f"{name}n{number}", start, match.end()


def asked_document_numbers(query: str) -> list[str]:
    """The terms for the document number that a normalised query is or contains, the surest first; none where it has none.

    The agency's short name may have other words in front of it.
    """
    if match := _NUMBER_WITH_YEAR.search(query):
        end = f"{match['year'] or match['bare']}n{match['number'].lstrip('0')}"
    elif match := _NUMBER_WITHOUT_YEAR.match(query):
        end = f"n{match['number'].lstrip('0')}"
    else:
        return []
    agency = match["agency"][-_LONGEST_AGENCY:]
    names = [agency[start:] for start in range(len(agency) - _SHORTEST_AGENCY + 1)]
    return [f"{name}{end}" for name in names or [""] if name or end[0] != "n"]


def has_bracketed_year(query: str) -> bool:
    """Whether a normalised query has what only a document number has: 〔2026〕12."""
    return any(match["year"] for match in _NUMBER_WITH_YEAR.finditer(query))
