"""The lists of the catalogue (plan §2) and of a centre's guides, with facets and from A to Z.

`?level=&department=&type=&theme=&object=&kind=&mode=&letter=&page=`, each optional. However many adoptions there are,
a list reads the items of its own scope in a fixed number of queries and counts its facets in memory.
"""

import string
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Value
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.facets import Dimension, Row, narrow
from core.language import ENGLISH, LANGUAGE_TAGS, has_english, shown_language, shown_text
from guides.models import (
    Adoption,
    CatalogueItem,
    HandlingKind,
    ItemType,
    ServiceKind,
    ServiceObject,
    Theme,
    Tier,
)
from guides.models.catalogue import CatalogueItemQuerySet
from sites.articles import page_number, query_of
from sites.columns import column_address
from sites.head import column_head
from sites.models import ColumnPage, Department, Level, ServiceMode

PER_PAGE = 25
OTHER_LETTER = "0"
LETTERS = {**{letter: letter for letter in string.ascii_uppercase}, OTHER_LETTER: "#"}


def catalogue_items() -> CatalogueItemQuerySet:
    """All handling items in force: the catalogue as the province publishes it."""
    return CatalogueItem.objects.in_force().filter(tier=Tier.HANDLING)


def items_of(centre_pk: str) -> CatalogueItemQuerySet:
    """The items in force that a centre has adopted."""
    return catalogue_items().filter(adoptions__centre=centre_pk)


def first_letter(name: str) -> str:
    """The letter that an item stands under, by the name that the list is in the order of."""
    letter = name.strip()[:1].upper()
    return letter if letter in string.ascii_uppercase and letter else OTHER_LETTER


def keys_by_item(items: CatalogueItemQuerySet) -> dict[tuple[str, int], list[str]]:
    """The themes and service modes of items, by ("theme" or "mode", item); one query for both."""
    themes = CatalogueItem.themes.through.objects.filter(catalogueitem__in=items.values("pk"))
    modes = CatalogueItem.service_modes.through.objects.filter(catalogueitem__in=items.values("pk"))
    pairs = themes.values_list(Value("theme"), "catalogueitem", "theme__key").union(
        modes.values_list(Value("mode"), "catalogueitem", "servicemode__key"), all=True
    )
    by_item: dict[tuple[str, int], list[str]] = {}
    for kind, pk, key in pairs:
        by_item.setdefault((kind, pk), []).append(key)
    return by_item


def rows_of(items: CatalogueItemQuerySet) -> list[Row]:
    """What each item can be found by. Two queries, whatever the number of items."""
    by_item = keys_by_item(items)
    fields = (
        "pk",
        "item_type",
        "service_kind",
        "department",
        "exercise_levels",
        "service_objects",
        "pinyin",
        "name_en",
    )
    in_english = get_language() == ENGLISH
    rows = []
    for pk, item_type, kind, department, levels, objects, pinyin, name_en in items.order_by().values_list(*fields):
        # In the reader's alphabet: an item without an English name stands by its pinyin in both.
        name = (name_en or "").strip().lower() if in_english else ""
        name = name or pinyin
        rows.append(
            Row(
                {
                    "object": objects,
                    "theme": by_item.get(("theme", pk), ()),
                    "type": (item_type,),
                    "kind": (kind,),
                    "department": (str(department),) if department else (),
                    "level": levels,
                    "mode": by_item.get(("mode", pk), ()),
                    "letter": (first_letter(name),),
                },
                thing=(name, pk),
            )
        )
    return rows


