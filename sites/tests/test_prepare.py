"""`manage.py prepare`: what a start needs, and nothing once that is there."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.models import ArticlePage, Centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def data_dir(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


def prepare(*options: str) -> str:
    out = io.StringIO()
    call_command("prepare", *options, stdout=out)
    return out.getvalue()


def written(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_second_run_does_nothing(data_dir: Path, made_jinjiang: Centre) -> None:
    assert "static files" in prepare()
    after_first = written(data_dir)
    assert {"django.mo", "yizhan.css"} <= {path.name for path in after_first}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert prepare() == ""
    assert written(data_dir) == after_first
    assert [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []


def test_group_that_has_centres_gets_no_demo(data_dir: Path, made_jinjiang: Centre) -> None:
    centres = Centre.objects.count()
    prepare("--demo")
    assert Centre.objects.count() == centres
    assert not ArticlePage.objects.exists()


def test_hosts_follow_the_settings(data_dir: Path, settings, made_jinjiang: Centre) -> None:
    settings.BASE_HOST, settings.PUBLIC_PORT = "zwfw.example.cn", 443
    prepare()
    made_jinjiang.wagtail_site.refresh_from_db()
    assert made_jinjiang.wagtail_site.root_url == "https://jinjiang.chengdu.zwfw.example.cn"
