"""Masking of personal data before it is kept: what isn't kept can't leak. Pure functions; masking twice changes nothing.

Decisions on licences are published (行政许可法 the Licensing Law, art. 40), people's identities aren't (个人信息保护法 the
Personal Information Protection Law, arts. 6 and 28; 双公示 publishes names and numbers of individuals masked).
"""

import re
import unicodedata
from datetime import date

MASK = "*"
# What stands for something masked in texts that somebody else masked: it stays as it is.
MASKS = "*＊×●○某"

# -- Names --------------------------------------------------------------------------

# Surnames of two characters; of every other Chinese name the first character is the surname.
_TWO = (
    "欧阳司马上官诸葛夏侯东方皇甫尉迟公孙慕容令狐宇文长孙司徒司空端木独孤南宫百里东郭呼延轩辕闻人万俟澹台公冶宗政"
    "濮阳淳于单于太叔申屠仲孙钟离鲜于闾丘亓官巫马公西漆雕公良拓跋夹谷宰父谷梁段干西门南门第五左丘梁丘公羊公仪赫连"
    "欧陽司馬諸葛東方尉遲長孫獨孤東郭軒轅聞人"
)
COMPOUND_SURNAMES = frozenset(_TWO[place : place + 2] for place in range(0, len(_TWO), 2))
# Between the persons of one field, and between the parts of one name.
_PERSONS = re.compile(r"([、,，;；/]+)")
_WITHIN_A_NAME = re.compile(r"[\s·•‧・.\-－'’()（）]")


def masked_name(name: str) -> str:
    """The name of a natural person, or of several, with its first character (or compound surname) alone.

    张三 → 张*, 欧阳娜娜 → 欧阳**, 扎西·多吉 → 扎*·**, John Smith → J*** *****; a single character is masked whole.
    """
    return "".join(_masked_person(part) for part in _PERSONS.split(unicodedata.normalize("NFC", name)))


def _masked_person(name: str) -> str:
    letters = [place for place, one in enumerate(name) if not _is_within_a_name(one)]
    if not letters or _PERSONS.fullmatch(name):
        return name
    shown = set()
    if len(letters) > 1 and name[letters[0]].isalpha():
        shown.add(letters[0])
        if len(letters) > 2 and name[letters[0] : letters[0] + 2] in COMPOUND_SURNAMES:
            shown.add(letters[1])
    return "".join(
        MASK if place in letters and place not in shown and one not in MASKS else one for place, one in enumerate(name)
    )


def _is_within_a_name(character: str) -> bool:
    return bool(_WITHIN_A_NAME.match(character))


# -- Numbers ------------------------------------------------------------------------

# With this much masked and this little shown, somebody has masked the number already.
_MASKED_ALREADY = 4
_SHOWN_AT_MOST = 10


def masked_number(number: str) -> str:
    """The number of an identity document, a telephone or an account, with very little of its ends.

    Two characters at each end from 15 characters on, one from 6 on, none below.
    """
    masked = re.search(f"[{re.escape(MASKS)}]{{{_MASKED_ALREADY}}}", number)
    if masked and sum(one.isalnum() for one in number) <= _SHOWN_AT_MOST:
        return number
    places = [place for place, one in enumerate(number) if one.isalnum() or one in MASKS]
    ends = 2 if len(places) >= 15 else 1 if len(places) >= 6 else 0
    hidden = set(places[ends : len(places) - ends])
    return "".join(MASK if place in hidden else one for place, one in enumerate(number))


# -- Texts --------------------------------------------------------------------------

_LONG_RUN = re.compile(r"\d{11,}[\dXxＸｘ]?")
# Written in groups: 138 0000 1234, 510104 19900101 1234.
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ \-－]?\d{4}[ \-－]?\d{4}(?!\d)")
_IDENTITY_CARD = re.compile(r"(?<!\d)\d{6}[ \-－]?\d{8}[ \-－]?\d{3}[\dXxＸｘ](?!\d)")
_TRAVEL_DOCUMENT = re.compile(
    r"(?P<kind>护照|通行证|居留证|居留许可|身份证|passport|permit)(?P<between>[^A-Za-z0-9]{0,10}(?:no\.? ?|number ?)?)"
    r"(?P<number>[A-Za-z]{0,3}\d{6,10}[A-Za-z]?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)


def masked_text(text: str) -> str:
    """A text with every number in it masked that may be a person's: identity cards, passports, mobile telephones.

    So is whatever else has 11 digits or more in a row: a number too many masked harms nobody.
    """
    for pattern in (_IDENTITY_CARD, _MOBILE, _LONG_RUN):
        text = pattern.sub(lambda found: masked_number(found[0]), text)
    return _TRAVEL_DOCUMENT.sub(lambda found: found["kind"] + found["between"] + masked_number(found["number"]), text)


def is_identity_number(text: str) -> bool:
    """Whether a text is the number of a resident identity card: 18 characters, or 15, with a date of birth within.

    Some licences have the holder's own number (驾驶证 driving licences).
    """
    if re.fullmatch(r"[0-9]{17}[0-9Xx]", text):
        year, birthday = int(text[6:10]), text[10:14]
    elif re.fullmatch(r"[0-9]{15}", text):
        year, birthday = 1900 + int(text[6:8]), text[8:12]
    else:
        return False
    try:
        return 1900 <= date(year, int(birthday[:2]), int(birthday[2:])).year <= 2099
    except ValueError:
        return False
