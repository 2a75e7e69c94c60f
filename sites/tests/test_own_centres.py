"""A centre's facts and windows in the admin: who reaches which, and what a bad row is told."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry

from core.models import BasePage, User
from sites.models import Centre, Column, Department, GroupNotice, OpeningHours, Window
from sites.own_centres import centres_of

pytestmark = pytest.mark.django_db
SPAN = {"weekday": "0", "opens": "09:00", "closes": "12:00"}


def person(name: str, page: BasePage | None, *codenames: str, general: tuple[str, ...] = ()) -> User:
    """Somebody with rights on a page and what lies below, and with general ones."""
    user = User.objects.create_user(name, password="x")
    group = Group.objects.create(name=name)
    user.groups.add(group)
    group.permissions.add(*Permission.objects.filter(codename__in=["access_admin", *general]))
    for codename in codenames:
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    return user


@pytest.fixture
def editor(jinjiang: Centre) -> User:
    return person("jinjiang-editor", jinjiang.home, "add_basepage", "change_basepage")


@pytest.fixture
def head(jinjiang: Centre) -> User:
    return person("jinjiang-head", jinjiang.home, "change_basepage", "publish_basepage")


def as_user(client, user: User):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.defaults["HTTP_HOST"] = "jinjiang.chengdu.localhost:8000"
    return client


def facts(hours: list[dict] = (), **fields: str) -> dict[str, str]:
    data = {
        "opening_hours-TOTAL_FORMS": str(len(hours)),
        "opening_hours-INITIAL_FORMS": "0",
        "opening_hours-MIN_NUM_FORMS": "0",
        "opening_hours-MAX_NUM_FORMS": "1000",
        "facts-TOTAL_FORMS": "0",
        "facts-INITIAL_FORMS": "0",
        **fields,
    }
    for number, row in enumerate(hours):
        data |= {f"opening_hours-{number}-{name}": value for name, value in {"id": "", **row}.items()}
    return data


def test_own_centres_follow_the_rights_on_pages(editor, province, chengdu, jinjiang, wuhou) -> None:
    supervisor = person("chengdu", chengdu.folder, "change_basepage", "publish_basepage")
    assert set(centres_of(editor)) == {jinjiang}
    assert set(centres_of(editor, "publish")) == set()
    assert set(centres_of(supervisor)) == {chengdu, jinjiang, wuhou}
    assert set(centres_of(person("nobody", None))) == set()
    assert centres_of(User.objects.create_superuser("root", "r@example.org", "x")).count() == 4


def test_facts_in_both_languages_reach_the_site_and_the_log(client, editor, jinjiang) -> None:
    mode = jinjiang.service_modes.create(
        key="agency", name_zh_hans="代办", name_en="Agency", description_zh_hans="全", description_en="All"
    )
    jinjiang.service_modes.clear()
    data = facts(
        [SPAN, {**SPAN, "opens": "13:30", "closes": "17:00"}],
        address_zh_hans="锦江大道1号",
        address_en="1 Jinjiang Avenue",
        telephone="028-1",
        service_modes=str(mode.pk),
    )
    fact = {"id": "", "label_zh_hans": "驻地", "label_en": "Seat", "value_zh_hans": "书院街道", "value_en": "Shuyuan"}
    data |= {"facts-TOTAL_FORMS": "1", "facts-0-order": "0"}
    data |= {f"facts-0-{name}": value for name, value in fact.items()}
    address = reverse("centre:edit", args=[jinjiang.pk])
    form = as_user(client, editor).get(address).content.decode()
    assert 'name="address_zh_hans"' in form and 'name="address_en"' in form
    assert client.post(address, data).status_code == 302
    jinjiang = Centre.objects.get(pk=jinjiang.pk)
    assert (jinjiang.address_zh_hans, jinjiang.address_en) == ("锦江大道1号", "1 Jinjiang Avenue")
    assert [str(row.opens) for row in jinjiang.opening_hours.all()] == ["09:00:00", "13:30:00"]
    assert list(jinjiang.service_modes.all()) == [mode]
    assert [fact.value_en for fact in jinjiang.facts.all()] == ["Shuyuan"]
    assert ModelLogEntry.objects.get(action="wagtail.edit").user == editor


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"opens": "13:00", "closes": "12:00"}, "closes"),
        ({"opens": "11:00", "closes": "13:00"}, "opens"),
        ({"opens": "nine"}, "opens"),
    ],
)
def test_bad_hours_are_told_in_their_row(client, editor, jinjiang, row: dict, field: str) -> None:
    data = facts([SPAN, {**SPAN, **row}], telephone="typed")
    response = as_user(client, editor).post(reverse("centre:edit", args=[jinjiang.pk]), data)
    forms = response.context["form"].formsets["opening_hours"].forms
    assert [list(form.errors) for form in forms] == [[], [field]]
    assert "typed" in response.content.decode()
    assert not OpeningHours.objects.exists()


@pytest.mark.parametrize("name", ["centre:edit", "centre:history", "centre:history_results"])
def test_another_centres_facts_are_not_found(client, editor, wuhou, name: str) -> None:
    address = reverse(name, args=[wuhou.pk])
    assert as_user(client, editor).get(address).status_code in (302, 404)
    client.post(address, facts(telephone="stolen"))
    assert not Centre.objects.filter(telephone="stolen").exists()


def window(centre: Centre, number: str = "A1") -> Window:
    return Window.objects.create(centre=centre, number=number, name_zh_hans=f"窗口{centre.pk}", name_en="W")


@pytest.mark.parametrize("name", ["window:edit", "window:delete", "window:history", "window:history_results"])
def test_another_centres_windows_are_not_found(client, editor, jinjiang, wuhou, name: str) -> None:
    foreign = window(wuhou)
    address = reverse(name, args=[foreign.pk])
    assert as_user(client, editor).get(address).status_code in (302, 404)
    client.post(address, {"centre": jinjiang.pk, "number": "Z", "name_zh_hans": "x", "order": "0"})
    assert Window.objects.get() == foreign
    foreign.refresh_from_db()
    assert foreign.number == "A1"


def test_lists_and_choosers_show_own_rows_only(client, editor, jinjiang, wuhou) -> None:
    for centre in (jinjiang, wuhou):
        window(centre)
    as_user(client, editor)
    for address in (reverse("window:index"), reverse("window:index") + "?q=窗口"):
        html = client.get(address).content.decode()
        assert f"窗口{jinjiang.pk}" in html and f"窗口{wuhou.pk}" not in html
    for address in (reverse("centre:index"), reverse("own_centre_chooser:choose_results")):
        html = client.get(address).content.decode()
        assert jinjiang.name_zh_hans in html and wuhou.name_zh_hans not in html
    assert client.get(reverse("own_centre_chooser:chosen", args=[wuhou.pk])).status_code == 404
    assert client.get(reverse("own_centre_chooser:chosen_multiple") + f"?id={wuhou.pk}").json()["result"] == []


def test_a_window_with_departments_is_added_to_the_own_centre_only(client, editor, jinjiang, wuhou) -> None:
    tax = Department.objects.create(code="tax", name_zh_hans="税务局", name_en="Tax")
    data = {"number": "A1", "name_zh_hans": "税务", "name_en": "Tax", "order": "0", "departments": [str(tax.pk)]}
    as_user(client, editor)
    assert "centre" not in client.get(reverse("window:add")).context["form"].fields, "there is only one"
    assert client.post(reverse("window:add"), {**data, "centre": wuhou.pk}).status_code == 302
    assert list(Window.objects.get(centre=jinjiang).departments.all()) == [tax]
    response = client.post(reverse("window:add"), data)
    assert list(response.context["form"].errors) == ["number"]
    assert Window.objects.count() == 1


def test_a_centre_is_neither_added_nor_deleted_here(client, jinjiang) -> None:
    as_user(client, User.objects.create_superuser("root", "r@example.org", "x"))
    for path in ("new/", "add/", f"delete/{jinjiang.pk}/", f"copy/{jinjiang.pk}/"):
        assert client.post(reverse("centre:index") + path).status_code == 404


def test_only_the_head_switches_an_optional_column_off(client, editor, head, jinjiang, wuhou) -> None:
    Column.objects.filter(key="invest").update(required=False)
    address = reverse("centre:edit", args=[jinjiang.pk])
    as_user(client, editor).post(address, facts(switched_off_columns="invest"))
    assert client.get("/invest/").status_code == 200
    response = as_user(client, head).post(address, facts(switched_off_columns="news"))
    assert list(response.context["form"].errors) == ["switched_off_columns"]
    assert client.post(address, facts(switched_off_columns="invest")).status_code == 302
    assert client.get("/invest/").status_code == 404
    assert client.get("/invest/", headers={"host": "wuhou.chengdu.localhost:8000"}).status_code == 200
    # an editor who saves the facts later doesn't switch it on again by not seeing it
    as_user(client, editor).post(address, facts(telephone="1"))
    assert client.get("/invest/").status_code == 404
    Column.objects.filter(key="invest").update(required=True)
    assert client.get("/invest/").status_code == 200


@pytest.mark.parametrize("text", ["锦江", "Jinjiang", "jinj", "510104", "Jinjiang 5101"])
def test_a_division_is_found_by_any_of_its_names(client, editor, jinjiang, wuhou, text: str) -> None:
    html = as_user(client, editor).get(reverse("division_chooser:choose_results"), {"q": text}).content.decode()
    assert jinjiang.division.name_zh_hans in html and wuhou.division.name_zh_hans not in html


def test_a_notice_goes_to_the_chosen_divisions(client, chengdu, jinjiang) -> None:
    clerk = person("province", None, general=("add_groupnotice", "change_groupnotice"))
    prefix = "chosen_divisions"
    data = {
        "title_zh_hans": "停机公告",
        "title_en": "Maintenance",
        "body_zh_hans": "",
        "body_en": "",
        "shows_from": timezone.localtime().strftime("%Y-%m-%d 00:00"),
        f"{prefix}-TOTAL_FORMS": "1",
        f"{prefix}-INITIAL_FORMS": "0",
        f"{prefix}-MIN_NUM_FORMS": "0",
        f"{prefix}-MAX_NUM_FORMS": "1000",
        f"{prefix}-0-id": "",
        f"{prefix}-0-division": chengdu.division.pk,
    }
    as_user(client, clerk)
    assert client.get(reverse("groupnotice:add")).status_code == 200
    response = client.post(reverse("groupnotice:add"), {**data, "shows_until": "2001-01-01 00:00"})
    assert list(response.context["form"].errors) == ["shows_until"]
    assert client.post(reverse("groupnotice:add"), data).status_code == 302
    notice = GroupNotice.objects.get()
    assert list(notice.divisions.all()) == [chengdu.division]
    assert list(GroupNotice.objects.showing_on(jinjiang.division.lineage)) == [notice]
    assert list(GroupNotice.objects.showing_on(jinjiang.division.lineage[:1])) == []


@pytest.mark.parametrize("name", ["groupnotice", "department", "servicemode", "staffduty", "topic"])
def test_the_provinces_lists_are_the_provinces(client, editor, name: str) -> None:
    as_user(client, editor)
    for view in ("index", "add"):
        assert client.get(reverse(f"{name}:{view}")).status_code in (302, 403)
    clerk = person("province", None, general=(f"add_{name}", f"change_{name}", f"delete_{name}"))
    as_user(client, clerk)
    for view in ("index", "add"):
        html = client.get(reverse(f"{name}:{view}"))
        assert html.status_code == 200
    assert "_en" in html.content.decode()


def test_menus_show_to_whom_they_concern(client, editor, jinjiang) -> None:
    html = as_user(client, editor).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("centre:index") in html and reverse("groupnotice:index") not in html
    clerk = person("province", None, general=("change_groupnotice",))
    html = as_user(client, clerk).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("groupnotice:index") in html and reverse("centre:index") not in html
