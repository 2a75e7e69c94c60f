"""The demo's result notices: 300 decisions on licences that the centres handle, for holders that are plainly examples."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from typing import Any

from django.db.models import Count
from django.utils import timezone

from core.calendar import read_calendar
from core.credit_code import check_character
from core.working_days import Calendar, working_day_before
from guides.demo.content import CONTENT, Row, read
from guides.models import (
    Adoption,
    ApprovalKind,
    CatalogueItem,
    CounterpartKind,
    DecisionStatus,
    IdentityDocument,
    ItemType,
    ResultNotice,
    Tier,
)
from guides.results import PUBLISH_WITHIN, correct, new_notice, withdraw
from sites.models import Centre

NUMBER = 300
# One notice for every centre; what is left goes to those that the demo shows in full, again and again in this order.
SHOWN_IN_FULL = ("510104000000", "510104000000", "510100000000", "511602000000", "510104000000", "510000000000")
# The newest decisions are of the last working day; the oldest of the biggest centre a good year old.
DAYS_BETWEEN = 6
# No division has this number, so that no code of the demo's is anybody's.
NO_DIVISION = "519900"
YEARS_OF_VALIDITY = (5, 3, None, 1)


def load_results(today: date) -> None:
    """Publish the notices; some late, two corrected and two withdrawn."""
    calendar = read_calendar(today - timedelta(days=2 * 366))
    content = read(CONTENT / "results.toml")
    ResultNotice.objects.publish(make_notices(today, calendar, content))
    change_some(content["changes"])


def shares() -> Iterator[tuple[Centre, int]]:
    """How many notices each centre has: one, or more where the demo shows a centre in full."""
    centres = {centre.pk: centre for centre in Centre.objects.select_related("division__parent").order_by("division")}
    numbers = dict.fromkeys(centres, 1)
    in_full = [pk for pk in SHOWN_IN_FULL if pk in centres] or list(centres)
    for pk in islice(cycle(in_full), max(NUMBER - len(centres), 0)):
        numbers[pk] += 1
    yield from ((centres[pk], number) for pk, number in list(numbers.items())[:NUMBER])


def make_notices(today: date, calendar: Calendar, content: Row) -> Iterator[ResultNotice]:
    """The notices of all centres, unsaved."""
    licences: dict[str, list[int]] = {}
    items = {
        item.pk: item
        for item in CatalogueItem.objects.in_force()
        .filter(tier=Tier.HANDLING, item_type=ItemType.LICENCE)
        .select_related("department")
        .prefetch_related("result_documents", "steps")
        .order_by("code")
    }
    adopted = Adoption.objects.filter(item__in=items).order_by("centre", "item__code")
    for centre, item in adopted.values_list("centre", "item"):
        licences.setdefault(centre, []).append(item)
    running = 0
    for centre, number in shares():
        own = [items[pk] for pk in licences.get(centre.pk, []) if decides(centre, items[pk])]
        for place in range(number if own else 0):
            running += 1
            # A step that shares no factor with most numbers: all kinds of items come up.
            item = own[(running * 7 + place * 13) % len(own)]
            yield make_notice(centre, item, running, number - place, place, today, calendar, content)


def decides(centre: Centre, item: CatalogueItem) -> bool:
    """Whether an item is decided at a centre's level: no step of it is another level's."""
    return all(step.level in ("", centre.division.level) for step in item.steps.all())


def make_notice(
    centre: Centre,
    item: CatalogueItem,
    running: int,
    number: int,
    place: int,
    today: date,
    calendar: Calendar,
    content: Row,
) -> ResultNotice:
    """One decision: decided on a working day and published within seven, or now and then later.

    running: its place among all; number: the centre's own, higher for newer ones; place: how many newer ones there are.
    """
    days = 1 + running % 5 if running % 37 else PUBLISH_WITHIN + 2
    published_on = working_day_before(today, 1 + place * DAYS_BETWEEN, calendar)
    decided_on = working_day_before(published_on, days, calendar)
    years = YEARS_OF_VALIDITY[running % len(YEARS_OF_VALIDITY)]
    document = next(iter(item.result_documents.all()), None)
    fields = holder_of(item, centre, running, content)
    authority = authority_of(item, centre)
    code = credit_code("11", running % 7)
    return new_notice(
        centre,
        calendar,
        timezone.make_aware(datetime.combine(published_on, time(9 + running % 8, running % 60))),
        item=item,
        item_name=item.name_zh_hans,
        document_name=f"准予行政许可决定书（{item.name_zh_hans}）"[:300],
        decision_number=f"{short_name(centre)}示许〔{decided_on.year}〕{number:04d}号",
        approval_kind=ApprovalKind.RECOGNITION if is_for_individuals(item) else ApprovalKind.ORDINARY,
        certificate_name=(document.name_zh_hans if document else "")[:100],
        certificate_number=f"示例{decided_on.year}{running:04d}",
        content=f"申请材料齐全，符合法定条件，准予{fields['counterpart_name']}办理{item.name_zh_hans}。",
        decided_on=decided_on,
        valid_from=decided_on,
        valid_until=last_day(decided_on, years) if years else None,
        authority=authority,
        authority_code=code,
        status=DecisionStatus.VALID if running % 41 else DecisionStatus.INVALID,
        source_unit=centre.name_zh_hans,
        source_unit_code=credit_code("12", running % 7),
        **fields,
    )


def last_day(first: date, years: int) -> date:
    """The last day of so many years that begin on a day."""
    try:
        return first.replace(year=first.year + years) - timedelta(days=1)
    except ValueError:  # of 29 February
        return date(first.year + years, 2, 28)


def is_for_individuals(item: CatalogueItem) -> bool:
    return item.service_objects == ["natural"]


def holder_of(item: CatalogueItem, centre: Centre, running: int, content: Row) -> dict[str, Any]:
    """Whom a decision is made for, by whom the item serves; individuals not masked yet."""
    names = content["names"]
    if is_for_individuals(item) or ("natural" in item.service_objects and running % 4 == 0):
        return {
            "counterpart_kind": CounterpartKind.NATURAL,
            "counterpart_name": names["people"][running % len(names["people"])],
            "identity_kind": IdentityDocument.IDENTITY_CARD,
            # A month that there isn't: nobody has this number.
            "identity_number": f"{NO_DIVISION}19901301{running % 1000:03d}X",
        }
    department = item.department.code if item.department else ""
    trade = next((each for each in content["holder"] if department in each["departments"]), content["holder"][0])
    place = centre.division.name_zh_hans
    if "natural" in item.service_objects and running % 4 == 1:
        return {
            "counterpart_kind": CounterpartKind.BUSINESS,
            "counterpart_name": f"{place}示例{trade['businesses'][running % len(trade['businesses'])]}",
            "counterpart_code": credit_code("92", running),
            "legal_representative": names["people"][running % len(names["people"])],
        }
    return {
        "counterpart_kind": CounterpartKind.LEGAL,
        "counterpart_name": f"{short_name(centre)}示例{trade['companies'][running % len(trade['companies'])]}",
        "counterpart_code": credit_code("91", running),
        "legal_representative": names["representatives"][running % len(names["representatives"])],
    }


def short_name(centre: Centre) -> str:
    """A division's name without what kind it is: 锦江, 成都, 四川."""
    return centre.division.name_zh_hans[:2]


