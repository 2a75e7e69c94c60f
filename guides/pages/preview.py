"""A draft of an item as the public will see it, on the site whose admin asks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override

from core.calendar import read_calendar
from guides.models import Adoption, CatalogueItem
from guides.pages.reading import Guide, modes_here, windows_of
from guides.pages.views import page_of_guide, response
from sites.columns import column_pages


def preview(request: HttpRequest, item: CatalogueItem, language: str) -> HttpResponse:
    """The page of a draft in a language; where the centre has adopted the item, with the centre's own facts."""
    centre = request.centre
    today = timezone.localdate()
    with override(language):
        column_page = next((page for page in column_pages(request, centre.home) if page.column.kind == "guides"), None)
        if column_page is None:
            raise Http404
        adoption = Adoption.objects.filter(centre=centre, item=item.pk).select_related("window").first()
        guide = Guide(
            item=item,
            centre=centre,
            adoption=adoption,
            windows=windows_of(centre, adoption, item) if adoption else (),
            hours=list(centre.opening_hours.all()),
            service_modes=modes_here(adoption, item),
            calendar=read_calendar(since=today),
            today=today,
        )
        context = {**page_of_guide(request, column_page, guide), "is_preview": True}
        page = response(request, column_page, "themes/guide.html", item, context)
        page.render()
    return page
