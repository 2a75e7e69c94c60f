"""Loads what the group adds to Wagtail's admin."""

from sites.admin import menus, page_views, people  # noqa: F401
