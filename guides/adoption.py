"""Taking items of the shared catalogue into a centre's own: one action for all, a department's, or a single one."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import CharField, Q
from django.utils import timezone
from wagtail.log_actions import log

from guides.models import Adoption, CatalogueItem, Tier
from guides.models.catalogue import CatalogueItemQuerySet
from sites.models import Centre, Division

ADOPTED = "guides.adopt"
BATCH_SIZE = 1000
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


def new_adoptions(centre: Centre, items: Iterable[CatalogueItem]) -> list[Adoption]:
    """Adoptions of items by a centre, unsaved, with the facts that the items' source gave for it."""
    now = timezone.now()
    return [Adoption(centre=centre, item=item, adopted_at=now, **own_facts(item, centre.division_id)) for item in items]


@transaction.atomic
def adopt(centre: Centre, items: CatalogueItemQuerySet, user: Any = None) -> int:
    """Have a centre adopt those of the items that are of its level and that it hasn't adopted yet. Out: how many."""
    wanted = adoptable_items(centre.division.level).filter(pk__in=items.values("pk"))
    missing = wanted.exclude(pk__in=Adoption.objects.filter(centre=centre).values("item"))
    made = _insert(new_adoptions(centre, missing.only("code", "source_words", "source_division")))
    if made:
        log(instance=centre, action=ADOPTED, user=user, data={"items": made})
    return made


@transaction.atomic
def adopt_everywhere(centres: Iterable[Centre], progress: Progress, user: Any = None) -> int:
    """Have each centre adopt the whole catalogue of its level. Out: how many adoptions were made."""
    every_centre = list(centres)
    by_level: dict[str, list[CatalogueItem]] = {}
    total = 0
    for number, centre in enumerate(every_centre, start=1):
        level = centre.division.level
        if level not in by_level:
            by_level[level] = list(adoptable_items(level).only("code", "source_words", "source_division"))
        adopted = set(Adoption.objects.filter(centre=centre).values_list("item", flat=True))
        made = _insert(new_adoptions(centre, (item for item in by_level[level] if item.pk not in adopted)))
        if made:
            log(instance=centre, action=ADOPTED, user=user, data={"items": made})
        total += made
        progress(number, len(every_centre))
    return total


def _insert(adoptions: list[Adoption]) -> int:
    # Without the translated manager, which would look at each of hundreds of thousands of rows once more.
    Adoption._base_manager.bulk_create(adoptions, batch_size=BATCH_SIZE)
    return len(adoptions)


def nearest_centre_with(item: CatalogueItem, division: Division) -> Centre | None:
    """The centre that has adopted an item and is nearest in the tree of divisions: above first, then beside.

    None where no centre has it.
    """
    return nearest_centres_with([item], division).get(item.pk)


def nearest_centres_with(items: Iterable[CatalogueItem], division: Division) -> dict[int, Centre]:
    """The nearest centre for each item that any has adopted, in two queries, and one for each that only far ones have."""
    above = [each.pk for each in reversed(division.lineage)]
    # A centre's distance: those above in their order, then those right below the nearest of them.
    near = Adoption.objects.filter(Q(centre__in=above) | Q(centre__division__parent__in=above))
    nearest: dict[int, tuple[int, str]] = {}
    wanted = {item.pk for item in items}
    rows = near.filter(item__in=wanted).order_by().values_list("item", "centre", "centre__division__parent")
    for item_pk, centre_pk, parent_pk in rows:
        distance = above.index(centre_pk) if centre_pk in above else len(above) + above.index(parent_pk)
        if item_pk not in nearest or (distance, centre_pk) < nearest[item_pk]:
            nearest[item_pk] = (distance, centre_pk)
    for item_pk in wanted - nearest.keys():
        far = Adoption.objects.filter(item=item_pk).order_by("centre").values_list("centre", flat=True).first()
        if far is not None:
            nearest[item_pk] = (2 * len(above), far)
    centres = Centre.objects.select_related("division", "wagtail_site").in_bulk({pk for _, pk in nearest.values()})
    return {item_pk: centres[centre_pk] for item_pk, (_, centre_pk) in nearest.items()}
