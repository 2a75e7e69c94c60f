"""What programs read of a centre's approval results: the whole list as CSV, the feed, and the pages of the sitemap."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Max, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import condition, require_safe

from core.language import CHINESE
from core.spreadsheets import guarded
from guides.models import ApprovalKind, ResultChange, ResultNotice
from guides.results_form import (
    CHANGED,
    COLUMNS,
    FOR_GOOD,
    ITEM,
    ITEM_NAME,
    PUBLISHED,
    REASON,
    WITHDRAWN,
    WORDS,
    FormColumn,
)
from guides.results_pages import KIND, csv_address, notice_title, notices_of, summary_of
from sites.column_views import FeedEntry, Listing, PageBelow
from sites.columns import find_column, find_former_column
from sites.models import ColumnPage
from sites.sitemap import etag_of

CSV_COLUMNS = (ITEM, ITEM_NAME, *COLUMNS, PUBLISHED, CHANGED, WITHDRAWN, REASON)
# What stays to be read of a decision whose notice was withdrawn.
OF_A_WITHDRAWN = frozenset(
    ["decision_number", "authority", "decided_on", "published_at", "changed_at", "withdrawn_at", "reason"]
)
BATCH_SIZE = 1000
# A sitemap holds 50,000 addresses in all: a centre's news and guides must find room in it too.
NEWEST_IN_SITEMAP = 10_000


def state_of(request: HttpRequest, column_page: ColumnPage) -> list[str]:
    """Changes with every notice that is published, corrected or withdrawn."""
    figures = notices_of(request.centre).aggregate(number=Count("pk"), last=Max("changed_at"))
    return [str(figure) for figure in figures.values()]


# -- CSV ----------------------------------------------------------------------------


class Echo:
    """A file that gives back what is written into it."""

    def write(self, text: str) -> str:
        return text


def heading_of(column: FormColumn) -> str:
    """What a column is called: in Chinese as in the national form."""
    if get_language() == CHINESE:
        return column.name
    if column is REASON:
        return gettext("Reason of the change")
    return ResultNotice.label_of(column.field)


def words() -> dict[str, dict[str, str]]:
    """What the values of the fields with choices are called: in Chinese as in the national form."""
    if get_language() == CHINESE:
        return WORDS
    return {field: ResultNotice.words_of(field) for field in WORDS}


def value_of(notice: ResultNotice, field: str, words: dict[str, dict[str, str]], for_good: str) -> str:
    """A field of a notice as a cell; nothing of what a withdrawn notice no longer says."""
    if notice.is_withdrawn and field not in OF_A_WITHDRAWN:
        return ""
    if field == "reason":
        return "; ".join(change.reason for change in notice.changes.all())
    if field == "item":
        return notice.item.code if notice.item else ""
    value = getattr(notice, field)
    if field in ("published_at", "changed_at", "withdrawn_at"):
        if value is None or (field == "changed_at" and value == notice.published_at):
            return ""
        return timezone.localdate(value).isoformat()
    if field in ("decided_on", "valid_from", "valid_until"):
        return value.isoformat() if value else for_good
    if field == "approval_kind" and value == ApprovalKind.OTHER:
        return f"{words[field][value]}-{notice.approval_kind_note}"
    return words[field].get(value, value) if field in words else value


def lines(
    notices: Iterable[ResultNotice], headings: list[str], words: dict[str, dict[str, str]], for_good: str
) -> Iterator[str]:
    """The file, row by row. A byte order mark is for spreadsheets, which else take UTF-8 for something else."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(headings)
    for notice in notices:
        yield writer.writerow([guarded(value_of(notice, column.field, words, for_good)) for column in CSV_COLUMNS])


def with_changes(notices: QuerySet[ResultNotice]) -> QuerySet[ResultNotice]:
    changes = ResultChange.objects.only("notice", "reason").order_by("changed_at", "pk")
    return notices.select_related("item").prefetch_related(Prefetch("changes", queryset=changes))


def results_etag(request: HttpRequest, page: ColumnPage) -> str:
    return etag_of([str(get_language()), *state_of(request, page)])


@condition(etag_func=results_etag)
def all_results(request: HttpRequest, page: ColumnPage) -> StreamingHttpResponse:
    # What is in the reader's language is worked out here: a response is written when the language has been left.
    for_good = FOR_GOOD if get_language() == CHINESE else gettext("Indefinite")
    headings = [heading_of(column) for column in CSV_COLUMNS]
    notices = with_changes(notices_of(request.centre)).iterator(chunk_size=BATCH_SIZE)
    response = StreamingHttpResponse(
        lines(notices, headings, words(), for_good), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{page.column.slug}-{request.centre.pk}.csv"'
    return response


@require_safe
def results_csv(request: HttpRequest, column: str) -> HttpResponse | StreamingHttpResponse:
    """All results of this site, under the column's present slug; a former slug leads there."""
    home = request.centre.home
    page = find_column(request, home, column)
    if page is not None and page.column.kind == KIND:
        return all_results(request, page)
    moved = None if page else find_former_column(request, home, column)
    if moved is None or moved.column.kind != KIND:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    address = csv_address(request, moved)
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


# -- Feed and sitemap ---------------------------------------------------------------


def entries_of(request: HttpRequest, column_page: ColumnPage, number: int) -> Iterator[FeedEntry]:
    """The notices published last."""
    base = f"{request.centre.root_url}{column_page.get_url(request)}"
    newest = notices_of(request.centre).select_related("item").order_by("-published_at", "-pk")
    for notice in newest[:number]:
        title, language = notice_title(notice)
        yield FeedEntry(
            key=f"result:{notice.pk}",
            title=title,
            summary=summary_of(notice),
            address=f"{base}{notice.pk}/",
            author="" if notice.is_withdrawn else notice.source_unit,
            published=notice.published_at,
            updated=notice.changed_at,
            language=language,
        )


def pages_of(request: HttpRequest, column_page: ColumnPage) -> Iterator[PageBelow]:
    """The notices that stand, the newest first."""
    rows: QuerySet[Any] = notices_of(request.centre).filter(withdrawn_at=None).values_list("pk", "changed_at")
    for pk, changed in rows[:NEWEST_IN_SITEMAP].iterator(chunk_size=BATCH_SIZE):
        yield PageBelow(f"{pk}/", changed, True)


LISTING = Listing(pages_of, state_of, entries_of)
