"""Pages kept for visitors: what is kept and for whom, what makes them forgotten, and what is said to browsers and proxies."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import time, timedelta

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers

from core import page_cache
from core.models import Attachment
from core.periodic import publish_scheduled
from sites.context import OLDER_MODE_COOKIE
from sites.hosts import synchronise_hosts
from sites.middleware import is_the_same_for_all
from sites.models import (
    ArticlePage,
    Centre,
    Department,
    DivisionFact,
    GroupNotice,
    ServiceMode,
    StaffDuty,
    Topic,
    Window,
)
from sites.provisioning import provision
from sites.standard_apply import the_standard
from sites.tests.content import add_article, add_attachment, add_picture, column_page
from sites.tests.test_provision import CHENGDU, JINJIANG, PROVINCE, WUHOU, divisions
from sites.tests.test_standard_apply import publish

pytestmark = pytest.mark.django_db

HOST = "jinjiang.chengdu.localhost"
OTHER_HOST = "wuhou.chengdu.localhost"


@pytest.fixture(autouse=True)
def cache(settings, tmp_path) -> None:
    """The cache switched on, in the configured kind of store, with nothing in it that other tests could see."""
    configuration = deepcopy(settings.CACHES)
    for name, each in configuration.items():
        if "FileBased" in each["BACKEND"]:
            each["LOCATION"] = str(tmp_path / name)
        else:
            each["KEY_PREFIX"] = f"{name}-{secrets.token_hex(8)}"
    settings.CACHES = configuration
    settings.PAGE_CACHE_SECONDS = 60


@pytest.fixture
def jinjiang(made_jinjiang: Centre) -> Centre:
    return made_jinjiang


@pytest.fixture
def wuhou(made_wuhou: Centre) -> Centre:
    return made_wuhou


@contextmanager
def committed() -> Iterator[None]:
    """What happens within is a transaction of its own, as a request's is, and committed at the end."""
    connection.run_on_commit, before = [], connection.run_on_commit
    yield
    planned, connection.run_on_commit = connection.run_on_commit, before
    for _savepoints, call, _robust in planned:
        call()


def get(path: str, host: str = HOST, client: Client | None = None, **headers: str) -> HttpResponse:
    return (client or Client()).get(path, headers={"host": f"{host}:8000", **headers})


def keep(path: str, host: str = HOST) -> HttpResponse:
    """Visit a page until it is kept, if it ever is: the first visit to a site makes its mark."""
    get(path, host)
    return get(path, host)


def is_kept(path: str, host: str = HOST, client: Client | None = None, **headers: str) -> bool:
    """Whether a page comes without a question to the database."""
    with CaptureQueriesContext(connection) as asked:
        get(path, host, client, **headers)
    return not len(asked)


# -- What is kept, and for whom -----------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/en/", "/news/", "/about/", "/en/enquiries/", "/sites/", "/site-map/"])
def test_visitors_page_is_kept_as_it_was(jinjiang: Centre, path: str) -> None:
    first = keep(path)
    with CaptureQueriesContext(connection) as asked:
        again = get(path)
    assert len(asked) == 0
    assert again.content == first.content
    assert again.headers == first.headers
    assert again["Content-Language"] == ("en" if path.startswith("/en/") else "zh-Hans")
    assert again["X-Content-Type-Options"] == "nosniff"
    assert again["X-Frame-Options"] == "DENY"


def test_article_and_notice_are_kept(jinjiang: Centre) -> None:
    add_article(jinjiang, "甲", "Alpha")
    notice = GroupNotice.objects.create(title_zh_hans="通知", title_en="Notice")
    for path in ("/news/alpha/", "/en/news/alpha/", f"/notices-of-the-group/{notice.pk}/"):
        keep(path)
        assert is_kept(path)


def test_head_is_answered_from_the_kept_page(jinjiang: Centre, django_assert_num_queries) -> None:
    page = keep("/")
    with django_assert_num_queries(0):
        head = Client().head("/", headers={"host": f"{HOST}:8000"})
    assert head.status_code == 200
    assert head["ETag"] == page["ETag"]


def test_each_site_and_each_mode_has_its_own_page(jinjiang: Centre, wuhou: Centre) -> None:
    keep("/")
    assert "武侯区" in keep("/", OTHER_HOST).content.decode()
    assert "锦江区" in get("/").content.decode()
    older = Client()
    older.cookies[OLDER_MODE_COOKIE] = "1"
    assert not is_kept("/", client=older)
    assert is_kept("/", client=older)
    assert 'data-mode="older"' in get("/", client=older).content.decode()
    assert 'data-mode="older"' not in get("/").content.decode()


