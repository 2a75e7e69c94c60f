"""Carry the column standard through all sites of the group, in few statements however many sites there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, Length, Substr
from django.utils.translation import override
from modelsearch.backends import get_search_backends
from wagtail.log_actions import log
from wagtail.search.models import IndexEntry

from core.models import BasePage
from core.page_cache import forget_all
from sites.bulk_pages import add_pages
from sites.column_views import shown_kinds
from sites.columns import new_column_page
from sites.models import ArticlePage, Centre, Column, ColumnPage, ColumnStandard, FormerColumnSlug, HomePage
from sites.reserved_addresses import reserved_addresses
from sites.standard import Change, Fault, compare, faults

APPLIED = "website_group.apply_standard"
INDEX_CHUNK = 1000


@dataclass
class Applied:
    """How many pages a standard changed, by what happened to them."""

    renamed: int = 0
    added: int = 0
    hidden: int = 0
    shown: int = 0
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Consequence:
    """A change with what it does to the group, for the page that asks before it is applied."""

    change: Change
    sites: int
    in_preparation: bool
    articles_kept: int


# -- The draft ----------------------------------------------------------------------


def the_standard() -> ColumnStandard:
    """The one standard of the group."""
    return ColumnStandard.objects.get()


def columns_of(standard: ColumnStandard) -> list[Column]:
    """The columns in force, in their order."""
    return list(Column.objects.filter(standard=standard).order_by("sort_order", "pk"))


def draft_columns(draft: ColumnStandard) -> list[Column]:
    """The columns of a draft, in their order."""
    return sorted(draft.columns.all(), key=lambda column: column.sort_order or 0)


def former_slugs() -> dict[str, str]:
    """Former slugs with the keys of their columns."""
    return dict(FormerColumnSlug.objects.values_list("slug", "key"))


def faults_of(standard: ColumnStandard, columns: Sequence[Column]) -> list[Fault]:
    """What keeps these columns from becoming the standard."""
    return faults(columns_of(standard), columns, former_slugs(), reserved_addresses())


def consequences(standard: ColumnStandard, columns: Sequence[Column]) -> list[Consequence]:
    """What applying these columns would do, change by change."""
    sites = dict(Centre.objects.values_list("division__level").annotate(number=Count("pk")).order_by())
    kinds = shown_kinds()
    return [
        Consequence(
            change=change,
            sites=sum(sites.get(level, 0) for level in change.levels),
            in_preparation=change.column.kind not in kinds,
            articles_kept=articles_below(pages_of(change.column.key, change.levels)).count() if change.hides else 0,
        )
        for change in compare(columns_of(standard), columns)
    ]


# -- Pages of a column, over all sites ----------------------------------------------


def with_parent_path(pages: QuerySet) -> QuerySet:
    """Pages with the path of the page above each."""
    return pages.annotate(parent_path=Substr("path", 1, Length("path") - BasePage.steplen))


def homes_of(levels: Iterable[str]) -> QuerySet[HomePage]:
    """The home pages of the centres of some levels."""
    return HomePage.objects.filter(centre__division__level__in=list(levels))


def pages_of(key: str, levels: Iterable[str] | None = None) -> QuerySet[ColumnPage]:
    """A column's pages on all sites, or on those of some levels."""
    pages = with_parent_path(ColumnPage.objects.filter(column_key=key))
    return pages if levels is None else pages.filter(parent_path__in=homes_of(levels).values("path"))


def articles_below(pages: QuerySet[ColumnPage]) -> QuerySet[ArticlePage]:
    """The articles in these column pages."""
    return with_parent_path(ArticlePage.objects.all()).filter(parent_path__in=pages.values("path"))


def update(pages: QuerySet, **values) -> int:
    """Write columns of the page table as they are named: no language is put in for `title`."""
    return BasePage.objects.rewrite(False).filter(pk__in=pages.values("pk")).update(**values)


# -- Steps --------------------------------------------------------------------------


def keep_former_slugs(before: Sequence[Column], after: Sequence[Column]) -> None:
    """Remember slugs that no column has any more; forget those that are in use again."""
    in_use = {column.slug for column in after}
    for column in before:
        if column.slug not in in_use:
            FormerColumnSlug.objects.update_or_create(slug=column.slug, defaults={"key": column.key})
    FormerColumnSlug.objects.filter(slug__in=in_use).delete()


