"""Loads what the group adds to Wagtail's admin."""

from sites.admin import centres, choosers, english, filters, menus, own_place, page_views, people, province  # noqa: F401
