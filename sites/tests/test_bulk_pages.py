"""Pages added in bulk leave the same in every table as pages added one at a time."""

import datetime
import json
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from wagtail.models import PageLogEntry, Revision

from core.models import BasePage
from sites.bulk_pages import add_pages
from sites.models import ArticlePage, ColumnPage, DivisionFolder, HomePage
from sites.tests.reference import add_page
from sites.tests.tables import IMMEDIATE_TASKS, contents, differences


def small_tree(add: Callable[[list[tuple[BasePage, BasePage]]], None]) -> None:
    """Folders, homes, columns and articles; the second call adds below parents that have children already."""
    root = BasePage.get_first_root_node()
    folder = DivisionFolder(title_zh_hans="四川省", title_en="Sichuan Province", slug="510000000000")
    add([(root, folder)])
    home = HomePage(title_zh_hans="四川省人民政府政务服务中心", title_en="Sichuan Service Centre", slug="home")
    cities = [DivisionFolder(title_zh_hans=name, slug=name) for name in ("chengdu", "zigong")]
    add([(folder, home), *((folder, city) for city in cities)])
    homes = [HomePage(title_zh_hans=f"{city.slug}中心", title_en=city.slug, slug="home") for city in cities]
    add(list(zip(cities, homes, strict=True)))
    columns = [ColumnPage(title_zh_hans="新闻动态", title_en="News", slug="news", column_key="news") for _ in homes]
    add(list(zip(homes, columns, strict=True)))
    text = f'<p>见<a linktype="page" id="{root.pk}">站群</a></p>'
    body = json.dumps([{"type": "paragraph", "value": text, "id": "b1f0d6e8-6f0b-4f6e-9a52-0d6d4a1f7c11"}])
    articles = [
        ArticlePage(
            title_zh_hans=f"第{number}篇",
            title_en="" if number else "First article",
            slug=f"article-{number}",
            publication_date=datetime.date(2026, 1, 1),
            first_published_at=datetime.datetime(2026, 1, 1, 9, tzinfo=datetime.UTC) if number else None,
            body_zh_hans=body,
        )
        for number in range(3)
    ]
    add([(columns[number % 2], article) for number, article in enumerate(articles)])
    late = [
        ColumnPage(title_zh_hans="通知公告", title_en="Notices", slug="notices", column_key="notices") for _ in homes
    ]
    add(list(zip(homes, late, strict=True)))


def one_at_a_time(pairs: list[tuple[BasePage, BasePage]]) -> None:
    for parent, page in pairs:
        add_page(parent, page)


def test_bulk_leaves_the_same_in_every_table(db, settings) -> None:
    settings.TASKS = IMMEDIATE_TASKS
    with transaction.atomic():
        small_tree(one_at_a_time)
        reference = contents()
        transaction.set_rollback(True)
    small_tree(add_pages)
    assert len(reference["core_basepage"]) == 14
    assert reference["wagtailcore_referenceindex"]
    assert len(reference["wagtailsearch_indexentry"]) == 13
    assert differences(reference, contents()) == {}


def test_tree_has_no_problems(db, capsys) -> None:
    small_tree(add_pages)
    call_command("fixtree", interactive=False)
    assert "No problems found" in capsys.readouterr().out
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_admin_finds_pages_by_both_titles(db) -> None:
    small_tree(add_pages)
    assert [page.slug for page in ArticlePage.objects.all().autocomplete("First")] == ["article-0"]
    assert {page.slug for page in BasePage.objects.all().search("zigong")} == {"zigong"}


def test_page_added_in_bulk_can_be_edited_and_moved_on(db) -> None:
    small_tree(add_pages)
    page = ArticlePage.objects.get(slug="article-1")
    page.title_zh_hans = "改过"
    page.save_revision().publish()
    page.refresh_from_db()
    assert (page.title_zh_hans, page.live, page.has_unpublished_changes) == ("改过", True, False)
    column = page.get_parent()
    add_page(column, ArticlePage(title_zh_hans="后来", slug="later"))
    assert [child.slug for child in column.get_children()] == ["article-1", "later"]


def test_number_of_statements_does_not_grow_with_pages(db, django_assert_max_num_queries) -> None:
    root = BasePage.get_first_root_node()
    pages = [DivisionFolder(title_zh_hans=f"第{number}", slug=f"{number}") for number in range(60)]
    add_pages([(root, pages[0])])
    with django_assert_max_num_queries(60):
        add_pages((root, page) for page in pages[1:])
    root.refresh_from_db()
    assert root.numchild == root.get_children().count() == 60


@pytest.mark.parametrize("in_database", [False, True])
def test_slug_of_a_sibling_is_refused_and_nothing_added(db, in_database: bool) -> None:
    root = BasePage.get_first_root_node()
    pages = [DivisionFolder(title_zh_hans="甲", slug="same"), DivisionFolder(title_zh_hans="乙", slug="same")]
    if in_database:
        add_pages([(root, pages[0])])
        pages = pages[1:]
    before = BasePage.objects.count(), Revision.objects.count(), PageLogEntry.objects.count()
    with pytest.raises(ValueError, match="same"):
        add_pages((root, page) for page in pages)
    assert (BasePage.objects.count(), Revision.objects.count(), PageLogEntry.objects.count()) == before


def test_page_without_a_title_is_refused(db) -> None:
    with pytest.raises(ValidationError) as caught:
        add_pages([(BasePage.get_first_root_node(), DivisionFolder(slug="untitled"))])
    assert "title" in str(caught.value.message_dict)
