"""Carrying a plan out: departments, new items in bulk, changed ones through the publishing that editors use."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import LogContext, get_active_log_context, log
from wagtail.models import ModelLogEntry

from guides.bulk_items import add_items
from guides.importing.plan import IMPORTED, IMPORTED_OWN, Plan, Step
from guides.models import CatalogueItem

Progress = Callable[[int, int], None]


def write(plan: Plan, source: str, user: Any, progress: Progress, *, is_own: bool) -> None:
    """Do what a plan says. Belongs into a transaction, which is the caller's.

    `source` is the file's name, which stands in the log of each item.
    """
    with LogContext(user=user or get_active_log_context().user):
        for department in plan.departments:
            department.save()
            log(instance=department, action="wagtail.create", user=user)
        total, done = len(plan.steps), 0
        new = [step for step in plan.steps if step.item.pk is None]
        for wave in in_waves(new):
            published = [step.item for step in wave if step.is_published]
            for added in add_items(published, user):
                progress(done + added, total)
            done += len(published)
            for step in wave:
                if not step.is_published:
                    _keep_draft(step, user)
                    done += 1
        for step in plan.steps:
            if step in new:
                continue
            _change(step, user)
            done += 1
            progress(done, total)
        _log_import(plan.steps, source, user, IMPORTED_OWN if is_own else IMPORTED)
        progress(total, total)


def in_waves(steps: Sequence[Step]) -> list[list[Step]]:
    """New items, those first that others refer to: what they belong to, and their successors."""
    by_code = {step.code: step for step in steps}
    numbers: dict[str, int] = {}

    def number(code: str) -> int:
        if code not in by_code:
            return 0
        if code not in numbers:
            numbers[code] = 1  # the reader refuses circles; this ends them
            facts = by_code[code].facts
            numbers[code] = 1 + max(number(facts.get(name) or "") for name in ("parent", "successor"))
        return numbers[code]

    waves: dict[int, list[Step]] = {}
    for step in steps:
        waves.setdefault(number(step.code), []).append(step)
    return [waves[each] for each in sorted(waves)]


def _keep_draft(step: Step, user: Any) -> None:
    """Save an item that doesn't come into force: what it lacks to be published is for an editor to say."""
    step.item.save()
    step.item.save_revision(user=user, clean=False)


def _change(step: Step, user: Any) -> None:
    words = {name: value for name, value in step.facts.items() if name in ("source_words", "source_division")}
    if words:
        # Of the row as a whole and of no version (`CatalogueItem.with_content_json`).
        columns = {"source_words": words["source_words"]} if "source_words" in words else {}
        if "source_division" in words:
            columns["source_division_id"] = words["source_division"] or None
        CatalogueItem.objects.filter(pk=step.item.pk).update(**columns)
    if step.only_words:
        return
    if step.is_published:
        # Who may import may publish with it: the caller asked.
        step.item.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    else:
        _keep_draft(step, user)


def _log_import(steps: Sequence[Step], source: str, user: Any, action: str) -> None:
    """Where each item came from, with the version that it made, if any."""
    keys = [step.item.pk for step in steps]
    latest: dict[int, int | None] = {}
    for start in range(0, len(keys), 500):
        found = CatalogueItem.objects.filter(pk__in=keys[start : start + 500])
        latest |= dict(found.values_list("pk", "latest_revision_id"))
    content_type, now = ContentType.objects.get_for_model(CatalogueItem), timezone.now()
    context = get_active_log_context()
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=content_type,
                object_id=str(step.item.pk),
                label=str(step.item),
                action=action,
                timestamp=now,
                user=user or context.user,
                uuid=context.uuid,
                data={"source": source, "row": step.row},
                # Without one it says that only the source's words changed: the latest version isn't the import's.
                revision_id=None if step.only_words else latest[step.item.pk],
                content_changed=not step.only_words,
            )
            for step in steps
        ],
        batch_size=500,
    )
