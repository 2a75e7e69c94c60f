"""The worker makes a published page's pictures in the sizes that its visitors ask for."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import Picture, PictureRendition
from core.pictures import SPECS, make_renditions
from sites.models import ArticlePage, Centre
from sites.tests.content import add_article, add_picture, paragraph
from sites.tests.people import submit

HOST = "jinjiang.chengdu.localhost:8000"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    # It knows pictures by their numbers, which other tests have given to others.
    caches["renditions"].clear()


@pytest.fixture
def jinjiang(made_jinjiang: Centre) -> Centre:
    """The module's own group: another one beside it would have the same divisions."""
    return made_jinjiang


def queued() -> list[int]:
    """The pictures that wait for the worker."""
    tasks = DBTaskResult.objects.filter(task_path=make_renditions.module_path).order_by("enqueued_at")
    return [task.args_kwargs["args"][0] for task in tasks]


def text_with(*pictures: Picture) -> list:
    blocks = [("image", {"image": picture, "alternative_text": "图", "caption": ""}) for picture in pictures]
    return [paragraph("正文"), *blocks]


def test_what_the_worker_made_is_all_that_a_page_shows(client, made_jinjiang: Centre) -> None:
    own, inside, english = (add_picture(made_jinjiang, title=title) for title in ("own", "inside", "english"))
    add_article(
        made_jinjiang,
        "通知",
        "Notice",
        picture=own,
        body_zh_hans=text_with(inside, own),
        body_en=text_with(inside, english),
    )
    assert sorted(queued()) == sorted([own.pk, inside.pk, english.pk])
    for picture_id in queued():
        make_renditions.call(picture_id)
    made = PictureRendition.objects.count()
    assert made == 3 * len(SPECS)
    for path in ("/", "/news/", "/news/notice/", "/en/news/notice/"):
        assert client.get(path, headers={"host": HOST}).status_code == 200
    assert PictureRendition.objects.count() == made
    make_renditions.call(own.pk)
    assert PictureRendition.objects.count() == made


def test_a_planned_articles_pictures_are_made_when_it_is_published(made_jinjiang: Centre) -> None:
    article = add_article(made_jinjiang, "通知", body_zh_hans=text_with())
    picture = add_picture(made_jinjiang)
    article.picture = picture
    article.go_live_at = timezone.now() + timedelta(hours=1)
    revision = article.save_revision()
    revision.publish()
    assert queued() == []
    revision.refresh_from_db()
    revision.content["go_live_at"] = (timezone.now() - timedelta(seconds=1)).isoformat()
    revision.save()
    revision.publish()
    assert queued() == [picture.pk]


def test_an_approved_articles_pictures_are_made(people, made_jinjiang: Centre) -> None:
    article = add_article(made_jinjiang, "通知")
    picture = add_picture(made_jinjiang)
    article.body_zh_hans = text_with(picture)
    article.save_revision(user=people["editor"])
    article = submit(ArticlePage.objects.get(pk=article.pk), people["editor"])
    assert queued() == []
    state = article.current_workflow_task_state
    state.task.specific.on_action(state, people["head"], "approve")
    assert queued() == [picture.pk]


def test_a_picture_that_is_gone_is_no_fault(made_jinjiang: Centre) -> None:
    picture = add_picture(made_jinjiang)
    picture_id = picture.pk
    picture.delete()
    make_renditions.call(picture_id)
    assert not PictureRendition.objects.exists()


def test_pages_show_their_pictures_while_redis_does_not_answer(client, settings, made_jinjiang: Centre, caplog) -> None:
    picture = add_picture(made_jinjiang)
    add_article(made_jinjiang, "通知", "Notice", picture=picture, body_zh_hans=text_with(picture))
    redis, away = "django.core.cache.backends.redis.RedisCache", "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {"BACKEND": redis, "LOCATION": away},
        "pages": {"BACKEND": redis, "LOCATION": away},
        "renditions": {"BACKEND": "core.rendition_cache.RenditionCache", "LOCATION": away},
    }
    settings.PAGE_CACHE_SECONDS = 60
    for path in ("/", "/news/", "/news/notice/", "/en/news/notice/", "/news/feed.atom", "/sitemap.xml", "/sites/"):
        assert client.get(path, headers={"host": HOST}).status_code == 200, path
    assert "sizes of pictures are read from the database" in caplog.text
    made = PictureRendition.objects.count()
    assert client.get("/news/notice/", headers={"host": HOST}).status_code == 200
    assert PictureRendition.objects.count() == made
    picture.delete()
    assert not PictureRendition.objects.exists()
