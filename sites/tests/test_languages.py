"""Both languages over the whole site: the switch, dates, the admin's language, the mode for older people, caches."""

from datetime import date, time

import pytest
from django.contrib.auth import get_user_model
from django.utils.translation import override
from wagtail.users.models import UserProfile

from sites.models import Centre, OpeningHours
from sites.tests.content import add_article, add_attachment, add_picture, paragraph
from sites.tests.test_public_pages import HOST, get

pytestmark = pytest.mark.django_db


@pytest.fixture
def jinjiang(made_jinjiang: Centre) -> Centre:
    return made_jinjiang


@pytest.fixture
def wuhou(made_wuhou: Centre) -> Centre:
    return made_wuhou


PAGES = ["/", "/about/", "/news/", "/notices/", "/policies/", "/invest/", "/enquiries/", "/sites/", "/site-map/"]


def switch(response) -> str:
    """The address that the language switch leads to."""
    other = [each for each in response.context["languages"] if not each["is_current"]]
    assert f'<a href="{other[0]["url"].replace("&", "&amp;")}" lang="{other[0]["lang"]}"' in response.content.decode()
    return other[0]["url"]


@pytest.mark.parametrize("path", PAGES)
def test_switch_stays_on_the_page_with_its_query(client, jinjiang: Centre, path: str) -> None:
    there = switch(get(client, f"{path}?year=2026&page=1"))
    assert there == f"/en{path}?year=2026&page=1"
    assert switch(get(client, there)) == f"{path}?year=2026&page=1"


@pytest.mark.parametrize("path", PAGES)
def test_english_pages_hold_no_unmarked_chinese_frame(client, jinjiang: Centre, path: str) -> None:
    html = get(client, f"/en{path}").content.decode()
    assert '<html lang="en"' in html
    assert "skip" in html
    assert "首页" not in html
    assert "中心概况" not in html


def test_english_without_a_slash(client, jinjiang: Centre) -> None:
    response = get(client, "/en?a=1")
    assert response.status_code == 301
    assert response["location"] == "/en/?a=1"


def test_addresses_that_only_begin_like_a_language(client, jinjiang: Centre) -> None:
    assert get(client, "/zh-hans/").status_code == 404
    assert get(client, "/en-gb/").status_code == 404
    response = get(client, "/english/")
    assert '<html lang="zh-Hans"' in response.content.decode()


def test_dates_and_hours_in_each_languages_form(client, jinjiang: Centre) -> None:
    add_article(jinjiang, "甲", "Alpha", publication_date=date(2026, 11, 2))
    OpeningHours.objects.create(centre=jinjiang, weekday=0, opens=time(9), closes=time(17, 30))
    assert "2026年11月2日" in get(client, "/news/alpha/").content.decode()
    english = get(client, "/en/news/alpha/").content.decode()
    assert "2 November 2026" in english
    assert "年" not in english.split("<main")[1].split("</main")[0].replace("2026年11月2日", "年")
    about = get(client, "/en/about/").content.decode()
    assert "Monday" in about
    assert "09:00–17:30" in about


def test_browsers_language_doesnt_change_public_pages(client, jinjiang: Centre) -> None:
    response = client.get("/", headers={"host": HOST, "accept-language": "en"})
    assert '<html lang="zh-Hans"' in response.content.decode()
    assert "Accept-Language" not in response.get("Vary", "")
    assert response["Content-Language"] == "zh-Hans"


@pytest.mark.parametrize(
    ("accepts", "language"), [("en-GB,en", "en"), ("zh-CN,zh;q=0.9", "zh-hans"), ("fr", "zh-hans")]
)
def test_log_in_page_is_in_the_browsers_language(client, jinjiang: Centre, accepts: str, language: str) -> None:
    response = client.get("/admin/login/", headers={"host": HOST, "accept-language": accepts})
    assert response.status_code == 200
    assert f'lang="{language}"' in response.content.decode()
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize(("preferred", "language"), [("", "zh-hans"), ("zh-hans", "zh-hans"), ("en", "en")])
def test_admin_is_in_the_users_language(client, jinjiang: Centre, preferred: str, language: str) -> None:
    user = get_user_model().objects.create_superuser("root", password="a-long-password")
    UserProfile.objects.create(user=user, preferred_language=preferred)
    client.force_login(user)
    response = client.get("/admin/", headers={"host": HOST, "accept-language": "en"})
    assert f'lang="{language}"' in response.content.decode()


