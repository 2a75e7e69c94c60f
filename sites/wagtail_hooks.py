"""Loads what the group adds to Wagtail's admin."""

from sites.admin import english, files, menus, page_views, people, standard  # noqa: F401
