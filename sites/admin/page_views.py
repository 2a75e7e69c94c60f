"""Wagtail's page views as the group needs them: review, filters that don't list the whole group, the chooser."""

from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.permissions import policy_registry

from core.models import BasePage
from sites.review import notify_reviewers, returned_review


class ReviewedEditView(EditView):
    """Deciding while one has changed the text isn't deciding: the change is kept and somebody else decides.

    Whoever opens a text that was returned reads on top of it why; stock leaves that to the history.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        returned = returned_review(self.page)
        if returned is not None:
            said = {"person": returned.finished_by, "comment": returned.comment}
            messages.warning(
                request,
                _("%(person)s returned this text: %(comment)s") % said
                if returned.comment
                else _("%(person)s returned this text without a comment.") % said,
            )
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        # Fields with a computed default expect their first value in a hidden input, which
        # Wagtail's forms don't draw: without this every form would count as changed.
        for field in form.fields.values():
            field.show_hidden_initial = False
        return super().form_valid(form)

    def add_save_confirmation_message(self) -> None:
        """Says what was decided, where stock says of everything that the page was updated."""
        decisions = {
            "approve": _("“%(title)s” has been approved."),
            "reject": _("“%(title)s” has been returned to its author."),
        }
        decision = decisions.get(getattr(self, "workflow_action", None) or "")
        if decision is None:
            super().add_save_confirmation_message()
        else:
            messages.success(self.request, decision % {"title": self.page.get_admin_display_title()})

    def perform_workflow_action(self) -> HttpResponse:
        if self.workflow_action != "approve" or not self.has_content_changes:
            return super().perform_workflow_action()
        self.page = self.form.save(commit=not self.page.live)
        self.subscription.save()
        self.page.save_revision(user=self.request.user, log_action=True)
        notify_reviewers(instance=self.page.current_workflow_task_state)
        messages.warning(
            self.request,
            _("Your changes are saved. As you have edited the text, somebody else must approve it."),
        )
        return self.redirect_and_remain()


class ReviewedRevertView(ReviewedEditView, RevisionsRevertView):
    """An earlier version, put back as a draft."""


class PageFilterSet(WagtailFilterSet):
    """The filters that stay small in a large group: not by owner, editor or site, which list all of them."""

    latest_revision_created_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Date updated"), widget=DateRangePickerWidget
    )
    live = django_filters.BooleanFilter(label=gettext_lazy("Published"))

    class Meta:
        model = BasePage
        fields: list[str] = []


class PageIndexView(ExplorableIndexView):
    base_filterset_class = PageFilterSet
    # Without the warning, at every folder, that pages made in it would have no address: nobody makes any.
    results_template_name = "wagtailadmin/pages/index_results.html"
    # Pages stay in their order (`sites.structure`): no handles to move them by.
    show_ordering_column = False


class GroupPageViewSet(PageViewSet):
    """The views of every page of the group."""

    model = BasePage
    edit_view_class = ReviewedEditView
    revisions_revert_view_class = ReviewedRevertView
    index_view_class = PageIndexView
    filterset_class = PageFilterSet


@hooks.register("register_admin_viewset")
def register_group_page_viewset() -> GroupPageViewSet:
    return GroupPageViewSet("group_pages")


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: Any, request: HttpRequest) -> Any:
    """Stock lists every centre's pages, drafts too. A page of another centre is linked by its address."""
    own = policy_registry.get_by_type(BasePage).explorable_instances(request.user)
    return pages.filter(pk__in=own.values("pk"))
