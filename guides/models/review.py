"""The review of an item: another keeper of the catalogue approves it or returns it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState


class CatalogueReviewTask(Task):
    """A catalogue editor or provincial administrator approves an item: never who submitted or last edited it."""

    class Meta:
        verbose_name = _("review of the catalogue")
        verbose_name_plural = _("reviews of the catalogue")

    @classmethod
    def get_description(cls) -> str:
        return gettext("Another catalogue editor or a provincial administrator decides; never who wrote the item.")

    @transaction.atomic
    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """The review's record. A lock of the author's is taken off."""
        item = workflow_state.content_object
        type(item).objects.filter(pk=item.pk).update(locked=False, locked_by=None, locked_at=None)
        return super().start(workflow_state, user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        from guides.rights import keeps_catalogue

        return keeps_catalogue(user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Whoever submitted must take the item back before changing it."""
        from guides.rights import keeps_catalogue
        from sites.review import submitter

        return not keeps_catalogue(user) or user.pk == submitter(obj)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return not self.locked_for_user(obj, user)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return not self.locked_for_user(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        from guides.review import may_decide

        if not may_decide(user, obj):
            return []
        return [
            ("reject", gettext("Return with comment"), True),
            ("approve", gettext("Approve"), False),
            ("approve", gettext("Approve with comment"), True),
        ]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or return. The item that counts is the review's own: addresses name item and review apart."""
        from guides.review import may_decide

        if not may_decide(user, task_state.workflow_state.content_object):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        from guides.review import reviews_waiting_for

        return reviews_waiting_for(user, self)
