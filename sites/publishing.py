"""What happens when a review has approved a text.

A module of its own that imports nothing: Wagtail reads the setting WAGTAIL_FINISH_WORKFLOW_ACTION
while its models are still being made.
"""

from typing import Any

from django.core.exceptions import PermissionDenied


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish, or plan for its day, what a review approved.

    Asks once more what the task (`sites.review`, `guides.review`) asked before: raises PermissionDenied when the approval isn't
    the deciding person's own, or when that person submitted or last edited the text.
    """
    from wagtail.models import TaskState

    page = workflow_state.content_object
    revision = page.get_latest_revision()
    approval = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED).order_by("-finished_at").first()
    if (
        user is None
        or approval is None
        or approval.finished_by_id != user.pk
        or user.pk in {workflow_state.requested_by_id, revision.user_id}
        or not approval.task.specific.user_can_access_editor(page, user)
    ):
        raise PermissionDenied
    revision.publish(user=user, skip_permission_checks=True)
