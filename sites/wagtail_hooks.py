"""Loads what the group adds to Wagtail's admin."""

from sites.admin import centres, choosers, province  # noqa: F401
