"""Approval results: what may be published, what is masked, and the trace that changes leave."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.credit_code import NO_CODE
from core.models import User
from guides.models import CounterpartKind, ResultChange, ResultNotice
from guides.results import correct, is_late, publish_result, withdraw
from guides.tests.items import published_item
from guides.tests.results import CODE, OTHER_CODE, decision, individual, notice_of
from sites.models import Centre

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk", password="x")


def errors(centre: Centre, **fields: Any) -> dict[str, list[str]]:
    """The codes of what is wrong with a decision, by field."""
    with pytest.raises(ValidationError) as caught:
        publish_result(centre, **fields)
    return {field: [one.code for one in errors] for field, errors in caught.value.error_dict.items()}


# -- Publishing ---------------------------------------------------------------------


def test_a_decision_is_published_with_its_source_and_a_log_entry(jinjiang: Centre, clerk: User) -> None:
    notice = publish_result(jinjiang, user=clerk, **decision())
    kept = ResultNotice.objects.get()
    assert kept == notice
    assert (kept.source_unit, kept.source_unit_code) == (kept.authority, kept.authority_code)
    assert ModelLogEntry.objects.get(action="guides.result_published").user == clerk


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"decision_number": ""}, {"decision_number": ["blank"]}),
        ({"content": "", "document_name": ""}, {"content": ["blank"], "document_name": ["blank"]}),
        ({"counterpart_code": "91350100M000100Y44"}, {"counterpart_code": ["bad_code"]}),
        ({"counterpart_code": ""}, {"counterpart_code": ["no_code"]}),
        ({"counterpart_code": NO_CODE}, {"counterpart_code": ["no_code"]}),
        ({"source_unit": "某局", "source_unit_code": "1"}, {"source_unit_code": ["bad_code"]}),
        ({"authority_code": ""}, {"authority_code": ["blank"], "source_unit_code": ["blank"]}),
        ({"decided_on": date(2999, 1, 1)}, {"decided_on": ["in_future"]}),
        ({"decided_on": None}, {"decided_on": ["null"]}),
        ({"valid_until": date(2026, 11, 1)}, {"valid_until": ["validity_reversed"]}),
        ({"approval_kind": "other"}, {"approval_kind_note": ["blank"]}),
        ({"approval_kind": "favour"}, {"approval_kind": ["invalid_choice"]}),
        ({"counterpart_name": "长" * 201}, {"counterpart_name": ["max_length"]}),
    ],
)
def test_what_breaks_a_rule_is_not_published(jinjiang: Centre, wrong: dict, expected: dict) -> None:
    assert errors(jinjiang, **decision(**wrong)) == expected
    assert not ResultNotice.objects.exists()


@pytest.mark.parametrize("code", ["", NO_CODE])
def test_an_organisation_without_a_credit_code_needs_another_number(jinjiang: Centre, code: str) -> None:
    publish_result(jinjiang, **decision(counterpart_code=code, registration_number="510104600000000"))


def test_an_individual_has_no_credit_code(jinjiang: Centre) -> None:
    fields = individual(counterpart_code="510104199001011234")
    assert errors(jinjiang, **fields) == {"counterpart_code": ["code_of_individual"]}


def test_a_decision_is_published_once_by_a_centre(jinjiang: Centre, wuhou: Centre) -> None:
    publish_result(jinjiang, **decision())
    publish_result(wuhou, **decision())
    assert errors(jinjiang, **decision()) == {"decision_number": ["duplicate"]}


# -- Seven working days -------------------------------------------------------------


@pytest.mark.parametrize(
    ("decided", "published", "days", "late"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), 0, False),
        (date(2026, 11, 2), date(2026, 11, 11), 7, False),
        (date(2026, 11, 2), date(2026, 11, 12), 8, True),
        # The week of the national holiday doesn't count, and two weekend days are worked for it.
        (date(2026, 9, 30), date(2026, 10, 15), 7, False),
    ],
)
def test_working_days_to_publication_are_counted(
    jinjiang: Centre, monkeypatch, decided: date, published: date, days: int, late: bool
) -> None:
    now = datetime(published.year, published.month, published.day, 0, 30, tzinfo=SHANGHAI)
    monkeypatch.setattr(timezone, "now", lambda: now)
    notice = notice_of(jinjiang, decided_on=decided)
    assert (notice.published_within, is_late(notice)) == (days, late)


# -- Masking ------------------------------------------------------------------------


def test_an_individual_is_masked_wherever_the_decision_names_one(jinjiang: Centre) -> None:
    fields = individual(
        document_name="关于欧阳娜娜申请的批复",
        content="准予欧阳娜娜（510104199001011234，13800001234）执业",
        certificate_number="510104199001011234",
        remark="联系人欧阳娜娜",
    )
    notice = ResultNotice.objects.get(pk=publish_result(jinjiang, **fields).pk)
    assert notice.counterpart_name == "欧阳**"
    assert notice.identity_number == notice.certificate_number == "51**************34"
    assert notice.document_name == "关于欧阳**申请的批复"
    assert notice.content == "准予欧阳**（51**************34，1*********4）执业"
    assert notice.remark == "联系人欧阳**"


def test_legal_persons_and_who_represents_them_are_public(jinjiang: Centre) -> None:
    notice = notice_of(jinjiang, content="准予成都示例餐饮有限公司（法定代表人李示例，510104199001011234）经营")
    assert (notice.counterpart_name, notice.legal_representative) == ("成都示例餐饮有限公司", "李示例")
    assert notice.counterpart_code == CODE
    assert notice.content == "准予成都示例餐饮有限公司（法定代表人李示例，51**************34）经营"


@pytest.mark.parametrize(
    ("name", "kept", "content"),
    [
        ("锦江区示例面馆", "锦江区示例面馆", "准予王*经营"),
        ("王五", "王*", "准予王*经营"),
        ("锦江区王五面馆", "锦江区王五面馆", "准予王五经营"),
    ],
)
def test_the_operator_of_a_business_is_masked(jinjiang: Centre, name: str, kept: str, content: str) -> None:
    notice = notice_of(
        jinjiang,
        counterpart_kind=CounterpartKind.BUSINESS,
        counterpart_name=name,
        legal_representative="王五",
        content="准予王五经营",
    )
    assert (notice.counterpart_name, notice.legal_representative, notice.content) == (kept, "王*", content)


def test_rows_made_in_bulk_are_masked_too(jinjiang: Centre) -> None:
    ResultNotice.objects.bulk_create([ResultNotice(centre=jinjiang, **individual())])
    assert ResultNotice.objects.get().counterpart_name == "欧阳**"


# -- Correcting ---------------------------------------------------------------------


def test_a_correction_leaves_who_when_why_and_what_was_there(jinjiang: Centre, clerk: User) -> None:
    notice = notice_of(jinjiang)
    item = published_item()
    correct(notice, "许可内容有误", user=clerk, content="准予冷食类食品制售", valid_until=None, item=item)
    notice.refresh_from_db()
    change = ResultChange.objects.get()
    assert (notice.content, notice.valid_until, notice.item) == ("准予冷食类食品制售", None, item)
    assert change.before == {"item": None, "content": "准予热食类食品制售", "valid_until": "2031-11-01"}
    assert (change.kind, change.reason, change.changed_by) == ("correction", "许可内容有误", clerk)
    assert change.changed_at == notice.changed_at > notice.published_at
    entry = ModelLogEntry.objects.get(action="guides.result_corrected")
    assert (entry.user, entry.data["fields"]) == (clerk, ["item", "content", "valid_until"])


def test_another_item_is_traced_by_the_code_of_the_one_before(jinjiang: Centre) -> None:
    notice = notice_of(jinjiang, item=published_item("A1"))
    correct(notice, "事项有误", item=published_item("A2"))
    assert ResultChange.objects.get().before == {"item": "A1"}


def test_what_does_not_differ_is_no_correction(jinjiang: Centre) -> None:
    notice = publish_result(jinjiang, **individual())
    assert correct(notice, "更正", counterpart_name="欧阳娜娜", identity_number="510104199001011234") is None
    assert correct(notice, "更正", counterpart_name="欧阳**") is None
    assert not ResultChange.objects.exists()


@pytest.mark.parametrize(
    ("reason", "fields", "wrong"),
    [
        (" ", {"content": "改"}, "reason"),
        ("长" * 301, {"content": "改"}, "reason"),
        ("更正", {"counterpart_code": "9135"}, "counterpart_code"),
        ("更正", {"decision_number": "锦市监许〔2026〕2号"}, "decision_number"),
    ],
)
def test_a_correction_needs_a_reason_and_keeps_the_rules(
    jinjiang: Centre, reason: str, fields: dict, wrong: str
) -> None:
    notice = notice_of(jinjiang)
    notice_of(jinjiang, "锦市监许〔2026〕2号")
    with pytest.raises(ValidationError) as caught:
        correct(notice, reason, **fields)
    assert list(caught.value.error_dict) == [wrong]
    assert not ResultChange.objects.exists()


def test_a_person_taken_for_an_organisation_is_masked_in_the_trace_too(jinjiang: Centre) -> None:
    notice = notice_of(jinjiang, counterpart_name="欧阳娜娜", content="准予欧阳娜娜执业", legal_representative="")
    correct(notice, "行政相对人类别有误", counterpart_kind=CounterpartKind.NATURAL, counterpart_code="")
    notice.refresh_from_db()
    assert (notice.counterpart_name, notice.content) == ("欧阳**", "准予欧阳**执业")
    before = ResultChange.objects.get().before
    assert before["counterpart_kind"] == CounterpartKind.LEGAL
    assert "欧阳娜娜" not in str(before)


def test_another_date_of_decision_is_counted_again(jinjiang: Centre, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 12, 9, tzinfo=SHANGHAI))
    notice = notice_of(jinjiang)
    correct(notice, "日期有误", decided_on=date(2026, 11, 4), valid_from=date(2026, 11, 4))
    notice.refresh_from_db()
    assert notice.published_within == 6


# -- Withdrawing --------------------------------------------------------------------


def test_a_withdrawn_notice_says_when_and_why_and_changes_no_more(jinjiang: Centre, clerk: User) -> None:
    notice = notice_of(jinjiang)
    withdraw(notice, "公示有误，电话13800001234", user=clerk)
    notice.refresh_from_db()
    change = ResultChange.objects.get()
    assert notice.is_withdrawn
    assert (change.kind, change.reason, change.before) == ("withdrawal", "公示有误，电话1*********4", {})
    assert change.changed_at == notice.withdrawn_at
    assert ModelLogEntry.objects.get(action="guides.result_withdrawn").user == clerk
    with pytest.raises(ValidationError):
        withdraw(notice, "再次")
    with pytest.raises(ValidationError):
        correct(notice, "再次", counterpart_code=OTHER_CODE)


def test_a_withdrawal_needs_a_reason(jinjiang: Centre) -> None:
    notice = notice_of(jinjiang)
    with pytest.raises(ValidationError):
        withdraw(notice, "")
    notice.refresh_from_db()
    assert not notice.is_withdrawn


def test_a_notice_with_a_trace_is_not_deleted(jinjiang: Centre) -> None:
    notice = notice_of(jinjiang)
    withdraw(notice, "有误")
    with pytest.raises(ProtectedError):
        notice.delete()


def test_number_of_a_withdrawn_decision_stays_taken(jinjiang: Centre) -> None:
    withdraw(notice_of(jinjiang), "有误")
    assert errors(jinjiang, **decision()) == {"decision_number": ["duplicate"]}


def test_dates_of_today_are_not_in_the_future(jinjiang: Centre) -> None:
    today = timezone.localdate()
    notice_of(jinjiang, decided_on=today, valid_from=today, valid_until=today + timedelta(days=1))