def test_port_and_cookies_of_others_make_no_other_page(jinjiang: Centre) -> None:
    keep("/")
    visitor = Client()
    visitor.cookies["counter"] = "123"
    assert is_kept("/", client=visitor)
    assert is_kept("/", host=f"{HOST.upper()}")
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/", headers={"host": f"{HOST}:1234"})
    assert len(asked) == 0


def test_who_is_logged_in_neither_gets_nor_leaves_a_kept_page(client: Client, people, jinjiang: Centre) -> None:
    get("/about/")  # makes the site's mark
    client.force_login(people["editor"])
    for _ in range(2):
        assert not is_kept("/about/", client=client)
    assert not is_kept("/about/")
    assert is_kept("/about/")
    assert not is_kept("/about/", client=client)


@pytest.mark.parametrize("query", ["?x=1", "?year=1900", "?page=77", "?page=1", "?topic=none", "?year=2026&x=1"])
def test_address_that_no_page_gives_itself_is_not_kept(jinjiang: Centre, query: str) -> None:
    add_article(jinjiang, "甲", "Alpha", publication_date=timezone.localdate().replace(year=2026))
    keep("/news/")
    keep(f"/news/{query}")
    assert not is_kept(f"/news/{query}")


def test_filtered_lists_are_kept_under_the_addresses_that_the_page_links_to(jinjiang: Centre) -> None:
    topic = Topic.objects.create(key="reform", name_zh_hans="改革", name_en="Reform")
    for number in range(21):
        add_article(jinjiang, f"第{number}条", f"Number {number}", topic=topic)
    year = timezone.localdate().year
    path = f"/news/?year={year}&topic=reform"
    assert f'href="{path.removeprefix("/news/").replace("&", "&amp;")}&amp;page=2"' in keep(path).content.decode()
    for each in (path, f"{path}&page=2", "/news/?topic=reform"):
        keep(each)
        assert is_kept(each)


@pytest.mark.parametrize("path", ["/sites/?q=wuhou", "/sites/?division=510100000000&q=wuhou", "/leaving/?to=x"])
def test_searches_and_notices_of_leaving_are_not_kept(jinjiang: Centre, path: str) -> None:
    keep(path)
    assert not is_kept(path)


def test_group_is_kept_by_division(jinjiang: Centre) -> None:
    keep("/sites/?division=510100000000")
    assert is_kept("/sites/?division=510100000000")


def test_mode_switch_still_sets_its_cookie(jinjiang: Centre) -> None:
    for _ in range(3):
        response = get("/mode/?older=1&next=/about/")
        assert response.cookies[OLDER_MODE_COOKIE].value == "1"
        assert "no-store" in response["Cache-Control"]


def test_neither_errors_nor_redirects_are_kept(jinjiang: Centre) -> None:
    article = add_article(jinjiang, "甲", "Alpha", expire_at=timezone.now() + timedelta(seconds=1))
    ArticlePage.objects.filter(pk=article.pk).update(live=False, expired=True)
    for path, status in (("/news/alpha/", 410), ("/nothing/", 404), ("/sites/?division=1", 404), ("/about", 301)):
        assert keep(path).status_code == status
        assert not is_kept(path)


def test_unknown_hosts_leave_nothing_behind(jinjiang: Centre) -> None:
    keep("/", "unknown.example")
    assert page_cache.marks_of("unknown.example") == {}


def test_cache_that_is_off_keeps_nothing(settings, jinjiang: Centre) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    keep("/")
    assert not is_kept("/")
    with committed():
        jinjiang.save()
    assert page_cache.marks_of(HOST) == {}


def whole(**headers: str) -> HttpResponse:
    response = HttpResponse("page", headers=headers)
    patch_cache_control(response, max_age=0, must_revalidate=True)
    return response


def test_only_a_page_that_is_the_same_for_all_is_kept() -> None:
    assert is_the_same_for_all(whole())
    assert is_the_same_for_all(whole(Vary="Cookie"))
    varies = whole()
    patch_vary_headers(varies, ["Cookie", "Accept-Language"])
    private = whole()
    add_never_cache_headers(private)
    in_pieces = StreamingHttpResponse([b"page"])
    patch_cache_control(in_pieces, max_age=0, must_revalidate=True)
    missing = whole()
    missing.status_code = 404
    for response in (varies, private, in_pieces, missing, whole(**{"Cache-Control": "private"})):
        assert not is_the_same_for_all(response)


# -- What is forgotten, and when ----------------------------------------------------------


