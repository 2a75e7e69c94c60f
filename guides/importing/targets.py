"""The fields of ours that a column of a source can be, and of what kind each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.models import Adoption, CatalogueItem
from guides.vocabulary import (
    HandledAnywhere,
    HandlingKind,
    ItemType,
    OnlineDepth,
    ServiceKind,
    ServiceObject,
)
from sites.models import Level


class Kind(Enum):
    """How the value of a field is read."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_OR_NO = "yes or no"
    NUMBER = "number"
    DATE = "date"
    LIMIT = "limit"
    DEPARTMENT = "department"
    DEPARTMENTS = "departments"
    THEMES = "themes"
    MODES = "service modes"
    CHILDREN = "children by name"
    CENTRE_FACT = "a fact of the centre"


@dataclass(frozen=True)
class Target:
    """A field: its name in mappings and in an item's source words, what it is called, and how it is read.

    facts: the names of the fields of the item (`guides.facts`) that it fills. choices: the keys it can have.
    child: the translated field of a child row that a name of a list becomes.
    """

    name: str
    label: str | Promise
    kind: Kind
    facts: tuple[str, ...] = ()
    choices: Sequence[str] = ()
    longest: int = 0
    child: str = ""


def _of_item(name: str, kind: Kind, fact: str = "", choices: Sequence[str] = ()) -> Target:
    field: Any = CatalogueItem._meta.get_field(fact or name)
    return Target(name, field.verbose_name, kind, (fact or name,), choices, getattr(field, "max_length", 0) or 0)


def _of_children(name: str, child: str) -> Target:
    relation = CatalogueItem._meta.get_field(name)
    model = relation.related_model
    longest = model._meta.get_field(child).max_length or 0
    return Target(name, model._meta.verbose_name_plural, Kind.CHILDREN, (name,), longest=longest, child=child)


def _of_centre(name: str) -> Target:
    field: Any = Adoption._meta.get_field(name)
    return Target(name, field.verbose_name, Kind.CENTRE_FACT, longest=field.max_length or 0)


_TARGETS = (
    _of_item("name", Kind.LINE, "name_zh_hans"),
    _of_item("name_en", Kind.LINE),
    _of_item("basic_code", Kind.LINE),
    _of_item("item_type", Kind.CHOICE, choices=ItemType.values),
    _of_item("service_kind", Kind.CHOICE, choices=ServiceKind.values),
    _of_item("department", Kind.DEPARTMENT),
    _of_item("joint_departments", Kind.DEPARTMENTS),
    _of_item("exercise_levels", Kind.CHOICES, choices=Level.values),
    _of_item("service_objects", Kind.CHOICES, choices=ServiceObject.values),
    _of_item("themes", Kind.THEMES),
    _of_item("summary", Kind.TEXT, "summary_zh_hans"),
    _of_item("summary_en", Kind.TEXT),
    _of_item("handling_kind", Kind.CHOICE, choices=HandlingKind.values),
    Target("statutory_limit", _("statutory limit"), Kind.LIMIT, ("statutory_limit", "statutory_unit")),
    Target("promised_limit", _("promised limit"), Kind.LIMIT, ("promised_limit", "promised_unit")),
    _of_item("limit_note", Kind.LINE, "limit_note_zh_hans"),
    _of_item("limit_note_en", Kind.LINE),
    _of_item("conditions", Kind.TEXT, "conditions_zh_hans"),
    _of_item("conditions_en", Kind.TEXT),
    _of_children("materials", "name_zh_hans"),
    _of_item("needs_no_materials", Kind.YES_OR_NO),
    _of_children("legal_bases", "law_zh_hans"),
    _of_children("result_documents", "name_zh_hans"),
    _of_item("charges", Kind.YES_OR_NO),
    _of_item("visits", Kind.NUMBER),
    _of_item("online_depth", Kind.CHOICE, choices=OnlineDepth.values),
    _of_item("handled_anywhere", Kind.CHOICE, choices=HandledAnywhere.values),
    _of_item("takes_appointments", Kind.YES_OR_NO),
    _of_item("delivers_results", Kind.YES_OR_NO),
    _of_item("service_modes", Kind.MODES),
    _of_item("is_suspended", Kind.YES_OR_NO),
    _of_item("effective_on", Kind.DATE),
    _of_item("cancelled_on", Kind.DATE),
    _of_centre("implementation_code"),
    _of_centre("place"),
    _of_centre("hours"),
    _of_centre("telephone"),
    _of_centre("complaint_telephone"),
)
TARGETS: dict[str, Target] = {target.name: target for target in _TARGETS}