def dimensions(level: str, themes: list[Theme]) -> list[Dimension]:
    """What the lists can be filtered by. Departments are called as at a level of division. Two queries."""
    departments = {str(each.pk): each.name_at(level) for each in Department.objects.all()}
    return [
        Dimension("object", _("For whom"), _("Everybody"), dict(ServiceObject.choices)),
        Dimension("theme", _("Theme"), _("All themes"), {each.key: shown_text(each, "name") for each in themes}),
        Dimension("type", _("Item type"), _("All item types"), dict(ItemType.choices)),
        Dimension("kind", _("Kind of service"), _("All kinds"), dict(ServiceKind.choices)),
        Dimension("department", _("Department"), _("All departments"), departments),
        Dimension("level", _("Level"), _("All levels"), dict(Level.choices)),
        Dimension(
            "mode",
            _("Service mode"),
            _("All modes"),
            {each.key: shown_text(each, "name") for each in ServiceMode.objects.all()},
        ),
        Dimension("letter", _("From A to Z"), _("All"), LETTERS),
    ]


def listed(item: CatalogueItem, level: str, address: str | None) -> dict[str, Any]:
    """An item as lists show it; `address` is the column of guides, None where the item isn't handled here."""
    return {
        "url": f"{address}{item.code}/" if address else "",
        "code": item.code,
        "name": shown_text(item, "name"),
        "lang": LANGUAGE_TAGS[shown_language(item, "name")],
        "has_english": has_english(item, "name"),
        "type": item.get_item_type_display(),
        "department": item.department.name_at(level) if item.department else "",
        "promised": item.promised,
        "is_immediate": item.handling_kind == HandlingKind.IMMEDIATE,
        "has_guide": item.has_guide,
    }


def theme_groups(filters: list[dict[str, Any]], themes: list[Theme]) -> list[dict[str, Any]]:
    """The themes by their entrance, individuals' and organisations', with the numbers of the filter."""
    by_key = {each.key: each for each in themes}
    choices = next((each["choices"][1:] for each in filters if each["key"] == "theme"), [])
    groups = [
        {"title": _("For individuals"), "choices": [], "organisations": False},
        {"title": _("For organisations"), "choices": [], "organisations": True},
    ]
    for choice in choices:
        groups[by_key[choice["value"]].for_organisations]["choices"].append(choice)
    return [group for group in groups if group["choices"]]


def list_context(request: HttpRequest, column_page: ColumnPage, items: CatalogueItemQuerySet) -> dict[str, Any]:
    """A list of items with its facets."""
    level = request.centre.division.level
    address = column_page.get_url(request) or ""
    themes = list(Theme.objects.all())
    narrowed = narrow(dimensions(level, themes), rows_of(items), request.GET.dict(), address)
    order = [pk for _key, pk in sorted(row.thing for row in narrowed.rows)]
    paginator = Paginator(order, PER_PAGE)
    page: Page = paginator.page(page_number(request.GET.get("page"), paginator.num_pages))
    is_here = Exists(Adoption.objects.filter(centre=request.centre, item=OuterRef("pk")))
    read = CatalogueItem.objects.select_related("department").annotate(is_here=is_here)
    shown: dict[int, Any] = read.in_bulk(list(page.object_list))
    guides = column_address(request, "guides") or None
    page.object_list = [listed(shown[pk], level, guides if shown[pk].is_here else None) for pk in page.object_list]
    letters = next((each for each in narrowed.filters if each["key"] == "letter"), None)
    groups = [] if narrowed.chosen else theme_groups(narrowed.filters, themes)
    beside = ("letter", "theme") if groups else ("letter",)  # shown in places of their own
    return {
        **column_head(request, column_page, query_of(narrowed, page)),
        "description": shown_text(column_page.column, "description"),
        "items": page,
        "filters": [each for each in narrowed.filters if each["key"] not in beside and len(each["choices"]) > 1],
        "letters": letters,
        "filters_active": bool(narrowed.chosen),
        "filters_query": narrowed.query,
        "clear_url": address,
        "theme_groups": groups,
    }


def catalogue_context(request: HttpRequest, column_page: ColumnPage) -> dict[str, Any]:
    """The catalogue of the province; items that this centre handles lead to their guides."""
    return list_context(request, column_page, catalogue_items())


def guides_context(request: HttpRequest, column_page: ColumnPage) -> dict[str, Any]:
    """The guides of this centre."""
    return list_context(request, column_page, items_of(request.centre.pk))
