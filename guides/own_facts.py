"""What holds at one centre for an adopted item: its own promise and steps where they are legal, else the standard's.

A centre's promise may only be better than the standard, and its steps must fit into it; a step of another level isn't
the centre's to shorten. A promise that a later version of the item makes illegal stands aside for the standard.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.limits import Limit, LimitUnit
from guides.rules import Fault, exceeds

if TYPE_CHECKING:
    from guides.models import Adoption, CatalogueItem, ProcessStep


@dataclass(frozen=True)
class StepHere:
    """A step of the process with the limit that holds at a centre; None while the standard has none."""

    step: "ProcessStep"
    limit: Limit | None
    is_own_limit: bool


def is_own_step(step: "ProcessStep", level: str) -> bool:
    """Whether a step is done at the centre of a level where one applies, and not at another level."""
    return step.level in ("", level)


def faults_of_own_facts(adoption: "Adoption", item: "CatalogueItem", level: str) -> list[Fault]:
    """What makes a centre's own promise illegal under an item's version in force; empty when it may stand."""
    return [*step_faults(adoption, item, level), *promise_faults(adoption, item)]


def step_faults(adoption: "Adoption", item: "CatalogueItem", level: str) -> Iterator[Fault]:
    steps = {step.key: step for step in item.steps.all()}
    for key, days in adoption.step_limits.items():
        step = steps.get(key)
        if step is None:
            yield Fault("step_limits", _("The standard process no longer has one of the steps shortened here."))
        elif not is_own_step(step, level):
            yield Fault(
                "step_limits",
                _("“%(step)s” is done at another level: it can't be shortened here.") % {"step": step.name},
                step,
            )
        elif step.limit_days is not None and days > step.limit_days:
            yield Fault(
                "step_limits",
                _("“%(step)s” may take at most %(limit)s, as in the standard.")
                % {"step": step.name, "limit": Limit(step.limit_days)},
                step,
            )


def own_promise(adoption: "Adoption", item: "CatalogueItem") -> Limit:
    """The limit that a centre set itself, in the item's unit, legal or not."""
    return Limit(adoption.promised_limit or 0, LimitUnit(item.promised_unit))


def promise_faults(adoption: "Adoption", item: "CatalogueItem") -> Iterator[Fault]:
    if adoption.promised_limit is None:
        return
    own = own_promise(adoption, item)
    standard = item.promised
    if standard is None:
        yield Fault("promised_limit", _("The standard has no promised limit yet that could be bettered."))
    elif exceeds(own, standard):
        yield Fault(
            "promised_limit",
            _("A centre's promise may be better than the standard (%(standard)s), never worse.")
            % {"standard": standard},
        )
    total = sum(
        (Limit(adoption.step_limits.get(step.key, step.limit_days) or 0) for step in item.steps.all()), start=Limit(0)
    )
    if exceeds(total, own):
        yield Fault(
            "promised_limit",
            _("The steps take %(total)s together: shorten the centre's own steps first, or promise more than %(own)s.")
            % {"total": total, "own": own},
        )


def promise_here(adoption: "Adoption | None", item: "CatalogueItem", level: str) -> Limit | None:
    """The promised limit that holds at a centre: its own where it is legal, else the standard's."""
    if adoption is None or adoption.promised_limit is None or faults_of_own_facts(adoption, item, level):
        return item.promised
    return own_promise(adoption, item)


def steps_here(adoption: "Adoption | None", item: "CatalogueItem", level: str) -> list[StepHere]:
    """The process with the limits that hold at a centre."""
    own = adoption.step_limits if adoption is not None and not faults_of_own_facts(adoption, item, level) else {}
    return [
        StepHere(
            step=step,
            limit=Limit(own.get(step.key, step.limit_days)) if own.get(step.key, step.limit_days) is not None else None,
            is_own_limit=step.key in own,
        )
        for step in item.steps.all()
    ]
