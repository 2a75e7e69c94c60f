"""Reading files of divisions: sites.division_file."""

import codecs
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sites.division_file import MESSAGES, SICHUAN, DivisionFile, Fault, read_divisions

HEADING = "code,name,level,parent_code"
PROVINCE = "510000000000,四川省,province,"
CITY = "510100000000,成都市,city,510000000000"
COUNTY = "510104000000,锦江区,county,510100000000"
TOWNSHIP = "510104100000,大慈镇,township,510104000000"
GOOD = (PROVINCE, CITY, COUNTY, TOWNSHIP)


def read(*lines: str) -> DivisionFile:
    return read_divisions("\n".join((HEADING, *lines, "")).encode())


def found(result: DivisionFile) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in result.faults]


# Good files


def test_the_shipped_file_has_no_fault() -> None:
    result = read_divisions(SICHUAN)
    assert result.faults == []
    assert len(result.rows) + len(result.skipped) == 3316
    assert len(result.skipped) == 10
    assert {row.name for row in result.skipped} >= {"白河牧场", "唐家河国家级自然保护区", "松潘林业局"}
    assert result.names.keys() == {row.code for row in result.rows}
    assert sum(not name.derived for name in result.names.values()) == 205 + 2  # two towns that sound alike


def test_a_row_knows_its_line_and_fields() -> None:
    row = read(*GOOD).rows[2]
    assert (row.line, row.code, row.name, row.level, row.parent_code) == (
        4,
        "510104000000",
        "锦江区",
        "county",
        "510100000000",
    )


@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("final", [True, False])
def test_byte_order_mark_and_line_ends_do_not_matter(bom: bytes, end: str, final: bool) -> None:
    text = end.join((HEADING, *GOOD)) + (end if final else "")
    result = read_divisions(bom + text.encode())
    assert result.faults == []
    assert [row.line for row in result.rows] == [2, 3, 4, 5]


def test_columns_may_stand_in_another_order_and_fields_be_quoted_or_spaced() -> None:
    result = read_divisions('name,code,parent_code,level\n"四川省", 510000000000 ,,province\n'.encode())
    assert result.faults == []
    assert result.rows[0].name == "四川省"


def test_blank_lines_are_no_rows_but_count_as_lines() -> None:
    result = read(PROVINCE, "", CITY, "", "510104000000,,county,510100000000")
    assert found(result) == [(6, "empty_name")]


def test_rows_may_come_before_their_parents() -> None:
    assert read(*reversed(GOOD)).faults == []


def test_a_township_may_hang_under_a_city_without_counties() -> None:
    result = read(
        "440000000000,广东省,province,",
        "441900000000,东莞市,city,440000000000",
        "441900003000,东城街道,township,441900000000",
    )
    assert result.faults == []
    assert result.names["441900003000"].host_label == "dongcheng"


def test_a_township_that_is_none_is_skipped_and_not_a_fault() -> None:
    result = read(*GOOD, "510104400000,白河牧场,township,510104000000")
    assert result.faults == []
    assert [row.name for row in result.skipped] == ["白河牧场"]
    assert "510104400000" not in result.names


def test_a_path_may_be_text(tmp_path: Path) -> None:
    file = tmp_path / "divisions.csv"
    file.write_text("\n".join((HEADING, *GOOD)), encoding="utf-8")
    assert read_divisions(str(file)).rows == read_divisions(file).rows != []


# Faults of the file


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    assert found(read_divisions(tmp_path / "none.csv")) == [(1, "unreadable")]


@pytest.mark.parametrize("content", [b"", b"\n\n", codecs.BOM_UTF8, HEADING.encode(), f"{HEADING}\r\n".encode()])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert found(read_divisions(content)) == [(1, "empty_file")]


def test_a_file_in_gb18030_is_told_with_line_and_byte() -> None:
    result = read_divisions("\n".join((HEADING, "510000000000,四川省,province,")).encode("gb18030"))
    assert found(result) == [(2, "wrong_encoding_guess")]
    assert result.faults[0].params["encoding"] == "GB18030"
    assert result.faults[0].params["byte"] == "0xCB"
    assert "GB18030" in result.faults[0].message


def test_a_file_in_utf_16_is_told() -> None:
    result = read_divisions("\n".join((HEADING, *GOOD)).encode("utf-16"))
    assert found(result) == [(1, "wrong_encoding_guess")]
    assert result.faults[0].params["encoding"] == "UTF-16"


