"""A guide at its address, and what stands there when the item has none here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.language import has_english, marked_text, shown_text
from core.page_cache import may_keep
from guides.adoption import below, nearest_centre_with
from guides.listing import listed
from guides.models import Adoption, CatalogueItem, ItemState, Tier
from guides.pages.guide import guide_addresses, guide_context, identity
from guides.pages.qr import qr_code
from guides.pages.reading import Guide, find_adoption, find_item, read_guide, read_version, versions_of
from guides.pages.schema_org import structured_data
from guides.pages.words import windows_in_words
from sites.columns import column_address
from sites.context import breadcrumb, site_context
from sites.head import column_tags, head
from sites.models import Centre, ColumnPage


def response(
    request: HttpRequest,
    column_page: ColumnPage,
    template: str,
    item: CatalogueItem,
    context: dict[str, Any],
    *,
    status: int = 200,
    trail: str = "",
    in_english: bool = True,
    canonical: str = "",
) -> TemplateResponse:
    """A page below the column of guides, about an item; `trail` is what it shows of it, the last of the breadcrumb."""
    name = shown_text(item, "name")
    steps = [*breadcrumb(request, column_page), {"title": name, "url": f"{column_page.get_url(request)}{item.code}/"}]
    if trail:
        steps.append({"title": trail, "url": ""})
    tags = [
        *column_tags(column_page, request.centre)[:-1],
        ("ArticleTitle", name),
        ("Description", shown_text(item, "summary")),
        ("Url", f"{request.centre.root_url}{request.path}"),
    ]
    title = f"{trail} · {name}" if trail else name
    frame = {**site_context(request), **head(request, title, tags, in_english=in_english)}
    if canonical:
        frame |= {"canonical_url": f"{request.centre.root_url}{canonical}", "alternates": []}
    if status == 200:
        may_keep(request)
    else:
        frame |= {"canonical_url": "", "alternates": []}
    whole = {
        **frame,
        "breadcrumb": steps,
        "item": item,
        "name": marked_text(item, "name"),
        "base_url": column_page.get_url(request),
        **context,
    }
    return TemplateResponse(request, template, whole, status=status)


# -- Which item, and whether it is handled here -----------------------------------------------------


def adoption_or_answer(
    request: HttpRequest, column_page: ColumnPage, code: str
) -> tuple[Adoption | None, HttpResponse | None]:
    """The centre's adoption of an item that it handles, or else the answer to give in place of a guide.

    Raises Http404 for a code that no item ever had in force.
    """
    adoption = find_adoption(request.centre, code)
    item = adoption.item if adoption else find_item(code)
    if item is None or item.state == ItemState.DRAFT:
        raise Http404
    if item.state == ItemState.CANCELLED:
        return None, cancelled(request, column_page, item)
    if item.tier != Tier.HANDLING:
        return None, group_of_items(request, column_page, item)
    if adoption is None:
        return None, handled_elsewhere(request, column_page, item)
    return adoption, None


def guide_or_answer(
    request: HttpRequest, column_page: ColumnPage, code: str
) -> tuple[Guide | None, HttpResponse | None]:
    """The guide of an item here, or the answer to give in its place: also where it isn't complete yet."""
    adoption, answer = adoption_or_answer(request, column_page, code)
    if adoption is None:
        return None, answer
    guide = read_guide(request.centre, adoption)
    if not guide.is_complete:
        return None, in_preparation(request, column_page, guide)
    return guide, None


def complete_guide(request: HttpRequest, code: str) -> Guide:
    """The guide of an item here, for its other forms. Raises Http404 where there is no page with a guide."""
    adoption = find_adoption(request.centre, code)
    if adoption is None or adoption.item.tier != Tier.HANDLING:
        raise Http404
    if adoption.item.state not in (ItemState.IN_FORCE, ItemState.SUSPENDED):
        raise Http404
    guide = read_guide(request.centre, adoption)
    if not guide.is_complete:
        raise Http404
    return guide


# -- Guides -----------------------------------------------------------------------------------------

