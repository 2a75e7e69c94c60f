"""How items are put in the order of the alphabet."""

from sites.romanise import pinyin_words


def alphabetical(name: str) -> str:
    """The key that a Chinese name is ordered by: its pinyin in small letters, at most 120 characters."""
    return pinyin_words(name).lower()[:120]
