"""What the sitemaps offer of this room: the guides of a site and its bundles."""

from collections.abc import Iterator

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest

from guides.models import Adoption, Bundle, CatalogueItem
from guides.pages.bundle import shown_bundles
from sites.column_views import Listing, PageBelow
from sites.models import ColumnPage


def guides_of(request: HttpRequest) -> QuerySet[Adoption]:
    """The adoptions whose items have a guide; entries of the catalogue alone aren't offered."""
    items = CatalogueItem.objects.in_force().filter(missing_elements="")
    return Adoption.objects.filter(centre=request.centre, item__in=items)


def pages_of(request: HttpRequest, column_page: ColumnPage) -> Iterator[PageBelow]:
    """The guides by their codes, then the bundles."""
    rows = guides_of(request).values_list("item__code", "item__last_published_at", "item__lacks_english")
    for code, changed, lacking in rows.order_by("item__code").iterator(chunk_size=1000):
        yield PageBelow(f"{code}/", changed, not lacking)
    for bundle in shown_bundles(request.centre):
        yield PageBelow(f"one-thing/{bundle.key}/", None, bool(bundle.name_en))


def state_of(request: HttpRequest, column_page: ColumnPage) -> list[str]:
    """Changes when a guide is published, adopted or given up, or a bundle is added or taken away."""
    guides = guides_of(request).aggregate(number=Count("pk"), last=Max("item__last_published_at"), newest=Max("pk"))
    return [*map(str, guides.values()), str(Bundle.objects.count())]


GUIDES_LISTING = Listing(pages=pages_of, state=state_of)
