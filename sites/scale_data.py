"""A group of any size with the same content each time, for measurements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.models import BasePage
from core.page_cache import forget_all
from sites.bulk_centres import Progress
from sites.bulk_pages import add_pages
from sites.demo import articles as demo_articles
from sites.demo.centres import Place, centre_facts
from sites.demo.loader import Files, article_page, load_standard_texts, place_of
from sites.division_file import SICHUAN, DivisionRow, read_divisions
from sites.models import Centre, ColumnPage, Division, Level, OpeningHours, Topic
from sites.provisioning import provision

# The day that the articles are dated by: a fixed one, so that the data is the same whenever it is made.
DAY = date(2026, 1, 5)
ARTICLES_PER_COLUMN = 3


class NotEmptyError(Exception):
    """The database has divisions already."""


def chosen_rows(number: int) -> list[DivisionRow]:
    """The first divisions in the order of their codes: a parent is always before its children.

    5 are the province, Chengdu, Jinjiang District and two of its subdistricts.
    """
    return sorted(read_divisions(SICHUAN).rows, key=lambda row: row.code)[:number]


def make_scale_data(number: int, progress: Progress) -> None:
    """Fill an empty group with a number of centres and some articles for each, in one transaction.

    Raises NotEmptyError when there are divisions already, ValueError when the file has not so many.
    """
    rows = chosen_rows(number)
    if len(rows) < number:
        raise ValueError(number)
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        if Division.objects.exists():
            raise NotEmptyError
        provision(as_file(rows), progress=progress)
        load_standard_texts()
        _add_contacts(progress)
        _add_articles(progress)
        forget_all()


def as_file(rows: list[DivisionRow]) -> bytes:
    lines = ["code,name,level,parent_code", *(f"{row.code},{row.name},{row.level},{row.parent_code}" for row in rows)]
    return "\n".join([*lines, ""]).encode()


def _places() -> Iterator[tuple[Centre, Place]]:
    """Centres with what the demo's texts need to know. The demo has no texts for townships: they get a county's."""
    centres = Centre.objects.select_related("division__parent", "home", "collection").order_by("division_id")
    for centre in centres.iterator(chunk_size=500):
        place = place_of(centre)
        yield centre, replace(place, level="county") if place.level == Level.TOWNSHIP else place


def _add_contacts(progress: Progress) -> None:
    """Address, telephones and opening hours of every centre."""
    centres, hours = [], []
    for centre, place in _places():
        facts = centre_facts(place)
        centre.address_zh_hans, centre.address_en = facts.address_zh, facts.address_en
        centre.telephone, centre.complaint_telephone = facts.telephone, facts.complaint_telephone
        centres.append(centre)
        hours += [
            OpeningHours(centre=centre, weekday=row.weekday, opens=row.opens, closes=row.closes) for row in facts.hours
        ]
    fields = ["address", "address_zh_hans", "address_en", "telephone", "complaint_telephone"]
    Centre._base_manager.bulk_update(centres, fields, batch_size=100)
    OpeningHours.objects.bulk_create(hours, batch_size=500)
    progress(_("Contacts"), len(centres), len(centres))


def _add_articles(progress: Progress) -> None:
    """The demo's articles, some for each column of articles of each centre."""
    columns: dict[str, dict[str, ColumnPage]] = {}
    for page in ColumnPage.objects.order_by("path"):
        columns.setdefault(page.path[: -BasePage.steplen], {})[page.column_key] = page
    topics = {topic.key: topic for topic in Topic.objects.all()}
    total = Centre.objects.count()

    def pairs() -> Iterator[tuple[BasePage, BasePage]]:
        files = None
        for done, (centre, place) in enumerate(_places(), start=1):
            files = files or Files(province=centre, pictures={}, attachments={})
            left = dict.fromkeys(("news", "notices", "policies"), ARTICLES_PER_COLUMN)
            own_columns = columns[centre.home.path]
            for article in demo_articles.pick_articles(place.code, place.level):
                if left.get(article.column) and article.column in own_columns:
                    left[article.column] -= 1
                    yield own_columns[article.column], article_page(article, place, DAY, topics, files)
            progress(_("Centres with articles"), done, total)

    add_pages(pairs())
