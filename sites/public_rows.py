"""The rows of this room, and those below it, that public pages show, each with the sites that it concerns."""

from collections.abc import Iterable
from typing import Any

from django.contrib.sites.models import Site as HostSite
from django.db.models import Model
from multisite.models import Alias
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import post_page_move

from core.models import Attachment, BasePage, CalendarDay, CalendarOverride, Picture
from core.page_cache import forget, watch
from sites.models import (
    ArticlePage,
    Centre,
    Column,
    ColumnPage,
    ColumnStandard,
    Department,
    Division,
    DivisionFact,
    DivisionFolder,
    FormerColumnSlug,
    GroupNotice,
    GroupNoticeDivision,
    HomePage,
    OpeningHours,
    ServiceMode,
    StaffDuty,
    Topic,
    Window,
)


def centres_of_page(page: BasePage) -> Iterable[str]:
    """The centre whose site a page belongs to; none for a folder."""
    return Centre.objects.filter(home__path__in=page.paths_from_root).values_list("pk", flat=True)


def forget_moved_page(instance: BasePage, parent_page_before: BasePage, parent_page_after: BasePage, **_: Any) -> None:
    """Moving writes paths without saving a page."""
    for page in (parent_page_before, parent_page_after):
        for pk in centres_of_page(page):
            forget(pk)


# A new file is on no page yet. Which pages show one that changes is known to the index of references, but that is
# written later, by the background worker.
FILES: tuple[type[Model], ...] = (Picture, Attachment)
OF_ONE_CENTRE: tuple[type[Model], ...] = (OpeningHours, DivisionFact, Window)
# Names, hosts, and what the province keeps for all.
OF_THE_GROUP: tuple[type[Model], ...] = (
    CalendarDay,
    CalendarOverride,
    Division,
    Site,
    HostSite,
    Alias,
    Column,
    ColumnStandard,
    FormerColumnSlug,
    Department,
    ServiceMode,
    StaffDuty,
    Topic,
    GroupNotice,
    GroupNoticeDivision,
)


def watch_rows() -> None:
    """Called once, when the app is ready."""
    for page_model in (BasePage, DivisionFolder, HomePage, ColumnPage, ArticlePage):
        watch(page_model, centres_of_page)
    post_page_move.connect(forget_moved_page, dispatch_uid="forget_moved_page")
    watch(PageViewRestriction, lambda restriction: centres_of_page(restriction.page))
    watch(Centre, lambda centre: [centre.pk])
    for model in OF_ONE_CENTRE:
        watch(model, lambda row: [row.centre_id])
    for model in FILES:
        watch(model, when_new=False)
    for model in OF_THE_GROUP:
        watch(model)
