"""The pages of a centre's approval results: the list with its filters, and one notice with all that the form asks for."""

import re
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from wagtail.url_routing import RouteResult

from core.credit_code import NO_CODE
from core.facets import Dimension, Narrowed, Row, narrow
from core.language import CHINESE, ENGLISH, LANGUAGE_TAGS, has_english, is_chinese, shown_text
from guides.models import Adoption, ApprovalKind, CounterpartKind, ResultChange, ResultNotice
from sites.articles import page_number, query_of
from sites.columns import column_address
from sites.context import breadcrumb
from sites.head import column_head, column_tags, feed_of, head
from sites.models import Centre, ColumnPage, Department

KIND = "results"
PER_PAGE = 20
WORDS_LENGTH = 60
NUMBER = re.compile(r"[1-9]\d{0,17}")


def notices_of(centre: Centre) -> QuerySet[ResultNotice]:
    """The notices on a centre's site, by the date of decision, the newest first."""
    return ResultNotice.objects.filter(centre=centre)


def notice_title(notice: ResultNotice) -> tuple[str, str]:
    """What a notice is called in lists, and the language tag of that: the approval's name, or the decision's number."""
    if notice.is_withdrawn:
        return notice.decision_number, LANGUAGE_TAGS[CHINESE]
    if get_language() == ENGLISH and notice.item and has_english(notice.item, "name"):
        return notice.item.name_en, LANGUAGE_TAGS[ENGLISH]
    in_chinese = notice.item_name or (notice.item and notice.item.name_zh_hans) or notice.document_name
    return in_chinese, LANGUAGE_TAGS[CHINESE]


def summary_of(notice: ResultNotice) -> str:
    """Who decided what for whom, in the words of the decision; nothing more of a withdrawn notice."""
    separator = " · "
    if notice.is_withdrawn:
        return separator.join([notice.authority, notice.decision_number])
    return separator.join([notice.counterpart_name, notice.decision_number, notice.authority])


def csv_address(request: HttpRequest, page: ColumnPage) -> str:
    """The address of the whole list as CSV: the column's own, with another ending."""
    return f"{(page.get_url(request) or '').rstrip('/')}.csv"


# -- The list -----------------------------------------------------------------------


def found(notices: QuerySet[ResultNotice], text: str) -> QuerySet[ResultNotice]:
    """The notices whose number, or whose holder's name, has a text in it. A withdrawn notice has no holder any more."""
    if not text:
        return notices
    return notices.filter(Q(decision_number__icontains=text) | Q(counterpart_name__icontains=text, withdrawn_at=None))


def rows_of(notices: QuerySet[ResultNotice]) -> list[Row]:
    """How many notices there are of each year, kind, department and kind of holder. One query."""
    withdrawn = Case(When(withdrawn_at=None, then=Value(False)), default=Value(True), output_field=BooleanField())
    counted = (
        notices.order_by()
        .annotate(year=ExtractYear("decided_on"), withdrawn=withdrawn)
        .values_list("year", "withdrawn", "approval_kind", "item__department", "counterpart_kind")
        .annotate(number=Count("pk"))
    )
    rows = []
    for year, is_withdrawn, kind, department, holder, number in counted:
        values = {"year": [str(year)]}
        if not is_withdrawn:
            values |= {"kind": [kind], "holder": [holder], "department": [str(department)] if department else []}
        rows.append(Row(values, number))
    return rows


def dimensions(rows: list[Row], level: str) -> list[Dimension]:
    """What the list can be filtered by. Departments are called as at a level of division. At most one query."""
    years = sorted({year for row in rows for year in row.values["year"]}, reverse=True)
    with_department = any(row.values.get("department") for row in rows)
    departments = Department.objects.all() if with_department else Department.objects.none()
    return [
        Dimension("year", _("Year"), _("All years"), {year: year for year in years}),
        Dimension("kind", _("Kind of approval"), _("All kinds of approval"), capitalised(ApprovalKind.choices)),
        Dimension(
            "department",
            _("Department"),
            _("All departments"),
            {str(each.pk): each.name_at(level) for each in departments},
        ),
        Dimension("holder", _("Kind of holder"), _("All holders"), capitalised(CounterpartKind.choices)),
    ]


