"""Many published pages at once: a handful of SQL statements in place of several dozen for each page.

What a page leaves in the database is the same as after `parent.add_child(instance=page)` and
`page.save_revision().publish()`: its rows, its place in the tree, one revision, two entries in
the log, its references and its entry in the search index. `sites/tests/test_bulk_pages.py`
compares the two ways table by table.

Two things differ. References and search index are written at once instead of by a queued task,
and no signal is sent, as with Django's own `bulk_create`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import override
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from modelsearch.backends import get_search_backends_with_name
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry, ReferenceIndex, Revision

from core.models import BasePage
from core.page_cache import forget_all

BATCH_SIZE = 500


def add_pages(parent_child_pairs: Iterable[tuple[BasePage, BasePage]]) -> None:
    """Add and publish pages below their parents, in the order given.

    In: saved parents, and unsaved children of their specific classes with title and slug. Out: the
    children are saved, published and have their primary keys. Raises ValidationError for a bad
    field, ValueError for a slug that a sibling has or for a page with child objects; nothing is
    added then.
    """
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        for pairs in _batches(parent_child_pairs):
            _add_batch(pairs)
        forget_all()


def _batches(pairs: Iterable[tuple[BasePage, BasePage]]) -> Iterator[list[tuple[BasePage, BasePage]]]:
    batch = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) == BATCH_SIZE:
            yield batch
            batch = []
    if batch:
        yield batch


def _add_batch(pairs: list[tuple[BasePage, BasePage]]) -> None:
    _place(pairs)
    pages = [page for _, page in pairs]
    for page in pages:
        _prepare_draft(page)
    contents = [page.serializable_data() for page in pages]
    now = timezone.now()
    _insert_rows(pages, now)
    _count_children(pairs)
    revisions = _add_revisions(pages, contents, now)
    _add_log_entries(pages, revisions, now)
    _add_references(pages)
    _add_to_search_index(pages)


def _place(pairs: list[tuple[BasePage, BasePage]]) -> None:
    """Give each page its path, depth, URL path and language tree, after its parent's present children."""
    parents = BasePage.objects.in_bulk({parent.pk for parent, _ in pairs})
    last_paths, slugs = _present_children([parent for parent in parents.values() if parent.numchild])
    for given_parent, page in pairs:
        parent = parents[given_parent.pk]
        if (parent.path, page.slug) in slugs:
            raise ValueError(f"{parent.url_path} already has a page with the slug {page.slug}.")
        slugs.add((parent.path, page.slug))
        last = last_paths.get(parent.path)
        page.path = last._inc_path() if last else BasePage._get_path(parent.path, parent.depth + 1, 1)
        page.depth = parent.depth + 1
        page.numchild = 0
        page.set_url_path(parent)
        page.locale_id = parent.locale_id
        page._cached_parent_obj = given_parent
        last_paths[parent.path] = page


def _present_children(parents: list[BasePage]) -> tuple[dict[str, BasePage], set[tuple[str, str]]]:
    """The last child of each parent by the parent's path, and all children's `(parent's path, slug)`."""
    if not parents:
        return {}, set()
    paths = {parent.path for parent in parents}
    children = BasePage.objects.filter(
        depth__in={parent.depth + 1 for parent in parents},
        path__range=(min(paths), BasePage._get_children_path_interval(max(paths))[1]),
    )
    last_children: dict[str, BasePage] = {}
    slugs = set()
    for child in children.order_by("path").only("path", "depth", "slug"):
        above = child.path[: -BasePage.steplen]
        if above in paths:
            last_children[above] = child
            slugs.add((above, child.slug))
    return last_children, slugs


def _prepare_draft(page: BasePage) -> None:
    """Bring a page into the state in which `add_child` leaves a draft, and check its fields."""
    for name in _child_relation_names(type(page)):
        if getattr(page, name).all():
            raise ValueError(f"{type(page).__name__} has {name}: a page with child objects can't be added in bulk.")
        # From here on the relation knows that it is empty, and doesn't ask the database.
        setattr(page, name, [])
    if page.go_live_at:
        raise ValueError(f"{page.title} has a date to go live: pages added in bulk are published at once.")
    page.live = False
    page.draft_title = page.draft_title or page.title
    # Foreign keys are left to the database's own constraints: checking them here is a query each.
    page.clean_fields(exclude={field.name for field in page._meta.fields if field.is_relation})


def _child_relation_names(model: type[BasePage]) -> list[str]:
    relations = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    return relations + [field.name for field in get_all_child_m2m_relations(model)]


def _by_model(pages: list[BasePage]) -> dict[type[BasePage], list[BasePage]]:
    models: dict[type[BasePage], list[BasePage]] = {}
    for page in pages:
        models.setdefault(type(page), []).append(page)
    return models


