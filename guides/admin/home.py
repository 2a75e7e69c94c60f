"""What the first page of the admin tells a centre's people: that limits they set themselves stand aside."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from guides.models import Adoption
from guides.promises import standing_aside_among
from sites.models import Role
from sites.rights import centres_where


def told_adoptions(user: Any) -> list[Adoption]:
    """The adoptions of the person's own centre whose limits stand aside; those above find them by the list's filter."""
    centres = {centre.pk for centre in centres_where(user, Role.HEAD, Role.EDITOR)}
    return standing_aside_among(Adoption.objects.filter(centre__in=centres)) if centres else []


class StandingAsidePanel(Component):
    name = "standing_aside"
    template_name = "guides/admin/standing_aside.html"
    order = 50

    def __init__(self, adoptions: list[Adoption]) -> None:
        self.adoptions = adoptions

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"standing_aside": self.adoptions}


@hooks.register("construct_homepage_panels")
def tell_the_centre(request: HttpRequest, panels: list[Any]) -> None:
    adoptions = told_adoptions(request.user)
    if adoptions:
        panels.append(StandingAsidePanel(adoptions))
