"""Imports of the admin: uploads that the worker looks at and imports, with progress for whoever waits."""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import override
from django_tasks import TaskResultStatus, default_task_backend, task
from django_tasks.exceptions import TaskResultDoesNotExist

from guides.importing import import_catalogue
from guides.importing.mapping import OWN, Mapping, parse
from guides.importing.report import Finding, Report, in_order
from guides.models import CatalogueImport
from guides.promises import preferred_language

# How long an upload and its report are kept.
KEPT = timedelta(days=90)
CHECKING, RUNNING = CatalogueImport.State.CHECKING, CatalogueImport.State.RUNNING
AFTERWARDS = {CHECKING: CatalogueImport.State.CHECKED, RUNNING: CatalogueImport.State.DONE}


def mapping_of(upload: CatalogueImport) -> Mapping | None:
    """The mapping of an upload; None for this system's own form."""
    return None if upload.mapping_name == OWN else parse(upload.definition, upload.mapping_name)


def start(upload: CatalogueImport, state: str) -> bool:
    """Have the worker look at an upload, or import it; False where it is busy, or was imported meanwhile."""
    before = {
        CHECKING: (CatalogueImport.State.NEEDS_MAPPING, CatalogueImport.State.CHECKED),
        RUNNING: (CatalogueImport.State.CHECKED,),
    }[CatalogueImport.State(state)]
    # Only one of two that press the button changes the row.
    if not CatalogueImport.objects.filter(pk=upload.pk, state__in=before).update(state=state, counts={}, findings=[]):
        return False
    cache.delete(progress_key(upload.pk))
    result = run.enqueue(upload.pk)
    CatalogueImport.objects.filter(pk=upload.pk).update(task_id=str(result.id))
    return True


# Before the queue's other work: somebody waits for it.
@task(priority=10)
def run(pk: int) -> dict[str, int]:
    """Look at an upload or import it, whichever its state says. Out: the counts.

    Begun again after a worker died it leaves what it leaves when done once: the report is written with the items.
    """
    upload = CatalogueImport.objects.select_related("user__wagtail_userprofile").get(pk=pk)
    if not upload.is_busy:
        return upload.counts
    with upload.file.open("rb") as file:
        content = file.read()
    with override(preferred_language(upload.user)):
        report = import_catalogue(
            content,
            mapping_of(upload),
            source=upload.file_name,
            division=upload.division_id or "",
            level=upload.level,
            dry_run=upload.state == CHECKING,
            user=upload.user,
            progress=lambda what, done, total: show_progress(pk, what, done, total),
            keep=lambda report: keep_report(upload, report),
        )
    return report.counts()


def keep_report(upload: CatalogueImport, report: Report) -> None:
    """What was done. A refused import did nothing: it may be tried again with the next upload only."""
    upload.state = AFTERWARDS[CatalogueImport.State(upload.state)]
    if report.refused:
        upload.state = CatalogueImport.State.CHECKED
    upload.counts = report.counts()
    upload.findings = [finding.stored() for finding in in_order(report.findings)]
    upload.save(update_fields=["state", "counts", "findings"])


def findings_of(upload: CatalogueImport) -> list[Finding]:
    """The findings of an upload's report, for the reader's own language."""
    return [Finding(*stored) for stored in upload.findings]


# -- While it runs ------------------------------------------------------------------


def progress_key(pk: int) -> str:
    return f"catalogue-import-{pk}"


def show_progress(pk: int, what: str, done: int, total: int) -> None:
    """Say how far an import is. In the cache: the database shows nothing of a transaction before its end."""
    cache.set(progress_key(pk), {"what": what, "done": done, "total": total}, timeout=3600)


def progress_of(upload: CatalogueImport) -> dict[str, Any] | None:
    """What is being done, how much is done, and how much there is; None before it began."""
    return cache.get(progress_key(upload.pk))


def has_failed(upload: CatalogueImport) -> bool:
    """Whether the worker gave an upload up that should be at work. Nothing was written then."""
    if not upload.is_busy or not upload.task_id or not default_task_backend.supports_get_result:
        return False
    try:
        return run.get_result(upload.task_id).status == TaskResultStatus.FAILED
    except TaskResultDoesNotExist:
        return True


def give_up(upload: CatalogueImport) -> None:
    """Put an upload back that failed, so that it can be tried again."""
    CatalogueImport.objects.filter(pk=upload.pk, state__in=AFTERWARDS).update(
        state=CatalogueImport.State.CHECKED, counts={}, findings=[]
    )


def remove_old_uploads() -> None:
    """Forget uploads and their reports after a while; where items came from stays in their history."""
    for upload in CatalogueImport.objects.filter(uploaded_at__lt=timezone.now() - KEPT):
        upload.file.delete(save=False)
        upload.delete()
