"""Facets of a list: what one can filter by, with numbers that narrow, as plain links. Pure functions."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Dimension:
    """Something that a list can be filtered by: its name in the query, its title, what "all" is called, its choices.

    `labels` are the choices with what they are called (texts, lazy ones too), in the order in which they are shown.
    """

    key: str
    title: str
    all_label: str
    labels: Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One thing that is counted, or several alike: its values by dimension, and how many it stands for."""

    values: Mapping[str, Collection[str]]
    number: int = 1
    thing: Any = None


@dataclass(frozen=True)
class Narrowed:
    """What is left of a list: the rows, the chosen value of each dimension, and the filters as the theme shows them.

    `kept` is what else the list's addresses carry along, such as the words searched for.
    """

    rows: list[Row]
    chosen: dict[str, str]
    filters: list[dict[str, Any]]
    kept: Mapping[str, str]

    @property
    def number(self) -> int:
        return sum(row.number for row in self.rows)

    @property
    def query(self) -> str:
        """What is kept and chosen as a query without its question mark; empty when there is nothing."""
        return urlencode({**self.kept, **self.chosen})


def narrow(
    dimensions: Sequence[Dimension],
    rows: Sequence[Row],
    asked: Mapping[str, str],
    address: str,
    kept: Mapping[str, str] = NOTHING,
) -> Narrowed:
    """Filter rows by the query `asked`; a value that no row has filters nothing.

    The numbers beside a dimension's choices are those under what is chosen in all others. A dimension
    in which no row has a value is left out, and so is a choice without any row. `address` is the list's own, `kept` what
    every link carries along.
    """
    present = {each.key: {value for row in rows for value in row.values.get(each.key, ())} for each in dimensions}
    chosen = {
        each.key: asked[each.key]
        for each in dimensions
        if asked.get(each.key) in present[each.key] and asked[each.key] in each.labels
    }

    # What each row lacks of what is chosen. A list may have thousands of rows: they are looked at once for it.
    lacking = [[key for key, value in chosen.items() if value not in row.values.get(key, ())] for row in rows]

    def link(key: str, value: str | None) -> str:
        query = urlencode({name: text for name, text in {**kept, **chosen, key: value}.items() if text})
        return f"{address}?{query}" if query else address

    filters = []
    for each in dimensions:
        if not present[each.key]:
            continue
        counts: Counter[str] = Counter()
        total = 0
        for row, lacks in zip(rows, lacking, strict=True):
            if not lacks or lacks == [each.key]:
                total += row.number
                for value in row.values.get(each.key, ()):
                    counts[value] += row.number
        filters.append(
            {
                "key": each.key,
                "title": each.title,
                "choices": [
                    {
                        "value": "",
                        "label": each.all_label,
                        "count": total,
                        "url": link(each.key, None),
                        "is_current": each.key not in chosen,
                    },
                    *(
                        {
                            "value": value,
                            "label": label,
                            "count": counts[value],
                            "url": link(each.key, value),
                            "is_current": chosen.get(each.key) == value,
                        }
                        for value, label in each.labels.items()
                        if counts[value] or chosen.get(each.key) == value
                    ),
                ],
            }
        )
    left = [row for row, lacks in zip(rows, lacking, strict=True) if not lacks]
    return Narrowed(left, chosen, filters, kept)
