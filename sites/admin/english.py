"""The report "Lacks English": the pages that a person may edit whose Chinese nobody put into English yet."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from core.models import BasePage
from sites.models import Centre

FIELDS = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "body": gettext_lazy("text"),
    "introduction": gettext_lazy("introduction"),
}


def page_policy():
    return policy_registry.get_by_type(BasePage)


def pages_lacking_english() -> QuerySet[BasePage]:
    """Articles and columns with a Chinese text that has no English; `lacking` names the fields, by spaces."""
    return (
        BasePage.objects.filter(Q(articlepage__lacks_english__gt="") | Q(columnpage__lacks_english__gt=""))
        .annotate(lacking=Coalesce("articlepage__lacks_english", "columnpage__lacks_english"))
        .order_by("-latest_revision_created_at", "-pk")
    )


class LacksEnglishFilterSet(WagtailFilterSet):
    """Which text is lacking, what the page is called, and whether readers see it already."""

    lacking = django_filters.ChoiceFilter(
        label=gettext_lazy("English lacking"), choices=list(FIELDS.items()), lookup_expr="contains"
    )
    title = django_filters.CharFilter(label=gettext_lazy("Title"), lookup_expr="icontains")
    live = django_filters.BooleanFilter(label=gettext_lazy("Published"))

    class Meta:
        model = BasePage
        fields: ClassVar[list[str]] = []


class LacksEnglishView(ReportView):
    page_title = gettext_lazy("Lacks English")
    header_icon = "globe"
    index_url_name = "lacks_english"
    index_results_url_name = "lacks_english_results"
    filterset_class = LacksEnglishFilterSet
    is_searchable = False
    list_export: ClassVar[list[str]] = ["title", "centre_name", "lacking_text", "latest_revision_created_at"]
    export_headings: ClassVar = {
        "title": gettext_lazy("Title"),
        "centre_name": gettext_lazy("Centre"),
        "lacking_text": gettext_lazy("English lacking"),
        "latest_revision_created_at": gettext_lazy("Date updated"),
    }
    columns: ClassVar = [
        TitleColumn(
            "title",
            label=gettext_lazy("Title"),
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("centre_name", label=gettext_lazy("Centre")),
        Column("lacking_text", label=gettext_lazy("English lacking")),
        DateColumn("latest_revision_created_at", label=gettext_lazy("Date updated")),
    ]
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]

    @cached_property
    def permission_policy(self):
        return page_policy()

    def get_base_queryset(self) -> QuerySet[BasePage]:
        editable = page_policy().instances_user_has_permission_for(self.request.user, "change")
        return pages_lacking_english().filter(pk__in=editable.order_by().values("pk"))

    def get_queryset(self) -> QuerySet[BasePage]:
        return self.get_base_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> list[BasePage]:
        """Names the centre of each page and the lacking texts in words. One query for all."""
        pages = list(object_list)
        homes = {
            centre.home.path: centre.name
            for centre in Centre.objects.filter(
                home__path__in={above for page in pages for above in page.paths_from_root}
            ).select_related("home")
        }
        separator = pgettext("between items of a list", ", ")
        for page in pages:
            page.centre_name = next((homes[above] for above in page.paths_from_root if above in homes), "")
            page.lacking_text = separator.join(str(FIELDS[field]) for field in page.lacking.split())
        return pages


@hooks.register("register_admin_urls")
def register_lacks_english_urls() -> list[URLPattern]:
    return [
        path("reports/lacks-english/", LacksEnglishView.as_view(), name="lacks_english"),
        path(
            "reports/lacks-english/results/", LacksEnglishView.as_view(results_only=True), name="lacks_english_results"
        ),
    ]


class LacksEnglishMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return page_policy().user_has_any_permission(request.user, ["add", "change", "publish"])


@hooks.register("register_reports_menu_item")
def register_lacks_english_menu_item() -> MenuItem:
    return LacksEnglishMenuItem(
        gettext_lazy("Lacks English"), reverse("lacks_english"), name="lacks-english", icon_name="globe", order=100
    )
