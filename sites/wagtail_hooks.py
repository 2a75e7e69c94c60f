"""Loads what the group adds to Wagtail's admin."""