def _insert_rows(pages: list[BasePage], now: datetime) -> None:
    """Insert the rows of the base table, then those of each specific table.

    Django's `bulk_create` refuses models with a table of their own below another's; what it calls
    for one table is called here for each, with the very fields of that table.
    """
    for page in pages:
        page.live = True
        page.first_published_at = page.first_published_at or now
        page.last_published_at = page.latest_revision_created_at = now
    own_fields = [field for field in BasePage._meta.local_concrete_fields if not field.primary_key]
    keys = BasePage._base_manager.all()._batched_insert(pages, own_fields, BATCH_SIZE)
    for page, (key,) in zip(pages, keys, strict=True):
        for model in (BasePage, *_tables_below(type(page))):
            setattr(page, model._meta.pk.attname, key)
    for model, of_model in _by_model(pages).items():
        for table in _tables_below(model):
            table._base_manager.all()._batched_insert(of_model, table._meta.local_concrete_fields, BATCH_SIZE)
    for page in pages:
        page._state.adding = False
        page._state.db = connection.alias


def _tables_below(model: type[BasePage]) -> list[type[Model]]:
    """The models between the base page and a specific one that have a table, from the top down."""
    return [
        each
        for each in reversed(model.__mro__)
        if issubclass(each, BasePage) and each is not BasePage and not each._meta.abstract and not each._meta.proxy
    ]


def _count_children(pairs: list[tuple[BasePage, BasePage]]) -> None:
    """Raise the parents' number of children, in the database and in the objects given."""
    added: dict[int, int] = {}
    for parent, _ in pairs:
        added[parent.pk] = added.get(parent.pk, 0) + 1
        parent.numchild += 1
    for number in set(added.values()):
        keys = [key for key, count in added.items() if count == number]
        BasePage.objects.filter(pk__in=keys).order_by().update(numchild=F("numchild") + number)


def _add_revisions(pages: list[BasePage], contents: list[dict[str, Any]], now: datetime) -> list[Revision]:
    """One revision a page, with the content of the draft it was before it was published and had a key."""
    base_type = ContentType.objects.get_for_model(BasePage)
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type_id=page.content_type_id,
                base_content_type=base_type,
                object_id=str(page.pk),
                created_at=now,
                object_str=str(page),
                content=content | {"pk": page.pk},
            )
            for page, content in zip(pages, contents, strict=True)
        ],
        batch_size=BATCH_SIZE,
    )
    _point_to_revisions(pages, revisions)
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
    return revisions


def _point_to_revisions(pages: list[BasePage], revisions: list[Revision]) -> None:
    """Name each page's revision as its latest and live one.

    By primary key: PostgreSQL has no statistics of tables filled in the same transaction, and would
    read all revisions for each page if it were asked to find the page's own.
    """
    quote = connection.ops.quote_name
    latest, live = (BasePage._meta.get_field(name).column for name in ("latest_revision", "live_revision"))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(BasePage._meta.db_table)} SET {quote(latest)} = %s, {quote(live)} = %s WHERE id = %s",
            [(revision.pk, revision.pk, page.pk) for page, revision in zip(pages, revisions, strict=True)],
        )


def _add_log_entries(pages: list[BasePage], revisions: list[Revision], now: datetime) -> None:
    """That the page was created, and that its revision was published."""
    context = get_active_log_context()
    entries = []
    for page, revision in zip(pages, revisions, strict=True):
        for action, of_revision in (("wagtail.create", None), ("wagtail.publish", revision)):
            entries.append(
                PageLogEntry(
                    page_id=page.pk,
                    content_type_id=page.content_type_id,
                    label=page.get_admin_display_title(),
                    action=action,
                    timestamp=now,
                    revision=of_revision,
                    user=context.user,
                    uuid=context.uuid,
                    content_changed=True,
                )
            )
    PageLogEntry.objects.bulk_create(entries, batch_size=BATCH_SIZE)


def _add_references(pages: list[BasePage]) -> None:
    """What the pages refer to, as Wagtail's index of references has it."""
    base_type = ContentType.objects.get_for_model(BasePage)
    references = []
    for page in pages:
        for to_type, to_key, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page)):
            references.append(
                ReferenceIndex(
                    content_type_id=page.content_type_id,
                    base_content_type=base_type,
                    object_id=page.pk,
                    to_content_type_id=to_type,
                    to_object_id=to_key,
                    model_path=model_path,
                    content_path=content_path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
                )
            )
    ReferenceIndex.objects.bulk_create(references, batch_size=BATCH_SIZE)


def _add_to_search_index(pages: list[BasePage]) -> None:
    """The entries by which the admin finds the pages."""
    for _, backend in get_search_backends_with_name(with_auto_update=True):
        for model, of_model in _by_model(pages).items():
            backend.add_bulk(model, of_model)
