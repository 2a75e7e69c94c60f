"""Result notices in the admin: the own centre's alone, published, corrected and withdrawn with a reason."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu
from wagtail.models import ModelLogEntry

from guides.models import ResultChange, ResultNotice
from guides.results import correct, withdraw
from guides.tests.items import published_item
from guides.tests.results import decision, individual, notice_of
from sites.models import Centre

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def own(made_jinjiang: Centre) -> ResultNotice:
    return notice_of(made_jinjiang, "锦许1号")


@pytest.fixture
def other(made_wuhou: Centre) -> ResultNotice:
    return notice_of(made_wuhou, "武许1号", counterpart_name="武侯示例公司")


def filled(fields: dict[str, Any], **more: Any) -> dict[str, str]:
    """What a browser sends for a decision."""
    data = {"approval_kind": "ordinary", "status": "valid", **fields, **more}
    return {name: "" if value is None else str(value) for name, value in data.items()}


def sent(notice: ResultNotice, **changes: Any) -> dict[str, str]:
    """What a browser sends for a notice with some fields changed."""
    fields = {name: getattr(notice, name) for name in ResultNotice.DECISION_FIELDS}
    return filled({**fields, "item": notice.item_id}, **changes)


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_the_menu_of_the_centre_has_results(rf, people) -> None:
    request = rf.get(reverse("wagtailadmin_home"))
    request.user = people["editor"]
    menu = next(item for item in admin_menu.menu_items_for_request(request) if item.name == "centre").menu
    assert reverse("results:index") in [item.url for item in menu.menu_items_for_request(request)]


@pytest.mark.parametrize("name", ["editor", "head"])
def test_the_list_has_the_own_centres_notices_alone(admin, own, other, name: str) -> None:
    html = admin(name).get(reverse("results:index")).content.decode()
    assert "锦许1号" in html and "武许1号" not in html


def test_a_supervisor_sees_the_centres_below(admin, own, other) -> None:
    html = admin("supervisor").get(reverse("results:index")).content.decode()
    assert "锦许1号" in html and "武许1号" in html


@pytest.mark.parametrize("view", ["edit", "withdraw", "inspect", "history"])
def test_another_centres_notice_is_not_reached(admin, other, view: str) -> None:
    client = admin("editor")
    address = reverse(f"results:{view}", args=[other.pk])
    assert client.get(address).status_code in (302, 404)
    client.post(address, sent(other, content="篡改", reason="篡改"))
    other.refresh_from_db()
    assert (other.content, other.is_withdrawn) == ("准予热食类食品制售", False)


def test_an_editor_publishes_a_decision_of_the_own_centre(admin, people, made_jinjiang, made_wuhou) -> None:
    item = published_item()
    client = admin("editor")
    data = filled(individual(), centre=made_jinjiang.pk, item=item.pk)
    assert client.post(reverse("results:add"), {**data, "centre": made_wuhou.pk}).status_code == 200
    assert client.post(reverse("results:add"), data).status_code == 302
    notice = ResultNotice.objects.get()
    assert (notice.centre, notice.item, notice.counterpart_name) == (made_jinjiang, item, "欧阳**")
    assert (notice.source_unit, notice.source_unit_code) == (notice.authority, notice.authority_code)
    assert ModelLogEntry.objects.get(action="guides.result_published").user == people["editor"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"counterpart_code": "91350100M000100Y44"}, "counterpart_code"),
        ({"decided_on": "2999-01-01"}, "decided_on"),
        ({"valid_until": "2026-01-01"}, "valid_until"),
        ({"content": ""}, "content"),
        ({"approval_kind": "other"}, "approval_kind_note"),
        ({"decision_number": "锦许1号"}, "decision_number"),
    ],
)
def test_what_breaks_a_rule_is_told_at_its_field(admin, own, wrong: dict, field: str) -> None:
    data = filled(decision(decision_number="锦许2号"), centre=own.centre_id)
    response = admin("editor").post(reverse("results:add"), {**data, **wrong})
    assert list(errors(response)) == [field]
    assert len(errors(response)[field]) == 1
    assert ResultNotice.objects.count() == 1


def test_a_correction_needs_a_reason_and_leaves_a_trace(admin, people, own) -> None:
    client, address = admin("head"), reverse("results:edit", args=[own.pk])
    assert list(errors(client.post(address, sent(own, content="改", reason=" ")))) == ["reason"]
    assert client.post(address, sent(own, content="改", reason="内容有误")).status_code == 302
    change = ResultChange.objects.get()
    assert (change.before, change.reason) == ({"content": "准予热食类食品制售"}, "内容有误")
    assert change.changed_by == people["head"]
    html = client.get(reverse("results:inspect", args=[own.pk])).content.decode()
    assert "准予热食类食品制售" in html and "内容有误" in html and str(people["head"]) in html


def test_a_correction_that_changes_nothing_is_none(admin, own) -> None:
    client = admin("editor")
    response = client.post(reverse("results:edit", args=[own.pk]), sent(own, reason="无"), follow=True)
    assert not ResultChange.objects.exists()
    assert len(list(response.context["messages"])) == 1


def test_a_correction_keeps_an_individual_masked(admin, made_jinjiang) -> None:
    notice = notice_of(made_jinjiang, **individual())
    client, address = admin("editor"), reverse("results:edit", args=[notice.pk])
    client.post(address, sent(notice, counterpart_name="司马光明", reason="姓名有误"))
    notice.refresh_from_db()
    assert notice.counterpart_name == "司马**"
    assert ResultChange.objects.get().before == {"counterpart_name": "欧阳**"}


def test_a_withdrawal_needs_a_reason_and_ends_all_changing(admin, people, own) -> None:
    client, address = admin("editor"), reverse("results:withdraw", args=[own.pk])
    assert client.get(address).status_code == 200
    assert list(errors(client.post(address, {"reason": ""}))) == ["reason"]
    assert client.post(address, {"reason": "决定已撤销"}).status_code == 302
    own.refresh_from_db()
    assert own.is_withdrawn
    inspect = reverse("results:inspect", args=[own.pk])
    for view in ("edit", "withdraw"):
        again = reverse(f"results:{view}", args=[own.pk])
        assert client.get(again).url == inspect
        assert client.post(again, sent(own, content="改", reason="改")).url == inspect
    html = client.get(inspect).content.decode()
    assert "决定已撤销" in html and "准予热食类食品制售" in html
    assert ResultChange.objects.get().changed_by == people["editor"]


def test_history_tells_what_happened_and_why(admin, own) -> None:
    correct(own, "内容有误", content="改")
    withdraw(own, "决定已撤销")
    html = admin("editor").get(reverse("results:history", args=[own.pk])).content.decode()
    assert "内容有误" in html and "决定已撤销" in html


def test_nothing_is_deleted(admin, own) -> None:
    html = admin("head").get(reverse("results:edit", args=[own.pk])).content.decode()
    assert "/admin/results/delete/" not in html
    assert admin("head").post(f"/admin/results/delete/{own.pk}/").status_code == 404


def numbers(response: Any) -> list[str]:
    return [notice.decision_number for notice in response.context["object_list"]]


@pytest.fixture
def some(made_jinjiang: Centre, monkeypatch) -> None:
    """Two in time, of whom one is corrected later and one withdrawn, and a late one of an individual."""
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: datetime(2026, 11, 12, 9, tzinfo=SHANGHAI))
        notice_of(made_jinjiang, "锦许1号", **individual())
        corrected = notice_of(made_jinjiang, "锦许2号", decided_on=date(2026, 11, 4))
        withdrawn = notice_of(made_jinjiang, "锦许3号", decided_on=date(2026, 11, 5))
    correct(corrected, "有误", content="改")
    withdraw(withdrawn, "有误")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["锦许3号", "锦许2号", "锦许1号"]),
        ("late=true", ["锦许1号"]),
        ("late=false", ["锦许3号", "锦许2号"]),
        ("withdrawn=true", ["锦许3号"]),
        ("withdrawn=false", ["锦许2号", "锦许1号"]),
        ("corrected=true", ["锦许2号"]),
        ("counterpart_kind=natural", ["锦许1号"]),
        ("decided_on_from=2026-11-05", ["锦许3号"]),
        ("decided_on_to=2026-11-04", ["锦许2号", "锦许1号"]),
        ("q=欧阳", ["锦许1号"]),
        ("q=锦许2", ["锦许2号"]),
    ],
)
def test_the_list_is_searched_and_filtered(admin, some, query: str, expected: list[str]) -> None:
    assert numbers(admin("editor").get(f"{reverse('results:index')}?{query}")) == expected


def test_lateness_shows_in_the_list(admin, some) -> None:
    html = admin("editor").get(reverse("results:index")).content.decode()
    assert html.count("8个工作日：逾期") == 1
    assert "6个工作日" in html and "6个工作日：" not in html


def test_who_has_one_centre_is_not_asked_which(admin, made_jinjiang) -> None:
    form = admin("editor").get(reverse("results:add")).context["form"]
    assert form.fields["centre"].widget.is_hidden
    assert form["centre"].value() == made_jinjiang.pk
    assert not admin("supervisor").get(reverse("results:add")).context["form"].fields["centre"].widget.is_hidden
