"""From what somebody typed to what an engine looks up.

A query becomes concepts (`search.engines.Plan`): pairs of characters, stems of words, wordings of the glossary, each with how
much of the query it is. What nobody ever wrote in any document counts as asked and not answered: a query that is mostly
such gives nothing, and a document that answers too little of a query isn't found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import log

from search import ranking
from search.analysis import split_syllables, stem, syllables, tokens
from search.engines import Alternative, Concept, Plan, Statistics, Term
from search.glossary import NO_GLOSSARY, Glossary, Span
from search.names import name_key
from search.normalise import HAN, asked_document_numbers, has_bracketed_year, normalise
from search.slips import corrections

LONGEST = 200  # characters of a query that are read
_MOST_CONCEPTS = 40

_QUOTED = re.compile(r'["“”„]([^"“”„]+)["“”„]|「([^」]+)」|『([^』]+)』')
_HAN_RUN = re.compile(rf"[{HAN}]+")
_PIECE = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*(?:[-./_][^\W_{HAN}]+)*")

# How people ask, in which no document differs from another. Cut out, so that their neighbours make no pairs with them.
_ASKING = re.compile(
    "请问|我想要|我想|我要|想要|你好|您好|麻烦|怎么样|怎么办理|怎么办|怎么|怎样|如何|为什么|什么样|什么时候|什么|哪些|哪里|哪儿|哪个|多少|多久|是不是|"
    "是否|能不能|能否|可不可以|可以|需要|应该|有没有|需不需要|要不要|一下|关于|有关|吗|呢|吧|啊"
)
# Characters that join words: pairs with them tell little.
_JOINING = frozenset("的了在和与及或")
_JOINING_WEIGHT = 0.3
_ENGLISH_ASKING = frozenset(
    re.findall(
        r"\w+",
        "a about an and are as at be by can could do does for from get have how i if in into is it its me my need "
        "of on or please shall should than that the their there these this to want was we what when where which "
        "who why will with would you your",
    )
)

# Of what was asked, how much may be in no document at all.
_MOST_UNKNOWN = 0.5
# How much of a query a document must answer: of a short one a quarter, of a long one less.
_SHORT_SHARE, _LONG_SHARE = 0.25, 0.1
_SHORT, _LONG = 4, 16

# A term in one of a hundred documents is as much of a query as one can be.
_RARE = log(100)

_EXPANDED = 0.8
_SOUNDED = 0.7
_LONGEST_HEARD = 8
_LONGEST_WORD = 40
_MOST_BEGUN = 8
_CORRECTED = 0.8
_BEGINNING = 0.6


@dataclass
class Understood:
    """A query as it was understood.

    `corrected` is the query with slips put right, for asking "did you mean"; `sounded` are parts of it whose characters were
    only found by their sound (what was meant stands in the titles that are found).
    """

    plan: Plan
    corrected: str = ""
    sounded: tuple[str, ...] = ()


@dataclass
class _Part:
    """A concept in the making: how much it is of the query, and whether any document has it."""

    concept: Concept
    asked: float
    known: bool


@dataclass
class _Reading:
    """The state of reading one query."""

    statistics: Statistics
    glossary: Glossary
    places: Glossary
    documents: int
    parts: list[_Part] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)
    sounded: list[str] = field(default_factory=list)
    unknown: float = 0.0

    def frequency(self, term: Term) -> int:
        return self.statistics.frequencies([term])[0]

    def rarity(self, frequency: int) -> float:
        """How much of a query a term is; what nobody wrote is as much as what is rare."""
        return min(_RARE, ranking.rarity(self.documents, max(frequency, 1)))

    def of(self, terms: Sequence[Term], weight: float = 1.0, share: float | None = None) -> Alternative | None:
        """A wording of those terms that some document has; None where none has any."""
        frequencies = self.statistics.frequencies(terms)
        measures = [self.rarity(number) for number in frequencies]
        whole = sum(measures)
        if not any(frequencies):
            return None
        scale = 1.0 if share is None else share / whole
        known = [
            (term, measure * scale)
            for term, measure, number in zip(terms, measures, frequencies, strict=True)
            if number
        ]
        return Alternative(tuple(term for term, _ in known), tuple(measure for _, measure in known), weight)

    def add(self, asked: float, *wordings: Alternative | None) -> bool:
        """Add a concept that is so much of the query; False where no document has any of its wordings."""
        known = tuple(wording for wording in wordings if wording)
        if known:
            self.parts.append(_Part(Concept(known), asked, True))
        else:
            self.unknown += asked
        return bool(known)


def understand(query: str, statistics: Statistics, glossary: Glossary, places: Glossary = NO_GLOSSARY) -> Understood:
    """Read a query; `places` lead from the names of divisions to their codes."""
    text = normalise(query[:LONGEST])
    reading = _Reading(statistics, glossary, places, statistics.size())
    required = []
    for match in _QUOTED.finditer(text):
        required += list(_phrases(next(group for group in match.groups() if group)))
    rest = _QUOTED.sub(" ", text)
    numbers = [Term((number,)) for number in asked_document_numbers(rest)]
    if number := next((each for each in numbers if reading.frequency(each)), None):
        return Understood(Plan(required=(*required, number), name=name_key(text)))
    if has_bracketed_year(rest):
        # A document of another number isn't what was asked for.
        return Understood(Plan())
    _read(rest, reading)
    asked = sum(part.asked for part in reading.parts) + reading.unknown
    if reading.unknown > _MOST_UNKNOWN * asked or not (asked or required):
        return Understood(Plan(), _corrected(query, reading))
    concepts = tuple(part.concept for part in reading.parts[:_MOST_CONCEPTS])
    plan = Plan(concepts, tuple(required), _least_share(len(concepts)) * asked, name_key(text))
    return Understood(plan, _corrected(query, reading), tuple(reading.sounded))


def _least_share(concepts: int) -> float:
    long = min(1.0, max(0.0, (concepts - _SHORT) / (_LONG - _SHORT)))
    return _SHORT_SHARE + long * (_LONG_SHARE - _SHORT_SHARE)


def _corrected(query: str, reading: _Reading) -> str:
    if not reading.corrections:
        return ""
    return re.sub(r"[A-Za-z’']+", lambda match: reading.corrections.get(normalise(match[0]), match[0]), query)


def _phrases(quoted: str) -> Iterator[Term]:
    """What a quoted text asks for: its terms one after the other."""
    found = tuple(_words_of_phrase(quoted))
    if not found:
        return
    # A character that stands alone at the end may begin any pair in a text.
    ends_alone = re.fullmatch(rf"[{HAN}]", found[-1]) is not None
    yield Term(found, prefix=ends_alone)


def _words_of_phrase(quoted: str) -> Iterator[str]:
    pieces = _PIECE.findall(quoted)
    for place, piece in enumerate(pieces):
        if re.match(rf"[{HAN}]", piece):
            yield from _pairs(piece)
            # The last character of a run is a term of its own where the run ends; it does within the phrase only.
            if place < len(pieces) - 1 and len(piece) > 1:
                yield piece[-1]
        else:
            yield from (token.term for token in tokens(piece))


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


# -- Reading the pieces of a query --------------------------------------------------


def _read(text: str, reading: _Reading) -> None:
    words: list[str] = []
    chinese = []
    for piece in _PIECE.findall(text):
        if re.match(rf"[{HAN}]", piece):
            chinese.append(piece)
        else:
            words.append(piece)
    for run in chinese:
        _read_chinese(run, reading, alone=len(chinese) == 1 and not words)
    _read_words(words, reading)


def _read_chinese(run: str, reading: _Reading, alone: bool) -> None:
    # What was typed by its sound is found in the whole run, before wordings of the glossary take their parts of it.
    place = 0
    for start, end in _hear(run, reading):
        _read_unheard(run[place:start], reading, alone=False)
        place = end
    _read_unheard(run[place:], reading, alone and place == 0)


def _read_unheard(run: str, reading: _Reading, alone: bool) -> None:
    place = 0
    for span in reading.glossary.spans_of_characters(run):
        _read_places(run[place : span.start], reading, alone=False)
        _read_span([Term((pair,)) for pair in _pairs(run[span.start : span.end])], span, reading)
        place = span.end
    _read_places(run[place:], reading, alone and place == 0)


def _read_places(run: str, reading: _Reading, alone: bool) -> None:
    place = 0
    for span in reading.places.spans_of_characters(run):
        _read_characters(run[place : span.start], reading, alone=False)
        _read_place([Term((pair,)) for pair in _pairs(run[span.start : span.end])], span, reading)
        place = span.end
    _read_characters(run[place:], reading, alone and place == 0)


def _read_place(own: list[Term], span: Span, reading: _Reading) -> None:
    """The name of a division: it stands in the text, or the document belongs there."""
    there = [reading.of([Term((code,), "division")]) for code in span.terms]
    wordings = [wording for wording in (reading.of(own), *there) if wording]
    asked = max((sum(wording.shares) for wording in wordings), default=reading.rarity(0))
    reading.add(asked, *(_shared(wording, asked) for wording in wordings))


def _read_span(own: list[Term], span: Span, reading: _Reading) -> None:
    """A wording of the glossary: what was typed, or what it leads to."""
    wordings = [reading.of(own)]
    for official in span.terms:
        terms = list(dict.fromkeys(_terms_of(normalise(official))))
        if terms != own:
            wordings.append(reading.of(terms, _EXPANDED))
    # What was typed is worth what its own words are, where documents have them: a wording that it leads to adds documents
    # but doesn't outweigh it.
    typed = wordings[0]
    known = [wording for wording in wordings if wording]
    asked = sum(typed.shares) if typed else max((sum(wording.shares) for wording in known), default=0.0)
    asked = asked or reading.rarity(0) * len(own)
    reading.add(asked, *(_scaled(wording, asked) for wording in known))


def _scaled(wording: Alternative, asked: float) -> Alternative:
    """A wording that answers as much of a query as what was typed, and counts no more."""
    return replace(_shared(wording, asked), weight=wording.weight * min(1.0, asked / sum(wording.shares)))


def _shared(wording: Alternative, asked: float) -> Alternative:
    """A wording that answers so much of a query."""
    whole = sum(wording.shares)
    return replace(wording, shares=tuple(share * asked / whole for share in wording.shares))


def _terms_of(text: str) -> Iterator[Term]:
    for piece in _PIECE.findall(text):
        if re.match(rf"[{HAN}]", piece):
            yield from (Term((pair,)) for pair in _pairs(piece))
        elif piece not in _ENGLISH_ASKING:
            yield from (Term((token.term,)) for token in tokens(piece))


def _read_characters(run: str, reading: _Reading, alone: bool) -> None:
    """Characters that the glossary doesn't know."""
    pieces = [piece for piece in _ASKING.split(run) if piece]
    if not pieces:
        # Nothing but asking: those words are all that there is to look for.
        pieces = [run] if run and alone else []
    for piece in pieces:
        if len(piece) == 1:
            _read_character(piece, reading, alone and len(pieces) == 1)
        else:
            _read_run(piece, reading)


