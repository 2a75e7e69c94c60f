"""Filters of Wagtail's own lists that would draw every collection or every person: they are searched instead."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import BaseMediaFilterSet
from wagtail.admin.views.reports import audit_logging, locked_pages, workflows
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtail.models import Collection

from sites.admin.choosers import own_centre_chooser
from sites.models import Centre
from sites.own_centres import centres_of

# -- Pictures and documents: by centre --------------------------------------------------------------


class CentreCollectionField(django_filters.fields.ModelChoiceField):
    """A centre is chosen; what comes out is its collection, as the list and its bulk actions expect."""

    def clean(self, value: Any) -> Collection | None:
        centre = super().clean(value)
        return centre and centre.collection


class CentreFilter(django_filters.ModelChoiceFilter):
    field_class = CentreCollectionField


def own_centres(request: HttpRequest) -> QuerySet[Centre]:
    return centres_of(request.user).select_related("collection")


class CentreFilesFilterSet(BaseMediaFilterSet):
    """For supervisors and the province: the files of one centre among the own ones, found by searching."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.filters.pop("collection_id", None)
        if len(own_centres(request)[:2]) > 1:
            self.filters["collection_id"] = CentreFilter(
                label=_("Centre"), queryset=own_centres, widget=own_centre_chooser.widget_class
            )
            self.filters["collection_id"].field_name = "collection_id"
            self.filters["collection_id"].parent = self


class PicturesFilterSet(CentreFilesFilterSet, images.ImagesFilterSet):
    class Meta(images.ImagesFilterSet.Meta):
        pass


class DocumentsFilterSet(CentreFilesFilterSet, documents.DocumentsFilterSet):
    class Meta(documents.DocumentsFilterSet.Meta):
        pass


# -- Reports of the whole group: by person ----------------------------------------------------------


class PersonFilter(django_filters.CharFilter):
    """What somebody did whose name or user name holds the text."""

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return queryset
        people = get_user_model().objects.filter(
            Q(username__icontains=value) | Q(last_name__icontains=value) | Q(first_name__icontains=value)
        )
        return queryset.filter(**{f"{self.field_name}__in": people.values("pk")})


class HistoryFilterSet(audit_logging.SiteHistoryReportFilterSet):
    person = PersonFilter(field_name="user", label=_("Name or user name"))

    def get_users_queryset(self) -> QuerySet[Any]:
        """Nobody to tick: stock lists all who ever did anything."""
        return get_user_model().objects.none()

    class Meta(audit_logging.SiteHistoryReportFilterSet.Meta):
        pass


class LockedPagesFilterSet(locked_pages.LockedPagesReportFilterSet):
    locked_by = PersonFilter(label=_("Locked by"))

    class Meta(locked_pages.LockedPagesReportFilterSet.Meta):
        pass


class WorkflowFilterSet(workflows.WorkflowReportFilterSet):
    requested_by = PersonFilter(label=_("Requested by"))

    class Meta(workflows.WorkflowReportFilterSet.Meta):
        pass


# Wagtail has no setting for these: its views read the attribute at each request.
images.IndexView.filterset_class = PicturesFilterSet
documents.IndexView.filterset_class = DocumentsFilterSet
audit_logging.LogEntriesView.filterset_class = HistoryFilterSet
locked_pages.LockedPagesView.filterset_class = LockedPagesFilterSet
workflows.WorkflowView.filterset_class = WorkflowFilterSet
