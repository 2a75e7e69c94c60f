"""Loads what the group adds to Wagtail's admin."""

from sites.admin import files, menus, page_views, people, standard  # noqa: F401
