"""The budget of design.md: one stylesheet, one script, small, and nothing from another host."""

import re
from pathlib import Path

import pytest

ROOM = Path(__file__).resolve().parent.parent
STATIC = ROOM / "static" / "themes"
TEMPLATES = ROOM / "templates" / "themes"
# XML names its dialects by addresses that nobody fetches.
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
FILES = [path for path in (*STATIC.rglob("*"), *TEMPLATES.rglob("*.html")) if path.is_file()]


def test_one_stylesheet_of_at_most_45_kilobytes():
    assert [path.name for path in STATIC.glob("*.css")] == ["yizhan.css"]
    assert (STATIC / "yizhan.css").stat().st_size <= 45 * 1024


def test_one_script_of_at_most_20_kilobytes():
    assert [path.name for path in STATIC.glob("*.js")] == ["yizhan.js"]
    assert (STATIC / "yizhan.js").stat().st_size <= 20 * 1024


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOM)))
def test_nothing_is_asked_of_another_host(path):
    text = path.read_text(encoding="utf-8")
    for namespace in NAMESPACES:
        text = text.replace(namespace, "")
    assert not re.search(r"(https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text, re.IGNORECASE)
    assert "@import" not in text and "@font-face" not in text


def test_the_layers_stand_in_their_order():
    css = (STATIC / "yizhan.css").read_text(encoding="utf-8")
    declared = re.search(r"@layer ([a-z, ]+);", css)[1].split(", ")
    assert declared == ["reset", "tokens", "base", "layout", "parts", "utilities", "print"]
    assert set(re.findall(r"@layer ([a-z]+) \{", css)) == set(declared)
    assert css.count("{") == css.count("}")


def test_nothing_moves_by_itself():
    css = (STATIC / "yizhan.css").read_text(encoding="utf-8")
    assert "animation" not in css and "@keyframes" not in css
    for path in TEMPLATES.rglob("*.html"):
        assert not re.search(r"<(marquee|blink|iframe)\b", path.read_text(encoding="utf-8"))


def test_templates_hold_no_chinese_of_their_own():
    for path in TEMPLATES.rglob("*.html"):
        assert not re.search(r"[\u3400-\u9fff]", path.read_text(encoding="utf-8")), path.name
