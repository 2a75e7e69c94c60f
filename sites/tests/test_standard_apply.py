"""Carrying the column standard through all sites: titles, addresses, hiding, redirects, logs, and how many queries."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision
from wagtail.search.backends import get_search_backend

from core.models import BasePage, User
from sites.models import ArticlePage, Centre, Column, ColumnPage, ColumnStandard, FormerColumnSlug
from sites.models.column import column_by_key
from sites.standard_apply import APPLIED, apply_standard, columns_of, consequences, draft_columns, the_standard
from sites.tests.reference import add_centre, add_page
from sites.tests.standard import publish

HOST = "jinjiang.chengdu.localhost:8000"
pytestmark = pytest.mark.django_db


@pytest.fixture
def standard() -> ColumnStandard:
    return the_standard()


@pytest.fixture
def administrator() -> User:
    return User.objects.create_user("province", password="x", is_superuser=True)


def column_page(centre: Centre, key: str) -> ColumnPage:
    return ColumnPage.objects.child_of(centre.home).get(column_key=key)


def get(client, path: str):
    return client.get(path, headers={"host": HOST})


RENAMED = {"news": {"name_zh_hans": "政务要闻", "name_en": "Headlines", "slug": "headlines"}}


def test_new_names_and_slug_reach_every_site_and_what_lies_below(client, standard, jinjiang, wuhou) -> None:
    article = add_page(column_page(jinjiang, "news"), ArticlePage(title_zh_hans="甲", title_en="One", slug="one"))
    publish(standard, **RENAMED)
    for centre in Centre.objects.all():
        page = column_page(centre, "news")
        assert (page.title_zh_hans, page.title_en, page.draft_title) == ("政务要闻", "Headlines", "政务要闻")
        assert page.url_path == f"{centre.home.url_path}headlines/"
        with connection.cursor() as cursor:
            cursor.execute("SELECT title, slug FROM core_basepage WHERE id = %s", [page.pk])
            assert cursor.fetchone() == ("政务要闻", "headlines")
    article.refresh_from_db()
    assert article.url_path == f"{jinjiang.home.url_path}headlines/one/"
    assert get(client, "/headlines/one/").status_code == 200
    assert "Headlines" in [column["title"] for column in get(client, "/en/").context["columns"]]
    breadcrumb = get(client, "/en/headlines/one/").context["breadcrumb"]
    assert "Headlines" in [step["title"] for step in breadcrumb]
    assert BasePage.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/news/", "/headlines/"),
        ("/news/?year=2026&topic=a%20b", "/headlines/?year=2026&topic=a%20b"),
        ("/news/one/?page=2", "/headlines/one/?page=2"),
        ("/en/news/one/", "/en/headlines/one/"),
        ("/news/feed.atom", "/headlines/feed.atom"),
        ("/en/news/feed.atom?x=1", "/en/headlines/feed.atom?x=1"),
    ],
)
def test_an_old_address_leads_to_the_new_one(client, standard, jinjiang, old: str, new: str) -> None:
    publish(standard, **RENAMED)
    response = get(client, old)
    assert (response.status_code, response["location"]) == (301, new)


def test_every_slug_of_a_chain_leads_to_the_last(client, standard, jinjiang) -> None:
    for slug in ("first", "second", "third"):
        publish(standard, news={"slug": slug})
    for slug in ("news", "first", "second"):
        assert get(client, f"/{slug}/")["location"] == "/third/"
    publish(standard, news={"slug": "first"})
    assert get(client, "/first/").status_code == 200
    assert get(client, "/third/")["location"] == "/first/"
    assert set(FormerColumnSlug.objects.values_list("slug", flat=True)) == {"news", "second", "third"}


def test_applying_again_changes_nothing(standard, jinjiang) -> None:
    publish(standard, **RENAMED)
    logged = ModelLogEntry.objects.filter(action=APPLIED).count()
    pages = list(BasePage.objects.order_by("pk").values())
    applied = apply_standard(standard, columns_of(standard))
    assert (applied.changes, applied.renamed, applied.added, applied.hidden, applied.shown) == ([], 0, 0, 0, 0)
    assert list(BasePage.objects.order_by("pk").values()) == pages
    assert ModelLogEntry.objects.filter(action=APPLIED).count() == logged


def test_a_removed_column_is_hidden_and_comes_back_with_its_content(client, standard, jinjiang) -> None:
    article = add_page(column_page(jinjiang, "news"), ArticlePage(title_zh_hans="甲", title_en="One", slug="one"))
    draft = standard.get_latest_revision_as_object()
    kept = [each.articles_kept for each in consequences(standard, [c for c in draft_columns(draft) if c.key != "news"])]
    assert kept == [1]
    column = {
        name: getattr(column_by_key("news"), name)
        for name in ("key", "name_zh_hans", "name_en", "slug", "kind", "levels")
    }
    publish(standard, remove="news")
    assert get(client, "/news/").status_code == get(client, "/news/one/").status_code == 404
    assert not column_page(jinjiang, "news").live
    article.refresh_from_db()
    assert article.live
    publish(standard, add=column)
    assert get(client, "/news/one/").status_code == 200
    assert ColumnPage.objects.filter(column_key="news").count() == Centre.objects.count()


def test_a_removed_level_hides_the_column_on_its_sites_only(standard, chengdu, jinjiang) -> None:
    publish(standard, news={"levels": ["province", "city"]})
    assert column_page(chengdu, "news").live
    assert not column_page(jinjiang, "news").live
    publish(standard, news={"levels": ["province", "city", "county"]})
    assert column_page(jinjiang, "news").live


def test_an_added_column_gets_a_page_on_every_site_of_its_levels(client, standard, province, jinjiang) -> None:
    FormerColumnSlug.objects.create(slug="stories", key="gone")
    column = {
        "key": "stories",
        "name_zh_hans": "办事故事",
        "name_en": "Stories",
        "slug": "stories",
        "kind": "articles",
        "levels": ["county"],
    }
    publish(standard, add=column)
    page = column_page(jinjiang, "stories")
    assert page.live and page.title_en == "Stories" and page.url_path == f"{jinjiang.home.url_path}stories/"
    assert ColumnPage.objects.filter(column_key="stories").count() == 1
    assert get(client, "/en/stories/").status_code == 200
    assert not FormerColumnSlug.objects.exists()
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_a_column_that_no_room_can_show_is_on_no_site(client, standard, jinjiang) -> None:
    draft = draft_columns(standard.get_latest_revision_as_object())
    applying = next(column for column in draft if column.key == "apply")
    applying.name_en = "How to"
    assert [each.in_preparation for each in consequences(standard, draft)] == [True]
    publish(standard, apply={"name_en": "How to"})
    assert not ColumnPage.objects.filter(column_key="apply").exists()


def test_publishing_an_older_draft_of_a_column_page_keeps_the_new_standard(standard, jinjiang) -> None:
    old = column_page(jinjiang, "news").save_revision()
    publish(standard, **RENAMED)
    Revision.objects.get(pk=old.pk).publish()
    page = column_page(jinjiang, "news")
    assert (page.title_zh_hans, page.title_en, page.slug) == ("政务要闻", "Headlines", "headlines")
    assert page.url_path == f"{jinjiang.home.url_path}headlines/"


def test_a_draft_does_not_bring_a_hidden_column_back(standard, jinjiang) -> None:
    draft = column_page(jinjiang, "news").save_revision()
    publish(standard, remove="news")
    with pytest.raises(PermissionDenied):
        Revision.objects.get(pk=draft.pk).publish()
    assert not column_page(jinjiang, "news").live


def test_publishing_an_older_draft_of_an_article_keeps_its_new_address(client, standard, jinjiang) -> None:
    article = add_page(column_page(jinjiang, "news"), ArticlePage(title_zh_hans="甲", title_en="One", slug="one"))
    old = article.save_revision()
    publish(standard, **RENAMED)
    Revision.objects.get(pk=old.pk).publish()
    article.refresh_from_db()
    assert article.url_path == f"{jinjiang.home.url_path}headlines/one/"
    assert get(client, "/headlines/one/").status_code == 200


def test_the_admins_search_finds_the_new_titles(standard, jinjiang, wuhou) -> None:
    publish(standard, news={"name_zh_hans": "Bulletin", "name_en": "Bulletins"})
    found = get_search_backend().search("Bulletin", ColumnPage.objects.all())
    assert {page.pk for page in found} == set(ColumnPage.objects.filter(column_key="news").values_list("pk", flat=True))
    assert not get_search_backend().search("新闻动态", ColumnPage.objects.all())


def test_the_log_says_who_applied_what(standard, jinjiang, administrator) -> None:
    publish(standard, administrator, **RENAMED)
    entry = ModelLogEntry.objects.get(action=APPLIED)
    assert entry.user == administrator
    assert {change["change"] for change in entry.data["changes"]} == {"renamed", "slug"}
    assert entry.data["pages"]["renamed"] == Centre.objects.count()


def test_nothing_is_half_applied(standard, jinjiang, monkeypatch) -> None:
    def stop(columns):
        raise RuntimeError("stopped in the middle")

    monkeypatch.setattr("sites.standard_apply.add_missing", stop)
    with pytest.raises(RuntimeError):
        publish(standard, **RENAMED)
    assert column_by_key("news").slug == "news"
    assert column_page(jinjiang, "news").slug == "news"
    assert not FormerColumnSlug.objects.exists()


def test_a_faulty_draft_cannot_be_published(standard, jinjiang) -> None:
    with pytest.raises(ValidationError):
        publish(standard, news={"slug": "admin"})
    assert column_by_key("news").slug == "news"


@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
def test_a_draft_with_a_date_is_neither_published_nor_planned(standard, jinjiang, field: str) -> None:
    draft = standard.get_latest_revision_as_object()
    setattr(draft, field, timezone.now() + timedelta(seconds=1))
    revision = draft.save_revision()
    with pytest.raises(ValidationError):
        revision.publish()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    standard.refresh_from_db()
    assert standard.expire_at is None


def test_the_standard_is_always_in_force(standard) -> None:
    with pytest.raises(PermissionDenied):
        standard.unpublish()


def test_as_many_queries_for_six_sites_as_for_three(standard, province, chengdu, jinjiang) -> None:
    def queries(slug: str, level: str) -> int:
        """Rename one column, give another to a level that lacks it, and take a third away from it."""
        before = columns_of(standard)
        Column.objects.filter(key="news").update(slug=slug, name_zh_hans=slug, name_en=slug.title())
        Column.objects.filter(key="notices").update(levels=[level])
        with CaptureQueriesContext(connection) as captured:
            applied = apply_standard(standard, before)
        assert applied.renamed == Centre.objects.count()
        assert applied.hidden and (applied.shown or slug == "warm")
        return len(captured)

    queries("warm", "city")
    three = queries("three", "county")
    for number in (5, 6, 7):
        add_centre(f"51010{number}000000", f"区{number}", f"D{number}", "county", f"d{number}", chengdu.division)
    queries("between", "city")
    assert queries("six", "county") == three
