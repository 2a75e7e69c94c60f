"""Filters of the admin's lists: found by searching, and only among one's own."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from modelsearch import index

from core.models import Attachment
from sites.models import Centre
from sites.tests.people import draft

HOST = "jinjiang.chengdu.localhost:8000"


@pytest.fixture
def log_in(client, people):
    client.defaults["HTTP_HOST"] = HOST

    def as_somebody(name: str):
        client.force_login(people[name])
        return client

    return as_somebody


def document(centre: Centre, title: str) -> None:
    made = Attachment.objects.create(
        title=title, file=ContentFile(b"text", name="text.txt"), collection=centre.collection
    )
    index.insert_or_update_object(made)  # the worker's part


@pytest.fixture
def files(settings, tmp_path, made_jinjiang, made_wuhou) -> None:
    settings.MEDIA_ROOT = tmp_path
    document(made_jinjiang, "通知 锦江")
    document(made_wuhou, "通知 武侯")


@pytest.mark.parametrize("search", ["", "&q=通知"])
@pytest.mark.parametrize("name", ["supervisor", "province", "superuser"])
def test_those_with_several_centres_filter_files_by_one(log_in, files, made_wuhou, name: str, search: str) -> None:
    client = log_in(name)
    whole = client.get(reverse("wagtaildocs:index")).content.decode()
    assert "通知 锦江" in whole and "通知 武侯" in whole
    assert reverse("own_centre_chooser:choose") in whole
    one = client.get(reverse("wagtaildocs:index_results") + f"?collection_id={made_wuhou.pk}{search}").content.decode()
    assert "通知 武侯" in one and "通知 锦江" not in one


@pytest.mark.parametrize("name", ["editor", "head"])
@pytest.mark.parametrize("index", ["wagtaildocs:index", "wagtailimages:index"])
def test_who_has_one_centre_is_not_asked_which(log_in, index: str, name: str) -> None:
    html = log_in(name).get(reverse(index)).content.decode()
    assert 'name="collection_id"' not in html


def test_the_filter_draws_no_list_of_centres(log_in, made_wuhou) -> None:
    for address in ("wagtaildocs:index", "wagtailimages:index"):
        html = log_in("province").get(reverse(address)).content.decode()
        assert 'name="collection_id"' in html and made_wuhou.name_zh_hans not in html


def test_another_supervisors_centre_is_no_choice(log_in, files, made_province) -> None:
    response = log_in("supervisor").get(reverse("wagtaildocs:index") + f"?collection_id={made_province.pk}")
    assert list(response.context["filters"].form.errors) == ["collection_id"]


def test_bulk_deletion_of_all_keeps_to_the_chosen_centre(log_in, files, made_jinjiang, made_wuhou) -> None:
    client = log_in("supervisor")
    html = client.get(reverse("wagtaildocs:index") + f"?collection_id={made_wuhou.pk}").content.decode()
    assert f'data-bulk-action-parent-id="{made_wuhou.collection_id}"' in html


def test_history_is_searched_by_person_and_lists_nobody(log_in, people, made_jinjiang, made_wuhou) -> None:
    draft(made_jinjiang, "锦江稿", people["editor"])
    draft(made_wuhou, "武侯稿", people["wuhou-editor"])
    client = log_in("province")
    address = reverse("wagtailadmin_reports:site_history")
    whole = client.get(address).content.decode()
    assert "锦江稿" in whole and "武侯稿" in whole
    assert 'name="user"' not in whole and 'name="person"' in whole
    one = client.get(address, {"person": "WUHOU-ed"}).content.decode()
    assert "武侯稿" in one and "锦江稿" not in one


@pytest.mark.parametrize(("report", "field"), [("locked_pages", "locked_by"), ("workflow", "requested_by")])
def test_reports_are_searched_by_person(log_in, people, made_jinjiang, report: str, field: str) -> None:
    article = draft(made_jinjiang, "锦江稿", people["editor"])
    if report == "locked_pages":
        article.locked, article.locked_by = True, people["editor"]
        article.save()
    else:
        article.get_workflow().start(article, people["editor"])
    client = log_in("province")
    address = reverse(f"wagtailadmin_reports:{report}")
    assert "锦江稿" in client.get(address, {field: "edit"}).content.decode()
    html = client.get(address, {field: "nobody"}).content.decode()
    assert "锦江稿" not in html and f'<select name="{field}"' not in html
