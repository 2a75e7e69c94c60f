"""`manage.py print_signs` and the signs in the admin: which files, for whom, and what is said."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.menu import admin_menu

from core.tests.pdf import words
from guides.tests.test_signs import main_item, window
from sites.models import Centre, Role, StaffDuty
from sites.tests.people import person

pytestmark = pytest.mark.django_db

FILES = {"board", "first-responder", "sign-A03-market"}


@pytest.fixture
def equipped(jinjiang: Centre) -> Centre:
    """A centre with one main item, its window, and the standard's first-responder duty."""
    main_item(jinjiang)
    window(jinjiang)
    StaffDuty.objects.create(key="first", name_zh_hans="首问负责", description_zh_hans="负责到底。")
    return jinjiang


# -- The command --------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_command_writes_every_sheet_and_says_which(equipped: Centre, tmp_path: Path, capsys, language) -> None:
    folder = tmp_path / "new" / "folder"
    call_command("print_signs", division=equipped.pk, language=language, out=str(folder))
    assert {path.name for path in folder.iterdir()} == {f"{name}-{language}.pdf" for name in FILES}
    output = capsys.readouterr()
    assert all(str(path) in output.out for path in folder.iterdir())
    assert output.err == ""
    item = "食品经营许可" if language == "zh-hans" else "Foodbusinesslicence"
    assert item in words((folder / f"sign-A03-market-{language}.pdf").read_bytes())


def test_the_command_says_what_is_missing(equipped: Centre, tmp_path: Path, capsys) -> None:
    window(equipped, "A09", "health")
    with override("en"):
        call_command("print_signs", division=equipped.pk, language="zh-hans", out=str(tmp_path))
    output = capsys.readouterr()
    assert "Window A09" in output.err
    assert "3 sheets written; 1 things are missing." in output.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"division": "999999000000"}, "999999000000"),
        ({"language": "fr"}, "fr"),
        ({"out": "taken/below"}, "taken"),
    ],
)
def test_the_command_refuses_what_it_can_not_do(
    equipped: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        call_command("print_signs", **{"division": equipped.pk, "language": "en", "out": "signs", **options})
    assert not list(tmp_path.glob("**/*.pdf"))


# -- The admin ----------------------------------------------------------------------


@pytest.fixture
def admin(client: Client) -> Callable[[str, Centre], Client]:
    """A client logged in as somebody new who holds a role at a centre, on that centre's site."""

    def log_in(role: str, centre: Centre) -> Client:
        client.defaults["HTTP_HOST"] = centre.wagtail_site.root_url.removeprefix("http://")
        client.force_login(person(f"{role}-{centre.pk}", role, centre))
        return client

    return log_in


@pytest.mark.parametrize("role", [Role.EDITOR, Role.HEAD])
def test_editors_and_heads_see_the_own_centres_sheets_and_what_is_missing(admin, equipped: Centre, role) -> None:
    window(equipped, "A09", "health")
    html = admin(role, equipped).get(reverse("signs")).content.decode()
    for name in FILES:
        for language in ("zh-hans", "en"):
            assert reverse("signs_sheet", args=[equipped.pk, language, name]) in html
    assert "A09" in html
    assert 'name="centre"' not in html


def test_a_supervisor_chooses_among_the_centres_below(admin, equipped: Centre, chengdu: Centre, wuhou: Centre) -> None:
    client = admin(Role.SUPERVISOR, chengdu)
    html = client.get(reverse("signs")).content.decode()
    assert 'name="centre"' in html
    assert "all.zip" not in html
    html = client.get(reverse("signs"), {"centre": equipped.pk}).content.decode()
    assert reverse("signs_all", args=[equipped.pk, "en"]) in html
    assert client.get(reverse("signs"), {"centre": wuhou.pk}).status_code == 200


def test_a_sheet_comes_as_a_pdf_under_its_name(admin, equipped: Centre) -> None:
    response = admin(Role.EDITOR, equipped).get(reverse("signs_sheet", args=[equipped.pk, "en", "sign-A03-market"]))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="sign-A03-market-en.pdf"'
    assert "Foodbusinesslicence" in words(response.content)


def test_all_sheets_come_in_one_file(admin, equipped: Centre) -> None:
    response = admin(Role.HEAD, equipped).get(reverse("signs_all", args=[equipped.pk, "zh-hans"]))
    with zipfile.ZipFile(BytesIO(response.content)) as bundle:
        assert set(bundle.namelist()) == {f"{name}-zh-hans.pdf" for name in FILES}
        assert "食品经营许可" in words(bundle.read("board-zh-hans.pdf"))


def test_nobody_gets_another_centres_sheets(admin, equipped: Centre, wuhou: Centre) -> None:
    client = admin(Role.HEAD, wuhou)
    addresses = [
        reverse("signs") + f"?centre={equipped.pk}",
        reverse("signs_sheet", args=[equipped.pk, "en", "board"]),
        reverse("signs_all", args=[equipped.pk, "en"]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


@pytest.mark.parametrize(("language", "name"), [("fr", "board"), ("en", "sign-A99-market")])
def test_a_sheet_that_there_is_not_is_not_found(admin, equipped: Centre, language: str, name: str) -> None:
    address = f"/admin/signs/{equipped.pk}/{language}/{name}.pdf"
    assert admin(Role.EDITOR, equipped).get(address).status_code == 404


@pytest.mark.parametrize(("role", "is_shown"), [(Role.EDITOR, True), (Role.RECEIVER, False)])
def test_the_menu_leads_there_for_those_who_write_for_a_centre(rf, jinjiang: Centre, role, is_shown) -> None:
    request = rf.get("/admin/")
    request.user = person("somebody", role, jinjiang)
    found = [item for item in admin_menu.menu_items_for_request(request) if item.name == "centre"]
    names = [item.name for menu in found for item in menu.menu.menu_items_for_request(request)]
    assert ("signs" in names) is is_shown
