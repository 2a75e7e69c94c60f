"""Loads what the catalogue adds to Wagtail's admin."""

from guides import audit  # noqa: F401
from guides.admin import importing  # noqa: F401
