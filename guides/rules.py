"""The rules of the catalogue that nobody can break: what keeps a draft from becoming the version in force.

sum of the steps' limits ≤ promised limit ≤ statutory limit (plan §3; local rules on limits). Limits are compared only
where their units can be: nobody knows whether 20 working days are more than a month.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils.translation import gettext as _

from core.limits import Limit
from guides.vocabulary import HandlingKind, Tier

if TYPE_CHECKING:
    from guides.models import CatalogueItem, ProcessStep

# What a tier may belong to.
PARENT_TIERS: dict[str, tuple[str, ...]] = {
    Tier.MAIN: (),
    Tier.SUB: (Tier.MAIN,),
    Tier.HANDLING: (Tier.MAIN, Tier.SUB),
}


@dataclass(frozen=True)
class Fault:
    """A rule that an item breaks: the field, or relation, where it shows, and what to do about it.

    `child` is the row of the relation that it is about, where it is about one; `child_field` that row's field.
    """

    field: str
    message: str
    child: Model | None = None
    child_field: str = ""


def total_of(steps: list["ProcessStep"]) -> Limit:
    """The limit of a whole process; steps without a limit count as nothing."""
    return sum((Limit(step.limit_days or 0) for step in steps), start=Limit(0))


def exceeds(limit: Limit | None, bound: Limit | None) -> bool:
    """Whether a limit is certainly longer than a bound; what isn't known or can't be compared isn't."""
    return limit is not None and bound is not None and limit.is_comparable(bound) and limit > bound


def faults_of(item: "CatalogueItem") -> list[Fault]:
    """The rules that an item or a draft breaks, its children included; empty when it may come into force."""
    return [*contradictions_of(item), *child_faults(item)]


def contradictions_of(item: "CatalogueItem") -> list[Fault]:
    """The rules that not even a draft may break: limits and places that exclude each other make no sense.

    What a draft merely doesn't say yet can wait for its publication.
    """
    return [*limit_faults(item), *place_faults(item)]


def limit_faults(item: "CatalogueItem") -> Iterator[Fault]:
    statutory, promised = item.statutory, item.promised
    total = total_of(list(item.steps.all()))
    if exceeds(promised, statutory):
        yield Fault(
            "promised_limit",
            _("The promised limit (%(promised)s) is longer than the statutory one (%(statutory)s).")
            % {"promised": promised, "statutory": statutory},
        )
    if exceeds(total, promised):
        yield Fault(
            "steps",
            _("The steps take %(total)s together, more than the promised limit (%(promised)s).")
            % {"total": total, "promised": promised},
        )
    elif promised is None and exceeds(total, statutory):
        yield Fault(
            "steps",
            _("The steps take %(total)s together, more than the statutory limit (%(statutory)s).")
            % {"total": total, "statutory": statutory},
        )
    if promised is not None and item.handling_kind:
        if item.handling_kind == HandlingKind.IMMEDIATE and promised.number > 0:
            yield Fault("promised_limit", _("What is done on the spot has the promised limit 0."))
        if item.handling_kind == HandlingKind.PROMISED and promised.number == 0:
            yield Fault("promised_limit", _("A promised limit of 0 is for items done on the spot."))


def child_faults(item: "CatalogueItem") -> Iterator[Fault]:
    for material in item.materials.all():
        if material.is_required is False and not (material.condition_zh_hans or "").strip():
            yield Fault(
                "materials",
                _("%(name)s isn't always required: say when it is.") % {"name": material.name_zh_hans},
                material,
                "condition_zh_hans",
            )
    if item.needs_no_materials and list(item.materials.all()):
        yield Fault("needs_no_materials", _("There are materials below: either none is needed, or these are."))
    if item.charges is False and list(item.fees.all()):
        yield Fault("charges", _("There are fees below, so the item charges a fee."))


def place_faults(item: "CatalogueItem") -> Iterator[Fault]:
    parent = item.parent
    if parent is not None and parent.tier not in PARENT_TIERS[item.tier]:
        yield Fault("parent", _("An item of this tier can't belong to one of that tier."))
    if item.successor_id is not None and item.successor_id == item.pk:
        yield Fault("successor", _("An item can't be its own successor."))
