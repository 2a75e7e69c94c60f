"""The catalogue's items in the admin: Wagtail's views of a snippet, with our list, form and actions."""

from typing import Any, ClassVar

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from guides.admin.choosers import ItemChooserViewSet
from guides.admin.item_export import ExportView
from guides.admin.item_form import EDIT_HANDLER
from guides.admin.item_list import ItemIndexView
from guides.admin.item_state_views import CancelView, SuspendView
from guides.admin.item_views import (
    ItemDeleteView,
    ItemEditView,
    ItemHistoryView,
    ItemUnpublishView,
    ItemWorkflowActionView,
)
from guides.admin.versions import VersionsView
from guides.models import CatalogueItem
from sites.admin.addresses import GUARDS, require_review_of


class ItemPolicy(ModelPermissionPolicy):
    """An item that was ever published is nobody's to delete."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if action == "delete" and instance.first_published_at is not None:
            return False
        return super().user_has_permission_for_instance(user, action, instance)


register_permission_policy(CatalogueItem, ItemPolicy(CatalogueItem))


def review_belongs_to_item(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """The address names the item and the review apart, and the review might be a page's."""
    require_review_of(CatalogueItem, kwargs["pk"], kwargs["task_state_id"])


def item_may_be_edited(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Stock tells anybody whether an item is under review."""
    if not policy_registry.get_by_type(CatalogueItem).user_has_permission(request.user, "change"):
        raise Http404


GUARDS["catalogue_item:workflow_action"] = review_belongs_to_item
GUARDS["catalogue_item:collect_workflow_action_data"] = review_belongs_to_item
GUARDS["catalogue_item:confirm_workflow_cancellation"] = item_may_be_edited


class ItemViewSet(SnippetViewSet):
    model = CatalogueItem
    url_prefix = "catalogue/items"
    url_namespace = "catalogue_item"
    chooser_admin_url_namespace = "item_chooser"
    chooser_base_url_path = "choose/item"
    chooser_viewset_class = ItemChooserViewSet
    icon = "list-ul"
    menu_label = _("Items")
    menu_order = 100
    menu_item_is_registered = True  # in the menu of the catalogue: no menu of snippets for it alone
    copy_view_enabled = False
    list_per_page = 50
    edit_handler = EDIT_HANDLER
    index_view_class = ItemIndexView
    edit_view_class = ItemEditView
    delete_view_class = ItemDeleteView
    unpublish_view_class = ItemUnpublishView
    history_view_class = ItemHistoryView
    workflow_action_view_class = ItemWorkflowActionView
    index_template_name = "wagtailadmin/generic/index.html"
    edit_template_name = "guides/admin/item_edit.html"
    closed_views: ClassVar = ("usage",)  # it would list what the index of references happens to know

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{**kwargs, "usage_url_name": None})

    def get_urlpatterns(self) -> list:
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name not in self.closed_views),
            path("versions/<int:pk>/", VersionsView.as_view(), name="versions"),
            path("export/<slug:format>/", ExportView.as_view(), name="export"),
            path("cancel/<int:pk>/", CancelView.as_view(), name="cancel"),
            path("suspend/<int:pk>/", SuspendView.as_view(), name="suspend"),
        ]
