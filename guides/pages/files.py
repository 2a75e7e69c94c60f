"""Files beside a guide's page, and its short address: they have patterns of their own, not the column's."""

import json
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from core.language import CHINESE, path_in_language
from guides.models import CatalogueItem
from guides.pages.cpsv import public_service
from guides.pages.pdf import guide_as_pdf
from guides.pages.views import complete_guide
from sites.column_views import moved_permanently
from sites.columns import column_address, find_column, find_former_column
from sites.models import ColumnPage

Maker = Callable[[HttpRequest, ColumnPage, str], HttpResponse]


def file_of_guide(request: HttpRequest, column: str, filename: str, make: Maker, code: str) -> HttpResponse:
    """A file below the column of guides; below a former address of the column, the way to it."""
    home = request.centre.home
    page = find_column(request, home, column)
    if page is None:
        moved = find_former_column(request, home, column)
        if moved is None or moved.column.kind != "guides":
            raise Http404
        return moved_permanently(request, moved, [filename])
    if page.column.kind != "guides":
        raise Http404
    return make(request, page, code)


@require_safe
def pdf(request: HttpRequest, column: str, code: str) -> HttpResponse:
    """The guide as a PDF, in the language of the address."""
    return file_of_guide(request, column, f"{code}.pdf", pdf_response, code)


def pdf_response(request: HttpRequest, page: ColumnPage, code: str) -> HttpResponse:
    guide = complete_guide(request, code)
    response = HttpResponse(guide_as_pdf(guide), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}.pdf"'
    return response


@require_safe
def linked_data(request: HttpRequest, column: str, code: str) -> HttpResponse:
    """The guide as linked data, with both languages in it."""
    return file_of_guide(request, column, f"{code}.jsonld", linked_data_response, code)


def linked_data_response(request: HttpRequest, page: ColumnPage, code: str) -> HttpResponse:
    guide = complete_guide(request, code)
    with override(CHINESE):
        address = f"{request.centre.root_url}{page.get_url(request)}{code}/"
    document = public_service(guide, address)
    return HttpResponse(
        json.dumps(document, ensure_ascii=False, indent=1), content_type="application/ld+json; charset=utf-8"
    )


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """`/g/<code>`, as QR codes and papers have it, leads to the guide on this site, whichever case it is typed in."""
    base = column_address(request, "guides")
    item = CatalogueItem.objects.filter(code__iexact=code).only("code").first()
    if not base or item is None:
        raise Http404
    return HttpResponseRedirect(path_in_language(f"{base}{item.code}/", get_language() or CHINESE))