def test_a_broken_byte_is_told_with_its_line() -> None:
    content = "\n".join((HEADING, *GOOD)).encode().replace("锦".encode(), b"\xff\xff")
    result = read_divisions(content)
    assert found(result) == [(4, "wrong_encoding")]
    assert result.faults[0].params["position"] == content.index(b"\xff") + 1


def test_nul_bytes_are_told_with_their_lines() -> None:
    result = read(PROVINCE, CITY.replace("成", "成\0"), COUNTY, TOWNSHIP.replace("大", "\0"))
    assert found(result) == [(3, "nul_byte"), (5, "nul_byte")]


def test_an_unclosed_quotation_is_told_with_the_line_where_it_opens() -> None:
    assert found(read(PROVINCE, '510100000000,"成都市,city,510000000000', COUNTY)) == [(3, "bad_csv")]


def test_missing_unknown_and_double_columns_are_all_told() -> None:
    result = read_divisions(b"code,name,name,population\n510000000000,a,b,1\n")
    assert sorted(found(result)) == [
        (1, "duplicate_column"),
        (1, "missing_column"),
        (1, "missing_column"),
        (1, "unknown_column"),
    ]
    assert {fault.params["column"] for fault in result.faults} == {"level", "parent_code", "population", "name"}


def test_too_few_and_too_many_fields_are_told() -> None:
    result = read(PROVINCE, "510100000000,成都市", "510300000000,自贡市,city,510000000000,x")
    assert found(result) == [(3, "too_few_fields"), (4, "too_many_fields")]
    assert result.faults[0].params == {"found": 2, "expected": 4}


# Faults of a row


@pytest.mark.parametrize(
    "code", ["", "5101", "5101000000000", "51010000000a", "５１０１００００００００", "-10100000000"]
)
def test_a_code_that_is_not_12_digits_is_refused(code: str) -> None:
    assert found(read(PROVINCE, f"{code},成都市,city,510000000000")) == [(3, "bad_code")]


def test_every_repetition_of_a_code_names_the_first_line() -> None:
    result = read(*GOOD, CITY, CITY)
    assert found(result) == [(6, "duplicate_code"), (7, "duplicate_code")]
    assert [fault.params["other"] for fault in result.faults] == [3, 3]


@pytest.mark.parametrize("name", ["", "  ", "\u3000"])
def test_an_empty_name_is_refused(name: str) -> None:
    assert found(read(PROVINCE, f"510100000000,{name},city,510000000000")) == [(3, "empty_name")]


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\u200b", "\u202e", "\ufeff"])
def test_an_invisible_character_in_a_name_is_refused(sign: str) -> None:
    result = read(PROVINCE, f"510100000000,成{sign}都市,city,510000000000")
    assert found(result) == [(3, "control_character")]
    assert result.faults[0].params["character"] == f"U+{ord(sign):04X}"


def test_a_line_break_in_a_name_is_refused_and_lines_stay_right() -> None:
    result = read(PROVINCE, '510100000000,"成\n都市",city,510000000000', "510300000000,,city,510000000000")
    assert found(result) == [(3, "control_character"), (5, "empty_name")]


def test_a_name_of_more_than_100_characters_is_refused() -> None:
    assert found(read(PROVINCE, f"510100000000,{'成' * 100}市,city,510000000000")) == [(3, "name_too_long")]


def test_an_unknown_level_is_refused() -> None:
    result = read(PROVINCE, "510100000000,成都市,prefecture,510000000000", COUNTY)
    assert found(result) == [(3, "unknown_level")]


def test_a_missing_and_an_unknown_parent_are_refused() -> None:
    result = read(PROVINCE, "510100000000,成都市,city,", "510300000000,自贡市,city,520000000000")
    assert found(result) == [(3, "no_parent"), (4, "unknown_parent")]


@pytest.mark.parametrize(
    "line",
    [
        "510300000000,自贡市,city,510100000000",
        "510105000000,青羊区,county,510000000000",
        "510105000000,青羊区,county,510104000000",
        "510104101000,安宁镇,township,510000000000",
        "510104101000,安宁镇,township,510104100000",
    ],
)
def test_a_parent_of_the_wrong_level_is_refused(line: str) -> None:
    assert found(read(*GOOD, line)) == [(6, "wrong_parent_level")]


def test_a_township_under_a_city_with_counties_is_refused() -> None:
    assert found(read(*GOOD, "510104101000,安宁镇,township,510100000000")) == [(6, "city_has_counties")]


