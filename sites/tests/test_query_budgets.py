"""What a public page asks of the database: few questions, and none that reads all sites of the group."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.models import ArticlePage, Centre

HOST = "jinjiang.chengdu.localhost:8000"
# Tables that grow with the number of sites.
GROUP_TABLES = (
    "core_basepage|website_group_(articlepage|columnpage|homepage|centre|division|openinghours|window)"
    "|wagtailcore_site|django_site|multisite_alias"
)


@pytest.fixture
def group(db, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    call_command("make_scale_data", sites=5, stdout=io.StringIO(), stderr=io.StringIO())


def article_path() -> str:
    home = Centre.objects.get(host_site__domain=HOST.split(":")[0]).home
    article = ArticlePage.objects.descendant_of(home).filter(url_path__contains="/news/").first()
    assert article is not None
    return f"/news/{article.slug}/"


def queries_of(client, path: str) -> list[str]:
    """What a page asks, its pictures' renditions made before."""
    assert client.get(path, headers={"host": HOST}).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path, headers={"host": HOST}).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize(("page", "budget"), [("home", 15), ("column", 12), ("article", 10)])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_stays_in_its_budget(client, group, page: str, budget: int, prefix: str) -> None:
    path = {"home": "/", "column": "/news/", "article": article_path()}[page]
    assert len(queries_of(client, prefix + path)) <= budget


@pytest.mark.parametrize(
    "path", ["/", "/news/", "/news/?year=2026&page=2", "/about/", "/invest/", "/enquiries/", "/site-map/", "/sites/"]
)
def test_no_page_reads_all_sites(client, group, path: str) -> None:
    assert read_whole(queries_of(client, path)) == []


def test_no_article_reads_all_sites(client, group) -> None:
    assert read_whole(queries_of(client, article_path())) == []


def read_whole(queries: list[str], tables: str = GROUP_TABLES) -> list[str]:
    """The queries for which SQLite reads a whole table of those that grow with the number of sites."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole, whatever indexes they have")
    found = []
    for sql in queries:
        if not sql.startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), [])
            plan = [row[3] for row in cursor.fetchall()]
        # Aliases such as T5 stand for a table too: they are named in the statement.
        aliases = dict(re.findall(r'"(\w+)" (T\d+|U\d+)\b', sql))
        scans = [re.match(r"SCAN (\w+)", step) for step in plan]
        names = [match[1] for match in scans if match]
        full = [each for each in names if re.fullmatch(tables, {v: k for k, v in aliases.items()}.get(each, each))]
        if full:
            found.append(f"{full}: {sql}")
    return found


def test_reading_a_whole_table_is_noticed(db) -> None:
    assert read_whole(["""SELECT "id" FROM "core_basepage" WHERE "title" = 'x'"""]) != []
    assert read_whole(["""SELECT "id" FROM "core_basepage" WHERE "path" = '0001'"""]) == []
