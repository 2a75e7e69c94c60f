"""What a guide must have (plan §4), and what an item lacks of it, in Chinese and in English.

The elements are those of plan §4 and §22 and of the national inspection of web sites: basis, conditions, materials,
process, limits, fees. Place, hours and telephone are the centre's to give (`guides.own_facts`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator

from core.language import has_english, is_chinese

if TYPE_CHECKING:
    from guides.models import CatalogueItem

# What stands in quotation marks or brackets may be Chinese in an English text: names of papers, of places.
_QUOTED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|“[^”]*”|‘[^’]*’|\"[^\"]*\"|（[^（）]*）|《[^《》]*》")


@dataclass(frozen=True)
class Element:
    """An element of the guide: its key, what it is called, whether an item has it, and whose texts it is made of.

    `fields` are translated fields of the item, `relations` the children all of whose texts belong to it.
    """

    key: str
    label: str | Promise
    is_there: Callable[["CatalogueItem"], bool]
    fields: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()


def has_materials(item: "CatalogueItem") -> bool:
    """None is needed, or there are some, and of each one it is known whether it is always required."""
    materials = list(item.materials.all())
    return item.needs_no_materials or (
        bool(materials) and all(material.is_required is not None for material in materials)
    )


def has_process(item: "CatalogueItem") -> bool:
    """There are steps, and every one has its limit (plan §3, §22)."""
    steps = list(item.steps.all())
    return bool(steps) and all(step.limit_days is not None for step in steps)


def has_statutory_limit(item: "CatalogueItem") -> bool:
    """There is a limit, or a note that says why there is none."""
    return item.statutory_limit is not None or bool((item.limit_note_zh_hans or "").strip())


def has_fees(item: "CatalogueItem") -> bool:
    """It is known that nothing is charged, or there is a fee with its standard."""
    return item.charges is False or (item.charges is True and bool(list(item.fees.all())))


# In the standard order of the guide.
ELEMENTS: tuple[Element, ...] = (
    Element("name", _("name"), lambda item: bool(item.name_zh_hans), ("name", "summary")),
    Element("department", _("department"), lambda item: item.department_id is not None),
    Element("levels", _("exercise levels"), lambda item: bool(item.exercise_levels)),
    Element("objects", _("service objects"), lambda item: bool(item.service_objects)),
    Element("handling_kind", _("handling kind"), lambda item: bool(item.handling_kind)),
    Element("basis", _("statutory basis"), lambda item: bool(list(item.legal_bases.all())), (), ("legal_bases",)),
    Element("conditions", _("conditions"), lambda item: bool((item.conditions_zh_hans or "").strip()), ("conditions",)),
    Element("materials", _("materials"), has_materials, (), ("materials",)),
    Element("process", _("process"), has_process, (), ("steps", "special_procedures")),
    Element("statutory_limit", _("statutory limit"), has_statutory_limit, ("limit_note",)),
    Element("promised_limit", _("promised limit"), lambda item: item.promised_limit is not None),
    Element("fees", _("fees"), has_fees, (), ("fees",)),
    Element("result", _("result"), lambda item: bool(list(item.result_documents.all())), (), ("result_documents",)),
)
LABELS = {element.key: element.label for element in ELEMENTS}


def is_english(text: str) -> bool:
    """Whether a text can stand as English: no Chinese characters outside quotation marks and brackets."""
    bare, taken_out = text, 1
    while taken_out:  # brackets within brackets, from the inside out
        bare, taken_out = _QUOTED.subn("", bare)
    return not is_chinese(bare)


def text_lacks_english(instance: Model, field: str) -> bool:
    """Whether a Chinese text has no English of its own: none, the Chinese again, or one with Chinese in it."""
    if not (getattr(instance, f"{field}_zh_hans") or "").strip():
        return False
    return not has_english(instance, field) or not is_english(getattr(instance, f"{field}_en"))


def texts_of(item: "CatalogueItem", element: Element) -> Iterator[tuple[Model, str]]:
    """The translated texts of an element, as (object, field)."""
    for field in element.fields:
        yield item, field
    for relation in element.relations:
        for child in getattr(item, relation).all():
            for field in translator.get_options_for_model(type(child)).all_fields:
                yield child, field


def missing_elements(item: "CatalogueItem") -> list[str]:
    """The keys of the elements that an item or a draft lacks in Chinese, in the order of the guide."""
    return [element.key for element in ELEMENTS if not element.is_there(item)]


def lacking_english(item: "CatalogueItem") -> list[str]:
    """The keys of the elements with a Chinese text that has no English of its own."""
    return [
        element.key
        for element in ELEMENTS
        if any(text_lacks_english(instance, field) for instance, field in texts_of(item, element))
    ]


def labels_of(keys: str) -> list[str | Promise]:
    """What the elements of a derived column (`missing_elements`, `lacks_english`) are called."""
    return [LABELS[key] for key in keys.split()]
