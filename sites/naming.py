"""How divisions and their service centres are called, in Chinese and in English, and their host labels.

Source: the province's standardisation plan of 2009, §15. A people's government's centre is called
"×××人民政府政务服务中心", a township's or subdistrict's "×××乡镇（街道）便民服务中心". Everything here is a function
of its arguments and of the table of readings; docs/naming.md has the rules in words.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from sites.romanise import ascii_letters, joined, syllables

Level = Literal["province", "city", "county", "township"]
TownshipKind = Literal["town", "township", "ethnic_township", "subdistrict"]

LEVELS: tuple[Level, ...] = ("province", "city", "county", "township")

# RFC 1123: what one label of a host name may be.
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LONGEST_LABEL = 63

# English names of the ethnic groups, as used by the State Ethnic Affairs Commission.
ETHNIC_GROUPS = {
    "藏族": "Tibetan", "彝族": "Yi", "羌族": "Qiang", "苗族": "Miao", "回族": "Hui", "土家族": "Tujia",
    "傈僳族": "Lisu", "纳西族": "Naxi", "蒙古族": "Mongolian", "傣族": "Dai", "布依族": "Buyei", "白族": "Bai",
    "壮族": "Zhuang", "满族": "Manchu", "侗族": "Dong", "瑶族": "Yao", "哈尼族": "Hani", "普米族": "Pumi",
    "维吾尔族": "Uygur", "哈萨克族": "Kazak", "朝鲜族": "Korean", "土族": "Tu", "黎族": "Li", "畲族": "She",
    "水族": "Sui", "佤族": "Va", "拉祜族": "Lahu", "仡佬族": "Gelao", "东乡族": "Dongxiang", "撒拉族": "Salar",
    "景颇族": "Jingpo", "布朗族": "Blang", "独龙族": "Derung", "怒族": "Nu", "阿昌族": "Achang", "德昂族": "De'ang",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """The word a division's name ends in, its English and how it tells two host labels apart."""

    suffix: str
    english: str
    label: str
    levels: tuple[Level, ...]
    zone: bool = False


_COUNTY: tuple[Level, ...] = ("county",)
_TOWNSHIP: tuple[Level, ...] = ("township",)
_CITY_OR_COUNTY: tuple[Level, ...] = ("city", "county")

