"""What a person sees of the admin: the own centre's pages and numbers, and menus that work."""

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu, reports_menu, settings_menu
from wagtail.users.models import UserProfile

from core.models import BasePage
from sites.models import ArticlePage, Centre
from sites.tests.people import column, draft, published

WRITING = {"explorer", "images", "documents", "centre", "reports"}


@pytest.mark.parametrize(("name", "code"), [("editor", "510104000000"), ("wuhou-head", "510107000000")])
def test_explorer_starts_at_the_own_home_page(admin, name, code) -> None:
    response = admin(name).get(reverse("wagtailadmin_explore_root"))
    assert response.url == reverse("wagtailadmin_explore", args=[Centre.objects.get(pk=code).home_id])


def test_supervisor_sees_the_folder_and_its_centres(admin, made_chengdu, made_jinjiang) -> None:
    response = admin("supervisor").get(reverse("wagtailadmin_explore_root"), follow=True)
    assert response.context["parent_page"].pk == made_chengdu.folder_id
    assert made_jinjiang.folder_id in [page.pk for page in response.context["pages"]]


@pytest.mark.parametrize(
    ("name", "main", "settings"),
    [
        ("editor", WRITING, set()),
        ("head", {*WRITING, "settings"}, {"users", "appointments"}),
        ("receiver", set(), set()),
        ("catalogue", {"catalogue", "documents"}, set()),
        ("supervisor", {*WRITING, "settings"}, {"users", "appointments"}),
        ("province", {*WRITING, "catalogue", "province", "settings"}, {"users", "appointments"}),
        ("superuser", {*WRITING, "catalogue", "province", "settings"}, {"users", "appointments"}),
    ],
)
def test_menus_show_what_works(rf, people, name, main, settings) -> None:
    request = rf.get(reverse("wagtailadmin_home"))
    request.user = people[name]
    assert {item.name for item in admin_menu.menu_items_for_request(request)} - {"help"} == main
    assert {item.name for item in settings_menu.menu_items_for_request(request)} == settings


@pytest.mark.parametrize("name", ["editor", "head", "supervisor"])
def test_only_those_who_run_the_group_have_its_reports(rf, people, name) -> None:
    request = rf.get(reverse("wagtailadmin_home"))
    request.user = people[name]
    assert [item.name for item in reports_menu.menu_items_for_request(request)] == ["lacks-english"]
    request.user = people["province"]
    assert "site-history" in [item.name for item in reports_menu.menu_items_for_request(request)]


def test_first_page_counts_the_own_centre_alone(admin, people, made_jinjiang, made_wuhou) -> None:
    html = admin("editor").get(reverse("wagtailadmin_home")).content.decode()
    draft(made_wuhou, "武侯草稿", people["wuhou-editor"])
    again = admin("editor").get(reverse("wagtailadmin_home")).content.decode()
    pages = BasePage.objects.descendant_of(made_jinjiang.home).count()
    assert f"{pages}" in html
    assert "武侯草稿" not in again
    numbers = [line.strip() for line in html.splitlines() if line.strip().isdigit()]
    assert numbers == [line.strip() for line in again.splitlines() if line.strip().isdigit()]


@pytest.mark.parametrize("live", [True, False])
def test_page_chooser_offers_own_pages_only(admin, people, made_jinjiang, made_wuhou, live) -> None:
    make = published if live else draft
    own = make(made_jinjiang, "锦江通知", people["editor"])
    make(made_wuhou, "武侯通知", people["wuhou-editor"])
    client = admin("editor")
    opened = client.get(reverse("wagtailadmin_choose_page"), follow=True).json()["html"]
    assert "新闻动态" in opened
    inside = client.get(reverse("wagtailadmin_choose_page_child", args=[column(made_jinjiang).pk])).json()["html"]
    assert own.title in inside
    found = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "通知"}).content.decode()
    assert "武侯通知" not in found


def test_address_of_another_site_stays_an_address(admin, people, made_wuhou) -> None:
    article = published(made_wuhou, "武侯通知", people["wuhou-editor"])
    address = f"{made_wuhou.root_url}/news/{article.slug}/"
    response = admin("editor").post(
        reverse("wagtailadmin_choose_page_external_link"), {"external-link-chooser-url": address}
    )
    assert response.json()["result"]["url"] == address
    assert "id" not in response.json()["result"]


@pytest.mark.parametrize(("name", "acts"), [("editor", False), ("head", True), ("supervisor", True)])
def test_bulk_unpublishing_is_for_heads_and_supervisors(admin, people, made_jinjiang, name, acts) -> None:
    article = published(made_jinjiang, "通知", people["editor"])
    bulk = reverse("wagtail_bulk_action", args=["core", "basepage", "unpublish"])
    admin(name).post(f"{bulk}?id={article.pk}")
    assert ArticlePage.objects.get(pk=article.pk).live is not acts


@pytest.mark.parametrize("parent", ["", "root"])
def test_bulk_actions_on_all_stay_on_own_pages(admin, people, made_wuhou, parent) -> None:
    article = draft(made_wuhou, "武侯草稿", people["wuhou-editor"])
    child_of = "" if not parent else f"&childOf={BasePage.get_first_root_node().pk}"
    bulk = reverse("wagtail_bulk_action", args=["core", "basepage", "delete"])
    response = admin("editor").post(f"{bulk}?id=all{child_of}")
    assert response.status_code == 404
    assert ArticlePage.objects.filter(pk=article.pk).exists()


def test_explorers_filters_list_neither_sites_nor_people(admin, made_jinjiang, people) -> None:
    html = admin("province").get(reverse("wagtailadmin_explore", args=[made_jinjiang.home_id])).content.decode()
    for field in ("owner", "edited_by", "site"):
        assert f'name="{field}"' not in html


def test_first_page_says_who_one_is_and_where_to_write(admin, made_jinjiang) -> None:
    html = admin("editor").get(reverse("wagtailadmin_home")).content.decode()
    assert "中心编辑" in html
    assert f'href="{made_jinjiang.root_url}"' in html
    for key in ("news", "notices", "policies"):
        address = reverse(
            "wagtailadmin_pages:add", args=["website_group", "articlepage", column(made_jinjiang, key).pk]
        )
        assert address in html
    receiver = admin("receiver").get(reverse("wagtailadmin_home")).content.decode()
    assert "登记科" in receiver
    assert "/articlepage/" not in receiver
    assert "/articlepage/" not in admin("supervisor").get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(("language", "refusal"), [("en", "you do not have permission"), ("", "没有权限")])
def test_admin_refuses_in_the_persons_language(admin, people, language: str, refusal: str) -> None:
    UserProfile.objects.create(user=people["editor"], preferred_language=language)
    response = admin("editor").get(reverse("groupnotice:index"), follow=True)
    assert refusal in response.content.decode()
    missing = admin("editor").get("/admin/nothing-here/")
    assert missing.status_code == 404
    assert missing.headers["Content-Language"] == (language or "zh-Hans")
    assert ("Page not found" in missing.content.decode()) == (language == "en")


def test_explorer_offers_no_handles_and_no_warnings_for_what_nobody_may_do(admin, made_jinjiang, made_chengdu) -> None:
    columns = admin("superuser").get(reverse("wagtailadmin_explore", args=[made_jinjiang.home_id])).content.decode()
    assert "data-w-orderable" not in columns
    folder = admin("superuser").get(reverse("wagtailadmin_explore", args=[made_chengdu.folder_id])).content.decode()
    assert "help-warning" not in folder
