"""`import_results`: the national form in, all of a file or nothing, the same again changing nothing."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils.translation import override
from openpyxl import Workbook

from guides.models import ApprovalKind, ResultChange, ResultNotice
from guides.results import correct, withdraw
from guides.results_form import COLUMNS, REQUIRED
from guides.results_import import import_results
from guides.tests.items import published_item
from guides.tests.results import CODE, OTHER_CODE, individual, notice_of
from sites.models import Centre
from sites.tests.test_public_pages import get

pytestmark = pytest.mark.django_db
JINJIANG = "510104000000"
ROW = {
    "行政相对人名称": "成都示例餐饮有限公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1(统一社会信用代码)": CODE,
    "法定代表人": "李示例",
    "证件类型": "",
    "证件号码": "",
    "行政许可决定文书名称": "准予食品经营许可决定书",
    "行政许可决定文书号": "锦许1号",
    "许可类别": "普通",
    "许可证书名称": "食品经营许可证",
    "许可编号": "JY25101040000001",
    "许可内容": "准予热食类食品制售",
    "许可决定日期": "2026-11-02",
    "有效期自": "2026/11/2",
    "有效期至": "2031年11月1日",
    "许可机关": "锦江区市场监督管理局",
    "许可机关统一社会信用代码": OTHER_CODE,
    "当前状态": "1",
    "数据来源单位": "锦江区政务服务中心",
    "数据来源单位统一社会信用代码": "00000000000000000X",
    "备注": "",
}
PERSON = {
    "行政相对人名称": "欧阳娜娜",
    "行政相对人类别": "自然人",
    "行政相对人代码_1(统一社会信用代码)": "",
    "法定代表人": "",
    "证件类型": "身份证",
    "证件号码": "510104199001011234",
    "行政许可决定文书号": "锦许2号",
}


@pytest.fixture
def jinjiang(made_jinjiang: Centre) -> Centre:
    return made_jinjiang


def as_csv(*rows: dict[str, str]) -> bytes:
    """A file with the columns of the first row."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def counts(report: Any) -> tuple[int, int, int, int, int]:
    return report.rows, report.added, report.changed, report.unchanged, report.refused


def found(report: Any) -> list[tuple[int, str, str]]:
    return [(finding.row, finding.field, finding.code) for finding in report.findings]


# -- What is taken ------------------------------------------------------------------


def test_rows_in_the_national_form_become_notices(jinjiang: Centre) -> None:
    report = import_results(as_csv(ROW, {**ROW, **PERSON}), JINJIANG)
    assert (counts(report), found(report)) == ((2, 2, 0, 0, 0), [])
    company, person = ResultNotice.objects.order_by("decision_number")
    assert (company.centre, company.counterpart_name, company.counterpart_kind) == (
        jinjiang, "成都示例餐饮有限公司", "legal"
    )  # fmt: skip
    dates = (company.decided_on, company.valid_from, company.valid_until)
    assert dates == (date(2026, 11, 2), date(2026, 11, 2), date(2031, 11, 1))
    assert (company.status, company.source_unit) == ("valid", "锦江区政务服务中心")
    assert company.published_within is not None
    assert (person.counterpart_name, person.identity_kind, person.identity_number) == (
        "欧阳**", "identity-card", "51**************34"
    )  # fmt: skip


def test_the_same_file_again_changes_nothing(jinjiang: Centre) -> None:
    content = as_csv(ROW, {**ROW, **PERSON})
    import_results(content, JINJIANG)
    assert counts(import_results(content, JINJIANG)) == (2, 0, 0, 2, 0)
    assert not ResultChange.objects.exists()


def test_a_row_that_differs_corrects_the_notice_with_a_trace(jinjiang: Centre) -> None:
    import_results(as_csv(ROW), JINJIANG)
    report = import_results(as_csv({**ROW, "当前状态": "2", "有效期至": "2099-12-31"}), JINJIANG)
    assert counts(report) == (1, 0, 1, 0, 0)
    notice, change = ResultNotice.objects.get(), ResultChange.objects.get()
    assert (notice.status, notice.valid_until) == ("invalid", None)
    assert change.before == {"valid_until": "2031-11-01", "status": "valid"}
    assert change.reason == "批量导入更新"


def test_a_dry_run_tells_the_same_and_does_nothing(jinjiang: Centre) -> None:
    assert counts(import_results(as_csv(ROW), JINJIANG, dry_run=True)) == (1, 1, 0, 0, 0)
    assert not ResultNotice.objects.exists()


def test_what_is_exported_comes_back_unchanged(client: Client, jinjiang: Centre) -> None:
    other = {"approval_kind": "other", "approval_kind_note": "备案", "valid_until": None, "content": "=1+1\n第二行"}
    notice_of(jinjiang, "锦许1号", item=published_item(), **other)
    notice_of(jinjiang, "锦许2号", **individual(status="invalid", identity_kind="other", remark="'引号"))
    corrected, withdrawn = notice_of(jinjiang, "锦许3号"), notice_of(jinjiang, "锦许4号")
    correct(corrected, "有误", content="改")
    withdraw(withdrawn, "有误")
    exported = b"".join(get(client, "/results.csv"))
    report = import_results(exported, JINJIANG)
    assert counts(report) == (4, 0, 0, 4, 0)
    assert [code for _row, _field, code in found(report)] == ["withdrawn"]


