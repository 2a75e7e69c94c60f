"""Approval results: publishing, correcting and withdrawing notices, and the rules that hold for them.

All that makes a notice comes through here: the admin, the import and cases. The law and the decisions: docs/results.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.calendar import read_calendar
from core.credit_code import NO_CODE, is_credit_code
from core.working_days import Calendar, working_days_between
from guides.masking import masked_text
from guides.models import ApprovalKind, CatalogueItem, CounterpartKind, ResultChange, ResultNotice
from sites.models import Centre

# 双公示: within so many working days of the decision (国发〔2016〕33号, item 18).
PUBLISH_WITHIN = 7

PUBLISHED = "guides.result_published"
CORRECTED = "guides.result_corrected"
WITHDRAWN = "guides.result_withdrawn"


# -- Rules --------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """What is wrong with a notice: in which field, as a code for programs and as words in the active language."""

    field: str
    code: str
    message: str


def faults_of(notice: ResultNotice) -> list[Fault]:
    """What keeps a notice from being published, whether it is masked already or not. Asks nothing of the database."""
    return [*_field_faults(notice), *_code_faults(notice), *_date_faults(notice)]


def _field_faults(notice: ResultNotice) -> Iterator[Fault]:
    try:
        notice.clean_fields(exclude=["centre", "item"])
    except ValidationError as error:
        for field, errors in error.error_dict.items():
            for one in errors:
                yield Fault(field, one.code or "invalid", " ".join(one.messages))
    if notice.approval_kind == ApprovalKind.OTHER and not notice.approval_kind_note:
        yield Fault("approval_kind_note", "blank", _("Say which other kind of approval it is."))


def _code_faults(notice: ResultNotice) -> Iterator[Fault]:
    for field in ("counterpart_code", "authority_code", "source_unit_code"):
        code = getattr(notice, field)
        if not code or code == NO_CODE or is_credit_code(code):
            continue
        if field != "counterpart_code" or notice.counterpart_kind != CounterpartKind.NATURAL:
            yield Fault(field, "bad_code", _("This is no unified social credit code: its check character is wrong."))
    if notice.counterpart_kind == CounterpartKind.NATURAL:
        if notice.counterpart_code:
            message = _(
                "An individual has no unified social credit code: the number of the identity document has a field."
            )
            yield Fault("counterpart_code", "code_of_individual", message)
    elif notice.counterpart_code in ("", NO_CODE) and not any(getattr(notice, each) for each in notice.OTHER_CODES):
        message = _("An organisation needs its unified social credit code, or one of its other numbers.")
        yield Fault("counterpart_code", "no_code", message)


def _date_faults(notice: ResultNotice) -> Iterator[Fault]:
    if notice.decided_on and notice.decided_on > timezone.localdate():
        yield Fault("decided_on", "in_future", _("The decision can't lie in the future."))
    if notice.valid_from and notice.valid_until and notice.valid_until < notice.valid_from:
        yield Fault("valid_until", "validity_reversed", _("The validity can't end before it begins."))


def errors_of(faults: list[Fault]) -> ValidationError:
    """Faults as Django's forms and callers take them: by the name of the field."""
    by_field: dict[str, list[ValidationError]] = {}
    for fault in faults:
        by_field.setdefault(fault.field, []).append(ValidationError(fault.message, code=fault.code))
    return ValidationError(by_field)


def duplicate_faults(notice: ResultNotice) -> list[Fault]:
    """Whether the centre has published a decision with this number already. One query."""
    others = ResultNotice.objects.filter(centre=notice.centre_id, decision_number=notice.decision_number)
    if others.exclude(pk=notice.pk).exists():
        message = _("This centre has already published a decision with this number.")
        return [Fault("decision_number", "duplicate", message)]
    return []


def working_days_taken(notice: ResultNotice, calendar: Calendar) -> int:
    """How many working days lie between the decision and its publication; the day of the decision doesn't count."""
    return max(working_days_between(notice.decided_on, timezone.localdate(notice.published_at), calendar), 0)


def is_late(notice: ResultNotice) -> bool:
    """Whether a notice was published later than 双公示 allows."""
    return notice.published_within is not None and notice.published_within > PUBLISH_WITHIN


# -- Publishing ---------------------------------------------------------------------


def new_notice(centre: Centre, calendar: Calendar, published_at: datetime | None = None, **fields: Any) -> ResultNotice:
    """A notice, unsaved and unchecked. Without a source of the data of its own, that is the deciding authority."""
    notice = ResultNotice(centre=centre, published_at=published_at or timezone.now(), **fields)
    notice.changed_at = notice.published_at
    if not notice.source_unit:
        notice.source_unit = notice.authority
        notice.source_unit_code = notice.source_unit_code or notice.authority_code
    if isinstance(notice.decided_on, date):
        notice.published_within = working_days_taken(notice, calendar)
    return notice


