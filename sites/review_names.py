"""The names of workflows and their tasks in the reader's language.

They are source texts of the code (`sites.review`, `guides.review`), stored as they are and translated when read:
in buttons, mails and histories.
"""

from copy import deepcopy
from typing import Any

from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Task, Workflow

LOGGED = [f"wagtail.workflow.{action}" for action in ("start", "approve", "reject", "resume", "cancel")]


class NameInReadersLanguage(DeferredAttribute):
    """The attribute `name`: the text that is stored, translated."""

    def __get__(self, instance: Any, cls: type | None = None) -> Any:
        return self if instance is None else gettext(super().__get__(instance, cls))

    def __set__(self, instance: Any, value: str) -> None:
        instance.__dict__[self.field.attname] = value


def translate_names() -> None:
    """Called once, when the app is ready."""
    for model in (Workflow, Task):
        model.name = NameInReadersLanguage(model._meta.get_field("name"))


def store_name(instance: Model, name: str) -> None:
    """Write a name as the code has it: saving the instance would write its translation."""
    type(instance)._default_manager.filter(pk=instance.pk).update(name=name)


@hooks.register("register_log_actions", order=1000)
def name_reviews_in_history(actions: LogActionRegistry) -> None:
    """An entry holds the names as its author read them: they are told anew from the rows' numbers."""
    for action in LOGGED:
        actions.register_action(action)(with_present_names(type(actions.formatters[action])))


def with_present_names(stock: type[LogFormatter]) -> type[LogFormatter]:
    class Formatter(stock):
        def format_message(self, log_entry: Any) -> str:
            entry = type(log_entry)(data=named_anew(log_entry.data))
            return super().format_message(entry)

    return Formatter


def named_anew(data: dict[str, Any]) -> dict[str, Any]:
    data = deepcopy(data)
    review: dict[str, Any] = data.get("workflow") or {}
    parts: list[tuple[Any, type[Model]]] = [
        (review, Workflow),
        (review.get("task"), Task),
        (review.get("next"), Task),
    ]
    for part, model in parts:
        name = stored_name(model, part["id"]) if part else None
        if name:
            part["title"] = gettext(name)
    return data


def stored_name(model: type[Model], pk: int) -> str | None:
    return model._default_manager.filter(pk=pk).values_list("name", flat=True).first()
