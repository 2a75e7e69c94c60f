"""The reader of CSV files that people made, where it takes more than the columns that are asked for."""

from core.csv_file import Fault, read_rows


def test_other_columns_are_taken_where_the_reader_says_so() -> None:
    content = "code,说明,\nA1, 茶 ,x\n".encode()
    faults: list[Fault] = []
    (row,) = read_rows(content, ["code"], faults, Fault, other_columns=True, strip=False)
    assert (row.line, dict(row.fields), faults) == (2, {"code": "A1", "说明": " 茶 ", "#3": "x"}, [])
    assert read_rows(content, ["code"], faults, Fault) == []
    assert {fault.code for fault in faults} == {"unknown_column"}


def test_a_column_that_stands_twice_is_a_fault_all_the_same() -> None:
    faults: list[Fault] = []
    assert read_rows(b"code,a,a\n1,2,3\n", ["code"], faults, Fault, other_columns=True) == []
    assert [fault.code for fault in faults] == ["duplicate_column"]


def test_a_field_may_be_as_long_as_a_guide() -> None:
    faults: list[Fault] = []
    (row,) = read_rows(b"code\n" + b"x" * 200_000 + b"\n", ["code"], faults, Fault)
    assert (len(row.fields["code"]), faults) == (200_000, [])