def test_mode_for_older_people_is_remembered(client, jinjiang: Centre) -> None:
    page = get(client, "/en/news/?year=2026")
    assert page.context["older_mode"] is False
    back = get(client, page.context["mode_switch_url"])
    assert back.status_code == 302
    assert back["location"] == "/en/news/?year=2026"
    page = get(client, back["location"])
    assert page.context["older_mode"] is True
    assert 'data-mode="older"' in page.content.decode()
    get(client, page.context["mode_switch_url"])
    assert 'data-mode="older"' not in get(client, "/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", r"\\evil.example", "javascript:x", ""])
def test_mode_switch_leads_nowhere_else(client, jinjiang: Centre, target: str) -> None:
    assert get(client, f"/mode/?older=1&next={target}")["location"] == "/"


@pytest.mark.parametrize("path", [*PAGES, "/news/alpha/", "/nothing/", "/news/feed.atom", "/sitemap.xml"])
def test_visitors_get_no_cookie_so_that_a_proxy_can_keep_pages(client, jinjiang: Centre, path: str) -> None:
    add_article(jinjiang, "甲", "Alpha")
    for address in (path, f"/en{path}"):
        response = get(client, address)
        assert not response.cookies
        if response["Content-Type"].startswith("text/html") and response.status_code == 200:
            assert response["Vary"] == "Cookie"


# -- Query budgets ------------------------------------------------------------------


@pytest.fixture
def full_site(jinjiang: Centre, wuhou: Centre, settings, tmp_path) -> Centre:
    """A site with articles in every column; one with pictures, files and links."""
    settings.MEDIA_ROOT = tmp_path
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    for column in ("news", "notices", "policies"):
        for number in range(6):
            add_article(jinjiang, f"第{number}条", f"{column} {number}", column=column)
    picture = add_picture(jinjiang)
    body = [
        paragraph('文字<a href="https://www.example.com/">外</a>'),
        *[("image", {"image": picture, "alternative_text": str(n), "caption": ""}) for n in range(3)],
        *[("attachment", {"document": add_attachment(jinjiang), "title": ""}) for _ in range(2)],
    ]
    add_article(jinjiang, "全", "Full", picture=picture, body_zh_hans=body, body_en=body)
    for weekday in range(5):
        OpeningHours.objects.create(centre=jinjiang, weekday=weekday, opens=time(9), closes=time(17))
    return jinjiang


BUDGETS = {
    "/": 15,
    "/news/": 12,
    "/news/?year=2026&page=1": 12,
    "/about/": 12,
    "/enquiries/": 12,
    "/invest/": 12,
    "/news/full/": 10,
}


def test_query_budgets(client, full_site: Centre, django_assert_max_num_queries) -> None:
    """The issue's budgets for a home page, a column page and an article, in both languages."""
    for path, budget in BUDGETS.items():
        for address in (path, f"/en{path}"):
            get(client, address)  # makes the sizes of pictures, once
            with django_assert_max_num_queries(budget, info=address):
                assert get(client, address).status_code == 200


@pytest.mark.parametrize("language_of_editor", ["zh-hans", "en"])
def test_editor_previews_both_languages(jinjiang: Centre, language_of_editor: str) -> None:
    article = add_article(jinjiang, "周六开放", "Open on Saturdays")
    assert [mode for mode, _name in article.preview_modes] == ["zh-hans", "en"]
    with override(language_of_editor):
        previews = {
            mode: article.make_preview_request(preview_mode=mode).content.decode() for mode in ("zh-hans", "en")
        }
        default = article.make_preview_request(preview_mode=article.default_preview_mode).content.decode()
    for text in (previews["zh-hans"], default):
        assert '<html lang="zh-Hans"' in text
        assert "周六开放</h1>" in text
    assert '<html lang="en"' in previews["en"]
    assert "Open on Saturdays</h1>" in previews["en"]
