"""The columns of a site as the public sees them."""

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from wagtail.models import PageViewRestriction

from sites.column_views import shown_kinds
from sites.models import Column, ColumnPage, FormerColumnSlug, HomePage


def columns_in_force(level: str) -> list[Column]:
    """The standard's columns for a level, in order, of the kinds that can be shown. One query."""
    kinds = shown_kinds()
    return [
        column
        for column in Column.objects.filter(standard__live=True).order_by("sort_order")
        if level in column.levels and column.kind in kinds
    ]


def new_column_page(column: Column) -> ColumnPage:
    """A page for a column of the standard on one more site, unsaved."""
    return ColumnPage(
        title_zh_hans=column.name_zh_hans, title_en=column.name_en, slug=column.slug, column_key=column.key
    )


def column_pages(request: HttpRequest, home: HomePage) -> list[ColumnPage]:
    """The columns that a site shows, in the standard's order. Read once for a request, in two queries."""
    cached = getattr(request, "_column_pages", None)
    if cached is None:
        first, last = home._get_children_path_interval(home.path)
        below = ColumnPage.objects.filter(path__range=(first, last), depth=home.depth + 1, live=True)
        restrictions = PageViewRestriction.objects.filter(
            Q(page=OuterRef("pk")) | Q(page__path__in=home.paths_from_root)
        )
        pages = {page.column_key: page for page in below.annotate(is_restricted=Exists(restrictions))}
        cached = []
        switched_off = request.centre.switched_off_columns
        for column in columns_in_force(request.centre.division.level):
            page = pages.get(column.key)
            if page is not None and (column.required or column.key not in switched_off):
                page.column = column
                page._cached_parent_obj = home
                cached.append(page)
        request._column_pages = cached
    return cached


def column_address(request: HttpRequest, kind: str) -> str:
    """The address of the first column of a kind on the request's site; empty where the site has none."""
    pages = column_pages(request, request.centre.home)
    return next((page.get_url(request) or "" for page in pages if page.column.kind == kind), "")


def find_column(request: HttpRequest, home: HomePage, slug: str) -> ColumnPage | None:
    """The column page that a slug of the standard names on this site."""
    return next((page for page in column_pages(request, home) if page.column.slug == slug), None)


def find_former_column(request: HttpRequest, home: HomePage, slug: str) -> ColumnPage | None:
    """The column page that once had a slug, on this site."""
    former = FormerColumnSlug.objects.filter(slug=slug).first()
    if former is None:
        return None
    return next((page for page in column_pages(request, home) if page.column_key == former.key), None)