def test_page_is_made_anew_when_its_time_is_over(settings, tmp_path, monkeypatch, jinjiang: Centre) -> None:
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path / name)}
        for name in ("default", "pages")
    }
    keep("/")
    now = timezone.now().timestamp()
    monkeypatch.setattr("django.core.cache.backends.filebased.time.time", lambda: now + 55)
    assert is_kept("/")
    monkeypatch.setattr("django.core.cache.backends.filebased.time.time", lambda: now + 65)
    assert not is_kept("/")


def test_what_is_published_shows_at_once_on_its_own_site_alone(jinjiang: Centre, wuhou: Centre) -> None:
    for host in (HOST, OTHER_HOST):
        for path in ("/", "/news/"):
            keep(path, host)
    with committed():
        article = add_article(jinjiang, "锦江新闻", "Jinjiang news")
    for path in ("/", "/news/"):
        assert "锦江新闻" in keep(path).content.decode()
        assert is_kept(path, OTHER_HOST)
    with committed():
        article.title_zh_hans = "另一标题"
        article.save_revision().publish()
    assert "另一标题" in keep("/").content.decode()
    with committed():
        article.unpublish()
    assert "另一标题" not in keep("/").content.decode()
    with committed():
        article.delete()
    assert not is_kept("/")


def test_worker_that_publishes_and_takes_down_forgets_too(jinjiang: Centre) -> None:
    article = add_article(jinjiang, "到期", "Expires", expire_at=timezone.now() + timedelta(days=1))
    assert "到期" in keep("/").content.decode()
    with committed():
        ArticlePage.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        publish_scheduled()
    assert "到期" not in get("/").content.decode()


def test_article_that_moves_to_another_site_shows_there(jinjiang: Centre, wuhou: Centre) -> None:
    article = add_article(jinjiang, "搬家", "Moves")
    assert "搬家" in keep("/").content.decode()
    keep("/", OTHER_HOST)
    with committed():
        article.move(column_page(wuhou, "news"), pos="last-child")
    assert "搬家" not in get("/").content.decode()
    assert "搬家" in get("/", OTHER_HOST).content.decode()


def change_facts(centre: Centre) -> None:
    centre.telephone = "028-1000"
    centre.save()


def change_windows(centre: Centre) -> None:
    Window.objects.create(centre=centre, number="9", name_zh_hans="028-1000")


def change_departments_of_a_window(centre: Centre) -> None:
    centre.windows.get(number="8").departments.add(Department.objects.get(code="d"))


def change_service_modes(centre: Centre) -> None:
    centre.service_modes.add(ServiceMode.objects.get(key="m"))


def change_hours(centre: Centre) -> None:
    centre.opening_hours.create(weekday=0, opens=time(10, 28), closes=time(10, 29))
    centre.opening_note_zh_hans = "028-1000"
    centre.save()


def change_introduction(centre: Centre) -> None:
    page = column_page(centre, "about")
    page.search_description_zh_hans = "028-1000"
    page.save_revision().publish()


OWN_CHANGES = [
    change_facts,
    change_windows,
    change_departments_of_a_window,
    change_service_modes,
    change_hours,
    change_introduction,
]


@pytest.mark.parametrize("change", OWN_CHANGES)
def test_facts_of_a_centre_show_at_once(jinjiang: Centre, wuhou: Centre, change: Callable[[Centre], None]) -> None:
    ServiceMode.objects.create(key="m", name_zh_hans="028-1000", description_zh_hans="文")
    Department.objects.create(code="d", name_zh_hans="028-1000")
    jinjiang.windows.create(number="8", name_zh_hans="八")
    assert "028-1000" not in keep("/about/").content.decode()
    keep("/about/", OTHER_HOST)
    with committed():
        change(jinjiang)
    assert "028-1000" in get("/about/").content.decode()
    assert is_kept("/about/", OTHER_HOST)


def test_facts_for_investors_show_at_once(jinjiang: Centre, wuhou: Centre) -> None:
    keep("/invest/")
    keep("/invest/", OTHER_HOST)
    with committed():
        DivisionFact.objects.create(centre=jinjiang, label_zh_hans="面积", value_zh_hans="61 平方公里")
    assert "61 平方公里" in get("/invest/").content.decode()
    assert is_kept("/invest/", OTHER_HOST)


def rename_division(jinjiang: Centre) -> None:
    jinjiang.division.name_zh_hans = "新名"
    jinjiang.division.save()


def add_group_notice(jinjiang: Centre) -> None:
    GroupNotice.objects.create(title_zh_hans="新名")


