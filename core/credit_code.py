"""Unified social credit codes (统一社会信用代码) by GB 32100-2015: whether a code can be one. Pure functions."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V and Z
LENGTH = 18
# What forms of the government write where an organisation has no code.
NO_CODE = "0" * 17 + "X"


def check_character(body: str) -> str:
    """The 18th character for the first 17 (GB 32100-2015, 5.2.5). Raises ValueError for what can't be 17 of a code's."""
    if len(body) != LENGTH - 1:
        raise ValueError(f"17 characters are needed, not {len(body)}")
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return ALPHABET[-total % 31]


def is_credit_code(text: str) -> bool:
    """Whether a text is written as a code is, its check character included; whether anybody has it isn't known here."""
    if len(text) != LENGTH or not set(text) <= set(ALPHABET):
        return False
    return check_character(text[:-1]) == text[-1]
