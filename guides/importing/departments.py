"""From the source's names of departments to ours; what we don't have is added, with its Chinese name alone."""

import re
from collections.abc import Mapping

from guides.facts import Rows
from guides.importing.report import Report
from sites.models import Department
from sites.romanise import pinyin_words

LONGEST_CODE = Department._meta.get_field("code").max_length or 0
LONGEST_NAME = Department._meta.get_field("name").max_length or 0


class Departments:
    """The departments that there are, and those that an import adds (`added`, unsaved until it writes)."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.added: list[Department] = []
        self.found: dict[str, str] = {}
        departments = rows.known[Department].values()
        self.last_order = max((one.order for one in departments), default=0)
        self.by_name: dict[str, set[str]] = {}
        for one in departments:
            for name in (one.name_zh_hans, one.city_name_zh_hans, one.province_name_zh_hans):
                self.by_name.setdefault(name or "", set()).add(one.code)

    def code(self, name: str, table: Mapping[str, str | bool], row: int, column: str, report: Report) -> str:
        """The code of a department: by the mapping's table, by a name that one here has, or of one that is added.

        Empty where the name can't be a department's, or is that of several.
        """
        if name not in self.found:
            self.found[name] = self._code(name, str(table.get(name, "")), row, column, report)
        return self.found[name]

    def _code(self, name: str, mapped: str, row: int, column: str, report: Report) -> str:
        if mapped and self.rows.get(Department, mapped) is not None:
            return mapped
        if len(name) > LONGEST_NAME:
            report.add(row, column, name, "too_long", length=len(name), longest=LONGEST_NAME)
            return ""
        if not mapped:
            codes = self.by_name.get(name, set())
            if len(codes) > 1:
                report.add(row, column, name, "several_departments_of_that_name")
                return ""
            if codes:
                return next(iter(codes))
        self.last_order += 1
        department = Department(code=mapped or self._new_code(name), name_zh_hans=name, order=self.last_order)
        self.added.append(department)
        self.rows.add(department)
        report.add(row, column, name, "department_added", code=department.code)
        return department.code

    def _new_code(self, name: str) -> str:
        """The name in pinyin, as far as there is room, and a number where somebody has that code already."""
        slug = re.sub(r"[^a-z0-9]+", "-", pinyin_words(name).lower().replace("ü", "v")).strip("-") or "department"
        if len(slug) > LONGEST_CODE - 3:
            slug = slug[: LONGEST_CODE - 3].rpartition("-")[0] or slug[: LONGEST_CODE - 3]
        code, number = slug, 1
        while self.rows.get(Department, code) is not None:
            number += 1
            code = f"{slug}-{number}"
        return code
