"""Taking items of the shared catalogue into a centre's own: one action for all, a department's, or a single one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import CharField, Count, F, Min, Q, QuerySet, Value
from django.utils import timezone
from wagtail.log_actions import log

from core.page_cache import forget
from guides.models import Adoption, CatalogueItem, Tier
from guides.models.catalogue import CatalogueItemQuerySet
from sites.models import Centre, Division

ADOPTED = "guides.adopt"
GIVEN_UP = "guides.give_up"
ADOPTION_CHANGED = "guides.change_adoption"
BATCH_SIZE = 1000
CENTRES_AT_ONCE = 20
# The source's own facts that the centre of the source's division takes over (`guides.importing`).
FACTS_OF_THE_SOURCE = ("implementation_code", "place", "hours", "telephone", "complaint_telephone")
TRANSLATED_FACTS = ("place", "hours")

Progress = Callable[[int, int], None]


def adoptable_items(level: str) -> CatalogueItemQuerySet:
    """The catalogue of a level: handling items in force whose applications its centres accept."""
    return CatalogueItem.objects.in_force().filter(tier=Tier.HANDLING).at_level(level)


def below(item: CatalogueItem) -> CatalogueItemQuerySet:
    """The handling items that an item stands for: itself, or all that belong to it (主项 → 子项 → 业务办理项)."""
    found = [item.pk]
    above = [item.pk]
    while above:
        above = list(CatalogueItem.objects.filter(parent__in=above).values_list("pk", flat=True))
        found += above
    return CatalogueItem.objects.filter(pk__in=found, tier=Tier.HANDLING)


def own_facts(item: CatalogueItem, division_code: str) -> dict[str, str]:
    """What the source of an imported item said of this very division's centre, as an adoption's fields.

    What is too long for its field stays in the item's source words, whole.
    """
    if item.source_division_id != division_code:
        return {}
    facts = {}
    for name in FACTS_OF_THE_SOURCE:
        value = item.source_words.get(name, "")
        field = Adoption._meta.get_field(name)
        if value and isinstance(field, CharField) and len(value) <= (field.max_length or 0):
            facts[name] = value
            if name in TRANSLATED_FACTS:
                facts[f"{name}_zh_hans"] = value
    return facts


def adopt_those_of_the_source(centres: QuerySet[Centre], items: CatalogueItemQuerySet) -> int:
    """Adoptions with the facts that the items' source gave for one of these centres. Few rows: one division's list."""
    found = items.filter(source_division__in=centres.values("division"))
    adopted = set(Adoption.objects.filter(centre__in=centres.values("pk")).values_list("centre", "item"))
    adoptions = [
        Adoption(centre_id=str(item.source_division_id), item=item, **own_facts(item, str(item.source_division_id)))
        for item in found.only("code", "source_words", "source_division")
        if (item.source_division_id, item.pk) not in adopted
    ]
    return len(Adoption.objects.bulk_create(adoptions, batch_size=BATCH_SIZE))


def adopt_plainly(centres: QuerySet[Centre], items: CatalogueItemQuerySet) -> int:
    """Every centre adopts every item that it hasn't adopted, without any fact of its own, in one statement.

    Django can't insert what a query selects; a row made by it for each of 207,705 adoptions takes ten times as long.
    """
    plain = Adoption(adopted_at=timezone.now())
    fields = [
        field
        for field in Adoption._meta.concrete_fields
        if not field.primary_key and field.name not in ("centre", "item")
    ]
    values = [field.get_db_prep_save(getattr(plain, field.attname), connection) for field in fields]
    quote = connection.ops.quote_name
    table = quote(Adoption._meta.db_table)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    try:
        centre_sql, centre_params = centres.order_by().values("pk").query.sql_with_params()
        item_sql, item_params = items.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # Django knows without asking the database: none was chosen
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (centre_id, item_id, {columns}) "
            f"SELECT own_centre.pk, own_item.pk, {', '.join(['%s'] * len(values))} "
            f"FROM ({centre_sql}) AS own_centre CROSS JOIN ({item_sql}) AS own_item "
            f"WHERE NOT EXISTS (SELECT 1 FROM {table} AS before "
            "WHERE before.centre_id = own_centre.pk AND before.item_id = own_item.pk)",
            [*values, *centre_params, *item_params],
        )
        return cursor.rowcount


@transaction.atomic
def adopt(centre: Centre, items: CatalogueItemQuerySet, user: Any = None) -> int:
    """Have a centre adopt those of the items that are of its level and that it hasn't adopted yet. Out: how many."""
    made = _adopt_at([centre.pk], adoptable_items(centre.division.level).filter(pk__in=items.values("pk")))
    if made:
        log(instance=centre, action=ADOPTED, user=user, data={"items": made})
    return made


