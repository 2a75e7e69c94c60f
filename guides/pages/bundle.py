"""A "one thing" bundle at a centre: its items in order, one list of their materials, one timeline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.calendar import read_calendar
from core.language import has_english, marked_text, shown_text
from core.limits import Limit
from core.page_cache import may_keep
from guides.adoption import nearest_centres_with
from guides.models import Adoption, Bundle, BundleItem, CatalogueItem, HandlingKind, Material
from guides.pages import process_chart
from guides.pages.guide import days_in_short, step_rows, total_in_short
from guides.pages.reading import Guide, read_references, with_parts
from guides.pages.views import centre_entry
from guides.pages.words import LimitInWords, between, forms_and_copies, limit_from, source_of
from sites.columns import column_address
from sites.context import breadcrumb, site_context
from sites.head import column_tags, head
from sites.models import Centre, ColumnPage

# -- Merging ----------------------------------------------------------------------------------------


@dataclass
class MergedMaterial:
    """A paper that one or several items ask for, as it is handed in once for all of them.

    forms and copies are the most that any item asks for; it is required if any item requires it.
    """

    first: Material
    forms: set[str] = field(default_factory=set)
    copies: int | None = None
    is_required: bool = False
    serves: list[tuple[CatalogueItem, Material]] = field(default_factory=list)

    def add(self, item: CatalogueItem, material: Material) -> None:
        self.forms |= set(material.forms)
        self.copies = max((each for each in (self.copies, material.copies) if each is not None), default=None)
        self.is_required = self.is_required or bool(material.is_required)
        self.serves.append((item, material))


def merge_materials(items: Iterable[CatalogueItem]) -> list[MergedMaterial]:
    """One list of the materials of several items: the same key is the same paper, and without a key the same name.

    In the order in which the items ask for them, those that are always required first.
    """
    merged: dict[str, MergedMaterial] = {}
    for item in items:
        for material in item.materials.all():
            key = material.key or material.name_zh_hans
            merged.setdefault(key, MergedMaterial(material)).add(item, material)
    return sorted(merged.values(), key=lambda each: not each.is_required)


def total_limits(limits: Iterable[Limit]) -> list[Limit]:
    """The sum of limits, one for each unit that can't be added to another."""
    totals: list[Limit] = []
    for limit in limits:
        for index, total in enumerate(totals):
            if total.is_comparable(limit):
                totals[index] = total + limit
                break
        else:
            totals.append(limit)
    return totals


# -- What the page shows ----------------------------------------------------------------------------


def material_row(merged: MergedMaterial, number_of_items: int) -> dict[str, Any]:
    """A merged material as the checklist shows it."""
    files = {
        title: next((getattr(material, name) for _item, material in merged.serves if getattr(material, name)), None)
        for name, title in (("blank_form", _("Blank form")), ("filled_sample", _("Filled sample")))
    }
    return {
        "key": merged.first.key or merged.first.name_zh_hans,
        "name": marked_text(merged.first, "name"),
        "is_required": merged.is_required,
        "condition": one_of(marked_text(material, "condition") for _item, material in merged.serves),
        "serves": serves(merged, number_of_items),
        "handing_in": forms_and_copies(merged.forms, merged.copies),
        "source": source_of(merged.first),
        "standard": one_of(marked_text(material, "standard") for _item, material in merged.serves),
        "files": [{"document": document, "title": title} for title, document in files.items() if document],
    }


def one_of(texts: Iterable[SafeString | str]) -> SafeString:
    """Different texts on one thing as one, each once."""
    separator = pgettext("between texts of several items", "; ")
    different = list(dict.fromkeys(text for text in texts if text))
    return format_html_join(separator, "{}", ((text,) for text in different))


def serves(merged: MergedMaterial, number_of_items: int) -> SafeString | str:
    """For which items a material is, and where it is needed only in some cases, in which."""
    if number_of_items == 1:
        return ""
    if len(merged.serves) == number_of_items and len({material.is_required for _item, material in merged.serves}) == 1:
        return _("all of them")
    return format_html_join(
        pgettext("between texts of several items", "; "),
        "{}{}",
        (
            (
                marked_text(item, "name"),
                ""
                if material.is_required or not merged.is_required
                else format_html_join("", " ({}: {})", [(_("only if"), marked_text(material, "condition"))]),
            )
            for item, material in merged.serves
        ),
    )


def chosen_codes(request: HttpRequest, codes: Sequence[str]) -> list[str]:
    """The items that the reader needs (`?item=`, once for each); all of them where none is named."""
    asked = set(request.GET.getlist("item"))
    return [code for code in codes if code in asked] or list(codes)


def item_row(
    each: BundleItem, guide: Guide | None, base: str, chosen: Sequence[str], nearest: dict[str, Any] | None
) -> dict[str, Any]:
    item = each.item
    return {
        "code": item.code,
        "name": marked_text(item, "name"),
        "condition": marked_text(each, "condition"),
        "note": marked_text(each, "note"),
        "is_chosen": item.code in chosen,
        "is_here": guide is not None,
        "url": f"{base}{item.code}/" if guide else "",
        "has_guide": item.has_guide,
        "is_immediate": item.handling_kind == HandlingKind.IMMEDIATE,
        "promised": guide.promised if guide else None,
        "nearest": nearest,
    }


