"""The menus and the first page of the admin: only what works for the person, only the own centre's numbers."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from sites.rights import runs_the_group

CLOSED_SETTINGS = frozenset({"collections", "workflows", "workflow-tasks", "sites", "groups", "redirects", "locales"})
CLOSED_REPORTS = frozenset({"page-types-usage"})
# Show a person's own pages only.
OPEN_REPORTS = frozenset({"lacks-english"})


@hooks.register("construct_settings_menu")
def drop_closed_settings(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in CLOSED_SETTINGS]


@hooks.register("construct_reports_menu")
def drop_closed_reports(request: HttpRequest, menu_items: list[Any]) -> None:
    keep = runs_the_group(request.user)
    menu_items[:] = [
        item for item in menu_items if item.name in OPEN_REPORTS or (keep and item.name not in CLOSED_REPORTS)
    ]


@hooks.register("construct_help_menu")
def drop_help_from_abroad(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's own guide and news lead out of the house, and into English only."""
    menu_items[:] = [item for item in menu_items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("construct_main_menu")
def drop_the_list_of_snippets(request: HttpRequest, menu_items: list[Any]) -> None:
    """What it would list has menus of its own."""
    menu_items[:] = [item for item in menu_items if item.name != "snippets"]
