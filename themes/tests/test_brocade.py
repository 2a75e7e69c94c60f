"""The brocade band: the same code gives the same band, another code another one, and all are small."""

import re
from itertools import combinations
from xml.etree import ElementTree

from themes.brocade import DYES, FIGURES, brocade_svg

CITIES = [f"51{n:02d}00000000" for n in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 32, 33, 34)]
JINJIANG, QINGYANG, GUANGAN = "510104000000", "510105000000", "511602000000"


def dye(svg: str) -> str:
    """The colour of the ground."""
    return re.search(r'height="22" fill="(#\w{6})"', svg)[1]


def without_signature(svg: str, code: str) -> str:
    """What the eye sees: the band without the stitches of the lower selvedge and without ids."""
    return svg.split('<pattern id="s')[0].replace(code, "")


def test_the_same_code_gives_the_same_band():
    first = brocade_svg(JINJIANG)
    brocade_svg.cache_clear()
    assert brocade_svg(JINJIANG) == first


def test_no_two_divisions_have_the_same_band():
    codes = ["510000000000", *CITIES]
    codes += [f"51{city:02d}{county:02d}000000" for city in range(1, 35) for county in range(1, 30)]
    codes += [f"510104{town:03d}000" for town in range(1, 200)]
    assert len({brocade_svg(code) for code in codes}) == len(set(codes))


def test_cities_differ_to_the_eye_and_not_only_in_the_signature():
    for one, other in combinations(["510000000000", *CITIES], 2):
        assert without_signature(brocade_svg(one), one) != without_signature(brocade_svg(other), other)


def test_districts_of_one_city_share_its_dye():
    assert dye(brocade_svg(JINJIANG)) == dye(brocade_svg(QINGYANG)) == dye(brocade_svg("510100000000"))
    assert dye(brocade_svg(JINJIANG)) != dye(brocade_svg(GUANGAN))
    assert len(DYES) > 5 and len(FIGURES) == 10


def test_a_band_is_small_well_formed_and_hidden_from_readers():
    for city in range(1, 35):
        for county in range(40):
            svg = brocade_svg(f"51{city:02d}{county:02d}000000")
            assert len(svg.encode()) < 2048
            assert ElementTree.fromstring(svg).get("aria-hidden") == "true"


def test_a_missing_or_odd_code_still_gives_a_band():
    for code in ("", None, "51", "5101-04", "<script>", "五一"):
        svg = brocade_svg(code)
        ElementTree.fromstring(svg)
        assert "script" not in svg
