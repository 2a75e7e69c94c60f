"""This system's own form of the catalogue: what `guides.exporting` writes and `guides.importing.own` reads.

The columns are the facts of an item (`guides.facts`) under their own names. JSON lines hold an item's children as
lists; CSV holds them as JSON in one cell for each kind; a workbook has a sheet for each kind, a row for each child, so
that people can read and edit them. In CSV and workbooks a list of keys is one text with commas, and a text that a
spreadsheet would take for a formula begins with an apostrophe that reading takes away again.
"""

import json
import re

from core.spreadsheets import guarded, unguarded
from guides.facts import ITEM_FACTS

ITEMS_SHEET = "items"
# Columns beside the facts. The version is that in force when the file was made; the name is for people to read, and
# for an installation that doesn't have the department.
LIVE, VERSION, DEPARTMENT_NAME = "live", "version", "department_name"
ADOPTION_PREFIX = "centre_"
# In a sheet of children: the item, and the place among its children.
ITEM, POSITION = "item", "position"

# What a workbook can't hold: characters that XML forbids or changes, and one text that openpyxl takes for its own.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|x005F_")
_AS_JSON = "json:"


def columns_of_items() -> list[str]:
    """The columns of an item without its children, in their order."""
    found = list(ITEM_FACTS)
    found.insert(found.index("department") + 1, DEPARTMENT_NAME)
    return [*found, LIVE, VERSION]


def for_workbook(text: str) -> str:
    """A text as a workbook can hold it; `from_workbook` gives it back."""
    if _NOT_IN_XML.search(text) or text.startswith(_AS_JSON):
        return _AS_JSON + json.dumps(text).replace("x005F_", "\\u0078005F_")
    return guarded(text)


def from_workbook(text: str) -> str:
    return json.loads(text.removeprefix(_AS_JSON)) if text.startswith(_AS_JSON) else unguarded(text)
