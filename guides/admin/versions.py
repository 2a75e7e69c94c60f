"""The versions of an item that were in force, and the comparison of any two of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from guides.admin.item_views import address
from guides.models import CatalogueItem, ItemVersion


class VersionsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Lists the versions and the draft; `?before=&after=` (numbers of revisions) leads to their comparison."""

    model = CatalogueItem
    permission_required = "change"
    page_title = _("Versions")
    header_icon = "history"
    template_name = "guides/admin/versions.html"

    @cached_property
    def item(self) -> CatalogueItem:
        return get_object_or_404(CatalogueItem.objects.select_related("latest_revision__user"), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = [request.GET.get(name, "") for name in ("before", "after")]
        if all(number.isdigit() for number in chosen):
            return redirect(address("revisions_compare", self.item, *chosen))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(ItemVersion.objects.filter(item=self.item).select_related("revision__user"))
        draft = self.item.latest_revision if self.item.has_unpublished_changes else None
        numbers = [draft.pk] if draft else []
        numbers += [version.revision_id for version in versions]
        return super().get_context_data(
            item=self.item,
            versions=versions,
            draft=draft,
            # The newest two are what one most often asks for.
            before=numbers[1] if len(numbers) > 1 else None,
            after=numbers[0] if numbers else None,
            view_url_name=CatalogueItem.snippet_viewset.get_url_name("revisions_view"),
            **kwargs,
        )

    def get_page_subtitle(self) -> str:
        return str(self.item)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(CatalogueItem.snippet_viewset.get_url_name("list")),
                "label": capfirst(CatalogueItem._meta.verbose_name_plural),
            },
            {"url": address("edit", self.item), "label": str(self.item)},
            {"url": "", "label": self.page_title},
        ]
