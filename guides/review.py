"""The review of the catalogue: who decides on an item, who is told, and the workflow that carries it.

Keepers of the catalogue may publish directly; an item that was submitted is decided on by somebody who neither
submitted nor last edited it, superusers included.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop
from wagtail.admin.mail import EmailNotificationMixin, Notifier
from wagtail.models import TaskState, Workflow, WorkflowContentType, WorkflowTask

from core.models import User
from guides.models import CatalogueItem, CatalogueReviewTask
from guides.rights import catalogue_keepers, keeps_catalogue
from sites.review import involved
from sites.review_names import store_name
from sites.rights import AnyUser

# Stored as they are here, shown in the reader's language (`sites.review_names`).
WORKFLOW_NAME = gettext_noop("Catalogue review")
TASK_NAME = gettext_noop("Review by the catalogue's editors")


def may_decide(user: AnyUser, item: CatalogueItem) -> bool:
    """Whether a person may approve or return an item as it is now."""
    return keeps_catalogue(user) and user.pk not in involved(item)


def reviews_waiting_for(user: AnyUser, task: CatalogueReviewTask) -> QuerySet[TaskState]:
    """The reviews that a person may decide on. Three queries."""
    if not keeps_catalogue(user):
        return TaskState.objects.none()
    waiting = dict(
        TaskState.objects.filter(task=task, status=TaskState.STATUS_IN_PROGRESS)
        .exclude(workflow_state__requested_by=user)
        .values_list("workflow_state__object_id", "pk")
    )
    edited = CatalogueItem.objects.filter(pk__in=[int(pk) for pk in waiting], latest_revision__user=user)
    mine = {str(pk) for pk in edited.values_list("pk", flat=True)}
    return TaskState.objects.filter(pk__in=[state for item, state in waiting.items() if item not in mine])


class ReviewNotifier(EmailNotificationMixin, Notifier):
    """Tells those who may decide that an item waits for them."""

    notification = "submitted"

    def __init__(self) -> None:
        super().__init__((TaskState,))

    def can_handle(self, instance: TaskState, **kwargs: Any) -> bool:
        return isinstance(instance.task.specific, CatalogueReviewTask)

    def get_template_base_prefix(self, instance: TaskState, **kwargs: Any) -> str:
        return "task_state_"

    def get_recipient_users(self, instance: TaskState, **kwargs: Any) -> QuerySet[User]:
        without = {pk for pk in involved(instance.workflow_state.content_object) if pk}
        return catalogue_keepers().exclude(pk__in=without)

    def get_context(self, instance: TaskState, **kwargs: Any) -> dict[str, Any]:
        item = instance.workflow_state.content_object
        return {
            **super().get_context(instance, **kwargs),
            "task": instance.task,
            "object": item,
            "model_name": item._meta.verbose_name,
        }


notify_keepers = ReviewNotifier()


@transaction.atomic
def ensure_catalogue_workflow() -> Workflow:
    """Make the workflow of the catalogue's items; running it again changes nothing."""
    task = CatalogueReviewTask.objects.first() or CatalogueReviewTask.objects.create(name=TASK_NAME)
    workflow = task.workflows.first() or Workflow.objects.create(name=WORKFLOW_NAME)
    store_name(task, TASK_NAME)
    store_name(workflow, WORKFLOW_NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    content_type = ContentType.objects.get_for_model(CatalogueItem)
    WorkflowContentType.objects.update_or_create(content_type=content_type, defaults={"workflow": workflow})
    return workflow
