"""The standard in the admin: the draft's form, the preview, applying, and who may."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.models import User
from sites.models import Centre, Column, ColumnPage, ColumnStandard
from sites.models.column import column_by_key
from sites.standard_apply import APPLIED, columns_of, draft_columns, the_standard

pytestmark = pytest.mark.django_db
VIEWS = "wagtailsnippets_website_group_columnstandard"
FIELDS = ("name_zh_hans", "name_en", "description_zh_hans", "description_en", "slug", "key", "kind")


def logged_in(client, name: str, *codenames: str) -> User:
    user = User.objects.create_user(name, password="x")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def standard() -> ColumnStandard:
    return the_standard()


@pytest.fixture
def admin(client, province: Centre):
    client.defaults["HTTP_HOST"] = "sichuan.localhost:8000"
    client.user = logged_in(client, "province", "change_columnstandard", "publish_columnstandard")
    return client


def address(name: str, standard: ColumnStandard, *args) -> str:
    return reverse(f"{VIEWS}:{name}", args=[standard.pk, *args])


def form_data(columns: list[Column], **changes: dict) -> dict[str, str | list[str]]:
    """What a browser sends for these columns, with changes by key."""
    data = {
        "columns-TOTAL_FORMS": str(len(columns)),
        "columns-INITIAL_FORMS": str(sum(bool(column.pk) for column in columns)),
        "columns-MIN_NUM_FORMS": "0",
        "columns-MAX_NUM_FORMS": "1000",
    }
    for number, column in enumerate(columns):
        row = {field: getattr(column, field) or "" for field in FIELDS}
        row |= {"id": column.pk or "", "ORDER": str(number + 1), "levels": list(column.levels)}
        row |= {"required": "on"} if column.required else {}
        row |= {"update_days": column.update_days or ""}
        row |= changes.get(column.key, {})
        data |= {f"columns-{number}-{field}": value for field, value in row.items()}
    return data


def test_saving_is_a_draft_and_the_preview_says_what_it_would_do(admin, standard, jinjiang) -> None:
    data = form_data(columns_of(standard), news={"name_zh_hans": "要闻", "name_en": "Headlines", "levels": ["county"]})
    response = admin.post(address("edit", standard), {**data, "action-preview-and-apply": "1"})
    assert response.status_code == 302 and response["location"] == address("apply", standard)
    assert column_by_key("news").name_zh_hans == "新闻动态"
    response = admin.get(address("apply", standard))
    rows = [(each.change.kind.value, each.sites, each.articles_kept) for each in response.context["consequences"]]
    assert rows == [("renamed", 1, 0), ("levels-removed", 2, 0)]
    assert "Headlines" in response.content.decode()


def apply(admin, standard: ColumnStandard):
    standard.refresh_from_db()
    return admin.post(address("apply", standard), {"revision": str(standard.latest_revision_id)})


def test_applying_reaches_the_sites(admin, standard, jinjiang) -> None:
    admin.post(address("edit", standard), form_data(columns_of(standard), news={"name_en": "Headlines"}))
    assert column_by_key("news").name_en == "News"
    assert apply(admin, standard).status_code == 302
    assert set(ColumnPage.objects.filter(column_key="news").values_list("title_en", flat=True)) == {"Headlines"}
    assert ModelLogEntry.objects.get(action=APPLIED).user == admin.user


def test_only_the_draft_that_was_seen_is_applied(admin, standard, jinjiang) -> None:
    admin.post(address("edit", standard), form_data(columns_of(standard), news={"name_en": "Headlines"}))
    standard.refresh_from_db()
    seen = standard.latest_revision_id
    draft = draft_columns(standard.get_latest_revision_as_object())
    admin.post(address("edit", standard), form_data(draft, about={"name_en": "Who we are"}))
    admin.post(address("apply", standard), {"revision": str(seen)})
    assert column_by_key("news").name_en == "News"


@pytest.mark.parametrize("is_superuser", [False, True])
@pytest.mark.parametrize("view", ["edit", "revisions_revert"])
def test_stock_publishing_leads_to_the_preview(admin, standard, jinjiang, view: str, is_superuser: bool) -> None:
    User.objects.filter(pk=admin.user.pk).update(is_superuser=is_superuser)
    of_view = [standard.save_revision().pk] if view == "revisions_revert" else []
    data = form_data(columns_of(standard), news={"name_en": "Headlines"})
    response = admin.post(address(view, standard, *of_view), {**data, "action-publish": "1"})
    assert response.status_code == 302 and response["location"] == address("apply", standard)
    assert column_by_key("news").name_en == "News"
    draft = draft_columns(ColumnStandard.objects.get().get_latest_revision_as_object())
    assert "Headlines" in [column.name_en for column in draft]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slug": "admin"}, "slug"),
        ({"slug": "about"}, "slug"),
        ({"slug": "Not a slug"}, "slug"),
        ({"name_en": ""}, "name_en"),
        ({"name_zh_hans": ""}, "name_zh_hans"),
        ({"levels": []}, "levels"),
        ({"update_days": "-1"}, "update_days"),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(admin, standard, change: dict, field: str) -> None:
    columns = columns_of(standard)
    place = [column.key for column in columns].index("news")
    data = form_data(columns, news={"description_en": "typed just now", **change})
    response = admin.post(address("edit", standard), data)
    form = response.context["form"].formsets["columns"].forms[place]
    assert list(form.errors) == [field]
    assert "typed just now" in response.content.decode()
    standard.refresh_from_db()
    assert standard.latest_revision is None


def test_the_form_shows_both_languages_and_levels_as_checkboxes(admin, standard) -> None:
    html = admin.get(address("edit", standard)).content.decode()
    for field in ("name_zh_hans", "name_en", "description_zh_hans", "description_en"):
        assert f'name="columns-0-{field}"' in html
    assert 'type="checkbox" name="columns-0-levels" value="township"' in html
    assert 'name="action-preview-and-apply"' in html
    assert 'name="action-publish"' not in html


def test_key_and_kind_of_a_column_that_exists_never_change(admin, standard) -> None:
    data = form_data(columns_of(standard), news={"key": "other", "kind": "about", "name_en": "Headlines"})
    admin.post(address("edit", standard), data)
    apply(admin, standard)
    assert column_by_key("news").name_en == "Headlines"
    assert column_by_key("news").kind == "articles"
    assert column_by_key("other") is None


def test_a_new_column_gets_its_key_from_its_slug_and_its_place_from_the_form(admin, standard, jinjiang) -> None:
    new = Column(slug="stories", name_zh_hans="故事", name_en="Stories", kind="articles", levels=["county"])
    data = form_data([*columns_of(standard), new])
    data["columns-0-ORDER"], data["columns-1-ORDER"] = "2", "1"
    admin.post(address("edit", standard), {**data, "action-preview-and-apply": "1"})
    apply(admin, standard)
    assert [column.key for column in columns_of(standard)][:2] == ["news", "about"]
    assert column_by_key("stories").name_zh_hans == "故事"
    assert ColumnPage.objects.filter(column_key="stories", live=True).count() == 1


def test_a_removed_column_comes_back_with_its_slug(admin, standard, jinjiang) -> None:
    columns = columns_of(standard)
    admin.post(address("edit", standard), form_data(columns, news={"slug": "headlines"}))
    apply(admin, standard)
    draft = draft_columns(standard.get_latest_revision_as_object())
    admin.post(address("edit", standard), form_data(draft, news={"DELETE": "1"}))
    apply(admin, standard)
    assert not ColumnPage.objects.filter(column_key="news", live=True).exists()
    new = Column(slug="headlines", name_zh_hans="要闻", name_en="Headlines", kind="articles", levels=["county"])
    admin.post(address("edit", standard), form_data([*columns_of(standard), new]))
    apply(admin, standard)
    assert column_by_key("news").slug == "headlines"
    assert ColumnPage.objects.filter(column_key="news", live=True).count() == 1


def test_there_is_one_standard_and_it_stays(client, province, standard) -> None:
    client.defaults["HTTP_HOST"] = "sichuan.localhost:8000"
    client.force_login(
        User.objects.create_superuser("root", "r@example.org", "x"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    client.post(reverse(f"{VIEWS}:add"), form_data([]))
    for name in ("delete", "unpublish"):
        client.post(address(name, standard))
    bulk = reverse("wagtail_bulk_action", args=["website_group", "columnstandard", "delete"])
    client.post(f"{bulk}?id={standard.pk}")
    assert ColumnStandard.objects.filter(live=True).count() == ColumnStandard.objects.count() == 1


@pytest.mark.parametrize("name", ["edit", "apply", "history"])
def test_nobody_else_gets_at_it(client, province, standard, name: str) -> None:
    client.defaults["HTTP_HOST"] = "sichuan.localhost:8000"
    logged_in(client, "editor", "change_centre")
    assert client.get(address(name, standard)).status_code in (302, 403)
    assert client.post(address(name, standard), form_data([])).status_code in (302, 403)
    assert columns_of(standard)
