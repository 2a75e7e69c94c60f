"""The calendar of working days in the admin: a year at a glance, and deciding on a day with a reason."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.calendar import read_calendar
from core.models import CalendarOverride
from core.working_days import is_working_day
from sites.tests.people import refused

pytestmark = pytest.mark.django_db
YEAR = reverse("calendaroverride:index")
ADD = reverse("calendaroverride:add")
DECIDED = {"date": "2026-12-25", "kind": "holiday", "reason": "省政府办公厅通知"}


@pytest.fixture
def province(admin):
    return admin("province")


@pytest.fixture
def override() -> CalendarOverride:
    return CalendarOverride.objects.create(**DECIDED)


def cells(response) -> dict[date, object]:
    months = response.context["months"]
    return {day.date: day for _, weeks in months for week in weeks for day in week if day}


def works(day: date) -> bool:
    return is_working_day(day, read_calendar())


def test_a_year_shows_every_day_with_its_mark(province) -> None:
    response = province.get(YEAR, {"year": "2026"})
    days = cells(response)
    assert len(days) == 365
    calendar = read_calendar()
    assert all(cell.works == is_working_day(day, calendar) for day, cell in days.items())
    marks = {day: cell.mark for day, cell in days.items() if cell.mark}
    assert len(marks) == 33 + 6
    assert marks[date(2026, 2, 17)] != marks[date(2026, 2, 28)]
    assert "春节" in days[date(2026, 2, 17)].description
    assert response.context["number"] == 248
    assert response.context["published"]


def test_weeks_begin_with_monday(province) -> None:
    _, weeks = province.get(YEAR, {"year": "2026"}).context["months"][1]
    assert [day and day.date.day for day in weeks[0]] == [None] * 6 + [1]


def test_a_year_that_is_not_published_says_so(province) -> None:
    response = province.get(YEAR, {"year": "2027"})
    assert not response.context["published"]
    assert response.context["number"] == 261


@pytest.mark.parametrize("year", ["", "0", "99999", "next", "二〇二六"])
def test_no_year_at_all_is_this_year(province, year: str) -> None:
    response = province.get(YEAR, {"year": year})
    assert response.context["year"] == date.today().year


def test_a_day_leads_to_a_form_that_knows_it(province) -> None:
    days = cells(province.get(YEAR, {"year": "2026"}))
    form = province.get(days[date(2026, 2, 17)].url).context["form"]
    assert form.initial == {"date": date(2026, 2, 17), "kind": "working"}
    form = province.get(days[date(2026, 12, 25)].url).context["form"]
    assert form.initial == {"date": date(2026, 12, 25), "kind": "holiday"}
    assert province.get(ADD, {"date": "2026-02-30"}).context["form"].initial == {}


def test_deciding_on_a_day_is_in_force_and_on_record(province, people) -> None:
    assert works(date(2026, 12, 25))
    response = province.post(ADD, DECIDED)
    assert response["location"] == f"{YEAR}?year=2026"
    assert not works(date(2026, 12, 25))
    made = CalendarOverride.objects.get()
    assert made.decided_by == people["province"]
    entry = ModelLogEntry.objects.for_instance(made).get()
    assert (entry.action, entry.user) == ("wagtail.create", people["province"])


def test_a_decision_needs_a_reason(province) -> None:
    response = province.post(ADD, DECIDED | {"reason": " "})
    assert list(response.context["form"].errors) == ["reason"]
    assert not CalendarOverride.objects.exists()


def test_a_day_is_decided_on_once(province, override) -> None:
    response = province.post(ADD, DECIDED | {"kind": "working"})
    assert list(response.context["form"].errors) == ["date"]


def test_the_year_shows_what_was_decided(province, override) -> None:
    response = province.get(YEAR, {"year": "2026"})
    cell = cells(response)[date(2026, 12, 25)]
    assert cell.overridden
    assert cell.mark
    assert "省政府办公厅通知" in cell.description
    assert cell.url == reverse("calendaroverride:edit", args=[override.pk])
    assert list(response.context["object_list"]) == [override]
    assert list(province.get(YEAR, {"year": "2025"}).context["object_list"]) == []


def test_changing_a_decision_names_who_changed_it(province, people, override) -> None:
    edit = reverse("calendaroverride:edit", args=[override.pk])
    response = province.post(edit, DECIDED | {"kind": "working", "date": "2025-10-05"})
    assert response["location"] == f"{YEAR}?year=2025"
    override.refresh_from_db()
    assert override.decided_by == people["province"]
    assert works(date(2025, 10, 5))
    assert works(date(2026, 12, 25))


def test_a_decision_that_is_taken_back_stays_on_record(province, people, override) -> None:
    response = province.post(reverse("calendaroverride:delete", args=[override.pk]))
    assert response["location"] == f"{YEAR}?year=2026"
    assert works(date(2026, 12, 25))
    assert ModelLogEntry.objects.get(action="wagtail.delete", deleted=True).user == people["province"]


def test_a_year_costs_the_same_however_much_was_decided(province, override, django_assert_max_num_queries) -> None:
    for day in range(1, 19):
        CalendarOverride.objects.create(date=date(2026, 3, day), kind="holiday", reason="测试")
    with django_assert_max_num_queries(22):
        province.get(YEAR, {"year": "2026"})


@pytest.mark.parametrize("name", ["head", "supervisor", "catalogue"])
def test_nobody_else_decides(admin, name: str) -> None:
    admin(name).post(ADD, DECIDED)
    assert not CalendarOverride.objects.exists()


# -- The notice for a year --------------------------------------------------------------------------

NOTICE = """date,kind,name,name_en
2031-01-01,holiday,元旦,New Year's Day
2031-05-01,holiday,劳动节,Labour Day
2031-10-01,holiday,国庆节,National Day
2031-10-02,holiday,国庆节,National Day
2031-10-03,holiday,国庆节,National Day
2031-09-28,working,国庆节,National Day
"""


def sent(client, text: str, **extra: str):
    file = SimpleUploadedFile("2031.csv", text.encode())
    return client.post(reverse("calendaroverride:import"), {"file": file, **extra})


def test_the_notice_for_a_year_is_uploaded_and_publishes_it(province) -> None:
    assert reverse("calendaroverride:import") in province.get(YEAR).content.decode()
    response = sent(province, NOTICE)
    assert response.url == f"{YEAR}?year=2031"
    assert not works(date(2031, 10, 1))
    assert works(date(2031, 9, 28))
    assert province.get(response.url).context["published"]


def test_a_notice_is_only_checked_where_that_is_asked(province) -> None:
    report = sent(province, NOTICE, check="1").context["report"]
    assert (report.year, report.added, report.errors) == (2031, 6, [])
    assert works(date(2031, 10, 1))


def test_a_faulty_notice_changes_nothing_and_says_where_it_is_wrong(province) -> None:
    response = sent(province, NOTICE.replace("2031-05-01", "2031-05-32"))
    assert "2031-05-32" in response.content.decode()
    assert works(date(2031, 10, 1))
    assert sent(province, "").context["form"].errors["file"]


def test_only_who_runs_the_group_imports_a_notice(admin) -> None:
    assert refused(sent(admin("supervisor"), NOTICE))
    assert works(date(2031, 10, 1))
