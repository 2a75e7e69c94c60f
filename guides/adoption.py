"""Taking items of the shared catalogue into a centre's own: one action for all, a department's, or a single one."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import CharField
from django.utils import timezone
from wagtail.log_actions import log

from guides.models import Adoption, CatalogueItem, Tier
from guides.models.catalogue import CatalogueItemQuerySet
from sites.models import Centre, Division

ADOPTED = "guides.adopt"
GIVEN_UP = "guides.give_up"
ADOPTION_CHANGED = "guides.change_adoption"
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


def _insert(adoptions: list[Adoption]) -> int:
    # Without the translated manager, which would look at each of hundreds of thousands of rows once more.
    Adoption._base_manager.bulk_create(adoptions, batch_size=BATCH_SIZE)
    return len(adoptions)


def nearest_centre_with(item: CatalogueItem, division: Division) -> Centre | None:
    """The centre that has adopted an item and is nearest in the tree of divisions: above first, then beside.

    None where no centre has it.
    """
    centres = Centre.objects.filter(adoptions__item=item).select_related("division", "wagtail_site")
    above = [each.pk for each in reversed(division.lineage)]
    by_division = {centre.division_id: centre for centre in centres.filter(division__in=above)}
    for code in above:
        if code in by_division:
            return by_division[code]
    for code in above:
        beside = centres.filter(division__parent=code).first()
        if beside is not None:
            return beside
    return centres.first()
