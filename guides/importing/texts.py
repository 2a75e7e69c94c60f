"""What is odd about a text of a source, and the text that is left when what nobody sees is taken out."""

import re
import unicodedata

from guides.importing.report import Report

# Space that looks like space and isn't the one of the keyboard, or that stands twice.
_UNUSUAL_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]| {2,}")
_LINE_BREAK = re.compile(r"\s*(?:\r\n|[\n\r\v\f\x85\u2028\u2029])\s*")
_FULL_WIDTH_LETTERS = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
# Half-width signs beside a Chinese character, and the full-width ones of the same meaning.
_SIGNS = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；"}
_CHINESE = "\u4e00-\u9fff\u3400-\u4dbf"
_HALF_WIDTH_BESIDE_CHINESE = re.compile(f"(?<=[{_CHINESE}])[(),:;]|[(),:;](?=[{_CHINESE}])")
# 1) and 二）, at the beginning of something.
_NUMBERING = re.compile(r"(?:^|(?<=[\s，。；;、：:]))(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）]")
_BRACKETS = {
    ")": "(",
    "]": "[",
    "}": "{",
    "》": "《",
    "】": "【",
    "〉": "〈",
    "」": "「",
    "』": "『",
    "〕": "〔",
    "”": "“",
}


def is_invisible(character: str) -> bool:
    """Whether a character takes no place and is no line break or tabulator."""
    return unicodedata.category(character) in ("Cc", "Cf") and character not in "\n\r\t\v\f\x85"


def normalised(text: str) -> str:
    """A text for comparing: without invisible characters and space, full-width letters and signs as half-width ones."""
    visible = "".join(one for one in text if not is_invisible(one))
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", visible))


def mixes_widths(text: str) -> bool:
    """Whether a text has full-width letters or digits, or the same sign in both widths."""
    if _FULL_WIDTH_LETTERS.search(text):
        return True
    half = set(_HALF_WIDTH_BESIDE_CHINESE.findall(text))
    if half & set("()") and re.search("[（）]", text):
        return True
    return any(_SIGNS[sign] in text for sign in half)


def brackets_match(text: str) -> bool:
    """Whether each bracket that opens is closed, whatever its width. `1)` at the beginning is a number, no bracket."""
    text = _NUMBERING.sub("", text)
    opened: list[str] = []
    for one in text.translate({ord("（"): "(", ord("）"): ")", ord("［"): "[", ord("］"): "]"}):
        if one in _BRACKETS.values():
            opened.append(one)
        elif one in _BRACKETS and (not opened or opened.pop() != _BRACKETS[one]):
            return False
    return not opened


def clean(text: str, row: int, column: str, report: Report) -> str:
    """A text without space around it and without invisible characters; what was there is told."""
    stripped = text.strip()
    if not stripped:
        return ""
    if stripped != text:
        report.add(row, column, text, "outer_space")
    invisible = sorted({one for one in stripped if is_invisible(one)})
    if invisible:
        characters = " ".join(f"U+{ord(one):04X}" for one in invisible)
        report.add(row, column, stripped, "invisible_character", characters=characters)
        stripped = "".join(one for one in stripped if one not in invisible).strip()
    if _UNUSUAL_SPACE.search(stripped):
        report.add(row, column, stripped, "unusual_space")
    return stripped


def clean_line(text: str, row: int, column: str, report: Report) -> str:
    """A text of one line, such as a name: also without line breaks, and looked at for signs of both widths."""
    line = clean(text, row, column, report)
    if _LINE_BREAK.search(line):
        report.add(row, column, line, "line_break")
        line = _LINE_BREAK.sub(" ", line)
    if mixes_widths(line):
        report.add(row, column, line, "width_difference")
    if not brackets_match(line):
        report.add(row, column, line, "unbalanced_brackets")
    return line
