"""`manage.py deadline` and `manage.py import_calendar`, as one calls them."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.calendar import read_calendar
from core.models import CalendarDay, CalendarOverride
from core.tests.holidays import DAYS_OF_2027, notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]):
    def call(*arguments: str) -> str:
        call_command(*arguments)
        return capsys.readouterr().out

    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "2027.csv"
    path.write_bytes(notice(*DAYS_OF_2027))
    return path


# -- deadline ---------------------------------------------------------------------------------------


def test_a_deadline_as_json(output) -> None:
    assert json.loads(output("deadline", "--accepted", "2026-02-13", "--days", "3", "--format", "json")) == {
        "due": "2026-02-25",
        "provisional": False,
        "counted": ["2026-02-14", "2026-02-24", "2026-02-25"],
    }


def test_a_deadline_with_suspensions_and_an_extension(output) -> None:
    suspensions = ["--suspend", "2026-06-02:2026-06-02", "--suspend", "2026-06-04:2026-06-05"]
    found = output("deadline", "--accepted=2026-06-01", "--days=2", *suspensions, "--extend=1", "--format=json")
    assert json.loads(found)["counted"] == ["2026-06-03", "2026-06-08", "2026-06-09"]


def test_a_deadline_past_what_is_published_is_provisional(output) -> None:
    assert json.loads(output("deadline", "--accepted=2026-12-31", "--days=1", "--format=json")) == {
        "due": "2027-01-01",
        "provisional": True,
        "counted": ["2027-01-01"],
    }


def test_a_deadline_follows_the_publishing_of_a_year(output, file: Path) -> None:
    output("import_calendar", str(file))
    assert json.loads(output("deadline", "--accepted=2026-12-31", "--days=1", "--format=json")) == {
        "due": "2027-01-04",
        "provisional": False,
        "counted": ["2027-01-04"],
    }


def test_a_deadline_under_an_open_suspension_is_not_known(output) -> None:
    found = output("deadline", "--accepted=2026-06-01", "--days=5", "--suspend=2026-06-03:", "--format=json")
    assert json.loads(found) == {"due": None, "provisional": False, "counted": ["2026-06-02"]}


def test_a_deadline_in_months(output) -> None:
    assert json.loads(output("deadline", "--accepted=2026-03-09", "--days=1", "--unit=months", "--format=json"))[
        "due"
    ] == ("2026-04-09")


def test_a_deadline_for_people(output) -> None:
    found = output("deadline", "--accepted=2026-12-30", "--days=2")
    assert "2027年1月1日" in found
    assert re.findall(r"\d{4}-\d\d-\d\d", found) == ["2026-12-31", "2027-01-01"]
    assert len(found.splitlines()) == 4, "due, provisional, two days"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--accepted=1 June", "--days=1"], "1 June"),
        (["--accepted=2026-02-30", "--days=1"], "2026-02-30"),
        (["--accepted=2026-06-01", "--days=one"], "one"),
        (["--accepted=2026-06-01", "--days=-1"], "-1"),
        (["--accepted=2026-06-01", "--days=10000"], "10000"),
        (["--accepted=2026-06-01", "--days=1", "--unit=weeks"], "weeks"),
        (["--accepted=2026-06-01", "--days=1", "--extend=-2"], "0"),
        (["--accepted=2026-06-01", "--days=1", "--suspend=2026-06-02"], "2026-06-02"),
        (["--accepted=2026-06-01", "--days=1", "--suspend=2026-06-05:2026-06-04"], "2026-06-04"),
        (["--accepted=2026-06-01", "--days=1", "--suspend=:2026-06-04"], "“”"),
        (["--accepted=9999-12-30", "--days=9"], "9999"),
    ],
)
def test_bad_input_ends_with_1_and_says_what_is_bad(arguments: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=re.escape(told)) as found:
        call_command("deadline", *arguments, "--format=json")
    assert found.value.returncode == 1


# -- import_calendar --------------------------------------------------------------------------------


def test_an_import_as_json(output, file: Path) -> None:
    CalendarOverride.objects.create(date="2027-01-01", kind="working", reason="值守")
    assert json.loads(output("import_calendar", str(file), "--format=json")) == {
        "year": 2027,
        "added": 9,
        "changed": 0,
        "removed": 0,
        "unchanged": 0,
        "overrides": [{"date": "2027-01-01", "kind": "working", "reason": "值守"}],
        "errors": [],
    }
    assert 2027 in read_calendar().published_years


def test_a_dry_run_as_json(output, file: Path) -> None:
    assert json.loads(output("import_calendar", str(file), "--dry-run", "--format=json"))["added"] == 9
    assert 2027 not in read_calendar().published_years


def test_faults_as_json_end_with_1(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_bytes(notice(*DAYS_OF_2027, "2027-02-09,off,春节,Spring Festival"))
    before = CalendarDay.objects.count()
    with pytest.raises(SystemExit) as ended:
        call_command("import_calendar", str(file), "--format=json")
    assert ended.value.code == 1
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert (error["line"], error["code"]) == (11, "unknown_kind")
    assert "off" in error["message"]
    assert CalendarDay.objects.count() == before


def test_an_import_for_people_tells_what_was_kept(output, file: Path) -> None:
    CalendarOverride.objects.create(date="2027-01-01", kind="working", reason="值守")
    found = output("import_calendar", str(file)).splitlines()
    assert "2027年1月1日" in found[0]
    assert "值守" in found[0]
    assert re.findall(r"\d+", found[1]) == ["2027", "9", "0", "0", "0"]


def test_faults_for_people_have_their_lines(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_bytes(notice(*DAYS_OF_2027, "2027-02-09,off,春节,Spring Festival"))
    with pytest.raises(CommandError, match="1"):
        call_command("import_calendar", str(file))
    assert re.search(r"11.*off", capsys.readouterr().err)
