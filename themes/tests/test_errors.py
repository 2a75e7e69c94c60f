"""Error pages: styled, in the language of the address, and there when the database is not."""

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError
from django.test import Client

from sites.models import Centre
from sites.tests.test_public_pages import HOST, get


@pytest.fixture
def calm_client() -> Client:
    """Gives back the page of a failure, as a visitor gets it, instead of raising it."""
    return Client(raise_request_exception=False)


def broken(*args, **kwargs):
    raise OperationalError("could not connect to server")


@pytest.mark.parametrize(
    ("path", "language", "text"),
    [
        ("/nothing/", "zh-Hans", "找不到"),
        ("/news/nothing/", "zh-Hans", "找不到"),
        ("/en/nothing/", "en", "Page not found"),
        ("/en/news/nothing/", "en", "Page not found"),
        ("/en/a/b/c.html", "en", "Page not found"),
    ],
)
def test_missing_page_has_the_frame_in_its_language(
    client, jinjiang: Centre, path: str, language: str, text: str
) -> None:
    response = get(client, path)
    assert response.status_code == 404
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert ("/en/news/" if language == "en" else '"/news/"') in html
    if language == "en":
        assert text in html


@pytest.mark.parametrize(("path", "language"), [("/", "zh-Hans"), ("/en/news/", "en"), ("/admin/", "zh-Hans")])
def test_no_database_gives_a_styled_page(calm_client, monkeypatch, path: str, language: str) -> None:
    """Without the fixture `db`: pytest-django itself refuses every query that the page would make."""
    monkeypatch.setattr("sites.middleware.CentreMiddleware.find_alias", staticmethod(broken))
    response = get(calm_client, path)
    assert response.status_code == 503
    assert response["Retry-After"] == "600"
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert "yizhan.css" in html
    assert "96196" in html
    assert "Traceback" not in html


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_database_lost_half_way(calm_client, jinjiang: Centre, monkeypatch, path: str) -> None:
    monkeypatch.setattr("sites.home.subordinate_sites", broken)
    assert get(calm_client, path).status_code == 503


def test_database_lost_while_the_missing_page_is_drawn(calm_client, jinjiang: Centre, monkeypatch) -> None:
    monkeypatch.setattr("sites.context.notices_of", broken)
    response = get(calm_client, "/en/nothing/")
    assert response.status_code == 404
    assert '<html lang="en"' in response.content.decode()


@pytest.mark.parametrize(("path", "language"), [("/", "zh-Hans"), ("/en/", "en")])
def test_fault_of_the_program(calm_client, jinjiang: Centre, monkeypatch, path: str, language: str) -> None:
    def fault(*args):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("sites.home.subordinate_sites", fault)
    response = get(calm_client, path)
    assert response.status_code == 500
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert "secret detail" not in html


def test_form_from_elsewhere_is_refused_in_the_language_of_the_browser(jinjiang: Centre) -> None:
    client = Client(enforce_csrf_checks=True)
    for accepts, language in (("en", "en"), ("zh-CN", "zh-Hans")):
        response = client.post("/admin/login/", {"username": "a"}, headers={"host": HOST, "accept-language": accepts})
        assert response.status_code == 403
        assert f'<html lang="{language}"' in response.content.decode()


def test_throttled_log_in(jinjiang: Centre, settings) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    get_user_model().objects.create_user("wang", password="a-long-password")
    client = Client()
    for accepts, language in (("en", "en"), ("zh-CN", "zh-Hans")):
        for _attempt in range(3):
            response = client.post(
                "/admin/login/",
                {"username": "wang", "password": "wrong"},
                headers={"host": HOST, "accept-language": accepts},
            )
        assert response.status_code == 429
        assert f'<html lang="{language}"' in response.content.decode()


def test_bad_request(calm_client, jinjiang: Centre, settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    response = calm_client.post("/admin/login/", {"a": 1, "b": 2}, headers={"host": HOST, "accept-language": "en"})
    assert response.status_code == 400
    assert '<html lang="en"' in response.content.decode()
