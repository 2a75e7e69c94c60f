"""Reads the demo's catalogue from `content/`; the form of its files is told in `content/README.md`."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"

Row = dict[str, Any]


@cache
def read(path: Path) -> Row:
    """A data file; it is read once, so nobody may change what this returns."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def themes() -> list[Row]:
    return read(CONTENT / "themes.toml")["theme"]


def item_files() -> list[Row]:
    return [read(path) for path in sorted((CONTENT / "items").glob("*.toml"))]


def main_items() -> Iterator[Row]:
    for file in item_files():
        yield from file.get("main", [])


def items() -> Iterator[Row]:
    for file in item_files():
        yield from file.get("item", [])


def bundles() -> list[Row]:
    return [read(path) for path in sorted((CONTENT / "bundles").glob("*.toml"))]


def windows() -> list[Row]:
    return read(CONTENT / "windows.toml")["window"]
