"""The demo facts of a centre: address, hours, windows and texts, all derived from its code.

Addresses and telephone numbers are invented, and are marked or numbered so that they can't be
taken for real ones: no Chinese subscriber's number starts with 0.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from .articles import COMPLETE, Language, fill, read_toml

Level = Literal["province", "city", "county"]

HOTLINE = "96196"

_AREA_CODES = {
    "5100": "028", "5101": "028", "5103": "0813", "5104": "0812", "5105": "0830", "5106": "0838",
    "5107": "0816", "5108": "0839", "5109": "0825", "5110": "0832", "5111": "0833", "5113": "0817",
    "5114": "028", "5115": "0831", "5116": "0826", "5117": "0818", "5118": "0835", "5119": "0827",
    "5120": "028", "5132": "0837", "5133": "0836", "5134": "0834",
}  # fmt: skip

_STREETS = (
    ("便民路", "Bianmin Road"),
    ("和顺路", "Heshun Road"),
    ("滨河路", "Binhe Road"),
    ("迎宾大道", "Yingbin Avenue"),
    ("安居路", "Anju Road"),
    ("同心街", "Tongxin Street"),
    ("清风路", "Qingfeng Road"),
    ("向阳路", "Xiangyang Road"),
    ("望江街", "Wangjiang Street"),
    ("惠民路", "Huimin Road"),
    ("青年路", "Qingnian Road"),
)

# Everything but the three that depend on staff to spare.
_BASIC_MODES = ("hall", "agency", "appointment", "information", "advice")


@dataclass(frozen=True)
class Place:
    """What the loader knows of a centre and its division; English names come from its table."""

    code: str
    level: Level
    name_zh: str
    name_en: str
    centre_zh: str
    centre_en: str
    parent_zh: str = ""
    parent_en: str = ""
    subdivisions: int = 0


@dataclass(frozen=True)
class Hours:
    """An opening on one weekday (0 is Monday), as "09:00"."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True)
class StandardText:
    """One of the eight modes of service, or one of the duties of the staff."""

    key: str
    zh: str
    en: str
    description_zh: str
    description_en: str


@dataclass(frozen=True)
class Department:
    """A department of the hall; its names are those of one level, without the division."""

    code: str
    name_zh: str
    name_en: str
    duties_zh: str
    duties_en: str


@dataclass(frozen=True)
class Window:
    """A window of the hall; `departments` holds the codes of those that sit there."""

    number: int
    floor: int
    zh: str
    en: str
    departments: tuple[str, ...]
    telephone: str


@dataclass(frozen=True)
class Fact:
    """A row of the facts about a division."""

    label_zh: str
    label_en: str
    value_zh: str
    value_en: str


@dataclass(frozen=True)
class CentreFacts:
    """Everything a centre's own pages need; the texts are in the light markup, filled."""

    code: str
    address_zh: str
    address_en: str
    transport_zh: str
    transport_en: str
    telephone: str
    complaint_telephone: str
    hours: tuple[Hours, ...]
    hours_note_zh: str
    hours_note_en: str
    introduction_zh: str
    introduction_en: str
    investment_zh: str
    investment_en: str
    service_modes: tuple[str, ...]
    facts: tuple[Fact, ...]
    departments: tuple[Department, ...]
    windows: tuple[Window, ...]


@cache
def service_modes() -> tuple[StandardText, ...]:
    """The eight modes of service, in the plan's order."""
    return tuple(StandardText(**row) for row in read_toml("service-modes.toml")["mode"])


@cache
def staff_duties() -> tuple[StandardText, ...]:
    """The duties of the staff, the same at every centre."""
    return tuple(StandardText(**row) for row in read_toml("duties.toml")["duty"])


@cache
def departments(level: Level) -> tuple[Department, ...]:
    """The departments of a hall at a level."""
    return tuple(
        Department(row["code"], row["zh"][level], row["en"][level], row["duties_zh"], row["duties_en"])
        for row in read_toml("departments.toml")["department"]
        if level in row["zh"]
    )


def centre_facts(place: Place) -> CentreFacts:
    """The facts of a centre, always the same for a place."""
    number = int(place.code[:6])
    texts = _texts(place)
    street_zh, street_en = _STREETS[number % len(_STREETS)]
    door = 6 + number * 7 % 180
    before_zh = place.parent_zh if place.level == "county" else ""
    after_en = f", {place.parent_en}" if place.level == "county" and place.parent_en else ""
    address_zh = f"{before_zh}{place.name_zh}{street_zh}{door}号（演示地址）"
    address_en = f"{door} {street_en}, {place.name_en}{after_en} (demonstration address)"
    telephone, complaints = _telephone(place.code, 0), _telephone(place.code, 1)
    saturday = _saturday(place.code)
    values: dict[Language, dict[str, str]] = {
        "zh": _values(place, "zh", telephone, complaints, address_zh),
        "en": _values(place, "en", telephone, complaints, address_en),
    }

    def text(name: str, language: Language) -> str:
        return _fill(texts[f"{name}_{language}"], language, values[language])

    return CentreFacts(
        code=place.code,
        address_zh=address_zh,
        address_en=address_en,
        transport_zh=text("transport", "zh"),
        transport_en=text("transport", "en"),
        telephone=telephone,
        complaint_telephone=complaints,
        hours=_hours(place.code),
        hours_note_zh="法定节假日不对外办公；周六上午只办理标有“周六可办”的事项。"
        if saturday
        else "法定节假日和周末不对外办公，需要时可以预约。",
        hours_note_en="Closed on public holidays. On Saturday mornings only the services so marked are available."
        if saturday
        else "Closed at weekends and on public holidays, except by appointment.",
        introduction_zh=text("introduction", "zh"),
        introduction_en=text("introduction", "en"),
        investment_zh=text("investment", "zh"),
        investment_en=text("investment", "en"),
        service_modes=_modes(place.code),
        facts=_facts(place, texts.get("fact", [])),
        departments=departments(place.level),
        windows=_windows(place),
    )