@transaction.atomic
def adopt_everywhere(centres: Iterable[Centre], progress: Progress, user: Any = None) -> int:
    """Have each centre adopt the whole catalogue of its level. Out: how many adoptions were made.

    `progress(done, all)` is called with numbers of centres.
    """
    by_level: dict[str, list[Centre]] = {}
    for centre in centres:
        by_level.setdefault(centre.division.level, []).append(centre)
    total, done = 0, 0
    for level, those in by_level.items():
        items = adoptable_items(level)
        for start in range(0, len(those), CENTRES_AT_ONCE):
            chunk = those[start : start + CENTRES_AT_ONCE]
            before = adoptions_by_centre(chunk)
            total += _adopt_at([centre.pk for centre in chunk], items)
            after = adoptions_by_centre(chunk)
            for centre in chunk:
                if made := after.get(centre.pk, 0) - before.get(centre.pk, 0):
                    log(instance=centre, action=ADOPTED, user=user, data={"items": made})
            done += len(chunk)
            progress(done, sum(map(len, by_level.values())))
    return total


@transaction.atomic
def give_up(adoption: Adoption, user: Any = None) -> None:
    """Have a centre no longer handle an item: what it had added to the item is gone."""
    log(
        instance=adoption.centre,
        action=GIVEN_UP,
        user=user,
        uuid=uuid4(),  # of several entries of one request with the same identity, histories show the last
        data={"item": adoption.item.code, "name": str(adoption.item)},
    )
    adoption.delete()


def _adopt_at(centre_pks: list[str], items: CatalogueItemQuerySet) -> int:
    centres = Centre.objects.filter(pk__in=centre_pks)
    for pk in centre_pks:
        forget(pk)
    return adopt_those_of_the_source(centres, items) + adopt_plainly(centres, items)


def adoptions_by_centre(centres: Sequence[Centre]) -> dict[str, int]:
    """How many items each of the centres has adopted."""
    counted = Adoption.objects.filter(centre__in=centres).order_by().values_list("centre").annotate(number=Count("pk"))
    return dict(counted)


def nearest_centre_with(item: CatalogueItem, division: Division) -> Centre | None:
    """The centre that has adopted an item and is nearest in the tree of divisions: above first, then beside.

    None where no centre has it.
    """
    return nearest_centres_with([item], division).get(item.pk)


def nearest_centres_with(items: Iterable[CatalogueItem], division: Division) -> dict[int, Centre]:
    """The nearest centre for each item that any has adopted, in two queries."""
    above = [each.pk for each in reversed(division.lineage)]
    wanted = Adoption.objects.filter(item__in={item.pk for item in items}).order_by()
    # A centre's distance: those above in their order, then those right below the nearest of them, then any.
    near = wanted.filter(Q(centre__in=above) | Q(centre__division__parent__in=above))
    far = wanted.values("item").annotate(first=Min("centre"), parent=Value("", output_field=CharField()))
    # The same names in both, without which a union takes its columns in another order.
    near = near.annotate(first=F("centre"), parent=F("centre__division__parent"))
    columns = ("item", "first", "parent")
    rows = near.values_list(*columns).union(far.values_list(*columns), all=True)
    nearest: dict[int, tuple[int, str]] = {}
    for item_pk, centre_pk, parent_pk in rows:
        distance = 2 * len(above)
        if centre_pk in above:
            distance = above.index(centre_pk)
        elif parent_pk in above:
            distance = len(above) + above.index(parent_pk)
        if item_pk not in nearest or (distance, centre_pk) < nearest[item_pk]:
            nearest[item_pk] = (distance, centre_pk)
    centres = Centre.objects.select_related("division", "wagtail_site").in_bulk({pk for _, pk in nearest.values()})
    return {item_pk: centres[centre_pk] for item_pk, (_, centre_pk) in nearest.items()}
