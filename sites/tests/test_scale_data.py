"""The data for measurements: the same each time, and only into an empty database."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from core.models import BasePage
from sites.models import ArticlePage, Centre
from sites.scale_data import chosen_rows


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def make(sites: int) -> str:
    out = io.StringIO()
    call_command("make_scale_data", sites=sites, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_same_data_each_time(db) -> None:
    made = []
    for _time in range(2):
        with transaction.atomic():
            out = make(5)
            made.append(list(BasePage.objects.order_by("path").values_list("url_path", "title_zh_hans", "title_en")))
            articles = ArticlePage.objects.order_by("path").values_list("publication_date", "summary_zh_hans")
            made[-1] += list(articles)
            transaction.set_rollback(True)
    assert made[0] == made[1]
    assert "45" in out


def test_every_site_has_content_of_its_own(client, db) -> None:
    make(5)
    assert Centre.objects.count() == 5
    for centre in Centre.objects.select_related("home", "host_site"):
        assert ArticlePage.objects.descendant_of(centre.home).filter(live=True).count() == 9
        response = client.get("/news/", headers={"host": centre.host_site.domain})
        assert len(response.context["articles"].object_list) == 3


def test_parents_come_before_their_children() -> None:
    codes: set[str] = set()
    for row in chosen_rows(400):
        assert not row.parent_code or row.parent_code in codes
        codes.add(row.code)


def test_database_that_is_not_empty_is_refused(province) -> None:
    with pytest.raises(CommandError, match="DATA_DIR"):
        make(5)
    assert Centre.objects.count() == 1


@pytest.mark.parametrize("sites", [0, 3307])
def test_number_that_the_file_does_not_have_is_refused(db, sites: int) -> None:
    with pytest.raises(CommandError, match="3306"):
        make(sites)