def authority_of(item: CatalogueItem, centre: Centre) -> str:
    """The department of the centre's own government that decides."""
    division = centre.division
    name = item.department.name_at(division.level) if item.department else "行政审批局"
    above = division.parent.name_zh_hans if division.parent and division.level == "county" else ""
    return f"{above}{division.name_zh_hans}{name}"


def credit_code(kind: str, running: int) -> str:
    """A code with a right check character that nobody has: no division is numbered as in it."""
    body = f"{kind}{NO_DIVISION}{running:08d}X"
    return body + check_character(body)


def change_some(content: Row) -> None:
    """Of the centre with the most notices, correct the second and third newest, and withdraw two older ones."""
    centre = ResultNotice.objects.order_by().values("centre").annotate(number=Count("pk")).order_by("-number")[:1]
    newest = list(ResultNotice.objects.filter(centre__in=centre.values("centre")).order_by("-published_at", "-pk")[:8])
    scope, validity = content["corrections"]
    for notice in newest[1:2]:
        correct(notice, scope, content=f"{notice.content}许可范围以许可证书载明的为准。")
    for notice in newest[2:3]:
        correct(notice, validity, valid_until=last_day(notice.valid_from, 2))
    for notice, reason in zip(newest[5:7], content["withdrawals"], strict=False):
        withdraw(notice, reason)
