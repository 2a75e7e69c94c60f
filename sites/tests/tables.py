"""What is in every table of the database, in a form that two databases made in different ways can be compared by."""

import json
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site as HostSite
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Collection, ModelLogEntry, ReferenceIndex, Revision, Site
from wagtail.search.models import IndexEntry

from core.models import BasePage

# What stands for a row in place of its primary key, which depends on the order of making.
NATURAL_KEYS = {BasePage: "url_path", Site: "hostname", HostSite: "domain", Group: "name", Collection: "path"}
# Fields that hold, as text, the primary key of an object of the row's content type.
TEXT_KEYS = {(model, "object_id") for model in (Revision, IndexEntry, ReferenceIndex, ModelLogEntry)}
# The average length of all titles over this one's, when the entry was made: it depends on the order of making.
IGNORED = {(IndexEntry, "title_norm")}


def contents(natural_keys: dict[type[models.Model], str] | None = None) -> dict[str, list[str]]:
    """Table name to its rows as sorted JSON, without times and random numbers, keys replaced by names.

    `natural_keys` are those of a room's own models, beside those of this one.
    """
    names = _names(NATURAL_KEYS | (natural_keys or {}))
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


def _names(natural_keys: dict[type[models.Model], str]) -> dict[type[models.Model], dict[Any, str]]:
    names: dict[type[models.Model], dict[Any, str]] = defaultdict(dict)
    for model, field in natural_keys.items():
        names[model] = dict(model._base_manager.order_by().values_list("pk", field))
    numbers: dict[str, int] = defaultdict(int)
    for revision in Revision.objects.order_by("pk"):
        owner = _name(revision, names)
        numbers[owner] += 1
        names[Revision][revision.pk] = f"{owner} #{numbers[owner]}"
    return names


def _model_of(row: models.Model) -> type[models.Model]:
    """The model of the object that a row with a content type is about; all pages are pages."""
    model = ContentType.objects.get_for_id(row.content_type_id).model_class()
    assert model is not None
    return BasePage if issubclass(model, BasePage) else model


def _name(row: models.Model, names: dict) -> str:
    """What the object is called that a row with a content type is about."""
    key = str(row.object_id)
    return names[_model_of(row)].get(int(key), key) if key.isdigit() else key


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
            value = _name(instance, names)
        elif model is ReferenceIndex and field.name == "to_object_id":
            to_model = ContentType.objects.get_for_id(instance.to_content_type_id).model_class()
            value = names[to_model].get(int(value), value) if str(value).isdigit() else value
        elif model is Revision and field.name == "content":
            value = _content(value, names, _model_of(instance))
        elif names.get(target.model):  # looking a name up leaves an empty list of a model that has none
            if target.primary_key:
                value = names[target.model].get(value, value)
        elif field.primary_key and isinstance(field, models.AutoField):
            continue
        row[field.column] = value
    return row


def _content(content: dict[str, Any], names: dict, model: type[models.Model]) -> dict[str, Any]:
    """A revision's content; times and random numbers only by whether they are there, keys replaced by names."""
    content = dict(content)
    for key in ("latest_revision_created_at", "first_published_at", "last_published_at", "translation_key"):
        if key in content:
            content[key] = content[key] if _is_given(content[key]) else content[key] is not None
    content["pk"] = names[model].get(content["pk"], content["pk"])
    for field in model._meta.get_fields():
        value, known = content.get(field.name), names[field.related_model] if field.is_relation else {}
        if field.one_to_many and value:
            # The keys of children are numbers that nobody refers to.
            content[field.name] = [{**child, "pk": None, field.field.name: None} for child in value]
        elif field.many_to_many and value:
            content[field.name] = sorted(str(known.get(key, key)) for key in value)
        elif field.is_relation and value:
            content[field.name] = known.get(value, value)
    return content


def _is_given(value: Any) -> bool:
    """Whether a time was given by the test and not taken from the clock."""
    return str(value).startswith("2026-01-01")


IMMEDIATE_TASKS = settings.TASKS | {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
