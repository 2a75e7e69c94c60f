"""Which word was meant by one that the index doesn't have."""

from collections.abc import Iterable

from search.analysis import stem
from search.engines import Statistics, Term


def distance(first: str, second: str, most: int) -> int:
    """How many letters were added, left out, replaced or swapped with their neighbour; at most `most` + 1."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        before, above, row = row, before, [i]
        for j, other in enumerate(second, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                best = min(best, above[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def most_slips(word: str) -> int:
    """How many slips a word may have: none in a short one, which is too easily another word."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def nearest(word: str, words: Iterable[str]) -> list[str]:
    """The words with the fewest slips, where they are few enough; those with the same first letter and length first."""
    allowed = most_slips(word)
    found = sorted(
        (slips, other[0] != word[0], abs(len(other) - len(word)), other)
        for other in words
        if 0 < (slips := distance(word, other, allowed)) <= allowed
    )
    return [other for slips, _, _, other in found if slips == found[0][0]]


def corrections(word: str, statistics: Statistics) -> list[str]:
    """Words of the index that were probably meant, the one that most documents have first."""
    allowed = most_slips(word)
    if not allowed:
        return []
    # The first letter is rarely wrong, unless it changed places with the second.
    words = statistics.words({word[0], word[1]}, len(word) - allowed, len(word) + allowed)
    meant = nearest(word, words)
    frequencies = dict(zip(meant, statistics.frequencies([Term((stem(each),)) for each in meant]), strict=True))
    return sorted((each for each in meant if frequencies[each]), key=lambda each: (-frequencies[each], len(each)))