def rename(column: Column) -> int:
    """Give the column's pages its names and slug, and what lies below them its address."""
    titles = {
        "title": column.name_zh_hans,
        "title_zh_hans": column.name_zh_hans,
        "title_en": column.name_en,
    }
    differ = pages_of(column.key).rewrite(False)
    renamed = update(differ.exclude(slug=column.slug, **titles), draft_title=column.name_zh_hans, **titles)
    if not renamed:
        return 0
    # The right side of an UPDATE sees the old slug: its length says where the parent's address ends.
    parent_address = Substr("url_path", 1, Length("url_path") - Length("slug") - 1)
    moved = update(
        pages_of(column.key).exclude(slug=column.slug),
        url_path=Concat(parent_address, Value(f"{column.slug}/")),
        slug=column.slug,
    )
    if moved:
        above = BasePage.objects.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - BasePage.steplen))
        update(
            articles_below(pages_of(column.key)),
            url_path=Concat(Subquery(above.values("url_path")[:1]), F("slug"), Value("/")),
        )
    return renamed


def show_and_hide(column_key: str, levels: Iterable[str]) -> tuple[int, int]:
    """Show a column's pages on the sites of its levels and hide all others. What lies below stays as it is."""
    wanted = pages_of(column_key, levels)
    shown = update(wanted.filter(live=False), live=True)
    unwanted = pages_of(column_key).exclude(pk__in=wanted.values("pk"))
    return shown, update(unwanted.filter(live=True), live=False)


def add_missing(columns: Sequence[Column]) -> int:
    """Make the pages that sites lack, of the kinds that a room can show."""
    pairs = []
    kinds = shown_kinds()
    for column in columns:
        if column.kind not in kinds:
            continue
        lacking = homes_of(column.levels).exclude(path__in=pages_of(column.key).values("parent_path"))
        pairs += [(home, new_column_page(column)) for home in lacking]
    if pairs:
        add_pages(pairs)
    return len(pairs)


def index_again(keys: Iterable[str]) -> None:
    """Bring the admin's search index to the present titles of these columns' pages."""
    pages = ColumnPage.objects.filter(column_key__in=list(keys)).order_by("pk")
    # The back end updates one row at a time but inserts many at once: so take the old rows out first.
    IndexEntry.objects.filter(
        content_type__app_label=ColumnPage._meta.app_label,
        content_type__model=ColumnPage._meta.model_name,
        object_id__in=pages.order_by()
        .annotate(text_pk=Cast("pk", IndexEntry._meta.get_field("object_id")))
        .values("text_pk"),
    ).delete()
    # The Chinese title goes in, whatever language the administrator reads, as on every save of a page.
    with override(settings.LANGUAGE_CODE):
        for backend in get_search_backends(with_auto_update=True):
            index = backend.get_index_for_model(ColumnPage)
            last = 0
            while chunk := list(pages.filter(pk__gt=last)[:INDEX_CHUNK]):
                index.add_items(ColumnPage, chunk)
                last = chunk[-1].pk


def carry_through(standard: ColumnStandard, before: Sequence[Column]) -> Applied:
    """Make every site follow the columns in force; `before` are those that were. Doing it again changes nothing."""
    after = columns_of(standard)
    applied = Applied(changes=compare(before, after))
    keep_former_slugs(before, after)
    touched = set()
    for column in after:
        renamed = rename(column)
        shown, hidden = show_and_hide(column.key, column.levels)
        applied.renamed += renamed
        applied.shown += shown
        applied.hidden += hidden
        if renamed or shown or hidden:
            touched.add(column.key)
    removed = ColumnPage.objects.filter(live=True).exclude(column_key__in=[column.key for column in after])
    for key in set(removed.order_by().values_list("column_key", flat=True).distinct()):
        applied.hidden += show_and_hide(key, [])[1]
        touched.add(key)
    if touched:
        index_again(touched)
    applied.added = add_missing(after)
    return applied


def as_logged(change: Change) -> dict[str, object]:
    """A change as the audit log keeps it."""
    return {
        "change": change.kind.value,
        "column": change.column.key,
        "old": change.old,
        "new": change.new,
        "levels": list(change.levels),
    }


@transaction.atomic
def apply_standard(standard: ColumnStandard, before: Sequence[Column], user=None) -> Applied:
    """Carry a standard that has just been published through all sites, wholly or not at all, and log who did it."""
    applied = carry_through(standard, before)
    forget_all()
    if applied.changes or applied.renamed or applied.added or applied.hidden or applied.shown:
        log(
            instance=standard,
            action=APPLIED,
            user=user,
            data={
                "changes": [as_logged(change) for change in applied.changes],
                "pages": {
                    "renamed": applied.renamed,
                    "added": applied.added,
                    "hidden": applied.hidden,
                    "shown": applied.shown,
                },
            },
        )
    return applied
