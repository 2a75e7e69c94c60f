"""The one workflow of the group: a text is published when somebody else of the right place approved it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState

from sites.models.centre import Centre


class CentreApprovalState(TaskState):
    """A text that waits for its review, and for which centre."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="approval_states")

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")


class CentreApprovalTask(Task):
    """A head of the page's own centre, or a supervisor above, approves a text or returns it.

    Whoever submitted the text or edited it last can't decide on it, superusers included; a
    superuser decides only where the account holds the role.
    """

    task_state_class = CentreApprovalState

    class Meta:
        verbose_name = _("review by the centre")
        verbose_name_plural = _("reviews by the centre")

    @classmethod
    def get_description(cls) -> str:
        return gettext("A head of the page's centre or a supervisor above decides; never whoever wrote the text.")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        from sites.review import start_review

        return start_review(self, workflow_state, user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        from sites.review import reviews

        return reviews(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Under review only reviewers edit; whoever submitted must take the text back first."""
        from sites.review import reviews, submitter

        return not reviews(user, obj) or user.pk == submitter(obj)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        from sites.review import reviews

        return reviews(user, obj)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        from sites.review import reviews

        return reviews(user, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        from sites.review import may_decide

        if not may_decide(user, obj):
            return []
        return [
            ("reject", gettext("Return with comment"), True),
            ("approve", gettext("Approve"), False),
            ("approve", gettext("Approve with comment"), True),
        ]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or return. The page that counts is the review's own: addresses name page and review apart."""
        from sites.review import may_decide

        if not may_decide(user, task_state.workflow_state.content_object):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        from sites.review import reviews_waiting_for

        return reviews_waiting_for(user)
