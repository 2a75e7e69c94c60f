"""Which of Wagtail's own addresses the group does without, and what stock Wagtail doesn't check at some of them.

Wagtail's views ask for a permission and most of them ask for the right object. What is left is
here, by the name of the address: the test of the whole matrix (sites/tests/test_rights_matrix.py)
holds every address of the URL map against its expected answer.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from core.language import LANGUAGE_TAGS
from core.models import BasePage
from sites.rights import runs_the_group

Guard = Callable[[HttpRequest, dict[str, Any]], HttpResponse | None]

# Whole namespaces that nobody needs: the group is made by provisioning, groups follow from
# appointments, there is one workflow, redirects and collections are made by the system.
CLOSED_NAMESPACES = frozenset(
    {
        "wagtailadmin_collections",
        "wagtailadmin_workflows",
        "wagtailredirects",
        "wagtailembeds",
        "wagtailsites",
        "wagtailusers_groups",
        # There is one column standard: nothing refers to it.
        "wagtailsnippetchoosers_website_group_columnstandard",
        # The lists of all centres' files; choosers and lists have addresses of their own.
        "wagtailadmin_api:images",
        "wagtailadmin_api:documents",
    }
)
CLOSED = frozenset(
    {
        # Writing through the API would be a second way to do everything.
        "wagtailadmin_api:pages:action",
        "wagtailadmin_api:pages:find",
        # The page tree mirrors the divisions; articles stay in their column and are public once live.
        "wagtailadmin_pages:convert_alias",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:move",
        "wagtailadmin_pages:move_confirm",
        "wagtailadmin_pages:set_page_position",
        "wagtailadmin_pages:set_privacy",
        # Lists of all centres' pages, with filters by all sites and all people.
        "wagtailadmin_pages:type_use",
        "wagtailadmin_pages:type_use_results",
        "wagtailadmin_reports:page_types_usage",
        "wagtailadmin_reports:page_types_usage_results",
        # One list of tags for the whole group.
        "wagtailadmin_tag_autocomplete",
        "wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_error_test",
        "wagtailimages:url_generator",
        "wagtailimages:url_generator_output",
        # An account is registered, appointed or closed; a copy would bring nothing but confusion.
        "wagtailusers_users:copy",
        # No page or collection has a password.
        "wagtailcore_authenticate_with_password",
        "wagtailcore_login",
        "wagtaildocs_authenticate_with_password",
    }
)
# Reports name people and pages of all centres.
FOR_THOSE_WHO_RUN_THE_GROUP = frozenset({"wagtailadmin_reports"})

# Bulk actions that remain, by model and action: who may be acted upon is asked below.
BULK_PAGE_ACTIONS = frozenset({"delete", "unpublish"})
BULK_FILE_ACTIONS = frozenset({"delete"})
# Those that rooms above have of their own: by model, the actions, and the objects that a person may act upon. What
# "all" means is for the actions to say.
_further_bulk_actions: dict[str, tuple[frozenset[str], Callable[[HttpRequest], QuerySet]]] = {}


def open_bulk_actions(model: type[Model], actions: frozenset[str], own: Callable[[HttpRequest], QuerySet]) -> None:
    """Let people act upon several objects of a model at once: upon their `own`."""
    _further_bulk_actions[model._meta.label_lower] = (actions, own)


def own_pages(request: HttpRequest):
    """The pages that the person's explorer shows."""
    return policy_registry.get_by_type(BasePage).explorable_instances(request.user)