def timeline(guides: Sequence[Guide], label: str) -> SafeString:
    """The items one after another on one axis of working days."""
    steps = []
    total = Limit(0)
    for guide in guides:
        promised = guide.promised
        is_measured = promised is not None and total.is_comparable(promised)
        if is_measured and promised is not None:
            total = total + promised
        steps.append(
            process_chart.Step(
                name=shown_text(guide.item, "name"),
                who=guide.item.department.name_at(guide.level) if guide.item.department else "",
                length=days_in_short(promised) if is_measured else str(promised or ""),
                days=promised.number if is_measured and promised is not None else None,
                total=total_in_short(total) if is_measured else "",
            )
        )
    return process_chart.draw_process([process_chart.Lane(_("One after another, at most"), steps)], label)


def ready_by(guides: Sequence[Guide], today: date) -> LimitInWords | None:
    """By when all is done if the first application is accepted today and each other when the one before is decided."""
    calendar = read_calendar(since=today)
    accepted, provisional = today, False
    for guide in guides:
        if guide.promised is not None:
            words = limit_from(guide.promised, accepted, calendar)
            accepted, provisional = words.due or accepted, provisional or words.provisional
    return LimitInWords(Limit(1), accepted, provisional) if guides else None


# -- Views ------------------------------------------------------------------------------------------


def shown_bundles(centre: Centre) -> list[Bundle]:
    """The bundles of which a centre handles at least one item; one query."""
    handled = BundleItem.objects.filter(
        bundle=OuterRef("pk"), item__adoptions__centre=centre, item__in=CatalogueItem.objects.in_force()
    )
    return list(Bundle.objects.filter(Exists(handled), is_shown=True))


def bundles_here(centre: Centre, base: str) -> list[dict[str, Any]]:
    """The bundles as lists show them; `base` is the address of the column of guides."""
    return [
        {
            "url": f"{base}one-thing/{bundle.key}/",
            "name": marked_text(bundle, "name"),
            "description": marked_text(bundle, "description"),
        }
        for bundle in shown_bundles(centre)
    ]


def bundles_on_home_page(request: HttpRequest) -> dict[str, Any]:
    """What home pages show of the bundles, where the site has a column of guides."""
    base = column_address(request, "guides")
    return {"bundles": bundles_here(request.centre, base) if base else []}


def bundles(request: HttpRequest, column_page: ColumnPage) -> HttpResponse:
    """The list of bundles stands on the column itself."""
    return HttpResponseRedirect(f"{column_page.get_url(request)}#one-thing")


def items_of_bundle(key: str) -> list[BundleItem]:
    """A bundle's items in force in their order, each with its version. Raises Http404 where there are none."""
    items = (
        BundleItem.objects.filter(bundle__key=key, bundle__is_shown=True, item__in=CatalogueItem.objects.in_force())
        .select_related("bundle", "item__department", "item__live_revision")
        .order_by("sort_order")
    )
    found = list(items)
    if not found:
        raise Http404
    return found


def one_thing(request: HttpRequest, column_page: ColumnPage, key: str) -> HttpResponse:
    """A bundle: only items that are handled here count in its list and its timeline."""
    centre: Centre = request.centre
    base = column_page.get_url(request) or ""
    bundle_items = items_of_bundle(key)
    bundle = bundle_items[0].bundle
    items = [each.item for each in bundle_items]
    adoptions = {each.item_id: each for each in Adoption.objects.filter(centre=centre, item__in=items)}
    here = [item for item in items if item.pk in adoptions]
    for item in here:
        with_parts(item, item.live_revision.content)
    read_references(here, modes=False)
    guides = {item.pk: Guide(item, centre, adoptions[item.pk], number=None) for item in here}
    missing = [item for item in items if item.pk not in adoptions]
    nearest = nearest_centres_with(missing, centre.division) if missing else {}
    chosen = chosen_codes(request, [item.code for item in here])
    counted = [guides[item.pk] for item in here if item.code in chosen and item.has_guide]
    materials = merge_materials(guide.item for guide in counted)
    visits = [guide.visits for guide in counted if guide.visits is not None]
    label = ngettext(
        "Chart of %(number)d item. The list below says the same.",
        "Chart of %(number)d items one after another. The list below says the same.",
        len(counted),
    ) % {"number": len(counted)}
    context = {
        "bundle": bundle,
        "name": marked_text(bundle, "name"),
        "description": marked_text(bundle, "description"),
        "items": [
            item_row(
                each, guides.get(each.item_id), base, chosen,
                centre_entry(nearest.get(each.item_id), request, column_page, each.item),
            )
            for each in bundle_items
        ],
        "number_here": len(here),
        "counted": [
            {"name": marked_text(guide.item, "name"), "url": f"{base}{guide.item.code}/", "promised": guide.promised,
             "steps": step_rows(guide)}
            for guide in counted
        ],
        "not_counted": [
            marked_text(item, "name") for item in here if item.code in chosen and not item.has_guide
        ],
        "materials": [material_row(each, len(counted)) for each in materials],
        "checklist_key": f"one-thing/{bundle.key}",
        "chart": timeline(counted, label),
        "totals": between(total_limits(guide.promised for guide in counted if guide.promised is not None)),
        "ready": ready_by(counted, timezone.localdate()),
        "visits": sum(visits) if visits else None,
        "base_url": base,
    }  # fmt: skip
    return bundle_response(request, column_page, bundle, context)


def bundle_response(
    request: HttpRequest, column_page: ColumnPage, bundle: Bundle, context: dict[str, Any]
) -> HttpResponse:
    may_keep(request)
    tags = [*column_tags(column_page, request.centre)[:-1], ("Description", shown_text(bundle, "description"))]
    whole = {
        **site_context(request),
        **head(request, shown_text(bundle, "name"), tags, in_english=has_english(bundle, "name")),
        "breadcrumb": [*breadcrumb(request, column_page), {"title": shown_text(bundle, "name"), "url": ""}],
        **context,
    }
    return TemplateResponse(request, "themes/one_thing.html", whole)