def _read_character(character: str, reading: _Reading, alone: bool) -> None:
    term = Term((character,), prefix=True)
    if alone:
        reading.add(reading.rarity(0), reading.of([term], share=reading.rarity(0)))
    # What is left between known wordings: it may order results, but isn't asked for.
    elif character not in _JOINING and (wording := reading.of([term], _JOINING_WEIGHT, share=0.0)):
        reading.parts.append(_Part(Concept((wording,)), 0.0, True))


def _read_run(run: str, reading: _Reading) -> None:
    pairs = _pairs(run)
    found = reading.statistics.frequencies([Term((pair,)) for pair in pairs])
    known = [number > 0 for number in found]
    for pair, number in zip(pairs, found, strict=True):
        if number:
            weight = _JOINING_WEIGHT if _JOINING.intersection(pair) else 1.0
            measure = reading.rarity(number) * weight
            reading.add(measure, Alternative((Term((pair,)),), (measure,), weight))
    for start, end in _unknown_parts(known):
        # Characters that stand in no known pair. One between known words is where those meet.
        strange = end - start + 1 - (start > 0) - (end < len(pairs))
        reading.unknown += max(strange - 1, strange / 2) * reading.rarity(0)


def _unknown_parts(known: list[bool]) -> Iterator[tuple[int, int]]:
    """From where to where no pair is known."""
    place = 0
    while place < len(known):
        start = place
        while place < len(known) and not known[place]:
            place += 1
        if place > start:
            yield start, place
        place += 1


