"""The admin's first page says who one is here, and begins with what one came to do."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from core.language import shown_text
from sites.columns import columns_in_force
from sites.models import Centre, ColumnPage
from sites.own_centres import centres_of
from sites.rights import AnyUser


class OwnPlacePanel(Component):
    """A person's roles with the sites they are held at; for whoever writes for one site, its columns to write in."""

    name = "own_place"
    order = 230  # after what waits for the person, before what the person did last
    template_name = "website_group/admin/own_place.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        own = list(centres_of(user).select_related("division", "home", "wagtail_site")[:2])
        return {
            "appointments": user.appointments.select_related("centre__wagtail_site", "department").order_by("pk"),
            "centre": own[0] if len(own) == 1 else None,
            "columns": columns_to_write_in(user, own[0]) if len(own) == 1 else [],
        }


def columns_to_write_in(user: AnyUser, centre: Centre) -> list[dict[str, Any]]:
    """The columns of articles of a site that a person may add to, in the standard's order: name and page."""
    pages = {page.column_key: page for page in ColumnPage.objects.child_of(centre.home).filter(live=True)}
    return [
        {"name": shown_text(column, "name"), "page": pages[column.key]}
        for column in columns_in_force(centre.division.level)
        if column.kind == "articles"
        and column.key in pages
        and pages[column.key].permissions_for_user(user).can_add_subpage()
    ]


@hooks.register("construct_homepage_panels")
def begin_with_the_own_place(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(OwnPlacePanel())