def capitalised(choices: list[tuple[str, Any]]) -> dict[str, str]:
    """Choices with their labels as they begin a line."""
    return {value: capfirst(str(label)) for value, label in choices}


def chosen_of(notices: QuerySet[ResultNotice], narrowed: Narrowed) -> QuerySet[ResultNotice]:
    """The notices that the chosen filters leave."""
    fields = {"kind": "approval_kind", "department": "item__department", "holder": "counterpart_kind"}
    chosen = {fields[key]: value for key, value in narrowed.chosen.items() if key in fields}
    if chosen:
        notices = notices.filter(withdrawn_at=None, **chosen)
    if "year" in narrowed.chosen:
        notices = notices.filter(decided_on__year=narrowed.chosen["year"])
    return notices


def listed(notice: ResultNotice, address: str) -> dict[str, Any]:
    """A notice as lists show it."""
    title, lang = notice_title(notice)
    return {
        "url": f"{address}{notice.pk}/",
        "title": title,
        "lang": lang,
        "decided_on": notice.decided_on,
        "number": notice.decision_number,
        "holder": "" if notice.is_withdrawn else notice.counterpart_name,
        "is_withdrawn": notice.is_withdrawn,
    }


def results_context(request: HttpRequest, column_page: ColumnPage) -> dict[str, Any]:
    """The list: `?q=&year=&kind=&department=&holder=&page=`, each optional; an unknown value filters nothing."""
    text = request.GET.get("q", "").strip()[:WORDS_LENGTH]
    notices = found(notices_of(request.centre), text)
    rows = rows_of(notices)
    address = column_page.get_url(request) or ""
    kept = {"q": text} if text else {}
    narrowed = narrow(dimensions(rows, request.centre.division.level), rows, request.GET.dict(), address, kept)
    paginator = Paginator(chosen_of(notices, narrowed).select_related("item"), PER_PAGE)
    paginator.count = narrowed.number  # the facets know it already
    page: Page = paginator.page(page_number(request.GET.get("page"), paginator.num_pages))
    page.object_list = [listed(notice, address) for notice in page.object_list]
    return {
        **column_head(request, column_page, query_of(narrowed, page)),
        "description": shown_text(column_page.column, "description"),
        "results": page,
        "searched": text,
        "chosen": narrowed.chosen,
        "filters": [each for each in narrowed.filters if len(each["choices"]) > 2 or each["key"] in narrowed.chosen],
        "filters_active": bool(narrowed.chosen),
        "filters_query": narrowed.query,
        "clear_url": address,
        "feed_url": f"{address}feed.atom",
        "csv_url": csv_address(request, column_page),
    }


# -- One notice ---------------------------------------------------------------------

# In the order of the national form; what it is called elsewhere on the page isn't told twice.
SHOWN = (
    "document_name",
    "decision_number",
    "counterpart_name",
    "counterpart_kind",
    "counterpart_code",
    *ResultNotice.OTHER_CODES,
    "legal_representative",
    "identity_kind",
    "identity_number",
    "approval_kind",
    "certificate_name",
    "certificate_number",
    "content",
    "decided_on",
    "valid_from",
    "valid_until",
    "authority",
    "authority_code",
    "status",
    "source_unit",
    "source_unit_code",
    "remark",
)
SHOWN_OF_A_WITHDRAWN = ("decision_number", "decided_on", "authority")


def shown_value(notice: ResultNotice, field: str) -> date | str:
    """A field as its reader sees it; empty where there is nothing to see."""
    value = getattr(notice, field)
    if field == "valid_until" and value is None:
        return _("Indefinite")
    if field == "approval_kind" and value == ApprovalKind.OTHER:
        return notice.approval_kind_note
    if value == NO_CODE:
        return ""
    words = ResultNotice.words_of(field)
    return capfirst(words.get(value, value)) if words else value


