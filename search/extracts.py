"""The part of a text that shows why it was found, with what was asked marked in it, cut from the original."""

from dataclasses import dataclass

from core.language import CHINESE, ENGLISH, is_chinese
from search.analysis import tokens
from search.documents import SearchDocument
from search.engines import Passage, Plan
from search.normalise import normalise, offsets

# Characters of an extract; an ideograph is as wide as two letters.
_CHINESE, _LATIN = 90, 180
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Piece:
    """A stretch of an extract, marked or not."""

    text: str
    marked: bool


def asked_terms(plan: Plan) -> tuple[frozenset[str], tuple[str, ...]]:
    """The terms whose places are marked, and the beginnings of such."""
    found = [term for concept in plan.concepts for wording in concept.alternatives for term in wording.terms]
    found += plan.required
    written = [term for term in found if term.place in ("text", "names")]
    whole = frozenset(token for term in written for token in (term.tokens[:-1] if term.prefix else term.tokens))
    return whole, tuple(term.tokens[-1] for term in written if term.prefix)


def highlighted(text: str, plan: Plan) -> tuple[Piece, ...]:
    """A whole text, such as a title, with what was asked marked."""
    return _pieces(text, _marked_places(text, plan), 0, len(text))


def extract(document: SearchDocument, language: str, plan: Plan, passage: Passage | None) -> tuple[Piece, ...]:
    """An extract of a document's body, in the reader's language where the document has one.

    It comes from the passage that answers best, where that is in this language, else from the beginning.
    """
    body = document.body_en if language == ENGLISH else document.body_zh
    if not body:
        body = document.body_zh or document.body_en
    shown = CHINESE if body == document.body_zh else ENGLISH
    start, end = (passage.start, passage.end) if passage and passage.language == shown else (0, 4 * _LATIN)
    text = body[start:end]
    places = _marked_places(text, plan)
    width = _CHINESE if is_chinese(text) else _LATIN
    first, last = _window(text, places, width)
    pieces = list(_pieces(text, places, first, last))
    if start + first > 0:
        pieces.insert(0, Piece(_ELLIPSIS, False))
    if start + last < len(body.rstrip()):
        pieces.append(Piece(_ELLIPSIS, False))
    return tuple(pieces)


def _marked_places(text: str, plan: Plan) -> list[tuple[int, int]]:
    """Where in an original text terms that were asked stand; places that touch are one."""
    whole, beginnings = asked_terms(plan)
    source = offsets(text)
    places: list[tuple[int, int]] = []
    found = []
    for token in tokens(normalise(text)):
        if token.term in whole:
            found.append((source[token.start], source[token.end]))
        elif beginning := next((each for each in beginnings if token.term.startswith(each)), None):
            # Of a pair that a character begins, only that character was asked; of a code the whole.
            end = token.start + len(beginning) if is_chinese(beginning) else token.end
            found.append((source[token.start], source[end]))
    for start, end in sorted(found):
        if places and start <= places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
        else:
            places.append((start, end))
    return places


def _window(text: str, places: list[tuple[int, int]], width: int) -> tuple[int, int]:
    """The stretch of a width in which most was asked, beginning a little before the first of it."""
    if len(text) <= width:
        return 0, len(text)
    best, covered = 0, -1
    for start, _ in places:
        marked = sum(min(end, start + width) - begin for begin, end in places if start <= begin < start + width)
        if marked > covered:
            best, covered = start, marked
    first = max(0, min(best - width // 5, len(text) - width))
    first = _word_start(text, first)
    return first, _word_end(text, min(len(text), first + width))


def _word_start(text: str, place: int) -> int:
    """Not within a Latin word: its beginning."""
    while 0 < place < len(text) and _joined(text, place):
        place -= 1
    return place


def _word_end(text: str, place: int) -> int:
    while 0 < place < len(text) and _joined(text, place):
        place += 1
    return place


def _joined(text: str, place: int) -> bool:
    pair = text[place - 1 : place + 1]
    return pair.isalnum() and not is_chinese(pair)


def _pieces(text: str, places: list[tuple[int, int]], first: int, last: int) -> tuple[Piece, ...]:
    pieces = []
    place = first
    for start, end in places:
        start, end = max(start, place), min(end, last)
        if start >= end:
            continue
        pieces += [Piece(_one_line(text[place:start]), False), Piece(_one_line(text[start:end]), True)]
        place = end
    pieces.append(Piece(_one_line(text[place:last]), False))
    return tuple(piece for piece in pieces if piece.text)


def _one_line(text: str) -> str:
    return text.replace("\n", " ")