def _hear(run: str, reading: _Reading) -> list[tuple[int, int]]:
    """The parts of a run that nobody wrote so, but that sound like a part of a title or like a term of the glossary."""
    heard: list[tuple[int, int]] = []
    place = 0
    for piece in (*_ASKING.finditer(run), None):
        end = piece.start() if piece else len(run)
        heard += _hear_piece(run, place, end, reading)
        place = piece.end() if piece else end
    return heard


def _hear_piece(run: str, begin: int, end: int, reading: _Reading) -> Iterator[tuple[int, int]]:
    if end - begin < 3:
        return
    pairs = [Term((run[place : place + 2],)) for place in range(begin, end - 1)]
    strange = [begin + place for place, number in enumerate(reading.statistics.frequencies(pairs)) if not number]
    after = begin
    for pair in strange:
        if pair < after:
            continue
        # The longest part around the pair first; one of two characters sounds like too much.
        parts = (
            (first, first + length)
            for length in range(min(end - after, _LONGEST_HEARD), 2, -1)
            for first in range(max(after, pair + 2 - length), min(pair, end - length) + 1)
        )
        found = next((part for part in parts if _read_sound(run[slice(*part)], reading)), None)
        if found:
            yield found
            after = found[1]


def _read_sound(part: str, reading: _Reading) -> bool:
    """A part of a run by its sound."""
    sound = syllables(part)
    asked = reading.rarity(0)
    wordings = [reading.of([Term(sound, "syllables")], _SOUNDED, share=asked)]
    wordings += [
        reading.of([Term((pair,)) for pair in _pairs(term)], _SOUNDED, share=asked)
        for term in reading.glossary.by_sound.get(sound, ())
        if term != part
    ]
    if not any(wordings):
        return False
    reading.sounded.append(part)
    return reading.add(asked, *wordings)


