"""Loads what the group adds to Wagtail's admin."""

from sites.admin import standard  # noqa: F401