def test_a_second_province_and_a_province_with_a_parent_are_refused() -> None:
    result = read(PROVINCE, "520000000000,贵州省,province,510000000000")
    assert sorted(found(result)) == [(3, "province_with_parent"), (3, "several_provinces")]


def test_cycles_are_refused() -> None:
    result = read(
        PROVINCE,
        "510100000000,成都市,city,510104000000",
        COUNTY,
        "510300000000,自贡市,city,510300000000",
    )
    assert found(result) == [(3, "cycle"), (4, "cycle"), (5, "cycle")]


# Names that break a host


def test_a_county_that_is_called_nothing_a_county_is_called_is_refused() -> None:
    assert found(read(*GOOD, "510105000000,青羊,county,510100000000")) == [(6, "unknown_kind")]


def test_a_name_without_pinyin_is_refused() -> None:
    result = read(*GOOD, "510104101000,★★镇,township,510104000000")
    assert found(result) == [(6, "no_reading")]
    assert "★★" in result.faults[0].message


def test_a_label_of_more_than_63_characters_is_refused() -> None:
    result = read(*GOOD, f"510104101000,{'双' * 13}镇,township,510104000000")
    assert found(result) == [(6, "label_too_long")]
    assert result.faults[0].params["length"] == 13 * len("shuang")


def test_siblings_whose_labels_cannot_be_told_apart_are_refused() -> None:
    # The same tail of the code under the same parent: one of the two stands in the wrong county.
    result = read(*GOOD, "510104103000,新兴镇,township,510104000000", "510105103000,新星镇,township,510104000000")
    assert found(result) == [(6, "label_clash"), (7, "label_clash")]
    assert [fault.params["other"] for fault in result.faults] == [7, 6]


def test_siblings_that_sound_alike_are_told_apart() -> None:
    result = read(*GOOD, "510104103000,新兴镇,township,510104000000", "510104104000,新星乡,township,510104000000")
    assert result.faults == []
    assert result.names["510104103000"].host_label == "xinxing-town"
    assert result.names["510104104000"].host_label == "xinxing-township"


# All faults


def test_all_faults_are_collected_in_the_order_of_lines() -> None:
    result = read(
        PROVINCE,
        "x,成都市,city,510000000000",
        "510300000000,,city,510000000000",
        "510400000000,攀枝花市,town,510000000000",
        "510500000000,泸州市",
        "510600000000,德阳市,city,999999999999",
    )
    assert found(result) == [
        (3, "bad_code"),
        (4, "empty_name"),
        (5, "unknown_level"),
        (6, "too_few_fields"),
        (7, "unknown_parent"),
    ]


def test_one_line_may_have_several_faults() -> None:
    assert sorted(found(read(PROVINCE, "1,,town,"))) == [(3, "bad_code"), (3, "empty_name"), (3, "unknown_level")]


def test_a_fault_says_what_is_wrong_in_words() -> None:
    with translation.override("en"):
        assert read(*GOOD, CITY).faults[0].message == "The code 510100000000 is also in line 3."


@given(st.binary(max_size=400))
def test_no_bytes_raise_an_error(content: bytes) -> None:
    result = read_divisions(content)
    assert result.faults
    assert all(fault.message and fault.line >= 1 for fault in result.faults)


FIELD = st.text(alphabet='成都市锦江区大慈镇K0,"\n\r\0 \u200b', max_size=6)


@given(st.lists(st.lists(FIELD, min_size=3, max_size=5).map(",".join), max_size=6))
def test_no_rows_raise_an_error(lines: list[str]) -> None:
    result = read_divisions("\n".join((HEADING, *lines)).encode())
    assert all(fault.message for fault in result.faults)
    assert result.names.keys() <= {row.code for row in result.rows}


@given(st.permutations([COUNTY.replace("04", f"{n:02}", 1).replace("锦江", "新江") for n in range(30, 36)]))
def test_names_do_not_depend_on_the_order_of_rows(lines: list[str]) -> None:
    result = read(PROVINCE, CITY, *lines)
    assert result.faults == []
    assert result.names["510131000000"].host_label == "xinjiang-district-31"


# Messages


def test_a_fault_of_each_kind_has_a_message() -> None:
    params: dict[str, object] = {
        **dict.fromkeys(("position", "found", "expected", "other", "length", "limit"), 7),
        **dict.fromkeys(
            ("reason", "byte", "encoding", "column", "columns", "code", "character", "level", "parent_code"), "x"
        ),
        **dict.fromkeys(("parent_level", "name", "characters", "label"), "x"),
    }
    assert all("%" not in Fault(1, code, params).message for code in MESSAGES)