def rename_topic(jinjiang: Centre) -> None:
    topic = Topic.objects.get(key="t")
    topic.name_zh_hans = "新名"
    topic.save()


def rename_duty(jinjiang: Centre) -> None:
    StaffDuty.objects.create(key="d", name_zh_hans="新名", description_zh_hans="文")


def rename_column(jinjiang: Centre) -> None:
    publish(the_standard(), news={"name_zh_hans": "新名"})


def describe_picture(jinjiang: Centre) -> None:
    article = ArticlePage.objects.get(slug="alpha")
    article.picture.description_zh_hans = "新名"
    article.picture.save()


def rename_attachment(jinjiang: Centre) -> None:
    document = Attachment.objects.get()
    document.title = "新名"
    document.save()


GROUP_CHANGES = [
    (rename_division, "/sites/?division=510100000000"),
    (add_group_notice, "/"),
    (rename_topic, "/news/"),
    (rename_duty, "/about/"),
    (rename_column, "/"),
    (describe_picture, "/news/alpha/"),
    (rename_attachment, "/news/alpha/"),
]


@pytest.mark.parametrize(("change", "path"), GROUP_CHANGES)
def test_what_concerns_several_sites_shows_at_once(
    settings, tmp_path, jinjiang: Centre, wuhou: Centre, change: Callable[[Centre], None], path: str
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    topic = Topic.objects.create(key="t", name_zh_hans="题")
    files = [("attachment", {"document": add_attachment(jinjiang), "title": ""})]
    add_article(jinjiang, "甲", "Alpha", topic=topic, picture=add_picture(jinjiang), body_zh_hans=files, body_en=files)
    keep(path)
    assert "新名" not in keep(path).content.decode()
    with committed():
        change(jinjiang)
    assert "新名" in get(path).content.decode()
    if change in (add_group_notice, rename_column):
        assert "新名" in get("/", OTHER_HOST).content.decode()


def test_notice_for_one_division_shows_at_once(jinjiang: Centre) -> None:
    notice = GroupNotice.objects.create(title_zh_hans="仅市局")
    notice.divisions.add(jinjiang.division.parent.parent)
    assert "仅市局" in keep("/").content.decode()
    with committed():
        notice.chosen_divisions.all().delete()
        notice.divisions.add(Centre.objects.get(host_site__domain=OTHER_HOST).division)
    assert "仅市局" not in get("/").content.decode()


def test_names_that_provisioning_carries_through_show_at_once(jinjiang: Centre) -> None:
    assert "锦江区" in keep("/").content.decode()
    keep("/sites/?division=510100000000")
    with committed():
        provision(divisions(PROVINCE, CHENGDU, JINJIANG.replace("锦江", "锦绣"), WUHOU))
    assert "锦绣区" in get("/").content.decode()
    keep("/sites/?division=510100000000")
    with committed():
        provision(divisions(PROVINCE, CHENGDU, "510199000000,天府区,county,510100000000"))
    assert "天府区" in get("/sites/?division=510100000000").content.decode()


def test_pages_forget_the_address_that_the_group_had(settings, jinjiang: Centre) -> None:
    keep("/")
    settings.PUBLIC_PORT = 9000
    with committed():
        synchronise_hosts()
    assert f"http://{HOST}:9000/" in get("/").content.decode()


def test_change_after_one_that_was_rolled_back_is_not_missed(jinjiang: Centre) -> None:
    keep("/")
    with committed():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            jinjiang.save()
            raise ZeroDivisionError
        assert not connection.run_on_commit
        jinjiang.telephone = "028-1000"
        jinjiang.save()
        jinjiang.save()
        assert len(connection.run_on_commit) == 1
    assert "028-1000" in get("/").content.decode()


def test_change_of_very_many_sites_forgets_all_at_once(jinjiang: Centre, wuhou: Centre) -> None:
    keep("/", OTHER_HOST)
    with committed():
        for number in range(3000):
            page_cache.forget(f"{number}")
        page_cache.forget(wuhou.pk)
        assert len(connection.run_on_commit) == page_cache.MANY_SITES + 1
    assert not is_kept("/", OTHER_HOST)


def test_nothing_is_forgotten_before_the_change_is_committed(jinjiang: Centre) -> None:
    keep("/")
    with committed():
        jinjiang.save()
        assert is_kept("/")
    assert not is_kept("/")


def test_new_picture_forgets_nothing(settings, tmp_path, jinjiang: Centre) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    keep("/")
    with committed():
        add_picture(jinjiang)
        add_attachment(jinjiang)
    assert is_kept("/")


def test_page_that_was_begun_before_a_change_is_not_shown_after_it(jinjiang: Centre) -> None:
    get("/")
    marks = page_cache.marks_of(HOST)
    with committed():
        page_cache.forget(jinjiang.pk)
    page_cache.store("key", HOST, marks, HttpResponse("begun before"))
    assert page_cache.find("key", page_cache.marks_of(HOST)) is None


@pytest.mark.parametrize("host", ["", HOST])
def test_page_is_not_good_once_a_mark_is_lost(jinjiang: Centre, host: str) -> None:
    keep("/")
    assert is_kept("/")
    caches["default"].delete(page_cache.mark_key(host))
    assert not is_kept("/")
    keep("/")
    assert is_kept("/")


def test_group_goes_on_while_its_cache_does_not_answer(settings, jinjiang: Centre, caplog) -> None:
    nowhere = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": nowhere, "pages": nowhere}
    assert get("/").status_code == 200
    with committed():
        change_facts(jinjiang)
    assert "028-1000" in get("/").content.decode()
    assert "no page is kept" in caplog.text


# -- What is said to browsers and proxies ------------------------------------------------------


@pytest.mark.parametrize("seconds", [0, 60])
def test_unchanged_page_is_not_sent_again(settings, jinjiang: Centre, seconds: int) -> None:
    settings.PAGE_CACHE_SECONDS = seconds
    page = keep("/")
    assert page["Cache-Control"] == "max-age=0, must-revalidate"
    assert page["Vary"] == "Cookie"
    again = get("/", **{"if-none-match": page["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == page["ETag"]
    assert again["Vary"] == "Cookie"
    assert again["Cache-Control"] == page["Cache-Control"]
    # nginx makes weak ones when it compresses.
    assert get("/", **{"if-none-match": f"W/{page['ETag']}"}).status_code == 304
    with committed():
        change_facts(jinjiang)
    assert get("/", **{"if-none-match": page["ETag"]}).status_code == 200


def test_mode_for_older_people_has_another_validator(jinjiang: Centre) -> None:
    older = Client()
    older.cookies[OLDER_MODE_COOKIE] = "1"
    assert get("/", client=older)["ETag"] != get("/")["ETag"]


def test_same_page_made_twice_has_the_same_validator(settings, jinjiang: Centre) -> None:
    add_article(jinjiang, "甲", "Alpha")
    settings.PAGE_CACHE_SECONDS = 0
    for path in ("/", "/en/news/", "/news/alpha/", "/about/", "/sites/"):
        assert get(path)["ETag"] == get(path)["ETag"]


def test_nobody_keeps_what_somebody_logged_in_sees(client: Client, people, settings, tmp_path, jinjiang) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    document = add_attachment(jinjiang)
    client.force_login(people["editor"])
    for path in ("/", "/nothing/", f"/documents/{document.pk}/form.pdf"):
        said = get(path, client=client)["Cache-Control"]
        assert {"private", "no-store"} <= set(said.split(", "))
        assert "public" not in said


def test_document_is_asked_for_each_time(settings, tmp_path, jinjiang: Centre) -> None:
    """Wagtail lets proxies keep one for an hour, also after its page was taken down."""
    settings.MEDIA_ROOT = tmp_path / "media"
    document = add_attachment(jinjiang)
    files = [("attachment", {"document": document, "title": ""})]
    add_article(jinjiang, "甲", "Alpha", body_zh_hans=files)
    response = get(f"/documents/{document.pk}/form.pdf")
    assert response.status_code == 200
    assert {"max-age=0", "must-revalidate"} <= set(response["Cache-Control"].split(", "))
    assert get(f"/documents/{document.pk}/form.pdf", **{"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(("path", "status"), [("/nothing/", 404), ("/leaving/?to=x", 404)])
def test_nobody_keeps_an_error(jinjiang: Centre, path: str, status: int) -> None:
    response = get(path)
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response


def test_browser_asks_again_where_a_redirect_leads(jinjiang: Centre) -> None:
    """A column's slug may go back to what it was: a redirect that a browser keeps for good would lead in a circle."""
    response = get("/about")
    assert response.status_code == 301
    assert response["Cache-Control"] == "max-age=0, must-revalidate"


def test_admin_says_itself_what_may_be_kept(client: Client, people, jinjiang: Centre) -> None:
    client.force_login(people["editor"])
    assert "no-store" in get("/admin/", client=client)["Cache-Control"]
    assert "no-store" in get("/admin/login/")["Cache-Control"]