CONTENTS = (
    ("who", lambda: _("Who may apply"), lambda context: True),
    ("materials", lambda: _("What to bring"), lambda context: True),
    ("process", lambda: _("What happens"), lambda context: True),
    ("limits", lambda: _("How long it takes"), lambda context: True),
    ("fees", lambda: _("What it costs"), lambda context: True),
    ("basis", lambda: _("Statutory basis"), lambda context: True),
    ("results", lambda: _("What you get"), lambda context: True),
    ("questions", lambda: _("Questions"), lambda context: bool(context["questions"])),
    ("where", lambda: _("Where to go and whom to call"), lambda context: bool(context["where"])),
    ("item", lambda: _("About this item"), lambda context: True),
)


def page_of_guide(request: HttpRequest, column_page: ColumnPage, guide: Guide) -> dict[str, Any]:
    """What the page of a guide shows: the guide with its addresses."""
    context = guide_context(guide)
    addresses = guide_addresses(request, column_page.get_url(request) or "", guide)
    return {
        **context,
        **addresses,
        "parent_name": marked_text(guide.item.parent, "name") if guide.item.parent else "",
        "contents": [{"id": key, "title": title()} for key, title, is_there in CONTENTS if is_there(context)],
        "is_suspended": guide.item.is_suspended,
        "checklist_key": guide.item.code,
        "qr": qr_code(addresses["short_url"]),
    }


def is_in_english(item: CatalogueItem) -> bool:
    """Whether a reader of English finds an English guide, and not the Chinese one with English around it."""
    return not item.lacks_english and has_english(item, "name")


def guide(request: HttpRequest, column_page: ColumnPage, code: str) -> HttpResponse:
    """The guide of an item that this centre handles, or what stands in its place."""
    guide, answer = guide_or_answer(request, column_page, code)
    if guide is None:
        assert answer is not None
        return answer
    context = page_of_guide(request, column_page, guide)
    context["structured_data"] = structured_data(guide, f"{request.centre.root_url}{request.path}")
    return response(
        request, column_page, "themes/guide.html", guide.item, context, in_english=is_in_english(guide.item)
    )


def guide_to_print(request: HttpRequest, column_page: ColumnPage, code: str) -> HttpResponse:
    """The guide alone, to print: its checklist with it, no navigation."""
    guide, answer = guide_or_answer(request, column_page, code)
    if guide is None:
        assert answer is not None
        return answer
    context = {**page_of_guide(request, column_page, guide), "for_print": True}
    return response(
        request, column_page, "themes/guide_print.html", guide.item, context, trail=_("To print"),
        canonical=context["url"],
    )  # fmt: skip


def versions(request: HttpRequest, column_page: ColumnPage, code: str) -> HttpResponse:
    """All versions of an item that this centre has adopted, the newest first."""
    item = adopted_item(request.centre, code)
    base = f"{column_page.get_url(request)}{code}/"
    rows = [
        {
            "number": version.number,
            "since": version.in_force_from,
            "until": version.in_force_until,
            "url": f"{base}versions/{version.number}/" if version.in_force_until else base,
        }
        for version in versions_of(item)
    ]
    return response(request, column_page, "themes/guide_versions.html", item, {"versions": rows}, trail=_("Versions"))


def version(request: HttpRequest, column_page: ColumnPage, code: str, number: int) -> HttpResponse:
    """What an item said in a former version, marked as such; the version in force is the guide itself."""
    item = adopted_item(request.centre, code)
    guide = read_version(request.centre, item, number)
    if guide is None:
        raise Http404
    if guide.until is None and item.state != ItemState.CANCELLED:
        return HttpResponseRedirect(f"{column_page.get_url(request)}{code}/")
    context = {
        **page_of_guide(request, column_page, guide),
        "is_former": True,
        "until": guide.until or item.cancelled_on,
        "short_url": "",
        "checklist_key": "",
    }
    template = "themes/guide.html" if guide.item.has_guide else "themes/guide_entry.html"
    return response(
        request,
        column_page,
        template,
        guide.item,
        context,
        trail=_("Version %(number)s") % {"number": number},
        in_english=has_english(guide.item, "name"),
    )


