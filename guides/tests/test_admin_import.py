"""Importing in the admin: upload, look, import exactly that, read the findings; making a mapping by looking."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.worker import work_once
from guides.importing.mapping import load, parse
from guides.importing.runs import has_failed, remove_old_uploads, show_progress
from guides.models import CatalogueImport, CatalogueItem, ImportMapping
from guides.tests.items import department
from guides.tests.sources import GUANGAN_ROW, GUANGDONG_ROW, csv_of, json_lines_of
from sites.models import Centre
from sites.tests.people import refused

pytestmark = pytest.mark.django_db

State = CatalogueImport.State
INDEX = "/admin/catalogue-import/"


@pytest.fixture(autouse=True)
def files(settings, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    department()
    yield


@pytest.fixture
def editor(admin: Callable[[str], Client]) -> Client:
    return admin("catalogue")


def uploaded(client: Client, content: bytes, mapping: str, name: str = "list.csv", **fields: str) -> CatalogueImport:
    """What is left of an upload, before the worker looks at it."""
    file = io.BytesIO(content)
    file.name = name
    response = client.post(INDEX, {"file": file, "mapping": mapping, "division": "", "level": "", **fields})
    assert response.status_code == 302, response.content.decode()
    return CatalogueImport.objects.latest("pk")


def page(client: Client, upload: CatalogueImport, **query: str) -> str:
    response = client.get(reverse("catalogue_import:report", args=[upload.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def press(client: Client, what: str, upload: CatalogueImport) -> CatalogueImport:
    client.post(reverse(f"catalogue_import:{what}", args=[upload.pk]))
    return CatalogueImport.objects.get(pk=upload.pk)


def test_an_upload_is_looked_at_first_and_then_exactly_that_is_imported(editor: Client) -> None:
    upload = uploaded(editor, csv_of([GUANGAN_ROW | {"name": "茶馆  登记"}]), "guangan")
    assert upload.state == State.CHECKING
    work_once()
    shown = page(editor, upload)
    assert "unusual_space" in shown and "茶馆  登记" in shown
    assert reverse("catalogue_import:run", args=[upload.pk]) in shown
    assert not CatalogueItem.objects.exists()
    assert press(editor, "run", upload).state == State.RUNNING
    work_once()
    assert CatalogueItem.objects.get().name_zh_hans == "茶馆  登记"
    after = CatalogueImport.objects.get(pk=upload.pk)
    assert (after.state, after.counts["added"]) == (State.DONE, 1)
    shown = page(editor, upload)
    assert "茶馆  登记" in shown
    assert reverse("catalogue_import:run", args=[upload.pk]) not in shown


def test_what_was_imported_is_not_imported_again(editor: Client) -> None:
    upload = uploaded(editor, csv_of([GUANGAN_ROW]), "guangan")
    work_once()
    press(editor, "run", upload)
    work_once()
    assert press(editor, "run", upload).state == State.DONE
    assert press(editor, "check", upload).state == State.DONE


def test_a_file_with_refusals_has_no_button_and_no_way_around_it(editor: Client) -> None:
    upload = uploaded(editor, csv_of([GUANGAN_ROW, GUANGAN_ROW]), "guangan")
    work_once()
    shown = page(editor, upload)
    assert reverse("catalogue_import:run", args=[upload.pk]) not in shown
    assert GUANGAN_ROW["item_code"] in shown
    assert press(editor, "run", upload).state == State.CHECKED
    work_once()
    assert not CatalogueItem.objects.exists()


def test_a_page_shows_how_far_the_work_is_and_looks_again(editor: Client) -> None:
    upload = uploaded(editor, csv_of([GUANGAN_ROW]), "guangan")
    response = editor.get(reverse("catalogue_import:report", args=[upload.pk]))
    assert response["Refresh"] == "2"
    show_progress(upload.pk, "writing", 40, 90)
    assert '<progress max="90" value="40">' in page(editor, upload)
    work_once()
    assert "Refresh" not in editor.get(reverse("catalogue_import:report", args=[upload.pk]))


def test_work_that_failed_is_told_and_can_be_tried_again(editor: Client, caplog) -> None:
    upload = uploaded(editor, csv_of([GUANGAN_ROW]), "guangan")
    default_storage.delete(upload.file.name)
    work_once()
    upload.refresh_from_db()
    assert has_failed(upload)
    response = editor.get(reverse("catalogue_import:report", args=[upload.pk]), follow=True)
    assert reverse("catalogue_import:check", args=[upload.pk]) in response.content.decode()
    assert "failed" in caplog.text
    assert CatalogueImport.objects.get(pk=upload.pk).state == State.CHECKED


def test_all_findings_of_a_kind_stand_on_pages_of_their_own(editor: Client) -> None:
    rows = [GUANGAN_ROW | {"item_code": f"X{number:04}", "name": f"事项{number}  甲"} for number in range(120)]
    upload = uploaded(editor, csv_of(rows), "guangan")
    work_once()
    assert page(editor, upload).count("  甲") == 10
    assert page(editor, upload, code="unusual_space").count("  甲") == 100
    assert page(editor, upload, code="unusual_space", p="2").count("  甲") == 20


def test_division_and_level_are_given_with_the_upload(editor: Client, made_jinjiang: Centre) -> None:
    rows = [{"code": "A1", "name": "茶馆登记", "type": "1"}]
    definition = {"key": "code", "fields": {"name": "name", "item_type": {"column": "type", "values": {"1": "01"}}}}
    mapping = ImportMapping.objects.create(name="mine", definition=definition)
    upload = uploaded(
        editor, json_lines_of(rows), f"saved:{mapping.pk}", "a.jsonl", division="510104000000", level="township"
    )
    mapping.delete()  # what was looked at with it is imported with it
    work_once()
    press(editor, "run", upload)
    work_once()
    item = CatalogueItem.objects.get()
    assert (item.source_division_id, item.exercise_levels) == ("510104000000", ["township"])


@pytest.mark.parametrize("fields", [{"mapping": "nowhere"}, {"division": "999999999999"}, {"level": "galaxy"}])
def test_what_there_isnt_cannot_be_chosen(editor: Client, fields: dict[str, str]) -> None:
    file = io.BytesIO(b"code,name\n")
    file.name = "a.csv"
    response = editor.post(INDEX, {"file": file, "mapping": "guangan", **fields})
    assert response.status_code == 200
    assert not CatalogueImport.objects.exists()


# -- Making a mapping ---------------------------------------------------------------

ROWS = [
    {
        "编号": "A1",
        "名称": "茶馆登记",
        "类型": "许可",
        "收费": "是",
        "时限": "20(工作日)",
        "对象": "个人、企业",
        "条件": "无",
        "备注": "甲",
    },
    {
        "编号": "A2",
        "名称": "茶馆注销",
        "类型": "服务",
        "收费": "",
        "时限": "5",
        "对象": "个人",
        "条件": "有茶",
        "备注": "",
    },
]
CHOICES = ["key", "name", "item_type", "charges", "statutory_limit", "service_objects", "conditions", "keep"]
ANSWERS = {
    "name": "茶馆的清单",
    "item_type-value-0": "01",
    "item_type-value-1": "20",
    "charges-value-0": "true",
    "statutory_limit-unit": "working_days",
    "service_objects-separator": "、",
    "service_objects-separated": "、",
    "conditions-doubtful": "无\n",
}


def columns(*choices: str) -> dict[str, str]:
    return {"level": "county", **{f"column-{number}": choice for number, choice in enumerate(choices)}}


def test_a_mapping_is_made_by_looking_at_the_file(editor: Client) -> None:
    upload = uploaded(editor, json_lines_of(ROWS), "", "tea.jsonl")
    address = reverse("catalogue_import:columns", args=[upload.pk])
    shown = editor.get(address).content.decode()
    assert all(column in shown for column in ROWS[0]) and "茶馆注销" in shown
    response = editor.post(address, columns(*CHOICES))
    assert response.url == reverse("catalogue_import:values", args=[upload.pk])
    shown = editor.get(response.url).content.decode()
    assert "许可 (1)" in shown and "item_type-value-0" in shown
    response = editor.post(response.url, ANSWERS)
    assert response.url == reverse("catalogue_import:report", args=[upload.pk])
    mapping = ImportMapping.objects.get(name="茶馆的清单")
    assert parse(mapping.definition, "").fields["item_type"].values == {"许可": "01", "服务": "20"}
    assert mapping.definition["keep"] == ["备注"]
    work_once()
    upload.refresh_from_db()
    assert (upload.mapping_name, upload.counts["added"], upload.counts["refused"]) == ("茶馆的清单", 2, 0)
    press(editor, "run", upload)
    work_once()
    first, second = CatalogueItem.objects.order_by("code")
    assert (first.item_type, first.charges, second.charges) == ("01", True, None)
    assert (first.statutory_limit, second.statutory_limit, first.exercise_levels) == (20, 5, ["county"])
    assert (first.conditions_zh_hans, second.conditions_zh_hans) == ("", "有茶")
    assert first.source_words["备注"] == "甲"
    # The next file of that kind is read with it at once.
    again = uploaded(editor, json_lines_of(ROWS), f"saved:{mapping.pk}", "tea.jsonl")
    work_once()
    again.refresh_from_db()
    assert again.counts["unchanged"] == 2


def test_lists_are_separated_as_the_person_says(editor: Client) -> None:
    upload = uploaded(editor, json_lines_of(ROWS), "", "tea.jsonl")
    editor.post(reverse("catalogue_import:columns", args=[upload.pk]), columns(*CHOICES))
    address = reverse("catalogue_import:values", args=[upload.pk])
    shown = editor.get(address).content.decode()
    assert "个人 (2)" in shown and "企业 (1)" in shown
    whole = {"service_objects-separator": "", "service_objects-separated": "、", "service_objects-value-0": "natural"}
    response = editor.post(address, ANSWERS | whole)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "个人、企业 (1)" in shown and "个人 (2)" not in shown
    assert not ImportMapping.objects.exists()
    editor.post(address, ANSWERS | {"service_objects-value-0": "natural", "service_objects-value-1": "legal"})
    work_once()
    press(editor, "run", CatalogueImport.objects.get())
    work_once()
    assert [item.service_objects for item in CatalogueItem.objects.order_by("code")] == [
        ["natural", "legal"],
        ["natural"],
    ]


@pytest.mark.parametrize(
    "choices",
    [
        ["keep", "name"],
        ["key", "keep"],
        ["key", "name", "name"],
        ["key", "name", "main:code"],
        ["key", "name", "galaxy"],
    ],
)
def test_columns_that_make_no_mapping_are_told(editor: Client, choices: list[str]) -> None:
    upload = uploaded(editor, json_lines_of(ROWS), "", "tea.jsonl")
    address = reverse("catalogue_import:columns", args=[upload.pk])
    full = choices + ["keep"] * (len(ROWS[0]) - len(choices))
    assert editor.post(address, columns(*full)).status_code == 200
    assert editor.get(reverse("catalogue_import:values", args=[upload.pk])).status_code == 302


def test_a_mapping_can_be_changed_after_looking(editor: Client) -> None:
    upload = uploaded(editor, json_lines_of(ROWS), "", "tea.jsonl")
    editor.post(reverse("catalogue_import:columns", args=[upload.pk]), columns(*CHOICES))
    editor.post(reverse("catalogue_import:values", args=[upload.pk]), ANSWERS)
    work_once()
    shown = editor.get(reverse("catalogue_import:columns", args=[upload.pk])).content.decode()
    assert shown.count(" selected") >= len(CHOICES)
    editor.post(reverse("catalogue_import:columns", args=[upload.pk]), columns(*[*CHOICES[:-1], "summary"]))
    shown = editor.get(reverse("catalogue_import:values", args=[upload.pk])).content.decode()
    assert '<option value="01" selected>' in shown, "what was said before is still chosen"
    editor.post(reverse("catalogue_import:values", args=[upload.pk]), ANSWERS | {"item_type-value-1": ""})
    fields = ImportMapping.objects.get().definition["fields"]
    assert fields["summary"] == {"column": "备注"}
    assert fields["item_type"] == {"column": "类型", "values": {"许可": "01"}}


def test_changing_a_built_in_mapping_loses_nothing_that_nobody_asks_about(editor: Client) -> None:
    upload = uploaded(editor, json_lines_of([GUANGDONG_ROW]), "guangdong", "guides.jsonl")
    work_once()
    address = reverse("catalogue_import:columns", args=[upload.pk])
    editor.post(address, chosen(editor.get(address)))
    address = reverse("catalogue_import:values", args=[upload.pk])
    editor.post(address, chosen(editor.get(address)) | {"name": "Guangdong"})
    made, original = ImportMapping.objects.get().definition, load("guangdong").definition
    assert made["fields"]["item_type"]["codes"] == original["fields"]["item_type"]["codes"]
    assert made["fields"]["item_type"]["values"] == original["fields"]["item_type"]["values"]
    assert made["fields"]["place"]["remove_prefix"] == "办理地点："
    assert made["fields"]["basic_code"]["column"] == "CATAID"
    assert (made["checks"], made["groups"]) == (original["checks"], original["groups"])
    work_once()
    upload.refresh_from_db()
    assert (upload.counts["added"], upload.counts["refused"]) == (1, 0)


def chosen(response: Any) -> dict[str, str]:
    """What a browser sends for a form of a page as it is."""
    form = response.context["form"]
    data = {field.html_name: field.value() or "" for field in form}
    for section in getattr(form, "sections", ()):
        if "separated" in section:
            data[f"{section['target'].name}-separated"] = section["separated"]
    return data


def test_a_mapping_is_deleted(editor: Client) -> None:
    mapping = ImportMapping.objects.create(name="mine", definition={"key": "c", "fields": {"name": "n"}})
    assert "mine" in editor.get(INDEX).content.decode()
    editor.post(reverse("catalogue_import:delete_mapping", args=[mapping.pk]))
    assert not ImportMapping.objects.exists()


# -- Who may, and what is kept ------------------------------------------------------


def of_somebody(user: Any) -> CatalogueImport:
    return CatalogueImport.objects.create(
        user=user, file=ContentFile(b"x", name="x"), file_name="x", state=State.CHECKED
    )


@pytest.mark.parametrize("username", ["editor", "head", "receiver", "supervisor", "superuser"])
def test_others_import_nothing(admin: Callable[[str], Client], username: str) -> None:
    assert refused(admin(username).get(INDEX))
    assert "catalogue-import" not in admin(username).get("/admin/").content.decode()


def test_nobody_sees_another_persons_upload(admin: Callable[[str], Client], people: dict[str, Any]) -> None:
    upload = of_somebody(people["province"])
    client = admin("catalogue")
    for name in ("report", "columns", "values"):
        assert client.get(reverse(f"catalogue_import:{name}", args=[upload.pk])).status_code == 404
    for name in ("run", "check", "columns", "values"):
        assert client.post(reverse(f"catalogue_import:{name}", args=[upload.pk])).status_code == 404
    assert "catalogue-import" in admin("province").get("/admin/").content.decode()


def test_uploads_are_forgotten_after_a_while(people: dict[str, Any]) -> None:
    old, new = of_somebody(people["province"]), of_somebody(people["province"])
    CatalogueImport.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(days=91))
    remove_old_uploads()
    assert list(CatalogueImport.objects.all()) == [new]
    assert (default_storage.exists(old.file.name), default_storage.exists(new.file.name)) == (False, True)
