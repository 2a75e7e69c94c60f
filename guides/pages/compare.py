"""An item side by side at this centre and up to three others: limits, visits, fees, place, telephone."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.language import marked_text
from guides.models import Adoption, CatalogueItem
from guides.pages.reading import Guide, read_guide, with_parts
from guides.pages.views import adoption_or_answer, in_preparation, response
from guides.pages.words import fee_in_short, hours_in_words, statutory_in_words, visits_in_words, windows_in_words
from sites.models import Centre, ColumnPage, OpeningHours, Window

OTHERS = 3
FOUND = 12
NAME_LENGTH = 60


def chosen_centres(request: HttpRequest) -> list[Centre]:
    """The centres of `?division=`, in the order asked, without this one and at most three; unknown codes are none."""
    codes = [code for code in dict.fromkeys(request.GET.getlist("division")) if code != request.centre.pk]
    if not codes:
        return []
    centres = Centre.objects.select_related("division__parent__parent__parent", "wagtail_site")
    found = centres.in_bulk(codes[: 4 * OTHERS])
    return [found[code] for code in codes if code in found][:OTHERS]


def centres_named(request: HttpRequest, text: str, item: CatalogueItem, but: Sequence[Centre]) -> list[dict[str, Any]]:
    """Centres whose division's name holds a text, each with the address that takes it into the comparison.

    Those that handle the item come first; there is little to compare with the others.
    """
    named = (
        Centre.objects.filter(Q(division__name_zh_hans__icontains=text) | Q(division__name_en__icontains=text))
        .exclude(pk__in=[centre.pk for centre in but])
        .select_related("division__parent__parent__parent")
        .annotate(handles=Exists(Adoption.objects.filter(centre=OuterRef("pk"), item=item.pk)))
        .order_by("-handles", "division_id")[:FOUND]
    )
    codes = [centre.pk for centre in but if centre.pk != request.centre.pk]
    return [
        {
            "name": centre.division.name,
            "handles": centre.handles,
            "within": [above.name for above in centre.division.lineage[:-1]],
            "url": f"?{urlencode([('division', code) for code in [*codes, centre.pk]])}",
        }
        for centre in named
    ]


def guides_at(centres: Sequence[Centre], here: Adoption) -> list[Guide]:
    """The item of this centre's adoption at several centres: three queries for all.

    Without an adoption it isn't handled there. What no row of the comparison shows (files, modes, days) isn't read.
    """
    item = here.item
    adoptions = {here.centre_id: here}
    others = [centre for centre in centres if centre.pk != here.centre_id]
    if others:
        found = Adoption.objects.filter(centre__in=others, item=item.pk).select_related("window")
        adoptions |= {each.centre_id: each for each in found}
    hours: dict[str, list[OpeningHours]] = {}
    for row in OpeningHours.objects.filter(centre__in=centres):
        hours.setdefault(row.centre_id, []).append(row)
    windows: dict[str, list[Window]] = {}
    if item.department_id:
        for window in Window.objects.filter(centre__in=centres, departments=item.department_id):
            windows.setdefault(window.centre_id, []).append(window)
    guides = []
    for centre in centres:
        adoption = adoptions.get(centre.pk)
        own = [adoption.window] if adoption and adoption.window else windows.get(centre.pk, [])
        guides.append(Guide(item=item, centre=centre, adoption=adoption, windows=own, hours=hours.get(centre.pk, [])))
    return guides


def comparison_rows(guides: Sequence[Guide], addresses: Sequence[str]) -> list[list[SafeString | str]]:
    """What is compared, row by row: the fact, then each centre's."""
    cells = [column_of(guide, address) for guide, address in zip(guides, addresses, strict=True)]
    labels = (
        _("Handled there"),
        _("Limit by law"),
        _("Promised limit"),
        _("Visits to the hall"),
        _("Fee"),
        _("Where"),
        _("Address"),
        _("Hours"),
        _("Enquiries"),
    )
    return [[label, *(column[index] for column in cells)] for index, label in enumerate(labels)]


def column_of(guide: Guide, address: str) -> list[SafeString | str]:
    """A centre's cells; one that hasn't adopted the item says so and has its address and telephone all the same."""
    adoption = guide.adoption
    telephone = (
        format_html('<a class="number" href="tel:{}">{}</a>', dialled(guide.telephone), guide.telephone)
        if guide.telephone
        else ""
    )
    statutory, address_there = statutory_in_words(guide.item.statutory), marked_text(guide.centre, "address")
    if adoption is None:
        return [_("no, not adopted"), statutory, "", "", "", "", address_there, hours_in_words(guide), telephone]
    return [
        format_html('<a href="{}">{}</a>', address, _("yes, see the guide")),
        statutory,
        promise_cell(guide),
        visits_in_words(guide.visits),
        fee_in_short(guide),
        windows_in_words(guide.windows),
        marked_text(adoption, "place") or address_there,
        hours_in_words(guide),
        telephone,
    ]


def dialled(telephone: str) -> str:
    return "".join(character for character in telephone if character.isdigit() or character == "+")


def promise_cell(guide: Guide) -> SafeString | str:
    """What a centre promises, and that it is better than the standard where it is."""
    if not guide.has_own_promise:
        return str(guide.promised)
    return format_html(
        '<strong>{}</strong> <span class="state state-success">{}</span>',
        guide.promised, _("better than the standard"),
    )  # fmt: skip


def comparison(request: HttpRequest, column_page: ColumnPage, code: str) -> HttpResponse:
    """`?division=A&division=B`: the item here and there; `?q=` finds centres by their names."""
    adoption, answer = adoption_or_answer(request, column_page, code)
    if adoption is None:
        assert answer is not None
        return answer
    with_parts(adoption.item, adoption.item.live_revision.content)
    others = chosen_centres(request)
    guides = guides_at([request.centre, *others], adoption)
    guide = guides[0]
    if not guide.is_complete:
        return in_preparation(request, column_page, read_guide(request.centre, adoption))
    base = column_page.get_url(request)
    addresses = [f"{'' if each is guide else each.centre.root_url}{base}{code}/" for each in guides]
    text = request.GET.get("q", "").strip()[:NAME_LENGTH]
    found = centres_named(request, text, guide.item, [request.centre, *others]) if text and len(others) < OTHERS else []
    chosen = [
        {
            "name": centre.division.name,
            "code": centre.pk,
            "without_url": f"?{urlencode([('division', each.pk) for each in others if each is not centre])}",
        }
        for centre in others
    ]
    context = {
        "head": [pgettext("heading of a comparison", "Point"), *(each.centre.division.name for each in guides)],
        "rows": comparison_rows(guides, addresses),
        "chosen": chosen,
        "is_full": len(others) == OTHERS,
        "searched": text,
        "found": found,
        "compare_url": f"{base}{code}/compare/",
        "url": f"{base}{code}/",
    }
    return response(
        request, column_page, "themes/guide_compare.html", guide.item, context, trail=_("Comparison"),
        canonical=f"{base}{code}/compare/",
    )  # fmt: skip
