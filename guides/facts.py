"""All that a version of an item says, as plain values: what exports write, what imports compare and set.

Facts are a dictionary by field name. Whatever refers to another row does so by what that row is called everywhere:
a department, item or division by its code, a theme or service mode by its key, a file by its name in the storage.
Child rows are lists of such dictionaries, in their order. What Wagtail keeps about an item and what is derived from
the others is no fact.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modeltranslation.translator import translator

from core.models import Attachment
from guides.models import CatalogueItem, Material, Theme
from guides.vocabulary import MaterialForm, ServiceObject
from sites.models import Department, Division, Level, ServiceMode

Facts = dict[str, Any]

# Wagtail's, of the row as a whole and of no version; and what `guides.models.catalogue.derive` sets.
NO_FACTS = frozenset(
    [
        "id",
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "live_revision",
        "latest_revision",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "missing_elements",
        "lacks_english",
        "draft_missing_elements",
        "draft_lacks_english",
        "pinyin",
        "item",
        "sort_order",
    ]
)


class FactKind(Enum):
    """Of what kind a fact is."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    AMOUNT = "amount"
    YES_OR_NO = "yes or no"
    DATE = "date"
    KEY = "key of another row"
    KEYS = "keys of other rows"
    WORDS = "the source's words"


@dataclass(frozen=True)
class Fact:
    """A field of an item or of one of its children."""

    name: str
    kind: FactKind
    to: type[models.Model] | None = None
    choices: Sequence[str] = ()
    default: Any = None
    nullable: bool = False
    longest: int = 0


# What other rows are called.
NAMES: dict[type[models.Model], str] = {
    Department: "code",
    CatalogueItem: "code",
    Division: "code",
    Theme: "key",
    ServiceMode: "key",
    Attachment: "file",
}
# The keys that a list may hold; the database knows it as JSON.
CHOICES_OF_LISTS: dict[tuple[type[models.Model], str], Sequence[str]] = {
    (CatalogueItem, "exercise_levels"): Level.values,
    (CatalogueItem, "service_objects"): ServiceObject.values,
    (Material, "forms"): MaterialForm.values,
}


def _facts_of_model(model: type[models.Model]) -> Iterator[Fact]:
    # The column without a language repeats the Chinese one.
    repeated = set(translator.get_options_for_model(model).all_fields)
    for each in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if each.name not in NO_FACTS and each.name not in repeated:
            yield _fact(model, each)


def _fact(model: type[models.Model], each: Any) -> Fact:
    choices = CHOICES_OF_LISTS.get((model, each.name))
    if each.many_to_many:
        return Fact(each.name, FactKind.KEYS, each.related_model, default=[])
    if each.is_relation:
        return Fact(each.name, FactKind.KEY, each.related_model, default="", nullable=True)
    if choices is not None:
        return Fact(each.name, FactKind.CHOICES, choices=choices, default=[])
    if isinstance(each, models.JSONField):
        return Fact(each.name, FactKind.WORDS, default={})
    if isinstance(each, models.BooleanField):
        return Fact(each.name, FactKind.YES_OR_NO, default=None if each.null else each.default, nullable=each.null)
    if isinstance(each, models.DecimalField):
        return Fact(each.name, FactKind.AMOUNT, nullable=each.null)
    if isinstance(each, models.IntegerField):
        return Fact(each.name, FactKind.NUMBER, default=None if each.null else each.default, nullable=each.null)
    if isinstance(each, models.DateField):
        return Fact(each.name, FactKind.DATE, nullable=each.null)
    default = each.default if isinstance(each.default, str) else ""
    if each.choices:
        keys = [key for key, _label in each.flatchoices]
        return Fact(each.name, FactKind.CHOICE, choices=keys, default=str(default), nullable=each.blank)
    # A step's key has no default here: a new one is made where none is given.
    return Fact(each.name, FactKind.TEXT, default=default, nullable=each.blank, longest=each.max_length or 0)


ITEM_FACTS: dict[str, Fact] = {fact.name: fact for fact in _facts_of_model(CatalogueItem)}
# The child relations in the order of the guide, with their facts.
CHILDREN: dict[str, type[models.Model]] = {
    name: CatalogueItem._meta.get_field(name).related_model
    for name in (
        "legal_bases",
        "materials",
        "steps",
        "special_procedures",
        "fees",
        "result_documents",
        "questions",
    )
}
CHILD_FACTS: dict[str, dict[str, Fact]] = {
    relation: {fact.name: fact for fact in _facts_of_model(model)} for relation, model in CHILDREN.items()
}


