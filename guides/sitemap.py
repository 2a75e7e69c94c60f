"""What the sitemaps offer of this room: the guides of a site and its bundles."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest

from guides.models import Adoption, Bundle, CatalogueItem
from guides.pages.bundle import shown_bundles
from sites.models import ColumnPage
from sites.sitemap import PageSource


def guides_of(request: HttpRequest) -> QuerySet[Adoption]:
    """The adoptions whose items have a guide; entries of the catalogue alone aren't offered."""
    items = CatalogueItem.objects.in_force().filter(missing_elements="")
    return Adoption.objects.filter(centre=request.centre, item__in=items)


def pages(request: HttpRequest, columns: list[ColumnPage]) -> Iterator[tuple[str, datetime | None, bool]]:
    for column in columns:
        if column.column.kind != "guides":
            continue
        base = f"/{column.column.slug}/"
        rows = guides_of(request).values_list("item__code", "item__last_published_at", "item__lacks_english")
        for code, changed, lacking in rows.order_by("item__code").iterator(chunk_size=1000):
            yield f"{base}{code}/", changed, not lacking
        for bundle in shown_bundles(request.centre):
            yield f"{base}one-thing/{bundle.key}/", None, bool(bundle.name_en)


def figures(request: HttpRequest, columns: list[ColumnPage]) -> list[object]:
    guides = guides_of(request).aggregate(number=Count("pk"), last=Max("item__last_published_at"), newest=Max("pk"))
    return [*guides.values(), Bundle.objects.count()]


GUIDES = PageSource(pages=pages, figures=figures)