def adopted_item(centre: Centre, code: str) -> CatalogueItem:
    """An item that a centre has adopted, whether it is still in force or not. Raises Http404."""
    adoption = find_adoption(centre, code)
    if adoption is None:
        raise Http404
    return adoption.item


# -- In place of a guide ----------------------------------------------------------------------------


def in_preparation(request: HttpRequest, column_page: ColumnPage, guide: Guide) -> HttpResponse:
    """The entry of the catalogue alone: a guide is never shown incomplete."""
    item = guide.item
    context = {
        "identity": identity(guide),
        "parent": item.parent,
        "parent_name": marked_text(item.parent, "name") if item.parent else "",
        "telephone": guide.telephone,
        "windows": windows_in_words(guide.windows) if guide.windows else "",
        "enquiries_url": column_address(request, "enquiries"),
        "is_suspended": item.is_suspended,
    }
    return response(
        request, column_page, "themes/guide_entry.html", item, context, in_english=has_english(item, "name")
    )


def group_of_items(request: HttpRequest, column_page: ColumnPage, item: CatalogueItem) -> HttpResponse:
    """The handling items of a main item or sub-item, those that are handled here with links to their guides."""
    centre: Centre = request.centre
    items = list(below(item).in_force().select_related("department").order_by("code"))
    adopted = set(Adoption.objects.filter(centre=centre, item__in=items).values_list("item", flat=True))
    base = column_page.get_url(request)
    here = [listed(each, centre.division.level, base) for each in items if each.pk in adopted]
    elsewhere = [listed(each, centre.division.level, None) for each in items if each.pk not in adopted]
    return response(
        request,
        column_page,
        "themes/item_group.html",
        item,
        {"items": [*here, *elsewhere], "number_here": len(here)},
        status=200 if here else 404,
        in_english=has_english(item, "name"),
    )


def handled_elsewhere(request: HttpRequest, column_page: ColumnPage, item: CatalogueItem) -> HttpResponse:
    """This centre doesn't handle the item: which one nearby does, and where it is."""
    nearest = nearest_centre_with(item, request.centre.division)
    return response(
        request, column_page, "themes/guide_elsewhere.html", item,
        {"nearest": centre_entry(nearest, request, column_page, item)}, status=404,
    )  # fmt: skip


def cancelled(request: HttpRequest, column_page: ColumnPage, item: CatalogueItem) -> HttpResponse:
    """The item is no more, and what takes its place: here where it is handled here, else at the nearest centre."""
    successor = last_successor(item)
    was_here = Adoption.objects.filter(centre=request.centre, item=item).exists()
    base = column_page.get_url(request)
    context: dict[str, Any] = {
        "cancelled_on": item.cancelled_on,
        "versions_url": f"{base}{item.code}/versions/" if was_here else "",
    }
    if successor is not None:
        is_here = Adoption.objects.filter(centre=request.centre, item=successor).exists()
        centre = request.centre if is_here else nearest_centre_with(successor, request.centre.division)
        context |= {
            "successor": successor,
            "successor_name": marked_text(successor, "name"),
            "successor_here": is_here,
            "successor_at": centre_entry(centre, request, column_page, successor),
        }
    return response(request, column_page, "themes/guide_cancelled.html", item, context, status=410)


def last_successor(item: CatalogueItem) -> CatalogueItem | None:
    """The item in force that took a cancelled one's place, over others that were cancelled since; None without one."""
    seen = {item.pk}
    successor = item.successor
    while successor is not None and successor.state == ItemState.CANCELLED and successor.pk not in seen:
        seen.add(successor.pk)
        successor = successor.successor
    return successor if successor is not None and successor.state in (ItemState.IN_FORCE, ItemState.SUSPENDED) else None


def centre_entry(
    centre: Centre | None, request: HttpRequest, column_page: ColumnPage, item: CatalogueItem
) -> dict[str, Any] | None:
    """A centre that handles an item, with the address of its guide: a column's path is the same on all sites."""
    if centre is None:
        return None
    root = "" if centre == request.centre else centre.root_url
    return {
        "name": centre.name,
        "address": marked_text(centre, "address"),
        "telephone": centre.telephone,
        "url": f"{root}{column_page.get_url(request)}{item.code}/",
    }
