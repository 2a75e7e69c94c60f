"""A centre's adopted items in the admin: its own, and nobody else's."""

from typing import Any, ClassVar

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from guides.admin.adopting import AdoptView
from guides.admin.adoption_form import EDIT_HANDLER
from guides.admin.adoption_list import AdoptionIndexView
from guides.adoption import give_up
from guides.models import Adoption
from sites.admin.centres import CENTRE_MENU_HOOK, OwnCentrePolicy, OwnCentreViewSet, OwnDeleteView, OwnEditView

register_permission_policy(Adoption, OwnCentrePolicy(Adoption, "centre", ("change", "delete")))


class AdoptionEditView(OwnEditView):
    delete_item_label = gettext_lazy("Give up")

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("item__department", "centre__division")

    def get_page_subtitle(self) -> str:
        return str(self.object.item)

    def get_success_message(self) -> str:
        return _("What is the centre's own of %(item)s is saved.") % {"item": self.object.item}


class AdoptionDeleteView(OwnDeleteView):
    page_title = gettext_lazy("Give up")

    def get_page_subtitle(self) -> str:
        return str(self.object.item)

    @property
    def confirmation_message(self) -> str:
        return _(
            "%(centre)s would no longer handle %(item)s: its guide goes from the centre's site, and what the centre "
            "added to it is lost."
        ) % {"centre": self.object.centre, "item": self.object.item}

    def delete_action(self) -> None:
        give_up(self.object, self.request.user)

    def get_success_message(self) -> str:
        return _("%(item)s is given up.") % {"item": self.object.item}


class AdoptionViewSet(OwnCentreViewSet):
    model = Adoption
    name = "adopted_items"
    url_prefix = "adopted-items"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Adopted items")
    menu_hook = CENTRE_MENU_HOOK
    menu_order = 30
    # The list's own button leads to the page on which items are adopted; no index of references over 200,000 rows.
    closed_views: ClassVar = ("usage", "add")
    add_to_reference_index = False
    list_per_page = 50
    edit_handler = EDIT_HANDLER
    index_view_class = AdoptionIndexView
    edit_view_class = AdoptionEditView
    delete_view_class = AdoptionDeleteView
    index_template_name = "guides/admin/adoption_list.html"

    def get_urlpatterns(self) -> list:
        return [*super().get_urlpatterns(), path("adopt/", AdoptView.as_view(), name="adopt")]


@hooks.register("register_admin_viewset")
def register_adoptions() -> AdoptionViewSet:
    return AdoptionViewSet()
