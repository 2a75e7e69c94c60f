"""The settings as a fresh process reads them from the environment."""

import ast
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

PRINT = "from django.conf import settings as s; print(repr({}))"


def settings_process(expression: str, **environment: str) -> subprocess.CompletedProcess:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "-c", PRINT.format(expression)],
        cwd=settings.PROJECT_DIR,
        env={**kept, "DJANGO_SETTINGS_MODULE": "core.settings", **environment},
        capture_output=True,
        text=True,
    )


def value(expression: str, **environment: str):
    run = settings_process(expression, **environment)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_real_group_refuses_the_demo_secret() -> None:
    refused = settings_process("s.SECRET_KEY", BASE_HOST="zwfw.example.cn")
    assert refused.returncode != 0
    assert "SECRET_KEY" in refused.stderr
    assert (
        value("s.BASE_HOST", BASE_HOST="zwfw.example.cn", SECRET_KEY="a long secret of its own") == "'zwfw.example.cn'"
    )


def test_defaults_need_no_server_and_hide_errors(tmp_path) -> None:
    assert value("s.DEBUG") == "False"
    assert value("s.DATABASES['default']['ENGINE']") == "'django.db.backends.sqlite3'"
    assert "FileBasedCache" in value("s.CACHES['default']['BACKEND']")
    assert value("(s.HOST, s.PORT)") == "('127.0.0.1', 8000)"


def test_everything_that_is_written_lies_below_data_dir(tmp_path) -> None:
    places = value(
        "[str(p) for p in (s.DATABASES['default']['NAME'], s.CACHES['default']['LOCATION'], "
        "s.MEDIA_ROOT, s.STATIC_ROOT, *s.LOCALE_PATHS)]",
        DATA_DIR=str(tmp_path),
    )
    assert all(place.startswith(str(tmp_path)) for place in ast.literal_eval(places))


@pytest.mark.parametrize(
    ("variable", "url", "expression", "expected"),
    [
        ("DATABASE_URL", "postgres://a:b@127.0.0.1:5432/c", "s.DATABASES['default']['ENGINE']", "postgresql"),
        ("CACHE_URL", "redis://127.0.0.1:6379/1", "s.CACHES['default']['BACKEND']", "RedisCache"),
        ("CACHE_URL", "redis://127.0.0.1:6379/1", "s.CACHES['renditions']['BACKEND']", "RenditionCache"),
        ("CACHE_URL", "redis://127.0.0.1:6379/1", "s.CACHES['pages']['OPTIONS']", "socket_timeout"),
    ],
)
def test_servers_are_named_by_address(variable: str, url: str, expression: str, expected: str) -> None:
    assert expected in value(expression, **{variable: url})


def test_addresses_behind_a_tls_proxy() -> None:
    environment = {"PUBLIC_SCHEME": "https", "PUBLIC_PORT": "443", "BASE_HOST": "example.cn", "SECRET_KEY": "x" * 60}
    assert value("s.WAGTAILADMIN_BASE_URL", **environment) == "'https://example.cn'"
    assert value("s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE", **environment) == "True"


def test_readme_leads_to_every_document() -> None:
    readme = (settings.PROJECT_DIR / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[[\w-]+\.md\]\(docs/([\w-]+\.md)\) \| .+ \|$", readme, re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in (settings.PROJECT_DIR / "docs").glob("*.md"))


def test_readme_lists_every_variable() -> None:
    code = "".join((settings.PROJECT_DIR / "core" / name).read_text() for name in ("settings.py", "server.py"))
    variables = set(re.findall(r'\benv(?:\.\w+)?\("([A-Z_]+)"|environ\.get\("([A-Z_]+)"', code))
    names = {first or second for first, second in variables}
    assert {"DATA_DIR", "EMAIL_URL", "WEB_CONCURRENCY"} <= names
    listed = set(re.findall(r"`([A-Z_]+)`", (settings.PROJECT_DIR / "README.md").read_text(encoding="utf-8")))
    assert names - listed == set()