def facts_of(notice: ResultNotice) -> list[dict[str, Any]]:
    """What the page tells of a notice, each with its label and, where that isn't the page's, its language."""
    facts = []
    for field in SHOWN_OF_A_WITHDRAWN if notice.is_withdrawn else SHOWN:
        value = shown_value(notice, field)
        if value:
            facts.append({"label": ResultNotice.label_of(field), **marked(value)})
    facts.append({"label": ResultNotice.label_of("published_at"), "date": timezone.localdate(notice.published_at)})
    return facts


def marked(value: date | str) -> dict[str, Any]:
    """A value for the template: a date, or a text with the tag of its language if it needs one."""
    if isinstance(value, date):
        return {"date": value}
    in_chinese = get_language() != CHINESE and is_chinese(value)
    return {"text": value, "lang": LANGUAGE_TAGS[CHINESE] if in_chinese else ""}


def changes_of(notice: ResultNotice) -> list[dict[str, Any]]:
    """What happened to a notice since, the last first: not by whom, and not what stood there before."""
    return [
        {
            "kind": change.get_kind_display(),
            "date": timezone.localdate(change.changed_at),
            "reason": marked(change.reason),
            "fields": pgettext("between items of a list", ", ").join(
                ResultNotice.label_of(field) for field in change.before
            ),
            "is_withdrawal": change.kind == ResultChange.Kind.WITHDRAWAL,
        }
        for change in notice.changes.all()
    ]


def guide_of(request: HttpRequest, notice: ResultNotice) -> dict[str, Any] | None:
    """The guide to what was granted, if the centre handles it."""
    if notice.is_withdrawn or notice.item is None:
        return None
    address = column_address(request, "guides")
    if not address or not Adoption.objects.filter(centre=request.centre, item=notice.item).exists():
        return None
    return {"url": f"{address}{notice.item.code}/", "item": notice.item}


def notice_head(request: HttpRequest, notice: ResultNotice, column_page: ColumnPage, title: str) -> dict[str, Any]:
    centre: Centre = request.centre
    address = f"{centre.root_url}{column_page.get_url(request)}{notice.pk}/"
    summary = summary_of(notice)
    tags = [
        *column_tags(column_page, centre)[:-1],
        ("ArticleTitle", title),
        ("PubDate", f"{timezone.localdate(notice.published_at):%Y-%m-%d}"),
        ("ContentSource", "" if notice.is_withdrawn else notice.source_unit),
        ("Description", summary),
        ("description", summary),
        ("Url", address),
    ]
    return head(request, title, tags, feeds=[feed_of(column_page, request)])


def serve_notice(request: HttpRequest, column_page: ColumnPage, notice: ResultNotice) -> HttpResponse:
    """The page of one notice. A withdrawn one says that it was, and why; search engines forget it."""
    title, lang = notice_title(notice)
    if notice.is_withdrawn:
        title, lang = _("Withdrawn notice"), LANGUAGE_TAGS[get_language()]
    context = {
        **column_page.get_context(request),
        **notice_head(request, notice, column_page, title),
        "notice": notice,
        "title": title,
        "title_lang": lang,
        "facts": facts_of(notice),
        "changes": changes_of(notice),
        "guide": guide_of(request, notice),
        "breadcrumb": [*breadcrumb(request, column_page), {"title": notice.decision_number, "url": ""}],
    }
    response = TemplateResponse(request, "themes/result.html", context)
    if notice.is_withdrawn:
        response["X-Robots-Tag"] = "noindex"
    return response


def route_to_notice(request: HttpRequest, column_page: ColumnPage, path_components: list[str]) -> RouteResult:
    """The list, or one notice of this centre below it by its number."""
    if not path_components:
        return RouteResult(column_page)
    number, *rest = path_components
    if rest or not NUMBER.fullmatch(number):
        raise Http404
    notice = notices_of(request.centre).filter(pk=number).select_related("item").first()
    if notice is None:
        raise Http404
    return RouteResult(column_page, kwargs={"below": serve_notice, "notice": notice})