# -- Reading ------------------------------------------------------------------------


def facts_of(items: Sequence[CatalogueItem]) -> Iterator[tuple[CatalogueItem, Facts]]:
    """Items as they stand in the database, with their facts. Some twenty queries, however many items."""
    keys = [item.pk for item in items]
    models.prefetch_related_objects(items, *_names_of_relations(ITEM_FACTS))
    related = {name: _related(name, keys) for name, fact in ITEM_FACTS.items() if fact.kind == FactKind.KEYS}
    children = {relation: _children(relation, keys) for relation in CHILDREN}
    for item in items:
        facts = {
            name: related[name][item.pk] if fact.kind == FactKind.KEYS else _value(item, fact)
            for name, fact in ITEM_FACTS.items()
        }
        yield item, facts | {relation: children[relation][item.pk] for relation in CHILDREN}


def _names_of_relations(facts: Mapping[str, Fact]) -> list[str]:
    return [name for name, fact in facts.items() if fact.kind == FactKind.KEY]


def _value(instance: models.Model, fact: Fact) -> Any:
    value = getattr(instance, fact.name)
    if fact.kind == FactKind.KEY:
        assert fact.to is not None
        return "" if value is None else str(getattr(value, NAMES[fact.to]))
    return "" if value is None and fact.kind in (FactKind.TEXT, FactKind.CHOICE) else value


def _related(name: str, keys: list[int]) -> dict[int, list[str]]:
    relation = CatalogueItem._meta.get_field(name)
    assert isinstance(relation, ParentalManyToManyField)
    rows = relation.remote_field.through._base_manager.filter(catalogueitem__in=keys)
    name_there = f"{relation.m2m_reverse_field_name()}__{NAMES[relation.related_model]}"
    found: dict[int, list[str]] = defaultdict(list)
    for item, other in rows.order_by(name_there).values_list("catalogueitem", name_there):
        found[item].append(other)
    return found


def _children(relation: str, keys: list[int]) -> dict[int, list[Facts]]:
    facts = CHILD_FACTS[relation]
    rows = CHILDREN[relation]._base_manager.filter(item__in=keys).select_related(*_names_of_relations(facts))
    found: dict[int, list[Facts]] = defaultdict(list)
    for child in rows.order_by("sort_order", "pk"):
        found[child.item_id].append({name: _value(child, fact) for name, fact in facts.items()})
    return found


# -- Setting ------------------------------------------------------------------------


class Rows:
    """The rows that facts may refer to, by what they are called; imports add those that they make."""

    def __init__(self) -> None:
        self.known: dict[type[models.Model], dict[str, Any]] = {
            model: {getattr(row, NAMES[model]): row for row in model._base_manager.all()}
            for model in (Department, Theme, ServiceMode)
        } | {CatalogueItem: {}, Division: {}, Attachment: {}}

    def get(self, model: type[models.Model] | None, name: str) -> Any:
        """The row of that name; None where there is none, or no name."""
        assert model is not None
        known = self.known[model]
        if name and name not in known and model in (CatalogueItem, Division, Attachment):
            known[name] = model._base_manager.filter(**{NAMES[model]: name}).first()
        return known.get(name)

    def add(self, row: models.Model) -> None:
        self.known[type(row)][getattr(row, NAMES[type(row)])] = row


def set_facts(item: CatalogueItem, facts: Mapping[str, Any], rows: Rows) -> None:
    """Have an item say what the facts say, in memory; fields that they don't name stay."""
    for name, value in facts.items():
        if name in CHILDREN:
            setattr(item, name, [_child(name, order, one, rows) for order, one in enumerate(value)])
        else:
            _set(item, ITEM_FACTS[name], value, rows)


def _set(instance: models.Model, fact: Fact, value: Any, rows: Rows) -> None:
    if fact.kind == FactKind.KEY:
        value = rows.get(fact.to, value)
    elif fact.kind == FactKind.KEYS:
        value = [rows.get(fact.to, name) for name in value]
    elif value == "" and fact.name.endswith("_en"):
        value = None  # as the forms leave it
    setattr(instance, fact.name, value)


def _child(relation: str, order: int, facts: Facts, rows: Rows) -> models.Model:
    child = CHILDREN[relation](sort_order=order)
    for name, value in facts.items():
        _set(child, CHILD_FACTS[relation][name], value, rows)
    return child


def with_defaults(relation: str, facts: Facts) -> Facts:
    """The facts of a child of which only some are given."""
    return {name: facts.get(name, copy(fact.default)) for name, fact in CHILD_FACTS[relation].items()}