def _read_words(words: list[str], reading: _Reading) -> None:
    asked = [word for word in words if word not in _ENGLISH_ASKING] or words
    if _read_pinyin(asked, reading):
        return
    stems = [stem(word) for word in asked]
    place = 0
    for span in reading.glossary.spans_of_words(stems):
        _read_place_words(asked[place : span.start], reading)
        _read_span([Term((each,)) for each in stems[span.start : span.end]], span, reading)
        place = span.end
    _read_place_words(asked[place:], reading)


def _read_place_words(words: list[str], reading: _Reading) -> None:
    stems = [stem(word) for word in words]
    place = 0
    for span in reading.places.spans_of_words(stems):
        for word in words[place : span.start]:
            _read_word(word, reading)
        _read_place([Term((each,)) for each in stems[span.start : span.end]], span, reading)
        place = span.end
    for word in words[place:]:
        _read_word(word, reading)


def _read_pinyin(words: list[str], reading: _Reading) -> bool:
    """Words of which no document has one, and that are the sound of a title's characters or its initials."""
    letters = "".join(words)
    if not 2 <= len(letters) <= 60 or not letters.isascii() or not letters.isalpha():
        return False
    if any(reading.statistics.frequencies([Term((stem(word),)) for word in words])):
        return False
    wordings = []
    asked = reading.rarity(0) * max(1, len(words))
    if spelled := split_syllables(letters):
        wordings.append(reading.of([Term(spelled, "syllables")], share=asked))
        for term in reading.glossary.by_sound.get(spelled, ()):
            wordings.append(reading.of([Term((pair,)) for pair in _pairs(term)], share=asked))
    if len(words) == 1:
        wordings.append(reading.of([Term(tuple(letters), "initials")], share=asked))
        for term in reading.glossary.by_initials.get(letters, ()):
            wordings.append(reading.of([Term((pair,)) for pair in _pairs(term)], share=asked))
    known = [wording for wording in wordings if wording]
    return bool(known) and reading.add(asked, *known)


