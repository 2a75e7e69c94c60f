"""The demo's content on a small group: the five complete centres and some that are not."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.language import has_english, lacks_english
from core.models import Attachment, Picture
from core.pictures import make_renditions
from sites.articles import articles_of
from sites.demo.articles import COMPLETE, group_notices
from sites.demo.loader import load
from sites.division_file import SICHUAN
from sites.models import ArticlePage, Centre, ColumnPage, GroupNotice
from sites.provisioning import provision

TODAY = date(2026, 3, 2)
# With those that a notice was chosen for, and the cities and the province above.
NAMED = {*COMPLETE, *(code for notice in group_notices() for code in notice.divisions)}
CODES = {code for each in NAMED for code in ("510000000000", f"{each[:4]}00000000", each)}
HOST = "jinjiang.chengdu.localhost:8000"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """The group with the demo's content, made once; the folder of its files."""
    folder = tmp_path_factory.mktemp("media")
    heading, *rows = SICHUAN.read_text(encoding="utf-8").splitlines()
    chosen = "\n".join([heading, *(row for row in rows if row.split(",")[0] in CODES), ""])
    with override_settings(MEDIA_ROOT=folder), django_db_blocker.unblock(), transaction.atomic():
        assert provision(chosen.encode()).created == len(CODES)
        load(TODAY, lambda what, done, total: None)
        yield folder
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def column_of(centre: Centre, key: str) -> ColumnPage:
    return ColumnPage.objects.child_of(centre.home).get(column_key=key)


@pytest.mark.parametrize("code", COMPLETE)
def test_complete_centres_are_complete_in_both_languages(code: str) -> None:
    home = Centre.objects.get(pk=code).home
    articles = ArticlePage.objects.descendant_of(home)
    assert articles.count() >= 8
    assert [article.slug for article in articles if article.lacks_english] == []
    assert not any(lacks_english(article, field) for article in articles for field in ("title", "summary", "body"))
    for key in ("about", "invest"):
        assert has_english(column_of(home.centre, key), "introduction"), key
    shown = [block.block_type for article in articles for block in article.body_en]
    assert {"image", "attachment"} <= set(shown)


def test_every_picture_waits_for_the_worker() -> None:
    queued = DBTaskResult.objects.filter(task_path=make_renditions.module_path)
    assert {task.args_kwargs["args"][0] for task in queued} == set(Picture.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_centre_has_enough_of_its_own(code: str) -> None:
    centre = Centre.objects.get(pk=code)
    numbers = {key: articles_of(column_of(centre, key)).count() for key in ("news", "notices", "policies")}
    assert numbers["news"] >= 3 and numbers["notices"] >= 3 and numbers["policies"] >= 2
    assert centre.address_zh_hans and centre.address_en and centre.telephone
    assert centre.opening_hours.exists() and centre.windows.exists() and centre.facts.exists()
    assert all(window.departments.exists() for window in centre.windows.all())


def test_dates_count_from_the_day_of_loading() -> None:
    dates = set(ArticlePage.objects.values_list("publication_date", flat=True))
    assert max(dates) < TODAY
    assert TODAY - max(dates) <= timedelta(days=7)
    for article in ArticlePage.objects.all():
        assert timezone.localdate(article.first_published_at) == article.publication_date
    shown = GroupNotice.objects.order_by("shows_from").first()
    assert abs(timezone.localdate(shown.shows_from) - TODAY) < timedelta(days=60)
    assert shown.shows_until > shown.shows_from


def test_files_know_their_size(loaded: Path) -> None:
    for model in (Attachment, Picture):
        files = model.objects.all()
        assert files
        for each in files:
            path = loaded / each.file.name
            assert each.file_size == path.stat().st_size > 0


def article_with_attachment(centre: Centre) -> tuple[ArticlePage, Attachment]:
    """An article of a centre that offers a file, and the file of its Chinese text."""
    for article in ArticlePage.objects.descendant_of(centre.home):
        for block in article.body_zh_hans.blocks_by_name("attachment"):
            return article, block.value["document"]
    raise LookupError


def test_attachments_are_offered_in_both_languages(client: Client) -> None:
    jinjiang = Centre.objects.get(pk="510104000000")
    article, document = article_with_attachment(jinjiang)
    assert document.title and document.file_size > 0
    for prefix in ("", "/en"):
        page = client.get(
            f"{prefix}{article.url_path.removeprefix(jinjiang.home.url_path[:-1])}", headers={"host": HOST}
        )
        assert page.status_code == 200
        assert "/documents/" in page.content.decode()


def test_public_may_download_what_a_live_page_offers(client: Client) -> None:
    """Bulk insertion fills the index of references, by which documents are served."""
    jinjiang = Centre.objects.get(pk="510104000000")
    _article, document = article_with_attachment(jinjiang)
    response = client.get(document.url, headers={"host": HOST})
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    unused = Attachment.objects.create(title="x", file=Attachment.objects.first().file.name, file_size=1)
    assert client.get(unused.url, headers={"host": HOST}).status_code == 404


def test_command_loads_once() -> None:
    before = ArticlePage.objects.count()
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert "已" in out.getvalue()
    assert ArticlePage.objects.count() == before
