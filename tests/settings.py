"""Settings of the tests: the product's own, with what makes tests fast and alone on the machine."""

import os
import tempfile
from pathlib import Path

# Each process that runs tests has a folder of its own, below one that the first of them makes.
_folder = Path(os.environ.setdefault("TEST_DATA_DIR", tempfile.mkdtemp(prefix="yizhan-test-")))
os.environ["DATA_DIR"] = str(_folder / os.environ.get("PYTEST_XDIST_WORKER", "main"))
# Each test sees the pages as they are; those of the cache itself switch it on.
os.environ.setdefault("PAGE_CACHE_SECONDS", "0")

from core.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Django empties the cache before tests: each process has a database of its own on the Redis that CACHE_URL names.
_number = int("0" + os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")) % 16
for _cache in CACHES.values():  # noqa: F405
    if _cache["LOCATION"].startswith("redis://"):
        _cache["LOCATION"] = f"{_cache['LOCATION'].rsplit('/', 1)[0]}/{_number}"

DATA_DIR.mkdir(parents=True, exist_ok=True)  # noqa: F405
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, not memory: servers and workers under test are threads and processes of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # noqa: F405
