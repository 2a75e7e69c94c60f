"""Result notices for tests."""

from datetime import date
from typing import Any

from guides.models import CounterpartKind, ResultNotice
from guides.results import publish_result
from sites.models import Centre

CODE = "91350100M000100Y43"  # the example of GB 32100-2015
OTHER_CODE = "91440300708461136T"
DECISION: dict[str, Any] = {
    "item_name": "食品经营许可",
    "counterpart_name": "成都示例餐饮有限公司",
    "counterpart_kind": CounterpartKind.LEGAL,
    "counterpart_code": CODE,
    "legal_representative": "李示例",
    "document_name": "准予食品经营许可决定书",
    "decision_number": "锦市监许〔2026〕1号",
    "certificate_name": "食品经营许可证",
    "certificate_number": "JY25101040000001",
    "content": "准予热食类食品制售",
    "decided_on": date(2026, 11, 2),
    "valid_from": date(2026, 11, 2),
    "valid_until": date(2031, 11, 1),
    "authority": "锦江区市场监督管理局",
    "authority_code": "11510104MB1234567D",
}


def decision(**fields: Any) -> dict[str, Any]:
    """The fields of a decision that breaks no rule."""
    return {**DECISION, **fields}


def individual(**fields: Any) -> dict[str, Any]:
    """The same for an individual, not masked yet."""
    return decision(
        **{
            "counterpart_kind": CounterpartKind.NATURAL,
            "counterpart_name": "欧阳娜娜",
            "counterpart_code": "",
            "legal_representative": "",
            "identity_kind": "identity-card",
            "identity_number": "510104199001011234",
            **fields,
        }
    )


def notice_of(centre: Centre, number: str = "锦市监许〔2026〕1号", **fields: Any) -> ResultNotice:
    """A published notice."""
    return publish_result(centre, **{**DECISION, **fields, "decision_number": number})
