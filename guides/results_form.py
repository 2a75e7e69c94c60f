"""The national form of 双公示 for licences (2018 data standard of 信用中国): its columns, and the words in them.

Sources and what differs here: docs/results.md.
"""

from dataclasses import dataclass

from guides.models import ApprovalKind, CounterpartKind, DecisionStatus, IdentityDocument


@dataclass(frozen=True)
class FormColumn:
    """A column: the field that it fills, its name in the form, its code there, and what else it is called."""

    field: str
    name: str
    code: str
    also: tuple[str, ...] = ()


COLUMNS = (
    FormColumn("counterpart_name", "行政相对人名称", "XK_XDR_MC"),
    FormColumn("counterpart_kind", "行政相对人类别", "XK_XDR_LB"),
    FormColumn("counterpart_code", "行政相对人代码_1(统一社会信用代码)", "XK_XDR_SHXYM", ("行政相对人代码_1",)),
    FormColumn("registration_number", "行政相对人代码_2(工商注册号)", "XK_XDR_GSZC", ("行政相对人代码_2",)),
    FormColumn("organisation_code", "行政相对人代码_3(组织机构代码)", "XK_XDR_ZZJG", ("行政相对人代码_3",)),
    FormColumn("tax_number", "行政相对人代码_4(税务登记号)", "XK_XDR_SWDJ", ("行政相对人代码_4",)),
    FormColumn("institution_number", "行政相对人代码_5(事业单位证书号)", "XK_XDR_SYDW", ("行政相对人代码_5",)),
    FormColumn("association_number", "行政相对人代码_6(社会组织登记证号)", "XK_XDR_SHZZ", ("行政相对人代码_6",)),
    FormColumn("legal_representative", "法定代表人", "XK_FRDB", ("法定代表人姓名",)),
    FormColumn("identity_kind", "证件类型", "XK_XDR_ZJLX", ("自然人证件类型",)),
    FormColumn("identity_number", "证件号码", "XK_XDR_ZJHM", ("自然人证件号码",)),
    FormColumn("document_name", "行政许可决定文书名称", "XK_XKWS"),
    FormColumn("decision_number", "行政许可决定文书号", "XK_WSH", ("行政许可决定书文号",)),
    FormColumn("approval_kind", "许可类别", "XK_XKLB"),
    FormColumn("certificate_name", "许可证书名称", "XK_XKZS"),
    FormColumn("certificate_number", "许可编号", "XK_XKBH"),
    FormColumn("content", "许可内容", "XK_NR"),
    FormColumn("decided_on", "许可决定日期", "XK_JDRQ"),
    FormColumn("valid_from", "有效期自", "XK_YXQZ"),
    FormColumn("valid_until", "有效期至", "XK_YXQZI"),
    FormColumn("authority", "许可机关", "XK_XKJG"),
    FormColumn("authority_code", "许可机关统一社会信用代码", "XK_XKJGDM"),
    FormColumn("status", "当前状态", "XK_ZT"),
    FormColumn("source_unit", "数据来源单位", "XK_LYDW"),
    FormColumn("source_unit_code", "数据来源单位统一社会信用代码", "XK_LYDWDM"),
    FormColumn("remark", "备注", "BZ"),
)
# Of a legal representative's identity document nothing is kept.
NOT_KEPT = (
    FormColumn("", "法定代表人证件类型", "XK_FR_ZJLX"),
    FormColumn("", "法定代表人证件号码", "XK_FR_ZJHM", ("法定代表人身份证号", "XK_FR_SFZH")),
)
# Ours beside the form's: which item of the catalogue, and, in a file for several centres, whose decision.
ITEM = FormColumn("item", "事项编码", "ITEM_CODE")
ITEM_NAME = FormColumn("item_name", "许可事项名称", "XK_XMMC", ("项目名称",))
DIVISION = FormColumn("division", "地方编码", "DFBM")
# Ours in what is given away: told, and not read back.
PUBLISHED = FormColumn("published_at", "公示日期", "PUBLISHED")
CHANGED = FormColumn("changed_at", "更正日期", "CHANGED")
WITHDRAWN = FormColumn("withdrawn_at", "撤回日期", "WITHDRAWN")
REASON = FormColumn("reason", "更正或撤回原因", "REASON")

REQUIRED = tuple(
    each
    for each in COLUMNS
    if each.field
    in (
        "counterpart_name",
        "counterpart_kind",
        "document_name",
        "decision_number",
        "approval_kind",
        "content",
        "decided_on",
        "valid_from",
        "valid_until",
        "authority",
        "authority_code",
        "status",
        "source_unit",
        "source_unit_code",
    )
)

COUNTERPART_KINDS = {
    "自然人": CounterpartKind.NATURAL,
    "法人及非法人组织": CounterpartKind.LEGAL,
    "个体工商户": CounterpartKind.BUSINESS,
}
IDENTITY_DOCUMENTS = {
    "身份证": IdentityDocument.IDENTITY_CARD,
    "护照号": IdentityDocument.PASSPORT,
    "港澳居民来往内地通行证": IdentityDocument.HONG_KONG_MACAO_PERMIT,
    "台湾居民来往大陆通行证": IdentityDocument.TAIWAN_PERMIT,
    "外国人永久居留身份证": IdentityDocument.PERMANENT_RESIDENCE,
    "其他": IdentityDocument.OTHER,
}
APPROVAL_KINDS = {
    "普通": ApprovalKind.ORDINARY,
    "特许": ApprovalKind.CONCESSION,
    "认可": ApprovalKind.RECOGNITION,
    "核准": ApprovalKind.VERIFICATION,
    "登记": ApprovalKind.REGISTRATION,
    "其他": ApprovalKind.OTHER,
}
STATUSES = {"有效": DecisionStatus.VALID, "无效": DecisionStatus.INVALID}
STATUS_CODES = {"1": DecisionStatus.VALID, "2": DecisionStatus.INVALID}
# What the form calls a validity without an end; 2099-12-31 and 9999-12-31 mean the same.
FOR_GOOD = "长期"

WORDS: dict[str, dict[str, str]] = {
    "counterpart_kind": {kind: word for word, kind in COUNTERPART_KINDS.items()},
    "identity_kind": {kind: word for word, kind in IDENTITY_DOCUMENTS.items()},
    "approval_kind": {kind: word for word, kind in APPROVAL_KINDS.items()},
    "status": {status: word for word, status in STATUSES.items()},
}