# A suffix stands before every suffix that it ends in.
KINDS = (
    Kind("省", "Province", "province", ("province",)),
    Kind("自治州", "Autonomous Prefecture", "prefecture", ("city",)),
    Kind("自治县", "Autonomous County", "county", _COUNTY),
    Kind("高新技术产业开发区", "High-tech Industrial Development Zone", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("经济技术开发区", "Economic and Technological Development Zone", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("经济开发区", "Economic Development Zone", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("开发区", "Development Zone", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("高新区", "High-tech Zone", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("经开区", "Economic Development Zone", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("工业园区", "Industrial Park", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("园区", "Park", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("示范区", "Demonstration Zone", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("保税区", "Bonded Zone", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("度假区", "Resort", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("风景区", "Scenic Area", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("管理区", "Administrative Zone", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("新区", "New Area", "zone", _CITY_OR_COUNTY, zone=True),
    Kind("市", "", "city", _CITY_OR_COUNTY),
    Kind("区", "District", "district", _COUNTY),
    Kind("县", "County", "county", _COUNTY),
    Kind("街道办事处", "Subdistrict", "subdistrict", _TOWNSHIP),
    Kind("街道", "Subdistrict", "subdistrict", _TOWNSHIP),
    Kind("民族乡", "Ethnic Township", "township", _TOWNSHIP),
    Kind("乡", "Township", "township", _TOWNSHIP),
    Kind("镇", "Town", "town", _TOWNSHIP),
)

# What an office may have after the division's own name; the longest first.
_OFFICES = ("人民政府政务服务中心", "政务服务中心", "便民服务中心", "人民政府")
_COMMITTEES = ("管理委员会", "管委会")


class UnknownKindError(ValueError):
    """The name does not end in a word that a division of its level may end in."""


@dataclass(frozen=True)
class Parts:
    """A name taken apart: 新民藏族彝族乡 is 新民, (Tibetan, Yi), 乡."""

    specific: str
    groups: tuple[str, ...]
    kind: Kind


def parts(name: str, level: Level | None = None) -> Parts:
    """Take a division's Chinese name apart; with a level, only the kinds of that level count.

    Only a zone may have no specific part: 高新区 alone is High-tech Zone.
    Raises UnknownKindError when the name ends in none of the kinds or consists of nothing else.
    """
    name = _without_committee(_without_office(name))
    for kind in KINDS:
        if not name.endswith(kind.suffix) or (level and level not in kind.levels):
            continue
        specific = name.removesuffix(kind.suffix)
        groups: tuple[str, ...] = ()
        if kind.suffix in ("自治州", "自治县", "民族乡", "乡"):
            specific, groups = _without_groups(specific)
        if specific or kind.zone:
            return Parts(specific, groups, kind)
    raise UnknownKindError(f"{name!r} ends in no word that a division is called by")


def _without_groups(text: str) -> tuple[str, tuple[str, ...]]:
    """Take the ethnic groups off the end of a text; their English names in the order of the text."""
    groups: list[str] = []
    while True:
        found = [group for group in ETHNIC_GROUPS if text.endswith(group)]
        if not found:
            return text, tuple(reversed(groups))
        # The longest, as one group's name may end in another's: 土家族.
        group = max(found, key=len)
        groups.append(ETHNIC_GROUPS[group])
        text = text.removesuffix(group)


def township_kind(name: str) -> TownshipKind | None:
    """Which kind of township-level division the name says; None for a pasture, a reserve, an office.

    >>> township_kind("红宝苗族彝族乡"), township_kind("白河牧场")
    ('ethnic_township', None)
    """
    try:
        found = parts(name, "township")
    except UnknownKindError:
        return None
    if found.groups or found.kind.suffix == "民族乡":
        return "ethnic_township"
    kinds: dict[str, TownshipKind] = {"Subdistrict": "subdistrict", "Township": "township", "Town": "town"}
    return kinds[found.kind.english]


def centre_name(name: str, level: Level, parent_name: str = "") -> str:
    """The official Chinese name of a division's centre (plan §15).

    A district carries its city's name, as there are two 市中区; a county, a county-level city and an autonomous county
    don't. A development zone has no people's government but an administrative committee. An office's name that is
    already there (…人民政府, …街道办事处, …管委会) is taken as the division's.

    Raises UnknownKindError at the level of townships for what is no 乡, 镇 or 街道.

    >>> centre_name("锦江区", "county", "成都市")
    '成都市锦江区人民政府政务服务中心'
    """
    name = _without_office(name.strip())
    if level == "township":
        found = parts(name, "township")
        if found.kind.english == "Subdistrict":
            # The office (办事处) is who runs it, not part of the centre's name.
            name = name.removesuffix("办事处")
        return f"{name}便民服务中心"
    if _is_zone(name):
        name = _without_committee(name)
        city = parent_name.removesuffix("市")
        if level == "county" and parent_name.endswith("市") and city not in name and not name.startswith("四川"):
            name = city + name
        return f"{name}管理委员会政务服务中心"
    if level == "county" and name.endswith("区") and parent_name.endswith("市") and not name.startswith(parent_name):
        name = parent_name + name
    return f"{name}人民政府政务服务中心"


def _without_office(name: str) -> str:
    for office in _OFFICES:
        if name.endswith(office):
            return name.removesuffix(office)
    return name


def _without_committee(name: str) -> str:
    for committee in _COMMITTEES:
        name = name.removesuffix(committee)
    return name


def _is_zone(name: str) -> bool:
    return name.endswith(_COMMITTEES) or any(kind.zone and name.endswith(kind.suffix) for kind in KINDS)


def english_centre_name(english_name: str, level: Level, parent_english: str = "") -> str:
    """The English name of a division's centre, in British spelling.

    In: the division's full English name ("Jinjiang District") and its parent's ("Chengdu"). As in Chinese, a district
    is told with its city. 政务服务中心 is "Government Service Centre", 便民服务中心 is "Public Service Centre".

    >>> english_centre_name("Jinjiang District", "county", "Chengdu")
    'Jinjiang District Government Service Centre, Chengdu'
    """
    if level == "township":
        return f"{english_name} Public Service Centre"
    if level == "province":
        return f"{english_name.removesuffix(' Province')} Provincial Government Service Centre"
    centre = f"{english_name} Government Service Centre"
    if level == "county" and english_name.endswith(" District") and parent_english:
        return f"{centre}, {parent_english}"
    return centre


def derived_english_name(name: str, level: Level | None = "township") -> str:
    """The English name made from the characters, for a division that nobody has reviewed.

    Pinyin as one word, then the ethnic groups, then the kind: "Xinglong Yi Ethnic Township".
    Raises UnknownKindError when it is none of the level's kinds, NoReadingError for what has no pinyin; both are
    ValueErrors.

    >>> derived_english_name("春熙路街道")
    'Chunxilu Subdistrict'
    """
    found = parts(name, level)
    kind = found.kind.english
    if found.groups and kind == "Township":
        kind = "Ethnic Township"
    *most, last = found.groups or ("",)
    groups = f"{', '.join(most)} and {last}" if most else last
    return " ".join(word for word in (joined(syllables(found.specific)), groups, kind) if word)


def derived_host_label(name: str, level: Level | None = "township") -> str:
    """The host label made from a Chinese name: pinyin in a-z without the kind (荣县 keeps it: "rongxian").

    Raises what derived_english_name raises. The label may be longer than a host allows: see is_host_label.

    >>> derived_host_label("安宁镇"), derived_host_label("彭镇")
    ('anning', 'pengzhen')
    """
    found = parts(name, level)
    read = syllables(found.specific)
    if len(read) < 2:
        read += syllables(found.kind.suffix)
    return ascii_letters("".join(read))


def is_host_label(label: str) -> bool:
    """Whether a label may stand in a host name (RFC 1123): 1 to 63 of a-z, 0-9 and inner hyphens."""
    return LABEL.fullmatch(label) is not None


def sibling_labels(names: Mapping[str, str], level: Level = "township", taken: Collection[str] = ()) -> dict[str, str]:
    """The host labels of all siblings at once: code to label, whatever order the rows have.

    In: code to Chinese name, and the labels that reviewed siblings have. All that share a label, or would have a taken
    one, get the kind appended ("xinxing-town", "xinxing-township"); all that still do get the code's tail as well
    ("xinxing-town-103"). A plain label has no hyphen, so a longer one never meets it.

    Raises what derived_english_name raises.
    """
    kinds = {code: parts(name, level).kind.label for code, name in names.items()}
    labels = {code: derived_host_label(name, level) for code, name in names.items()}
    for code in _clashing(labels, taken):
        labels[code] += f"-{kinds[code]}"
    for code in _clashing(labels, taken):
        labels[code] += f"-{_code_tail(code, level)}"
    return labels


def _clashing(labels: Mapping[str, str], taken: Collection[str]) -> list[str]:
    often = Counter(labels.values())
    often.update(set(taken))
    return [code for code, label in labels.items() if often[label] > 1]


def _code_tail(code: str, level: Level) -> str:
    """The digits by which siblings differ: 510104103000 gives "103" for a township, 510104000000 "04" for a county."""
    if level == "township":
        return code[6:].removesuffix("000")
    return code[4:6] if level == "county" else code[2:4]
