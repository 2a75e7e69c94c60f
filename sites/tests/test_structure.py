"""Standard pages can't be renamed, moved, copied, deleted, hidden or added to through any address, by anybody."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from core.models import BasePage, User
from sites.models import Centre, ColumnPage

pytestmark = pytest.mark.django_db
HOST = "sichuan.localhost:8000"


@pytest.fixture
def admin(client):
    """The strongest there is: what a superuser can't do, nobody can."""
    client.force_login(
        User.objects.create_superuser("root", "root@example.org", "x"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    client.defaults["HTTP_HOST"] = HOST
    return client


@pytest.fixture
def news(jinjiang: Centre) -> ColumnPage:
    return ColumnPage.objects.child_of(jinjiang.home).get(column_key="news")


def snapshot() -> list[dict]:
    """Where every page stands, what it is called and whether it is public."""
    fields = ("path", "slug", "title", "title_zh_hans", "title_en", "url_path", "live", "numchild", "alias_of_id")
    return list(BasePage.objects.rewrite(False).order_by("path").values(*fields))


POSTS = {
    "wagtailadmin_pages:delete": {},
    "wagtailadmin_pages:unpublish": {},
    "wagtailadmin_pages:move": {},
    "wagtailadmin_pages:copy": {
        "new_title": "x",
        "new_slug": "x",
        "copy_subpages": "on",
        "alias": "on",
        "publish_copies": "on",
    },
    "wagtailadmin_pages:set_page_position": {"position": "0"},
}


def standard_pages(centre: Centre) -> list[Page]:
    return [centre.folder, centre.home, *ColumnPage.objects.child_of(centre.home)]


@pytest.mark.parametrize("name", POSTS)
def test_no_address_touches_a_standard_page(admin, jinjiang: Centre, wuhou: Centre, name: str) -> None:
    before = snapshot()
    for page in standard_pages(jinjiang):
        data = {**POSTS[name], "new_parent_page": str(wuhou.home.pk)}
        if name.endswith("copy"):
            data["new_parent_page"] = str(page.get_parent().pk)
        assert admin.post(reverse(name, args=[page.pk]), data).status_code in (302, 403, 404, 405)
    assert snapshot() == before


def test_no_standard_page_is_moved(admin, jinjiang: Centre, wuhou: Centre, news: ColumnPage) -> None:
    before = snapshot()
    for page, target in [(news, wuhou.home), (jinjiang.home, wuhou.folder), (jinjiang.folder, wuhou.folder)]:
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])
        assert admin.post(address).status_code in (302, 403, 404)
    assert snapshot() == before


@pytest.mark.parametrize("action", ["delete", "move", "unpublish"])
def test_no_bulk_action_touches_a_standard_page(admin, jinjiang: Centre, wuhou: Centre, action: str) -> None:
    before = snapshot()
    for page in standard_pages(jinjiang):
        address = reverse("wagtail_bulk_action", args=["core", "basepage", action]) + f"?id={page.pk}"
        data = {"chooser": str(wuhou.home.pk), "include_descendants": "on", "confirm": "on"}
        admin.post(address, data)
    assert snapshot() == before


def test_nothing_is_added_by_hand(admin, jinjiang: Centre) -> None:
    before = snapshot()
    about = ColumnPage.objects.child_of(jinjiang.home).get(column_key="about")
    for parent, model in [
        (jinjiang.folder, "divisionfolder"),
        (jinjiang.folder, "homepage"),
        (jinjiang.home, "columnpage"),
        (jinjiang.home, "articlepage"),
        (about, "articlepage"),
    ]:
        address = reverse("wagtailadmin_pages:add", args=["website_group", model, parent.pk])
        assert admin.post(address, {"title_zh_hans": "x", "slug": "x", "action-publish": "1"}).status_code in (
            302,
            403,
            404,
        )
    assert snapshot() == before


def test_no_standard_page_is_made_private(admin, jinjiang: Centre) -> None:
    for page in standard_pages(jinjiang):
        address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
        assert admin.post(address, {"restriction_type": "login"}).status_code in (302, 403, 404)
    assert not PageViewRestriction.objects.exists()


def test_editing_a_column_fills_it_and_renames_nothing(admin, news: ColumnPage) -> None:
    before = snapshot()
    data = {
        "title": "改名",
        "title_zh_hans": "改名",
        "title_en": "Renamed",
        "slug": "renamed",
        "column_key": "renamed",
        "introduction_zh_hans-count": "0",
        "introduction_en-count": "0",
        "search_description_zh_hans": "锦江的新闻",
        "search_description_en": "News of Jinjiang",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    response = admin.post(reverse("wagtailadmin_pages:edit", args=[news.pk]), data)
    assert response.status_code == 302
    news.refresh_from_db()
    assert snapshot() == before
    news.latest_revision.publish()
    news = ColumnPage.objects.get(pk=news.pk)
    assert news.search_description_en == "News of Jinjiang"
    assert news.column_key == "news"
    assert snapshot() == before


def test_home_pages_and_folders_are_not_edited(admin, jinjiang: Centre) -> None:
    for page in (jinjiang.home, jinjiang.folder):
        assert admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code in (302, 403, 404)


def test_a_hidden_column_takes_neither_articles_nor_reviews(admin, news: ColumnPage) -> None:
    ColumnPage.objects.filter(pk=news.pk).update(live=False)
    user = User.objects.get(username="root")
    for page in (ColumnPage.objects.get(pk=news.pk), BasePage.objects.get(pk=news.pk)):
        tester = page.permissions_for_user(user)
        assert tester.can_edit()
        assert not tester.can_add_subpage()
        assert not tester.can_submit_for_moderation()