def _read_word(word: str, reading: _Reading) -> None:
    found = [token.term for token in tokens(word)]
    # A code is looked up whole; its parts stand in it.
    term = Term((found[0],))
    number = reading.frequency(term)
    if number:
        measure = reading.rarity(number)
        reading.add(measure, Alternative((term,), (measure,)))
        return
    unknown = reading.rarity(0)
    if any(character.isdigit() for character in word):
        beginning = Term((found[0],), prefix=True)
        wordings = [reading.of([beginning], _BEGINNING, share=unknown)] if len(found[0]) >= 4 else []
        if len(found) > 1:
            wordings.append(reading.of([Term((each,)) for each in found[1:]], _BEGINNING, share=unknown))
        reading.add(unknown, *wordings)
        return
    if word.isalpha() and word.isascii():
        meant = corrections(word, reading.statistics)
        wordings = [reading.of([Term((stem(each),))], _CORRECTED, share=unknown) for each in meant[:5]]
        if reading.add(unknown, *wordings):
            reading.corrections[word] = meant[0]
        return
    reading.add(unknown)


# -- While it is typed ---------------------------------------------------------------


def completing(typed: str, statistics: Statistics) -> list[list[Term]]:
    """What titles that complete a text have: its terms, the last one begun; or, of letters, their sound."""
    text = normalise(typed[:LONGEST])
    pieces = _PIECE.findall(text)
    if not pieces:
        return []
    terms: list[Term] = []
    for piece in pieces[:-1]:
        terms += _terms_of(piece)
    last = pieces[-1]
    if _HAN_RUN.fullmatch(last):
        wordings = [[*terms, *(Term((pair,), prefix=len(last) == 1) for pair in _pairs(last))]]
    else:
        wordings = [[*terms, *ends] for ends in _begun(last, statistics)]
    letters = "".join(pieces)
    if letters.isascii() and letters.isalpha():
        if len(letters) > 1:
            wordings.append([Term(tuple(letters), "initials")])
        if spelled := split_syllables(letters):
            wordings.append([Term(spelled, "syllables")])
    return wordings


def _begun(word: str, statistics: Statistics) -> list[list[Term]]:
    """A word that may go on: the stems of the words that it begins. Of a code the beginning itself."""
    found = [token.term for token in tokens(word)]
    if word.isascii() and word.isalpha():
        stems = {stem(each) for each in statistics.words({word}, len(word), _LONGEST_WORD)}
        return [[Term((each,))] for each in sorted(stems)[:_MOST_BEGUN]]
    return [[Term((found[0],), prefix=True)]]


# -- What was meant -----------------------------------------------------------------


def meant_by_sound(query: str, sounded: Sequence[str], titles: Sequence[str], glossary: Glossary) -> str:
    """The query with its slips written as the glossary, or else the first of these titles, writes what sounds like them.

    Empty where nothing else is meant.
    """
    asked = normalise(query)
    result = asked
    for slip in sounded:
        sound = syllables(slip)
        written = chain(glossary.by_sound.get(sound, ()), *(_parts_that_sound(title, sound) for title in titles))
        meant = next((part for part in written if part != slip), None)
        if meant:
            result = result.replace(slip, meant)
    return result if result != asked else ""


def _parts_that_sound(title: str, sound: tuple[str, ...]) -> Iterator[str]:
    for run in _HAN_RUN.findall(normalise(title)):
        heard = syllables(run)
        for start in range(len(run) - len(sound) + 1):
            if heard[start : start + len(sound)] == sound:
                yield run[start : start + len(sound)]
