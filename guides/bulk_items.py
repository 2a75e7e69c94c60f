"""Many new items at once, published: some dozens of SQL statements in place of seventy for each item.

What an item leaves in the database is the same as after `item.save()` and `item.save_revision().publish()`: its row and
its children, one revision, its version 1, an entry in the log, its references and its entry in the search index.
`guides/tests/test_bulk_items.py` compares the two ways table by table.

References and search index are written at once instead of by queued tasks, and of the signals only
`version_in_force` is sent, for each item when all are there. A thousand items published one by one would hold the
writers' lock of SQLite for a minute; this takes seconds.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import override
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from modelsearch.backends import get_search_backends_with_name
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from core.page_cache import forget_all
from guides.models import CatalogueItem, ItemVersion
from guides.models.catalogue import derive, number_rows, version_in_force
from guides.rules import faults_of

BATCH_SIZE = 500
CHILD_RELATIONS: tuple[str, ...] = tuple(
    relation.get_accessor_name() for relation in get_all_child_relations(CatalogueItem)
)
M2M_RELATIONS: tuple[str, ...] = tuple(field.name for field in get_all_child_m2m_relations(CatalogueItem))


def add_items(items: Sequence[CatalogueItem], user: Any = None) -> Iterator[int]:
    """Add and publish items. Gives, batch by batch, how many are done; nothing is done that isn't asked for.

    In: unsaved items with their children, whose parents are saved. Raises ValidationError for a bad field or a rule
    that is broken. Belongs into a transaction, which is the caller's.
    """
    for start in range(0, len(items), BATCH_SIZE):
        batch = items[start : start + BATCH_SIZE]
        # Who asks for the next batch speaks their own language meanwhile.
        with override(settings.LANGUAGE_CODE):
            _add_batch(batch, user)
        yield start + len(batch)


@transaction.atomic
def _add_batch(items: Sequence[CatalogueItem], user: Any) -> None:
    for item in items:
        _prepare(item)
    _insert(items)
    contents = [item.serializable_data() for item in items]
    now = timezone.now()
    revisions = _add_revisions(items, contents, now, user)
    _put_in_force(items, revisions, now)
    _add_versions(items, revisions, now)
    _add_log_entries(items, revisions, now, user)
    _add_references(items)
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(CatalogueItem, items)
    forget_all()
    for item in items:
        version_in_force.send(sender=CatalogueItem, item=item, is_first=True)


def _prepare(item: CatalogueItem) -> None:
    """Check an item's fields and rules, and bring it into the state in which `save` leaves a draft."""
    for name in (*CHILD_RELATIONS, *M2M_RELATIONS):
        # From here on a relation that holds nothing knows it, and doesn't ask the database.
        setattr(item, name, list(getattr(item, name).all()))
    number_rows(item)
    item.live = False
    # Foreign keys are left to the database's own constraints: checking them here is a query each.
    item.clean_fields(exclude={each.name for each in item._meta.fields if each.is_relation})
    faults = faults_of(item)
    if faults:
        raise ValidationError([f"{item.code}: {fault.message}" for fault in faults])
    number_rows(item)
    derive(item)


def _insert(items: Sequence[CatalogueItem]) -> None:
    """The rows of the items, of their children and of their relations."""
    # The managers of translated models would look at each row once more; these are Django's own.
    CatalogueItem._base_manager.bulk_create(items, batch_size=BATCH_SIZE)
    for name in CHILD_RELATIONS:
        children = []
        for item in items:
            for child in getattr(item, name).all():
                child.item = item
                children.append(child)
        if children:
            type(children[0])._base_manager.bulk_create(children, batch_size=BATCH_SIZE)
    for name in M2M_RELATIONS:
        field = CatalogueItem._meta.get_field(name)
        through = field.remote_field.through
        to = f"{field.m2m_reverse_field_name()}_id"
        rows = [
            through(catalogueitem_id=item.pk, **{to: other.pk}) for item in items for other in getattr(item, name).all()
        ]
        through._base_manager.bulk_create(rows, batch_size=BATCH_SIZE)


def _add_revisions(
    items: Sequence[CatalogueItem], contents: list[dict[str, Any]], now: datetime, user: Any
) -> list[Revision]:
    content_type = ContentType.objects.get_for_model(CatalogueItem)
    return Revision.objects.bulk_create(
        [
            Revision(
                content_type=content_type,
                base_content_type=content_type,
                object_id=str(item.pk),
                created_at=now,
                user=user,
                object_str=str(item),
                content=content,
            )
            for item, content in zip(items, contents, strict=True)
        ],
        batch_size=BATCH_SIZE,
    )


def _put_in_force(items: Sequence[CatalogueItem], revisions: list[Revision], now: datetime) -> None:
    """Bring the rows into the state in which `publish` leaves them.

    By primary key: PostgreSQL has no statistics of tables filled in the same transaction.
    """
    for item, revision in zip(items, revisions, strict=True):
        item.live, item.has_unpublished_changes = True, False
        item.latest_revision = item.live_revision = revision
        item.first_published_at = item.last_published_at = now
    changed = ("live", "latest_revision", "live_revision", "first_published_at", "last_published_at")
    fields = [CatalogueItem._meta.get_field(name) for name in changed]
    quote = connection.ops.quote_name
    setters = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(CatalogueItem._meta.db_table)} SET {setters} WHERE id = %s",
            [(*(_for_database(field, item) for field in fields), item.pk) for item in items],
        )


def _for_database(field: models.Field, item: CatalogueItem) -> Any:
    return field.get_db_prep_save(getattr(item, field.attname), connection)


def _add_versions(items: Sequence[CatalogueItem], revisions: list[Revision], now: datetime) -> None:
    ItemVersion.objects.bulk_create(
        [
            ItemVersion(item=item, number=1, revision=revision, in_force_from=now)
            for item, revision in zip(items, revisions, strict=True)
        ],
        batch_size=BATCH_SIZE,
    )


def _add_log_entries(items: Sequence[CatalogueItem], revisions: list[Revision], now: datetime, user: Any) -> None:
    context = get_active_log_context()
    content_type = ContentType.objects.get_for_model(CatalogueItem)
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=content_type,
                object_id=str(item.pk),
                label=str(item),
                action="wagtail.publish",
                timestamp=now,
                revision=revision,
                user=user or context.user,
                uuid=context.uuid,
                content_changed=True,
            )
            for item, revision in zip(items, revisions, strict=True)
        ],
        batch_size=BATCH_SIZE,
    )


def _add_references(items: Sequence[CatalogueItem]) -> None:
    """What the items refer to, as Wagtail's index of references has it."""
    if not ReferenceIndex.is_indexed(CatalogueItem):
        return
    content_type = ContentType.objects.get_for_model(CatalogueItem)
    references = []
    for item in items:
        for to_type, to_key, model_path, content_path in set(ReferenceIndex._extract_references_from_object(item)):
            references.append(
                ReferenceIndex(
                    content_type=content_type,
                    base_content_type=content_type,
                    object_id=item.pk,
                    to_content_type_id=to_type,
                    to_object_id=to_key,
                    model_path=model_path,
                    content_path=content_path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
                )
            )
    ReferenceIndex.objects.bulk_create(references, batch_size=BATCH_SIZE)
