"""What is in every table of the database, in a form that two databases made in different ways can be compared by."""

import json
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sites.models import Site as HostSite
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Collection, ReferenceIndex, Revision, Site
from wagtail.search.models import IndexEntry

from core.models import BasePage

# What stands for a row in place of its primary key, which depends on the order of making.
NATURAL_KEYS = {BasePage: "url_path", Site: "hostname", HostSite: "domain", Group: "name", Collection: "path"}
# Fields that hold a page's primary key as text.
TEXT_KEYS = {(Revision, "object_id"), (IndexEntry, "object_id"), (ReferenceIndex, "object_id")}
# The average length of all titles over this one's, when the entry was made: it depends on the order of making.
IGNORED = {(IndexEntry, "title_norm")}


def contents() -> dict[str, list[str]]:
    """Table name to its rows as sorted JSON, without times and random numbers, keys replaced by names."""
    names = _names()
    result = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.db_table != "wagtailsearch_indexentry_fts":
            result[model._meta.db_table] = sorted(
                json.dumps(_row(model, instance, names), sort_keys=True, ensure_ascii=False, default=str)
                for instance in model._base_manager.all().order_by()
            )
    return result


def differences(first: dict[str, list[str]], second: dict[str, list[str]]) -> dict[str, tuple[list[str], list[str]]]:
    """Table name to the rows that only the first has and those that only the second has."""
    found = {}
    for table in first:
        only_first, only_second = list(first[table]), []
        for row in second[table]:
            if row in only_first:
                only_first.remove(row)
            else:
                only_second.append(row)
        if only_first or only_second:
            found[table] = (only_first, only_second)
    return found


def _names() -> dict[type[models.Model], dict[Any, str]]:
    names: dict[type[models.Model], dict[Any, str]] = defaultdict(dict)
    for model, field in NATURAL_KEYS.items():
        names[model] = dict(model._base_manager.order_by().values_list("pk", field))
    numbers: dict[str, int] = defaultdict(int)
    for revision in Revision.objects.order_by("pk"):
        page = names[BasePage].get(int(revision.object_id), revision.object_id)
        numbers[page] += 1
        names[Revision][revision.pk] = f"{page} #{numbers[page]}"
    return names


def _row(model: type[models.Model], instance: models.Model, names: dict) -> dict[str, Any]:
    row = {}
    for field in model._meta.local_concrete_fields:
        value = getattr(instance, field.attname)
        target = field
        while target.is_relation:
            target = target.target_field
        if (model, field.name) in IGNORED:
            continue
        if isinstance(field, models.DateTimeField | models.UUIDField):
            # content_path_hash is computed, all other UUIDs are random.
            kept = field.name == "content_path_hash" or _is_given(value)
            value = value if kept else value is not None
        elif isinstance(field, StreamField):
            value = field.value_to_string(instance)
        elif (model, field.name) in TEXT_KEYS:
            value = names[BasePage].get(int(value), value) if str(value).isdigit() else value
        elif model is Revision and field.name == "content":
            value = _content(value, names)
        elif target.model in names:
            if target.primary_key:
                value = names[target.model].get(value, value)
        elif field.primary_key and isinstance(field, models.AutoField):
            continue
        row[field.column] = value
    return row


def _content(content: dict[str, Any], names: dict) -> dict[str, Any]:
    """A revision's content; times and random numbers only by whether they are there."""
    content = dict(content)
    if content.get("pk") in names[BasePage]:
        content["pk"] = names[BasePage][content["pk"]]
    for key in ("latest_revision_created_at", "first_published_at", "last_published_at", "translation_key"):
        content[key] = content[key] if _is_given(content[key]) else content[key] is not None
    return content


def _is_given(value: Any) -> bool:
    """Whether a time was given by the test and not taken from the clock."""
    return str(value).startswith("2026-01-01")


IMMEDIATE_TASKS = settings.TASKS | {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
