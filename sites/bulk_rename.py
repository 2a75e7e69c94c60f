"""Carrying changed names of divisions and centres through to everything that shows them."""

from collections.abc import Sequence
from typing import TypeVar

from django.conf import settings
from django.contrib.sites.models import Site as HostSite
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import override
from modelsearch.backends import get_search_backends_with_name
from wagtail.models import Collection, PageLogEntry, Site

from core.models import BasePage
from core.page_cache import forget_all
from sites.bulk_centres import HOST_SITE_NAME_LENGTH, CentreNames, collection_name
from sites.models import Centre, Division

BATCH_SIZE = 500
DIVISION_FIELDS = ("name_zh_hans", "name_en", "name_is_derived")
CENTRE_FIELDS = ("name_zh_hans", "name_en")
PAGE_FIELDS = ("title_zh_hans", "title_en")

AnyModel = TypeVar("AnyModel", bound=Model)


def centres_with_names() -> QuerySet[Centre]:
    """All centres with everything that carries their names, in one query."""
    return Centre.objects.select_related("division", "wagtail_site", "host_site", "home", "folder", "collection")


def set_names(centre: Centre, names: CentreNames) -> list[Model]:
    """Give a centre's objects their names, unsaved. Out: the objects that had others."""
    wanted = [
        (
            centre.division,
            {
                "name_zh_hans": names.division,
                "name_en": names.division_english,
                "name_is_derived": names.is_derived,
            },
        ),
        (centre, {"name_zh_hans": names.centre, "name_en": names.centre_english}),
        (centre.wagtail_site, {"site_name": names.centre}),
        (centre.host_site, {"name": names.centre[:HOST_SITE_NAME_LENGTH]}),
        (centre.collection, {"name": collection_name(centre.pk, names.division)}),
        (centre.home, {"title_zh_hans": names.centre, "title_en": names.centre_english}),
    ]
    if centre.folder is not None:
        wanted.append((centre.folder, {"title_zh_hans": names.division, "title_en": names.division_english}))
    changed = []
    for instance, values in wanted:
        if any(getattr(instance, field) != value for field, value in values.items()):
            if isinstance(instance, BasePage):
                instance._former_title = instance.title_zh_hans
            for field, value in values.items():
                setattr(instance, field, value)
            changed.append(instance)
    return changed


def save_names(changed: list[Model]) -> None:
    """Save what `set_names` changed, in a few statements; renamed pages are logged and indexed."""
    if changed:
        forget_all()
    with override(settings.LANGUAGE_CODE):
        # The columns without a language hold the Chinese.
        _update(Division, changed, ("name", *DIVISION_FIELDS))
        _update(Centre, changed, ("name", *CENTRE_FIELDS))
        _update(Site, changed, ("site_name",))
        _update(HostSite, changed, ("name",))
        _update(Collection, changed, ("name",))
        pages = [instance for instance in changed if isinstance(instance, BasePage)]
        for page in pages:
            page.draft_title = page.title
        _update(BasePage, pages, ("title", "draft_title", *PAGE_FIELDS))
        _log_renames(pages)
        for _, backend in get_search_backends_with_name(with_auto_update=True):
            for model in {type(page) for page in pages}:
                backend.add_bulk(model, [page for page in pages if type(page) is model])


def _update(model: type[AnyModel], changed: Sequence[Model], fields: tuple[str, ...]) -> None:
    """Save fields of one table. Django's plain query set, as modeltranslation's writes only the language in use."""
    rows: QuerySet[AnyModel] = QuerySet(model)
    rows.bulk_update([instance for instance in changed if isinstance(instance, model)], fields, batch_size=BATCH_SIZE)


def _log_renames(pages: list[BasePage]) -> None:
    """What publishing a page under another title leaves in the log."""
    now = timezone.now()
    PageLogEntry.objects.bulk_create(
        [
            PageLogEntry(
                page_id=page.pk,
                content_type_id=page.content_type_id,
                label=page.get_admin_display_title(),
                action="wagtail.rename",
                timestamp=now,
                data={"title": {"old": page._former_title, "new": page.title}},
                content_changed=True,
            )
            for page in pages
            if page._former_title != page.title
        ],
        batch_size=BATCH_SIZE,
    )
