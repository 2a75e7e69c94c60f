"""Making and renaming many centres with everything that belongs to them.

A centre is a row that owns a Wagtail site, a host with its canonical alias, a collection, a home
page with the standard's columns, a folder for what lies below it, and the groups of its editors.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sites.models import Site as HostSite
from django.db import transaction
from django.utils.translation import gettext_noop
from multisite.models import Alias
from wagtail.models import Collection, Site

from core.models import BasePage
from core.page_cache import forget_all
from sites.bulk_collections import add_collections
from sites.bulk_pages import add_pages
from sites.columns import columns_in_force, new_column_page
from sites.models import Centre, Division, DivisionFolder, HomePage, Level

BATCH_SIZE = 500
HOST_SITE_NAME_LENGTH = 50

# What is being made, how many are done, how many there will be.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class CentreNames:
    """What a division and its centre are called, in both languages."""

    division: str
    division_english: str
    is_derived: bool
    centre: str
    centre_english: str


@dataclass(frozen=True)
class NewCentre:
    """A centre to be made."""

    code: str
    level: str
    parent_code: str
    names: CentreNames
    host_label: str
    host: str


def collection_name(code: str, name: str) -> str:
    """The name of a centre's collection: the code puts siblings into the order of the divisions."""
    return f"{code} {name}"


def no_progress(what: str, done: int, total: int) -> None:
    """For callers that show none."""


def add_centres(new: list[NewCentre], progress: Progress = no_progress) -> list[Centre]:
    """Make centres whose parents exist or are among them. Out: the centres, parents before children."""
    if not new:
        return []
    ordered = sorted(new, key=lambda each: (Level.values.index(each.level), each.code))
    _add_divisions(ordered)
    folders, homes = _add_folders_and_homes(ordered, progress)
    _add_columns(ordered, homes, progress)
    progress(gettext_noop("Sites and hosts"), 0, len(ordered))
    host_sites = _add_hosts(ordered)
    sites = Site.objects.bulk_create(
        [
            Site(
                hostname=each.host,
                port=settings.PUBLIC_PORT,
                site_name=each.names.centre,
                root_page_id=homes[each.code].pk,
            )
            for each in ordered
        ],
        batch_size=BATCH_SIZE,
    )
    collections = _add_collections(ordered)
    centres = Centre.objects.bulk_create(
        [
            Centre(
                division_id=each.code,
                name_zh_hans=each.names.centre,
                name_en=each.names.centre_english,
                folder=folders.get(each.code),
                home=homes[each.code],
                wagtail_site=site,
                host_site=host_site,
                collection=collections[each.code],
            )
            for each, site, host_site in zip(ordered, sites, host_sites, strict=True)
        ],
        batch_size=BATCH_SIZE,
    )
    progress(gettext_noop("Sites and hosts"), len(ordered), len(ordered))
    transaction.on_commit(Site.clear_site_root_paths_cache)
    forget_all()
    return centres


def _add_divisions(ordered: list[NewCentre]) -> None:
    existing = set(Division.objects.values_list("pk", flat=True))
    Division.objects.bulk_create(
        [
            Division(
                code=each.code,
                name_zh_hans=each.names.division,
                name_en=each.names.division_english,
                name_is_derived=each.names.is_derived,
                level=each.level,
                parent_id=each.parent_code or None,
                host_label=each.host_label,
            )
            for each in ordered
            if each.code not in existing
        ],
        batch_size=BATCH_SIZE,
    )


def _add_folders_and_homes(
    ordered: list[NewCentre], progress: Progress
) -> tuple[dict[str, BasePage], dict[str, BasePage]]:
    """By code. Level by level, so that a division's own home stands before the folders of those below."""
    folders: dict[str, BasePage] = {centre.pk: centre.folder for centre in _parents(ordered)}
    root = BasePage.get_first_root_node()
    homes: dict[str, BasePage] = {}
    for level in Level.values:
        of_level = [each for each in ordered if each.level == level]
        if level != Level.TOWNSHIP:
            made = {each.code: _folder(each) for each in of_level}
            add_pages((folders[each.parent_code] if each.parent_code else root, made[each.code]) for each in of_level)
            folders |= made
        made = {each.code: _home(each) for each in of_level}
        # A township has no folder: its home stands in its county's.
        add_pages((folders.get(each.code) or folders[each.parent_code], made[each.code]) for each in of_level)
        homes |= made
        progress(gettext_noop("Home pages"), len(homes), len(ordered))
    return folders, homes


def _folder(each: NewCentre) -> DivisionFolder:
    return DivisionFolder(title_zh_hans=each.names.division, title_en=each.names.division_english, slug=each.code)


def _home(each: NewCentre) -> HomePage:
    # Townships have no folder of their own: their homes are siblings.
    slug = each.code if each.level == Level.TOWNSHIP else "home"
    return HomePage(title_zh_hans=each.names.centre, title_en=each.names.centre_english, slug=slug)


def _add_columns(ordered: list[NewCentre], homes: dict[str, BasePage], progress: Progress) -> None:
    columns = {level: columns_in_force(level) for level in {each.level for each in ordered}}
    total = sum(len(columns[each.level]) for each in ordered)

    def pairs() -> Iterator[tuple[BasePage, BasePage]]:
        done = 0
        for each in ordered:
            for column in columns[each.level]:
                yield homes[each.code], new_column_page(column)
                done += 1
            progress(gettext_noop("Column pages"), done, total)

    add_pages(pairs())


def _add_hosts(ordered: list[NewCentre]) -> list[HostSite]:
    """Hosts with their canonical aliases, which django-multisite makes in a signal that bulk inserts don't send."""
    host_sites = HostSite.objects.bulk_create(
        [HostSite(domain=each.host, name=each.names.centre[:HOST_SITE_NAME_LENGTH]) for each in ordered],
        batch_size=BATCH_SIZE,
    )
    aliases = [Alias(domain=host_site.domain, site=host_site, is_canonical=1) for host_site in host_sites]
    for each, host_site in zip(ordered, host_sites, strict=True):
        if each.level == Level.PROVINCE:
            # Who types the bare host gets to the province's centre.
            aliases.append(Alias(domain=settings.BASE_HOST, site=host_site, redirect_to_canonical=True))
    Alias.objects.bulk_create(aliases, batch_size=BATCH_SIZE)
    return host_sites


def _add_collections(ordered: list[NewCentre]) -> dict[str, Collection]:
    """By code. Level by level, as each needs its parent's collection."""
    collections = {centre.pk: centre.collection for centre in _parents(ordered)}
    root = Collection.get_first_root_node()
    for level in Level.values:
        of_level = [each for each in ordered if each.level == level]
        made = add_collections(
            (
                collections[each.parent_code] if each.parent_code else root,
                collection_name(each.code, each.names.division),
            )
            for each in of_level
        )
        collections |= {each.code: collection for each, collection in zip(of_level, made, strict=True)}
    return collections


def _parents(ordered: list[NewCentre]) -> Iterator[Centre]:
    """The parents that are there already."""
    codes = sorted({each.parent_code for each in ordered if each.parent_code})
    for start in range(0, len(codes), BATCH_SIZE):
        chunk = codes[start : start + BATCH_SIZE]
        yield from Centre.objects.filter(pk__in=chunk).select_related("folder", "collection")
