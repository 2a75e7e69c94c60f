"""The buttons under the editor's form while a text or an item of the catalogue is under review."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

APPROVE = "approve"
# Starts a returned text's review anew, as submitting it does.
RESTART = "action-restart-workflow"


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def put_the_decision_first(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Whoever may decide came to decide: approving is the button, saving and returning are in its menu."""
    menu_items[:] = [item for item in menu_items if item.name != RESTART]
    for item in menu_items:
        if item.name == APPROVE and not item.launch_modal:
            item.template_name = "website_group/admin/approve.html"
            menu_items.remove(item)
            menu_items.insert(0, item)
            return
