"""Lists of others, made up, of the form of the two that the built-in mappings read."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from guides.importing import import_catalogue
from guides.importing.mapping import load, parse
from guides.importing.report import Report

GUANGAN_ROW = {
    "department": "区市监局",
    "parent_item": "",
    "name": "茶馆登记",
    "item_code": "511A0000100001",
    "implementation_code": "511A0000100001-511602000000-000-11511301000000000X-1-00",
    "task_type_code": "1",
}

GUANGDONG_ROW: dict[str, Any] = {
    "TASK_CODE": "11440000000000000X2440199001001",
    "TASK_TYPE_TEXT": "行政许可",
    "LIMIT_SCENE_NUM": "1",
    "CATANAME": "茶艺师执业许可",
    "DEPT_NAME": "广东省文化和旅游厅",
    "AREA_CODE_TEXT": "广东省",
    "parentCatalogId": "44019900100Y",
    "TASK_TYPE": "01",
    "TASK_NAME": "茶艺师注册(新申请)",
    "subTaskName": "新申请",
    "parentCatalogName": "茶艺师执业许可",
    "CATAID": "440199001001",
    "AREACODE": "440000",
    "subCatalogName": "茶艺师注册",
    "ONLINECHECK": "1",
    "matter_name": "茶艺师注册",
    "matter_short": "无",
    "matter_daily": "茶艺,注册",
    "matter_code": "无",
    "matter_level": "省级",
    "visit_number": "1",
    "co_department": "无",
    "handle_location": "办理地点：某路1号政务大厅3号窗口",
    "handle_time": "20(工作日)",
    "handle_time_limit": "8(工作日)",
    "matter_type": "行政许可",
    "accept_standard": "1、年满十八周岁；\n2、取得茶艺师资格。",
    "consult_phone": "020-00000001",
    "courier_service": "是",
    "bear_paltform": "无",
    "complain_phone": "020-00000002",
    "online_book": "是",
    "district": "省级",
    "theme_category": ["其他"],
    "service_object_name": ["自然人", "其他组织"],
    "material_intro": ["茶艺师注册申请表", "身份证"],
}


def csv_of(rows: Sequence[Mapping[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def json_lines_of(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def workbook_of(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def guangan(*rows: Mapping[str, str], **options: Any) -> Report:
    """Import rows of the first form, each with what it has in place of the standard row."""
    return import_catalogue(csv_of([GUANGAN_ROW | row for row in rows]), load("guangan"), **options)


def guangdong(*rows: Mapping[str, Any], **options: Any) -> Report:
    """Import rows of the second form."""
    return import_catalogue(json_lines_of([GUANGDONG_ROW | row for row in rows]), load("guangdong"), **options)


def own_mapping(fields: Mapping[str, Any], **definition: Any) -> Any:
    """A mapping with the key column `code` and the name's column `name`."""
    return parse({"key": "code", "fields": {"name": "name", **fields}, **definition}, "test")


def imported(rows: Sequence[Mapping[str, Any]], fields: Mapping[str, Any], **definition: Any) -> Report:
    """Import JSON rows that have a code and a name, unless they say otherwise, with a mapping of the fields given."""
    full = [{"code": f"C{number}", "name": f"事项{number}", **row} for number, row in enumerate(rows, start=1)]
    return import_catalogue(json_lines_of(full), own_mapping(fields, **definition))


def codes(report: Report) -> list[tuple[int, str]]:
    """The findings as (row, code), from the top of the file to its end."""
    return sorted((finding.row, finding.code) for finding in report.findings)


def values(report: Report, code: str) -> list[str]:
    return [finding.value for finding in report.findings if finding.code == code]