def test_a_withdrawn_notice_stays_withdrawn(jinjiang: Centre) -> None:
    import_results(as_csv(ROW), JINJIANG)
    withdraw(ResultNotice.objects.get(), "有误")
    report = import_results(as_csv({**ROW, "许可内容": "改"}), JINJIANG)
    assert (counts(report), found(report)) == ((1, 0, 0, 1, 0), [(2, "行政许可决定文书号", "withdrawn")])
    assert ResultChange.objects.count() == 1


def test_a_workbook_with_dates_and_numbers_in_its_cells(jinjiang: Centre) -> None:
    workbook = Workbook()
    workbook.active.append(list(ROW))
    values = {
        **ROW,
        "许可决定日期": date(2026, 11, 2),
        "有效期自": date(2026, 11, 2),
        "当前状态": 1,
        "有效期至": "长期",
    }
    workbook.active.append(list(values.values()))
    file = io.BytesIO()
    workbook.save(file)
    assert counts(import_results(file.getvalue(), JINJIANG)) == (1, 1, 0, 0, 0)
    notice = ResultNotice.objects.get()
    assert (notice.decided_on, notice.valid_until) == (date(2026, 11, 2), None)


def test_headings_may_be_codes_or_written_otherwise(jinjiang: Centre) -> None:
    codes = {column.name: column.code for column in COLUMNS}
    assert counts(import_results(as_csv({codes[name]: value for name, value in ROW.items()}), JINJIANG))[1] == 1
    renamed = {name.replace("(", " （").replace(")", "）"): value for name, value in ROW.items()}
    assert counts(import_results(as_csv(renamed), JINJIANG))[3] == 1


def test_each_row_may_say_whose_decision_it_is(jinjiang: Centre, made_wuhou: Centre) -> None:
    rows = ({**ROW, "地方编码": "510104"}, {**ROW, "地方编码": "510107000000"})
    assert counts(import_results(as_csv(*rows))) == (2, 2, 0, 0, 0)
    assert {notice.centre for notice in ResultNotice.objects.all()} == {jinjiang, made_wuhou}


def test_an_item_of_the_catalogue_is_linked_by_its_code(jinjiang: Centre) -> None:
    item = published_item("A1")
    import_results(as_csv({**ROW, "事项编码": "A1"}), JINJIANG)
    assert ResultNotice.objects.get().item == item
    # A file without the column leaves the link.
    assert counts(import_results(as_csv(ROW), JINJIANG)) == (1, 0, 0, 1, 0)


def test_another_kind_of_approval_keeps_its_words(jinjiang: Centre) -> None:
    import_results(as_csv({**ROW, "许可类别": "其他-备案"}), JINJIANG)
    notice = ResultNotice.objects.get()
    assert (notice.approval_kind, notice.approval_kind_note) == (ApprovalKind.OTHER, "备案")
    import_results(as_csv(ROW), JINJIANG)
    notice.refresh_from_db()
    assert (notice.approval_kind, notice.approval_kind_note) == (ApprovalKind.ORDINARY, "")


def test_numbers_of_who_represents_are_not_kept_and_unknown_columns_not_read(jinjiang: Centre) -> None:
    report = import_results(as_csv({**ROW, "法定代表人证件号码": "510104199001011234", "自编": "x"}), JINJIANG)
    assert counts(report) == (1, 1, 0, 0, 0)
    assert found(report) == [(1, "自编", "unknown_column"), (2, "法定代表人证件号码", "not_kept")]
    assert "1990" not in json.dumps(report.as_dict())


# -- What is refused ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"许可决定日期": "2026-13-01"}, "许可决定日期", "bad_date"),
        ({"许可决定日期": ""}, "许可决定日期", "bad_date"),
        ({"有效期至": ""}, "有效期至", "bad_date"),
        ({"有效期至": "2026-01-01"}, "有效期至", "validity_reversed"),
        ({"许可决定日期": "2999-01-01"}, "许可决定日期", "in_future"),
        ({"行政相对人类别": "公司"}, "行政相对人类别", "unknown_value"),
        ({"行政相对人类别": ""}, "行政相对人类别", "blank"),
        ({"许可类别": "特殊"}, "许可类别", "unknown_value"),
        ({"许可类别": "其他"}, "approval_kind_note", "blank"),
        ({"当前状态": "0"}, "当前状态", "unknown_value"),
        ({"行政许可决定文书号": ""}, "行政许可决定文书号", "blank"),
        ({"许可内容": ""}, "许可内容", "blank"),
        ({"行政相对人代码_1(统一社会信用代码)": CODE[:-1] + "9"}, "行政相对人代码_1(统一社会信用代码)", "bad_code"),
        ({"行政相对人代码_1(统一社会信用代码)": ""}, "行政相对人代码_1(统一社会信用代码)", "no_code"),
        ({"许可机关统一社会信用代码": "123"}, "许可机关统一社会信用代码", "bad_code"),
        ({"行政相对人名称": "长" * 201}, "行政相对人名称", "max_length"),
        ({"事项编码": "NONE"}, "事项编码", "unknown_item"),
        ({"地方编码": "510107"}, "地方编码", "other_division"),
    ],
)
def test_a_row_that_is_wrong_refuses_the_whole_file(jinjiang: Centre, wrong: dict, field: str, code: str) -> None:
    extra = {name: "" for name in wrong if name not in ROW}
    good = {**ROW, **extra, "行政许可决定文书号": "锦许9号"}
    report = import_results(as_csv(good, {**ROW, **wrong}), JINJIANG)
    assert (counts(report), found(report)) == ((2, 0, 0, 0, 1), [(3, field, code)])
    assert not ResultNotice.objects.exists()


