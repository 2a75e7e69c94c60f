"""The review of a text: who decides, whose turn it is, and that only a decision publishes.

The rules are the project's own (plan: one published text, one answerable head): whoever
submitted or last edited a text can't decide on it, superusers included.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop
from wagtail.admin.mail import EmailNotificationMixin, Notifier
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask
from wagtail.signals import task_submitted

from core.models import BasePage, User
from sites.models import CentreApprovalState, CentreApprovalTask
from sites.review_names import store_name
from sites.rights import (
    AnyUser,
    centre_of,
    centres_reviewed_by,
    first_without,
    next_reviewers,
    reviewers_in_turn,
    reviews_for,
)

# Stored as they are here, shown in the reader's language (`sites.review_names`).
WORKFLOW_NAME = gettext_noop("Publication review")
TASK_NAME = gettext_noop("Review by the centre")


class NoCentre(PermissionDenied):
    """A page outside every centre's site can't be reviewed."""


def submitter(page: BasePage) -> int | None:
    """The id of the person who submitted a text that is under review or was returned."""
    state = page.current_workflow_state
    return state.requested_by_id if state else None


def involved(page: BasePage) -> set[int | None]:
    """The ids of those who can't decide on a text: who submitted it and who edited it last."""
    revision = page.get_latest_revision()
    return {submitter(page), revision.user_id if revision else None}


def returned_review(page: BasePage) -> TaskState | None:
    """The review that returned a text which nobody has submitted again; None for any other text."""
    state = page.current_workflow_state
    return state.current_task_state if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES else None


def reviews(user: AnyUser, page: BasePage) -> bool:
    """Whether a person's role lets them open the text under review."""
    centre = centre_of(page)
    return centre is not None and reviews_for(user, centre)


def may_decide(user: AnyUser, page: BasePage) -> bool:
    """Whether a person may approve or return the text as it is now."""
    return reviews(user, page) and user.pk not in involved(page)


def start_review(task: CentreApprovalTask, workflow_state: WorkflowState, user: AnyUser | None) -> TaskState:
    """The review's record, with the centre that it belongs to. A lock of the author's is taken off."""
    page = workflow_state.content_object
    centre = centre_of(page)
    if centre is None:
        raise NoCentre
    if page.locked:
        page.locked, page.locked_by, page.locked_at = False, None, None
        page.save(update_fields=["locked", "locked_by", "locked_at"])
    state = CentreApprovalState.objects.create(
        workflow_state=workflow_state, task=task, revision=page.get_latest_revision(), centre=centre
    )
    task_submitted.send(sender=CentreApprovalState, instance=state, user=user)
    return state


def reviews_waiting_for(user: AnyUser) -> QuerySet[TaskState]:
    """The reviews whose turn is a person's: heads first, a supervisor where no other head is."""
    waiting = list(
        CentreApprovalState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, centre__in=centres_reviewed_by(user))
        .select_related("workflow_state", "centre__division__parent__parent__parent")
        .defer("workflow_state__workflow")
    )
    turns = reviewers_in_turn({state.centre_id: state.centre for state in waiting}.values())
    editors = dict(
        BasePage.objects.filter(pk__in=[int(state.workflow_state.object_id) for state in waiting]).values_list(
            "pk", "latest_revision__user_id"
        )
    )
    mine = [
        state.pk
        for state in waiting
        if user.pk
        in first_without(
            turns[state.centre_id],
            {state.workflow_state.requested_by_id, editors.get(int(state.workflow_state.object_id))},
        )
    ]
    return TaskState.objects.filter(pk__in=mine)


class ReviewNotifier(EmailNotificationMixin, Notifier):
    """Tells those whose turn it is, and nobody else, that a text waits for them."""

    notification = "submitted"

    def __init__(self) -> None:
        super().__init__((CentreApprovalState,))

    def get_template_base_prefix(self, instance: CentreApprovalState, **kwargs: Any) -> str:
        return "task_state_"

    def get_recipient_users(self, instance: CentreApprovalState, **kwargs: Any) -> QuerySet[User]:
        page = instance.workflow_state.content_object
        return User.objects.filter(pk__in=next_reviewers(instance.centre, involved(page)))

    def get_context(self, instance: CentreApprovalState, **kwargs: Any) -> dict[str, Any]:
        page = instance.workflow_state.content_object.specific
        return {
            **super().get_context(instance, **kwargs),
            "task": instance.task,
            "object": page,
            "page": page,
            "model_name": page._meta.verbose_name,
        }


notify_reviewers = ReviewNotifier()


@transaction.atomic
def ensure_workflow() -> Workflow | None:
    """Make the one workflow and put the whole tree under it; running it again changes nothing.

    None while there is no tree yet.
    """
    root = BasePage.get_first_root_node()
    if root is None:
        return None
    task = CentreApprovalTask.objects.first() or CentreApprovalTask.objects.create(name=TASK_NAME)
    workflow = task.workflows.first() or Workflow.objects.create(name=WORKFLOW_NAME)
    store_name(task, TASK_NAME)
    store_name(workflow, WORKFLOW_NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    # Wagtail's example, which any member of a group could approve with.
    examples = GroupApprovalTask.objects.filter(task_states=None)
    Workflow.objects.filter(workflow_states=None, workflow_tasks__task__in=examples.values("pk")).delete()
    examples.delete()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    return workflow
