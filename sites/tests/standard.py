"""Changes of the column standard, as the province makes them."""

from typing import Any

from core.models import User
from sites.models import Column, ColumnStandard
from sites.standard_apply import draft_columns


def publish(
    standard: ColumnStandard,
    user: User | None = None,
    remove: str = "",
    add: dict[str, Any] | None = None,
    **changes: dict[str, Any],
) -> None:
    """Change columns by key in a draft of the standard and publish it."""
    draft = standard.get_latest_revision_as_object()
    columns = [column for column in draft_columns(draft) if column.key != remove]
    for column in columns:
        for field, value in changes.get(column.key, {}).items():
            setattr(column, field, value)
    if add:
        columns.append(Column(sort_order=len(columns), **add))
    draft.columns = columns
    revision = draft.save_revision(user=user)
    revision.publish(user=user)
    standard.refresh_from_db()