def test_a_decision_that_stands_twice_is_refused(jinjiang: Centre) -> None:
    assert found(import_results(as_csv(ROW, ROW), JINJIANG)) == [(3, "行政许可决定文书号", "duplicate_decision")]


@pytest.mark.parametrize(
    ("division", "code"), [("", "no_division"), ("510199", "unknown_centre"), ("x", "unknown_centre")]
)
def test_a_row_of_nobody_is_refused(jinjiang: Centre, division: str, code: str) -> None:
    assert found(import_results(as_csv({**ROW, "地方编码": division}))) == [(2, "地方编码", code)]


@pytest.mark.parametrize("column", REQUIRED, ids=lambda column: column.field)
def test_a_column_that_the_form_needs_must_be_there(jinjiang: Centre, column: Any) -> None:
    report = import_results(as_csv({name: value for name, value in ROW.items() if name != column.name}), JINJIANG)
    assert found(report) == [(1, column.name, "missing_column")]


def test_a_column_under_two_names_is_refused(jinjiang: Centre) -> None:
    assert found(import_results(as_csv({**ROW, "XK_NR": "x"}), JINJIANG)) == [(1, "XK_NR", "column_twice")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        ("行政相对人名称\n成都".encode("gb18030"), "wrong_encoding_guess"),
        (b"PK\x03\x04broken", "unreadable"),
        (b'a,b\n"x', "bad_csv"),
    ],
)
def test_what_is_no_file_of_the_form_is_refused(jinjiang: Centre, content: bytes, code: str) -> None:
    assert code in [finding.code for finding in import_results(content, JINJIANG).findings]


def test_findings_name_the_fault_in_the_readers_language(jinjiang: Centre) -> None:
    report = import_results(as_csv({**ROW, "许可决定日期": "昨天"}), JINJIANG)
    assert report.findings[0].message == "“昨天”不是日期，应写成2026-06-01的样子。"
    with override("en"):
        assert report.findings[0].message == "“昨天” is no date; one is written like 2026-06-01."


def test_refused_rows_are_told_masked(jinjiang: Centre) -> None:
    report = import_results(as_csv({**ROW, **PERSON, "许可内容": ""}), JINJIANG)
    assert report.refused == 1
    assert "娜" not in json.dumps(report.as_dict(), ensure_ascii=False)


# -- The command --------------------------------------------------------------------


def run(file: Path, *options: str) -> tuple[str, int]:
    output, errors = io.StringIO(), io.StringIO()
    try:
        call_command("import_results", str(file), *options, stdout=output, stderr=errors)
    except SystemExit as ended:
        return output.getvalue() + errors.getvalue(), int(ended.code or 0)
    return output.getvalue() + errors.getvalue(), 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "results.csv"
    path.write_bytes(as_csv(ROW))
    return path


def test_the_command_answers_in_json(jinjiang: Centre, file: Path) -> None:
    output, code = run(file, "--division", JINJIANG, "--format", "json")
    assert json.loads(output) == {"rows": 1, "added": 1, "changed": 0, "unchanged": 0, "refused": 0, "findings": []}
    assert code == 0


def test_the_command_ends_with_1_when_it_refuses(jinjiang: Centre, file: Path) -> None:
    file.write_bytes(as_csv({**ROW, "当前状态": "0"}))
    output, code = run(file, "--division", JINJIANG, "--format", "json")
    report = json.loads(output)
    assert (report["refused"], code) == (1, 1)
    assert set(report["findings"][0]) == {"row", "field", "value", "code", "message"}
    output, code = run(file, "--division", JINJIANG)
    assert "第2行，当前状态" in output and code == 1


def test_the_command_takes_no_unknown_division_or_file(jinjiang: Centre, file: Path) -> None:
    with pytest.raises(CommandError):
        run(file, "--division", "999999999999")
    assert run(file.with_name("none.csv"), "--division", JINJIANG)[1] == 1


def test_the_command_tells_what_it_did(jinjiang: Centre, file: Path) -> None:
    assert "共1行：将新增1行" in run(file, "--division", JINJIANG, "--dry-run")[0]
    assert "共1行：新增1行" in run(file, "--division", JINJIANG)[0]