def chooser_stays_on_own_pages(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    """The page chooser opens at the person's own root; what lies outside leads back there, as in the explorer."""
    root = policy_registry.get_by_type(BasePage).explorable_root_instance(request.user)
    if root is None:
        raise Http404
    parent = kwargs.get("parent_page_id")
    if parent is not None and own_pages(request).filter(pk=parent).exists():
        return None
    if parent is None and root.is_root():
        return None
    query = request.META.get("QUERY_STRING", "")
    address = reverse("wagtailadmin_choose_page_child", args=[root.pk])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def only_own_pages_chosen(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Stock answers with the title of any page whose number one sends."""
    require_all(own_pages(request), request.GET.getlist("id"))


def review_belongs_to_page(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """The address names the page and the review apart: rights on the one must not decide on the other."""
    require_review_of(BasePage, kwargs["page_id"], kwargs["task_state_id"])


def require_review_of(model: type[Model], pk: Any, task_state_id: int) -> None:
    """Raise Http404 unless a review is of the very object."""
    of_model = ContentType.objects.get_for_model(model)
    states = TaskState.objects.filter(workflow_state__base_content_type=of_model, workflow_state__object_id=str(pk))
    get_object_or_404(states, pk=task_state_id)


def page_may_be_edited(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Stock tells anybody whether a page is under review."""
    page = get_object_or_404(BasePage, pk=kwargs["page_id"])
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404


def require_all(objects: Any, wanted: list[str]) -> None:
    """Raise Http404 unless every number is one of the objects."""
    if not all(number.isdigit() for number in wanted):
        raise Http404
    if objects.filter(pk__in=wanted).count() != len(set(wanted)):
        raise Http404


def bulk_action_on_own(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Stock shows the titles of all objects whose numbers one sends, and takes "all" for all of the group."""
    label = f"{kwargs['app_label']}.{kwargs['model_name']}".lower()
    files = {model._meta.label_lower: model for model in (get_image_model(), get_document_model())}
    wanted = request.GET.getlist("id")
    if label == BasePage._meta.label_lower and kwargs["action"] in BULK_PAGE_ACTIONS:
        objects = own_pages(request)
        if "all" in wanted:
            require_all(objects, [request.GET.get("childOf", "")])
            return
    elif label in files and kwargs["action"] in BULK_FILE_ACTIONS:
        objects = policy_registry.get_by_type(files[label]).instances_user_has_permission_for(request.user, "delete")
        if "all" in wanted:
            return
    elif label in _further_bulk_actions and kwargs["action"] in _further_bulk_actions[label][0]:
        objects = _further_bulk_actions[label][1](request)
        if "all" in wanted:
            return
    else:
        raise Http404
    require_all(objects, wanted)


# Rooms above add theirs.
GUARDS: dict[str, Guard] = {
    "wagtail_bulk_action": bulk_action_on_own,
    "wagtailadmin_choose_page": chooser_stays_on_own_pages,
    "wagtailadmin_choose_page_child": chooser_stays_on_own_pages,
    "wagtailadmin_choose_page_chosen_multiple": only_own_pages_chosen,
    "wagtailadmin_pages:workflow_action": review_belongs_to_page,
    "wagtailadmin_pages:collect_workflow_action_data": review_belongs_to_page,
    "wagtailadmin_pages:confirm_workflow_cancellation": page_may_be_edited,
}


def language_of(user: Any) -> str:
    """The language of a person's profile, Chinese where it names none."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE


class AdminAddressMiddleware:
    """Asks what stock Wagtail doesn't, before its view is called. Strangers go on to the log-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
            return self.get_response(request)
        # Wagtail speaks the person's language in its views alone, not where it refuses or finds nothing.
        request.LANGUAGE_CODE = language_of(request.user)
        with override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers["Content-Language"] = LANGUAGE_TAGS[request.LANGUAGE_CODE]
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        match = request.resolver_match
        assert match is not None  # Django asks this after it has found the address.
        if match.view_name in CLOSED or match.namespace in CLOSED_NAMESPACES:
            raise Http404
        guard = GUARDS.get(match.view_name)
        if guard is None and match.namespace not in FOR_THOSE_WHO_RUN_THE_GROUP:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None  # Wagtail leads to the log-in
        if match.namespace in FOR_THOSE_WHO_RUN_THE_GROUP and not runs_the_group(request.user):
            raise Http404
        return guard(request, kwargs) if guard else None