def placeholder_values(place: Place) -> dict[Language, dict[str, str]]:
    """What `articles.fill` and `articles.filled` put into the placeholders at a centre."""
    facts = centre_facts(place)
    return {
        "zh": _values(place, "zh", facts.telephone, facts.complaint_telephone, facts.address_zh),
        "en": _values(place, "en", facts.telephone, facts.complaint_telephone, facts.address_en),
    }


def _values(place: Place, language: Language, telephone: str, complaints: str, address: str) -> dict[str, str]:
    chinese = language == "zh"
    name = place.name_zh if chinese else place.name_en
    parent = place.parent_zh if chinese else place.parent_en
    return {
        "division": name,
        "centre": place.centre_zh if chinese else place.centre_en,
        "city": parent if place.level == "county" else name,
        "parent": parent or name,
        "short": place.name_zh[0],
        "telephone": telephone,
        "complaints": complaints,
        "address": address,
        "hotline": HOTLINE,
    }


def _fill(text: str, language: Language, values: dict[str, str]) -> str:
    """Fill a text that has no dates in it."""
    return fill(text, values, language, today=date.min)


@cache
def _centres() -> dict[str, Any]:
    return read_toml("centres.toml")


def _texts(place: Place) -> dict[str, Any]:
    """The texts of a complete centre, or one of the templates of its level."""
    data = _centres()
    if place.code in COMPLETE:
        own: dict[str, Any] = data["centre"][place.code[:6]]
        return own
    templates: list[dict[str, Any]] = data[place.level]
    return templates[int(place.code[:6]) % len(templates)]


def _telephone(code: str, kind: int) -> str:
    """A number with the city's area code that no subscriber can have; `kind` tells lines apart."""
    area = _AREA_CODES[code[:4]]
    digits = 4 if area == "028" else 3
    return f"{area}-{kind:0{digits}d}{code[2:6]}"


def _saturday(code: str) -> bool:
    return int(code[:6]) % 4 == 0 and code not in ("510000000000", "513301000000")


def _hours(code: str) -> tuple[Hours, ...]:
    """Monday to Friday; later afternoons in the west, Saturday mornings at some centres."""
    west = code[:4] in ("5132", "5133", "5134")
    afternoon = ("14:00", "17:30") if west else ("13:00", "17:00")
    rows = [Hours(day, *span) for day in range(5) for span in (("09:00", "12:00"), afternoon)]
    if _saturday(code):
        rows.append(Hours(5, "09:00", "12:00"))
    return tuple(rows)


def _modes(code: str) -> tuple[str, ...]:
    """The modes of service a centre offers: all eight at the complete ones."""
    number = int(code[:6])
    extra = {"extended": number % 3 != 1, "special": number % 2 == 0, "visit": number % 5 != 0}
    return tuple(
        mode.key for mode in service_modes() if code in COMPLETE or mode.key in _BASIC_MODES or extra[mode.key]
    )


def _windows(place: Place) -> tuple[Window, ...]:
    """The windows of a centre, the ground floor's first."""
    present = {department.code for department in departments(place.level)}
    rows = [
        row
        for index, row in enumerate(read_toml("windows.toml")["window"])
        if place.level in row.get("levels", (place.level,))
        and (int(place.code[:6]) * 37 + index * 11) % 100 < row.get("share", 100)
    ]
    rows.sort(key=lambda row: row["floor"])
    return tuple(
        Window(
            number=number,
            floor=row["floor"],
            zh=row["zh"],
            en=row["en"],
            departments=tuple(code for code in row["departments"] if code in present),
            telephone=_telephone(place.code, 20 + number),
        )
        for number, row in enumerate(rows, start=1)
    )


def _facts(place: Place, own: list[dict[str, str]]) -> tuple[Fact, ...]:
    """Facts that can be checked: names, level, place in the tree and the hotline."""
    level = {
        "province": ("省级", "Province"),
        "city": ("地级", "Prefecture level"),
        "county": ("县级", "County level"),
    }[place.level]
    below = {
        "province": ("市（州）", "Cities and prefectures"),
        "city": ("县（市、区）", "Counties, cities and districts"),
        "county": ("乡镇、街道", "Townships, towns and subdistricts"),
    }[place.level]
    rows = [
        Fact("名称", "Name", place.name_zh, place.name_en),
        Fact("行政级别", "Administrative level", *level),
        Fact("行政区划代码", "Division code", place.code[:6], place.code[:6]),
    ]
    if place.parent_zh:
        rows.append(Fact("隶属", "Part of", place.parent_zh, place.parent_en))
    if place.subdivisions:
        count = str(place.subdivisions)
        rows.append(Fact(*below, f"{count}个", count))
    rows += [Fact(**row) for row in own]
    rows.append(Fact("全省投资服务热线", "Investors’ hotline", HOTLINE, HOTLINE))
    return tuple(rows)
