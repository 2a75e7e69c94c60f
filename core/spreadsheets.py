"""Texts that no spreadsheet runs as a formula. Pure functions."""

# What spreadsheets begin a formula with, and what they skip before it.
FORMULA = "=+-@\t\r\n＝＋－＠"


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `unguarded` gives the text back."""
    begins = text[:1]
    if (begins and begins in FORMULA) or (begins == "'" and text[1:2] and text[1] in FORMULA + "'"):
        return "'" + text
    return text


def unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in FORMULA + "'" else text
