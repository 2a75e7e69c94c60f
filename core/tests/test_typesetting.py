"""Printed sheets: what is text stays text, the same sheet is the same file, and what the fonts lack is said."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from core import typesetting
from core.tests.pdf import claims_accessibility, fonts_in, squeezed, tags_in, title_of, words
from core.typesetting import characters_in, font_files, known_characters, lacking_characters, settable, typeset

MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)
FORM = {
    "title": "食品经营许可申请书",
    "language": "zh",
    "note": "空白表格",
    "footer": "一站 Yizhan",
    "rows": [{"label": "申请人", "label_en": "Applicant", "value": "", "value_en": ""}],
    "signature": "签名",
    "date": "年　月　日",
}
MARKUP = (
    '#let x = 1; #panic("no") *bold* _slant_ $x^2$ <label> @reference \\u{41} \\ "double" \'single\' [content] '
    "// comment /* more */ `raw` ~ = heading - list + list / term: text ... -- --- #import"
)


@pytest.fixture
def plain_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet `plain` that prints the text it is given, in both fonts."""
    (tmp_path / "plain.typ").write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.text)\n"
        '#text(font: "Noto Sans SC", data.text)\n\n#text(font: "Noto Serif SC", data.text)\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(typesetting, "SHEETS", tmp_path)


def test_the_same_data_and_moment_give_the_same_file() -> None:
    assert typeset("form", FORM, timestamp=MOMENT) == typeset("form", FORM, timestamp=MOMENT)
    assert typeset("form", FORM, timestamp=MOMENT) != typeset("form", FORM, timestamp=MOMENT.replace(day=25))
    assert typeset("form", FORM, timestamp=MOMENT) != typeset("form", {**FORM, "note": ""}, timestamp=MOMENT)


def test_both_fonts_are_embedded_as_a_subset() -> None:
    pdf = typeset("form", FORM)
    assert fonts_in(pdf) == {"NotoSansSC-Regular": True, "NotoSerifSC-Regular": True}
    assert len(pdf) < 100_000 < min(path.stat().st_size for path in font_files())


def test_markup_stays_text(plain_sheet: None) -> None:
    assert words(typeset("plain", {"text": MARKUP})) == 2 * squeezed(MARKUP)


def test_a_sheet_tells_its_title() -> None:
    assert title_of(typeset("form", FORM)) == FORM["title"]


def test_a_form_is_tagged_and_its_title_a_heading() -> None:
    pdf = typeset("form", FORM, standard="ua-1")
    assert claims_accessibility(pdf) and not claims_accessibility(typeset("form", FORM))
    assert [title for tag, title in tags_in(pdf) if tag == "H1"] == [FORM["title"]]


def test_a_picture_is_of_the_first_page() -> None:
    assert typeset("form", FORM, form="png").startswith(b"\x89PNG")
    assert b"<svg" in typeset("form", FORM, form="svg")


def test_a_source_that_does_not_compile_says_so(plain_sheet: None) -> None:
    with pytest.raises(typst.TypstError):
        typeset("plain", {})


# -- What the fonts lack ------------------------------------------------------------


def test_the_fonts_have_the_characters_of_the_national_standard() -> None:
    known = known_characters()
    assert all(chr(code) in known for code in [*range(0x4E00, 0x9FA6), *range(0x3400, 0x4DB6)])
    assert set("ABCxyz019’“”—·㎡℃") <= known
    sans, serif = (characters_in(path.read_bytes()) for path in font_files())
    assert known == sans & serif != sans | serif


def test_a_character_that_the_fonts_lack_is_named_and_printed_as_a_substitute(plain_sheet: None) -> None:
    text = "𠮷野家 😀 བོད་"
    assert lacking_characters({"rows": [{"name": text}, "常用字"]}) == sorted(set(text) - set("野家 "))
    pdf = typeset("plain", {"text": text}, standard="ua-1")
    assert words(pdf) == 2 * squeezed(settable(text))
    assert settable("𠮷野家") == "〓野家"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("e\u0301", "é"),  # composed
        ("\uf900", "豈"),  # a double of an ordinary character
        ("a\u2004b\u2028c\td", "a b c d"),
        ("零\u200b宽\ufeff\x07", "零宽"),
        ("㐂\ufe00葛\U000e0100", "㐂葛"),
        ("一\n二", "一\n二"),
    ],
)
def test_what_is_invisible_leaves_no_mark(text: str, printed: str) -> None:
    assert settable(text) == printed
    assert lacking_characters(text) == []


@given(st.text())
def test_a_settable_text_has_only_characters_that_the_fonts_have(text: str) -> None:
    assert set(settable(text)) <= known_characters() | {"\n"}
