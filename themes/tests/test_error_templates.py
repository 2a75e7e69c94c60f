"""Error pages answer when nothing else does: no context, no database, both languages."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from themes import views


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.mark.parametrize(("view", "status"), [(views.failed, 500), (views.closed, 503)])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_failed_and_closed_need_nothing_and_speak_both_languages(view, status, language):
    with override(language):
        response = view(RequestFactory().get("/"))
    html = response.content.decode()
    assert response.status_code == status
    assert '<div lang="zh-Hans">' in html and '<div lang="en">' in html
    assert "96196" in html and 'href="/en/"' in html and 'href="/"' in html


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.forbidden, 403),
        (views.csrf_failure, 403),
        (views.not_found, 404),
        (views.gone, 410),
    ],
)
def test_the_others_fall_back_to_a_bare_frame_without_a_database(view, status):
    response = view(RequestFactory().get("/nowhere/"))
    html = response.content.decode()
    assert response.status_code == status
    assert f">{status}<" in html and "96196" in html


def test_closed_says_when_to_come_back():
    assert views.closed(RequestFactory().get("/"))["Retry-After"] == "600"
