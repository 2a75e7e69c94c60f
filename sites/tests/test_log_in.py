"""Log-in attempts are throttled, and a wrong password is answered in the reader's language."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sites.tests.people import PASSWORD

HOST = "jinjiang.chengdu.localhost:8000"


def attempt(
    client: Client,
    username: str,
    password: str,
    address: str = "192.0.2.1",
    language: str = "zh-hans",
    **headers: str,
):
    return client.post(
        reverse("wagtailadmin_login"),
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        headers={"host": HOST, "accept-language": language, **headers},
    )


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "密码不匹配"), ("en", "username and password")])
def test_wrong_password_is_answered_in_the_readers_language(client, people, language, words) -> None:
    response = attempt(client, "editor", "wrong", language=language)
    assert response.status_code == 200
    assert words in response.content.decode()


def test_attempts_for_one_name_from_one_address_are_throttled(client, people) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert attempt(client, "editor", "wrong").status_code == 200
    assert attempt(client, "editor", "wrong").status_code == 429
    locked = attempt(client, "editor", PASSWORD)
    assert locked.status_code == 429
    assert "themes/error_429.html" in [template.name for template in locked.templates]
    # Neither another person at that address nor the same person at another one is locked out.
    assert attempt(Client(), "head", PASSWORD).status_code == 302
    assert attempt(Client(), "editor", PASSWORD, address="192.0.2.2").status_code == 302


def test_right_password_forgets_the_wrong_ones(client, people) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        attempt(client, "editor", "wrong")
    assert attempt(client, "editor", PASSWORD).status_code == 302
    assert attempt(Client(), "editor", "wrong").status_code == 200


def test_forged_header_does_not_get_round_the_throttle(client, people) -> None:
    for number in range(settings.AXES_FAILURE_LIMIT):
        attempt(client, "editor", "wrong", **{"x-forwarded-for": f"203.0.113.{number}"})
    assert attempt(client, "editor", PASSWORD, **{"x-forwarded-for": "203.0.113.99"}).status_code == 429


def test_visitors_behind_a_trusted_proxy_are_told_apart(client, people, settings) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(settings.AXES_FAILURE_LIMIT):
        attempt(client, "editor", "wrong", **{"x-forwarded-for": f"203.0.113.{number}, 192.0.2.7"})
    assert attempt(client, "editor", PASSWORD, **{"x-forwarded-for": "192.0.2.7"}).status_code == 429
    assert attempt(Client(), "editor", PASSWORD, **{"x-forwarded-for": "192.0.2.8"}).status_code == 302
