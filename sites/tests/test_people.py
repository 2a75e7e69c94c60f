"""Appointments and accounts: who gives what to whom, and what follows from it."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.models import User
from sites.demo_accounts import ACCOUNTS, make_demo_accounts
from sites.groups import ensure_centre_groups
from sites.models import Appointment, Centre, Department, Role
from sites.rights import may_appoint, people_within_reach
from sites.tests.people import PASSWORD, appoint, refused

CENTRES = {"province": "510000000000", "chengdu": "510100000000", "jinjiang": "510104000000", "wuhou": "510107000000"}


@pytest.fixture
def newcomer(people) -> User:
    return User.objects.create_user("newcomer", "newcomer@example.org", PASSWORD, registered_by=people["head"])


# -- Groups follow from appointments ----------------------------------------------------------------


def test_groups_follow_from_appointments(newcomer, made_jinjiang, made_wuhou) -> None:
    first = appoint(newcomer, Role.EDITOR, made_jinjiang)
    second = appoint(newcomer, Role.HEAD, made_wuhou)
    assert {group.name for group in newcomer.groups.all()} == {"510104000000 editor", "510107000000 head"}
    first.delete()
    assert {group.name for group in newcomer.groups.all()} == {"510107000000 head"}
    Appointment.objects.filter(pk=second.pk).delete()
    assert not newcomer.groups.exists()


def test_making_groups_again_changes_nothing(people, made_chengdu) -> None:
    from django.contrib.auth.models import Group
    from wagtail.models import GroupCollectionPermission, GroupPagePermission

    before = [list(model.objects.order_by("pk").values_list("pk")) for model in counted()]
    ensure_centre_groups(made_chengdu)
    assert [list(model.objects.order_by("pk").values_list("pk")) for model in counted()] == before
    assert GroupPagePermission in counted() and GroupCollectionPermission in counted() and Group in counted()


def counted():
    from django.contrib.auth.models import Group
    from wagtail.models import GroupCollectionPermission, GroupPagePermission

    return [Group, GroupPagePermission, GroupCollectionPermission]


@pytest.mark.parametrize(
    ("role", "centre", "with_department", "field"),
    [
        (Role.RECEIVER, "jinjiang", False, "department"),
        (Role.EDITOR, "jinjiang", True, "department"),
        (Role.PROVINCIAL_ADMINISTRATOR, "jinjiang", False, "role"),
        (Role.CATALOGUE_EDITOR, "chengdu", False, "role"),
    ],
)
def test_role_must_fit_centre_and_department(newcomer, role, centre, with_department, field) -> None:
    from django.core.exceptions import ValidationError

    department = Department.objects.create(code="office", name_zh_hans="办公室")
    appointment = Appointment(
        user=newcomer,
        role=role,
        centre=Centre.objects.get(pk=CENTRES[centre]),
        department=department if with_department else None,
    )
    with pytest.raises(ValidationError) as raised:
        appointment.full_clean()
    assert set(raised.value.error_dict) == {field}


# -- Who appoints whom ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("giver", "role", "centre", "may"),
    [
        ("head", Role.EDITOR, "jinjiang", True),
        ("head", Role.RECEIVER, "jinjiang", True),
        ("head", Role.HEAD, "jinjiang", False),
        ("head", Role.EDITOR, "wuhou", False),
        ("head", Role.SUPERVISOR, "jinjiang", False),
        ("editor", Role.EDITOR, "jinjiang", False),
        ("receiver", Role.RECEIVER, "jinjiang", False),
        ("supervisor", Role.HEAD, "jinjiang", True),
        ("supervisor", Role.SUPERVISOR, "wuhou", True),
        ("supervisor", Role.HEAD, "chengdu", False),
        ("supervisor", Role.SUPERVISOR, "chengdu", False),
        ("supervisor", Role.HEAD, "province", False),
        ("catalogue", Role.EDITOR, "jinjiang", False),
        ("province", Role.SUPERVISOR, "province", True),
        ("province", Role.CATALOGUE_EDITOR, "province", True),
        ("province", Role.PROVINCIAL_ADMINISTRATOR, "province", False),
        ("superuser", Role.PROVINCIAL_ADMINISTRATOR, "province", True),
    ],
)
def test_nobody_gives_a_role_above_or_beside_the_own(people, newcomer, giver, role, centre, may) -> None:
    appointment = Appointment(user=newcomer, role=role, centre=Centre.objects.get(pk=CENTRES[centre]))
    assert may_appoint(people[giver], appointment) is may


@pytest.mark.parametrize("giver", ["head", "supervisor", "province", "superuser"])
def test_nobody_appoints_himself(people, made_jinjiang, giver) -> None:
    assert not may_appoint(people[giver], Appointment(user=people[giver], role=Role.EDITOR, centre=made_jinjiang))


@pytest.mark.parametrize(
    ("keeper", "kept"),
    [
        ("head", {"editor", "editor2", "receiver", "newcomer"}),
        ("supervisor", {"editor", "editor2", "receiver", "head", "wuhou-head", "wuhou-editor"}),
        ("editor", set()),
        ("catalogue", set()),
        ("receiver", set()),
    ],
)
def test_people_within_reach(people, newcomer, keeper, kept) -> None:
    assert {user.username for user in people_within_reach(people[keeper])} == kept


def test_account_with_a_role_elsewhere_is_out_of_reach(people, made_wuhou) -> None:
    appoint(people["editor"], Role.EDITOR, made_wuhou)
    assert people["editor"] not in people_within_reach(people["head"])
    assert people["editor"] in people_within_reach(people["supervisor"])


def test_head_appoints_an_editor_in_the_admin_and_it_is_recorded(admin, people, newcomer, made_jinjiang) -> None:
    client = admin("head")
    response = client.post(
        reverse("appointments:add"), {"user": newcomer.pk, "centre": made_jinjiang.pk, "role": Role.EDITOR}
    )
    assert response.status_code == 302, response.context["form"].errors
    appointment = newcomer.appointments.get()
    entry = ModelLogEntry.objects.get(action="website_group.role_given", object_id=str(newcomer.pk))
    assert entry.user == people["head"]
    assert ModelLogEntry.objects.filter(action="wagtail.create", object_id=str(appointment.pk)).exists()
    assert client.post(reverse("appointments:delete", args=[appointment.pk])).status_code == 302
    entry = ModelLogEntry.objects.get(action="website_group.role_ended", object_id=str(newcomer.pk))
    assert entry.user == people["head"]
    history = client.get(reverse("wagtailusers_users:history", args=[newcomer.pk])).content.decode()
    assert str(made_jinjiang) in history


@pytest.mark.parametrize(
    ("giver", "user", "centre", "role", "field"),
    [
        ("head", "newcomer", "wuhou", Role.EDITOR, "centre"),
        ("head", "wuhou-editor", "jinjiang", Role.EDITOR, "user"),
        ("head", "head", "jinjiang", Role.EDITOR, "user"),
        ("head", "newcomer", "jinjiang", Role.HEAD, "role"),
        ("supervisor", "editor", "chengdu", Role.EDITOR, "centre"),
        ("province", "editor", "province", Role.PROVINCIAL_ADMINISTRATOR, "role"),
        ("superuser", "superuser", "jinjiang", Role.HEAD, "user"),
    ],
)
def test_form_says_at_the_field_what_is_not_ones_own(admin, newcomer, giver, user, centre, role, field) -> None:
    data = {"user": User.objects.get(username=user).pk, "centre": CENTRES[centre], "role": role}
    response = admin(giver).post(reverse("appointments:add"), data)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert Appointment.objects.filter(user__username=user, role=role, centre_id=CENTRES[centre]).count() == 0


def test_choosers_search_among_ones_own(admin, newcomer) -> None:
    client = admin("head")
    people_found = client.get(reverse("person_chooser:choose_results"), {"q": "editor"}).content.decode()
    assert "editor2" in people_found
    assert "wuhou-editor" not in people_found
    centres_found = admin("supervisor").get(reverse("centre_chooser:choose_results"), {"q": "锦江"}).content.decode()
    assert "锦江区" in centres_found
    assert "武侯区" not in centres_found


# -- Accounts ---------------------------------------------------------------------------------------


def account_data(**changes: str) -> dict[str, str]:
    return {
        "username": "fresh",
        "email": "fresh@example.org",
        "first_name": "芳",
        "last_name": "何",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def test_head_registers_an_account_without_groups_or_superuser(admin, people) -> None:
    client = admin("head")
    form = client.get(reverse("wagtailusers_users:add")).context["form"]
    assert not {"groups", "is_superuser"} & set(form.fields)
    response = client.post(reverse("wagtailusers_users:add"), account_data(is_superuser="on", groups="1"))
    assert response.status_code == 302, response.context["form"].errors
    user = User.objects.get(username="fresh")
    assert user.registered_by == people["head"]
    assert not user.is_superuser
    assert not user.groups.exists()
    assert ModelLogEntry.objects.filter(action="wagtail.create", object_id=str(user.pk), user=people["head"]).exists()


def test_only_superusers_make_superusers(admin, people) -> None:
    data = account_data(username="editor", email="editor@example.org", is_superuser="on", is_active="on")
    url = reverse("wagtailusers_users:edit", args=[people["editor"].pk])
    for name in ("head", "supervisor", "province"):
        assert admin(name).post(url, data).status_code == 302
        assert not User.objects.get(username="editor").is_superuser
    admin("superuser").post(url, data)
    assert User.objects.get(username="editor").is_superuser


@pytest.mark.parametrize("name", ["head", "supervisor", "province"])
def test_nobody_takes_over_an_account_above_or_beside(admin, people, name) -> None:
    for victim in ("superuser", "province", "chengdu-head", name):
        response = admin(name).get(reverse("wagtailusers_users:edit", args=[people[victim].pk]))
        assert refused(response) or (name == "province" and victim == "chengdu-head")


def test_list_of_accounts_holds_ones_own(admin) -> None:
    html = admin("head").get(reverse("wagtailusers_users:index")).content.decode()
    assert "editor2" in html
    assert "wuhou-editor" not in html


# -- Demo -------------------------------------------------------------------------------------------


def test_demo_accounts_are_made_once(people) -> None:
    User.objects.exclude(is_superuser=True).delete()
    make_demo_accounts("correct-horse")
    before = list(Appointment.objects.values_list("pk", "user__username", "role", "centre"))
    make_demo_accounts("correct-horse")
    assert list(Appointment.objects.values_list("pk", "user__username", "role", "centre")) == before
    # The group of these tests hasn't all of the demo's centres.
    here = set(Centre.objects.values_list("pk", flat=True))
    assert {username for _, username, _, _ in before} == {account[0] for account in ACCOUNTS if account[-1] in here}
    assert User.objects.get(username="admin").is_superuser
    assert User.objects.get(username="jinjiang-editor").check_password("correct-horse")
    assert str(User.objects.get(username="jinjiang-editor")) == "王芳"
