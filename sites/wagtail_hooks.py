"""Loads what the group adds to Wagtail's admin."""

from sites import review_names  # noqa: F401
from sites.admin import (  # noqa: F401
    centres,
    choosers,
    decisions,
    english,
    filters,
    menus,
    own_place,
    page_views,
    people,
    province,
)
