"""No change of what the public sees is missed: each model says whether pages show it, and each bulk statement forgets."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from core.page_cache import watched

ROOMS = ("core", "search", "sites", "guides", "cases")

# Models of the rooms whose rows no public page shows.
NOT_SHOWN = {
    "core.User",
    "core.PictureRendition",  # follows its picture
    "core.Worker",
    "core.PeriodicJob",
    "guides.CatalogueImport",
    "guides.ImportMapping",
    "website_group.Appointment",
    "website_group.CentreGroup",
    "website_group.CentreApprovalState",
    "website_group.CentreApprovalTask",
    "guides.CatalogueReviewTask",
}

# Modules that write many rows with one statement, and forget nothing because no public page shows these rows.
WRITE_WHAT_IS_NOT_SHOWN = {
    "core/worker.py",
    "core/tree_index.py",  # an index of the database
    "core/middleware.py",  # asks whether the database answers
    "guides/importing/runs.py",  # uploads
    "guides/importing/write.py",  # the log, and the source's words
    "sites/bulk_groups.py",
    "sites/bulk_collections.py",
    "guides/models/review.py",  # takes a lock off
    "sites/review_names.py",  # names of the review, in the admin
    "search/baseline.py",  # a scratch database of its own
}

BULK = {"bulk_create", "bulk_update", "_raw_delete", "cursor"}


def models_of_rooms() -> list:
    apps_of_rooms = [config for config in apps.get_app_configs() if config.name in ROOMS]
    return [model for config in apps_of_rooms for model in config.get_models()]


def test_every_model_is_watched_or_not_shown() -> None:
    models = models_of_rooms()
    assert len(models) > 20
    undecided = {model._meta.label for model in models if model not in watched} - NOT_SHOWN
    assert undecided == set(), "pages that show them: core.page_cache.watch; else add them to NOT_SHOWN"


def test_list_of_models_that_are_not_shown_is_true() -> None:
    assert {model._meta.label for model in models_of_rooms() if model in watched} & NOT_SHOWN == set()


def modules() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((settings.PROJECT_DIR / room).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.relative_to(settings.PROJECT_DIR).parts):
                yield path


def calls(source: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def writes_in_bulk(source: str) -> bool:
    """Whether a module calls what sends no signals: one of `BULK`, or a query set's `update(field=…)`."""
    return any(name_of(call) in BULK or is_update(call) for call in calls(source))


def is_update(call: ast.Call) -> bool:
    """Whether a call looks like a query set's `update`, and not like a dictionary's."""
    return (
        name_of(call) == "update"
        and isinstance(call.func, ast.Attribute)
        and not isinstance(call.func.value, ast.Subscript)
        and bool(call.keywords)
        and not call.args
    )


def forgets(source: str) -> bool:
    return any(name_of(call) in ("forget", "forget_all") for call in calls(source))


def test_whoever_writes_in_bulk_forgets() -> None:
    found = {
        str(path.relative_to(settings.PROJECT_DIR)): path.read_text(encoding="utf-8")
        for path in modules()
        if path.name != "settings.py" and writes_in_bulk(path.read_text(encoding="utf-8"))
    }
    assert {"sites/bulk_pages.py", "sites/standard_apply.py", "sites/hosts.py"} <= found.keys()
    assert {name for name, source in found.items() if not forgets(source)} == WRITE_WHAT_IS_NOT_SHOWN


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Row.objects.filter(pk=1).update(name='x')", True),
        ("rows.bulk_create(rows)", True),
        ("connection.cursor()", True),
        ("digest.update(text)", False),
        ("options['form'].update(form=Form)", False),
        ("row.save()", False),
    ],
)
def test_bulk_statements_are_recognised(source: str, found: bool) -> None:
    assert writes_in_bulk(source) is found