@transaction.atomic
def publish_result(centre: Centre, *, user: Any = None, **fields: Any) -> ResultNotice:
    """Publish a decision on a centre's site. `fields` are those of `ResultNotice.DECISION_FIELDS`.

    Personal data is masked before anything is kept. Raises ValidationError, by field, for what breaks a rule.
    """
    decided_on = fields.get("decided_on")
    notice = new_notice(centre, read_calendar(decided_on if isinstance(decided_on, date) else None), **fields)
    faults = faults_of(notice)
    notice.mask()
    faults += duplicate_faults(notice)
    if faults:
        raise errors_of(faults)
    notice.save()
    log(notice, PUBLISHED, user=user)
    return notice


# -- Changing -----------------------------------------------------------------------


def copy_of(notice: ResultNotice) -> ResultNotice:
    """A notice of its own with the same row; copies of Python's would share what they refer to."""
    other = ResultNotice(**{field.attname: getattr(notice, field.attname) for field in notice._meta.concrete_fields})
    other._state.adding, other._state.db = notice._state.adding, notice._state.db
    return other


def value_for_trace(value: Any) -> Any:
    """A field's value as the trace keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.code if isinstance(value, CatalogueItem) else value


def differing_fields(one: ResultNotice, other: ResultNotice) -> list[str]:
    """The fields of the decision in which two notices differ."""
    attribute = {"item": "item_id"}
    return [
        field
        for field in ResultNotice.DECISION_FIELDS
        if getattr(one, attribute.get(field, field)) != getattr(other, attribute.get(field, field))
    ]


def trace_of(present: ResultNotice, corrected: ResultNotice, fields: list[str]) -> dict[str, Any]:
    """What stood in fields before a correction: masked as the corrected notice is, if that is stricter."""
    before = copy_of(present)
    before.counterpart_kind = corrected.counterpart_kind
    before.mask()
    return {
        field: value_for_trace(getattr(present if field == "counterpart_kind" else before, field)) for field in fields
    }


@transaction.atomic
def correct(notice: ResultNotice, reason: str, *, user: Any = None, **fields: Any) -> ResultChange | None:
    """Correct a notice; `fields` as for `publish_result`. What stood there before is kept, with the reason.

    Out: the trace; None where nothing differs, and then nothing is written. Raises ValidationError, by field, for what
    breaks a rule or lacks a reason, and for a notice that was withdrawn. The object that was given isn't changed.
    """
    present = ResultNotice.objects.select_for_update().get(pk=notice.pk)
    refuse_if_withdrawn(present)
    corrected = copy_of(present)
    for field, value in fields.items():
        setattr(corrected, field, value)
    faults = faults_of(corrected)
    corrected.mask()
    faults += duplicate_faults(corrected)
    differing = differing_fields(present, corrected)
    if not differing and not faults:
        return None
    faults += reason_faults(reason, _("Say why the notice is corrected."))
    if faults:
        raise errors_of(faults)
    if "decided_on" in differing:
        corrected.published_within = working_days_taken(corrected, read_calendar(corrected.decided_on))
    before = trace_of(present, corrected, differing)
    change = trace(corrected, ResultChange.Kind.CORRECTION, reason, before, user)
    log(corrected, CORRECTED, user=user, data={"fields": differing, "reason": change.reason})
    return change


@transaction.atomic
def withdraw(notice: ResultNotice, reason: str, *, user: Any = None) -> ResultChange:
    """Withdraw a notice: its address stays and says so, with the reason, in place of what was decided.

    Raises ValidationError without a reason, and for a notice that was withdrawn before.
    """
    present = ResultNotice.objects.select_for_update().get(pk=notice.pk)
    refuse_if_withdrawn(present)
    faults = reason_faults(reason, _("Say why the notice is withdrawn."))
    if faults:
        raise errors_of(faults)
    present.withdrawn_at = timezone.now()
    change = trace(present, ResultChange.Kind.WITHDRAWAL, reason, {}, user)
    log(present, WITHDRAWN, user=user, data={"reason": change.reason})
    return change


def reason_faults(reason: str, if_missing: str) -> list[Fault]:
    """What is wrong with the reason of a change."""
    longest = ResultChange._meta.get_field("reason").max_length or 0
    if not reason.strip():
        return [Fault("reason", "blank", if_missing)]
    if len(reason.strip()) > longest:
        return [Fault("reason", "max_length", _("At most %(longest)d characters.") % {"longest": longest})]
    return []


def refuse_if_withdrawn(notice: ResultNotice) -> None:
    """Raises ValidationError for a notice that was withdrawn: nothing changes it any more."""
    if notice.is_withdrawn:
        raise ValidationError(_("The notice was withdrawn. Nothing changes it any more."))


def trace(notice: ResultNotice, kind: str, reason: str, before: dict[str, Any], user: Any) -> ResultChange:
    """Save a notice that has changed, and the trace of it. The reason is public: it is masked like any text."""
    notice.changed_at = notice.withdrawn_at or timezone.now()
    notice.save()
    return ResultChange.objects.create(
        notice=notice,
        kind=kind,
        reason=masked_text(reason.strip()),
        before=before,
        changed_at=notice.changed_at,
        changed_by=user,
    )
