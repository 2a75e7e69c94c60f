"""An index by which SQLite finds a part of the page tree.

Treebeard and Wagtail ask for the pages below another with `path__startswith`. SQLite's LIKE takes
capitals and small letters for the same, so that the index of `path` is of no use to it and each
such question reads all pages: at 3,306 sites a dozen times for one view of the admin. PostgreSQL
has an index for it from Django.
"""

from typing import Any

from django.db import connections

from core.models import BasePage

NAME = "basepage_path_nocase"


def make_path_index(using: str, **kwargs: Any) -> None:
    """After migrations: make the index where it is missing. A migration that rebuilds the table drops it."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    table = BasePage._meta.db_table
    with connection.cursor() as cursor:
        if table in connection.introspection.table_names(cursor):
            cursor.execute(f'CREATE INDEX IF NOT EXISTS "{NAME}" ON "{table}" ("path" COLLATE NOCASE)')
