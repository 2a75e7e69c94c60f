"""Pictures and documents: whose they are, what is served to whom, and what is recorded."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, Revision
from wagtail.permissions import policy_registry

from core.models import Attachment, Picture
from core.periodic import publish_scheduled
from sites.models import ArticlePage, Centre
from sites.tests.content import add_picture
from sites.tests.people import draft, published, submit

HOST = "jinjiang.chengdu.localhost:8000"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def document_of(centre: Centre) -> Attachment:
    return Attachment.objects.create(
        title=f"文件{centre.pk}", file=ContentFile(b"text", name=f"{centre.pk}.txt"), collection=centre.collection
    )


@pytest.mark.parametrize(
    ("name", "reached"),
    [
        ("editor", {"jinjiang"}),
        ("chengdu-editor", {"chengdu"}),
        ("chengdu-head", {"chengdu"}),
        ("supervisor", {"chengdu", "jinjiang", "wuhou"}),
        ("province", {"province", "chengdu", "jinjiang", "wuhou"}),
        ("receiver", set()),
        ("catalogue", set()),
    ],
)
@pytest.mark.parametrize("action", ["choose", "change"])
def test_rights_of_editors_and_heads_end_at_the_own_collection(
    people, made_province, made_chengdu, made_jinjiang, made_wuhou, name, reached, action
) -> None:
    centres = {"province": made_province, "chengdu": made_chengdu, "jinjiang": made_jinjiang, "wuhou": made_wuhou}
    documents = {key: document_of(centre) for key, centre in centres.items()}
    policy = policy_registry.get_by_type(Attachment)
    listed = policy.instances_user_has_permission_for(people[name], action)
    assert {key for key, document in documents.items() if document in listed} == reached
    allowed = {
        key
        for key, document in documents.items()
        if policy.user_has_permission_for_instance(people[name], action, document)
    }
    assert allowed == reached


@pytest.mark.parametrize("name", ["editor", "supervisor", "province", "superuser"])
def test_no_form_offers_all_collections(client, people, name) -> None:
    offered = policy_registry.get_by_type(Picture).collections_user_has_permission_for(people[name], "add")
    assert offered.count() == 1
    client.force_login(people[name])
    html = client.get(reverse("wagtailimages:index"), headers={"host": HOST}).content.decode()
    assert '<select name="collection_id"' not in html


def offers(document: Attachment) -> str:
    """A text with a document to download, as the admin stores it."""
    return json.dumps([{"type": "attachment", "value": {"document": document.pk, "title": ""}}])


def status(client, document: Attachment) -> int:
    return client.get(document.url, headers={"host": HOST}).status_code


def test_document_is_served_once_a_live_page_offers_it(client, people, made_jinjiang) -> None:
    document = document_of(made_jinjiang)
    article = draft(made_jinjiang, "通知", people["editor"])
    article.body_zh_hans = offers(document)
    article.save_revision(user=people["editor"])
    article.save()

    assert status(client, document) == 404
    client.force_login(people["editor"])
    assert status(client, document) == 200
    client.force_login(people["wuhou-editor"])
    assert status(client, document) == 404
    client.logout()
    article = ArticlePage.objects.get(pk=article.pk)
    article.get_latest_revision().publish(skip_permission_checks=True)
    assert status(client, document) == 200
    ArticlePage.objects.get(pk=article.pk).unpublish()
    assert status(client, document) == 404


def test_approving_a_text_serves_its_new_document_before_any_worker_comes(client, people, made_jinjiang) -> None:
    old, new = document_of(made_jinjiang), document_of(made_jinjiang)
    article = published(made_jinjiang, "通知", people["editor"])
    for document in (old, new):
        article.body_zh_hans = offers(document)
        article.save_revision(user=people["editor"])
        article = submit(article, people["editor"])
        assert status(client, document) == 404
        DBTaskResult.objects.all().delete()
        state = article.current_workflow_task_state
        state.task.specific.on_action(state, people["head"], "approve")
        assert status(client, document) == 200
        assert not DBTaskResult.objects.filter(task_path__endswith="update_reference_index_task").exists()
        article = ArticlePage.objects.get(pk=article.pk)
    assert status(client, old) == 404


def test_a_document_of_a_planned_text_is_served_from_its_day_on(client, people, made_jinjiang) -> None:
    document = document_of(made_jinjiang)
    article = draft(made_jinjiang, "通知", people["editor"])
    article.body_zh_hans = offers(document)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision(user=people["editor"]).publish(skip_permission_checks=True)
    assert status(client, document) == 404
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now()
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    publish_scheduled()
    assert status(client, document) == 200


@pytest.mark.parametrize("folder", ["documents", "original_images"])
def test_files_have_no_public_address_beside_the_documents_own(client, people, folder) -> None:
    # The folder that the settings named when the addresses were first read.
    root = Path(resolve("/media/images/any").kwargs["document_root"]).parent
    for name in (folder, "images"):
        (root / name).mkdir(parents=True, exist_ok=True)
        (root / name / "rights-test.txt").write_text("text")
    try:
        assert client.get(f"/media/{folder}/rights-test.txt", headers={"host": HOST}).status_code == 404
        assert client.get(f"/media/images/../{folder}/rights-test.txt", headers={"host": HOST}).status_code == 400
        assert client.get("/media/images/rights-test.txt", headers={"host": HOST}).status_code == 200
    finally:
        for name in (folder, "images"):
            (root / name / "rights-test.txt").unlink()


def test_files_sent_in_batches_are_in_the_audit_log(
    client, people, made_jinjiang, django_capture_on_commit_callbacks
) -> None:
    client.force_login(people["head"])
    client.defaults["HTTP_HOST"] = HOST
    upload = SimpleUploadedFile("report.txt", b"text", "text/plain")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("wagtaildocs:add_multiple"),
            {"title": "报告", "files[]": upload},
            headers={"x-requested-with": "XMLHttpRequest"},
        )
    document = Attachment.objects.get(pk=response.json()["doc_id"])
    assert document.collection == made_jinjiang.collection
    created = ModelLogEntry.objects.filter(action="wagtail.create", object_id=str(document.pk), user=people["head"])
    assert created.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "新报告"})
    assert ModelLogEntry.objects.filter(action="wagtail.edit", object_id=str(document.pk)).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        bulk = reverse("wagtail_bulk_action", args=["core", "attachment", "delete"])
        client.post(f"{bulk}?id={document.pk}")
    assert not Attachment.objects.filter(pk=document.pk).exists()
    deleted = ModelLogEntry.objects.filter(action="wagtail.delete", object_id=str(document.pk), user=people["head"])
    assert deleted.count() == 1


def test_sizes_of_a_picture_are_written_to_the_cache_once(made_jinjiang, monkeypatch) -> None:
    picture = add_picture(made_jinjiang)
    made = picture.get_renditions("width-100", "width-200")
    written: list[str] = []
    monkeypatch.setattr(type(caches["renditions"]), "set_many", lambda _cache, data, *_args: written.extend(data))
    again = Picture.objects.get(pk=picture.pk).get_renditions("width-100", "width-200")
    assert [each.url for each in again.values()] == [each.url for each in made.values()]
    assert written == []
    picture.get_renditions("width-300")
    assert len(written) == 1
