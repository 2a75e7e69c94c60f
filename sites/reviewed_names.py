"""The reviewed English names and host labels of the divisions down to counties: data/reviewed-names.csv."""

import csv
from dataclasses import dataclass
from functools import cache

from sites.romanise import DATA


@dataclass(frozen=True)
class ReviewedName:
    """One row of the table; `name` is the Chinese name that was reviewed, `source` says who spells it so."""

    code: str
    name: str
    english_name: str
    host_label: str
    source: str


@cache
def reviewed_names() -> dict[str, ReviewedName]:
    """The whole table, by code."""
    with (DATA / "reviewed-names.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: ReviewedName(**row) for row in csv.DictReader(file)}


def reviewed_name(code: str, name: str) -> ReviewedName | None:
    """The reviewed row of a division, if it was reviewed under this very name.

    A division that was renamed since needs a new review: its old English name would be wrong.
    """
    row = reviewed_names().get(code)
    return row if row and row.name == name else None
