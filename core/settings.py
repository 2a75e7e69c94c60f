"""Settings: each comes from the environment and has a default that needs no server.

The README lists them. Everything that is written lies under `DATA_DIR`.
"""

import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from multisite import SiteID

PROJECT_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(PROJECT_DIR / "var"))).resolve()
# What the server listens on. Elsewhere than on this machine it belongs behind a proxy (docs/operations.md).
HOST = env("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
BASE_HOST = env("BASE_HOST", default="localhost")
# The scheme that visitors use; behind a TLS proxy set it to https, and PUBLIC_PORT to 443.
PUBLIC_SCHEME = env("PUBLIC_SCHEME", default="http")
PUBLIC_PORT = env.int("PUBLIC_PORT", default=PORT)
DEBUG = env.bool("DEBUG", default=False)
DEMO_PASSWORD = env("DEMO_PASSWORD", default="yizhan-demo")

# Everybody knows this one: it is good for a group that only this machine can reach.
DEMO_SECRET_KEY = "demo-secret-key-that-a-real-group-must-replace-0123456789"
SECRET_KEY = env("SECRET_KEY", default=DEMO_SECRET_KEY)
if SECRET_KEY == DEMO_SECRET_KEY and BASE_HOST != "localhost":
    raise ImproperlyConfigured(f"Set SECRET_KEY to a long random text of your own before serving {BASE_HOST}.")

# Hosts are rows (aliases of centres): `sites.middleware` refuses every host that has none,
# before anything asks for the host. A list here would have to be read for each request.
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "core",
    "search",
    "sites",
    "guides",
    "themes",
    "modeltranslation",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "core.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.humanize",
    "multisite",
]

MIDDLEWARE = [
    "core.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sites.middleware.PageCacheMiddleware",
    "sites.middleware.CentreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sites.admin.addresses.AdminAddressMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "core.urls"
WSGI_APPLICATION = "core.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# -- Data ---------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/yizhan.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        # Writers wait for each other instead of failing half-way.
        transaction_mode="IMMEDIATE",
        timeout=20,
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;",
    )
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A folder is shared by all processes of a machine and needs no server; several machines need Redis. Public pages
# (core/page_cache.py) and Wagtail's sizes of pictures lie apart, each under its name.
CACHES = {
    name: env.cache_url("CACHE_URL", default=f"filecache://{DATA_DIR}/cache")
    for name in ("default", "pages", "renditions")
}
for _name, _cache in CACHES.items():
    if _name != "default":
        _cache["KEY_PREFIX"] = _name
    if _cache["BACKEND"] == "django.core.cache.backends.filebased.FileBasedCache":
        # Each entry that is written costs a look at the whole folder: 4 ms at 1,000 entries. The default one holds a
        # mark for each site, and little is written to it.
        _cache["LOCATION"] += f"/{_name}"
        _cache["OPTIONS"] = {"MAX_ENTRIES": 5000 if _name == "default" else 1000}
    elif _cache["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
        # A Redis that says nothing is away too, after this many seconds.
        _cache["OPTIONS"] = {"socket_connect_timeout": 1, "socket_timeout": 2}
        if _name == "renditions":
            _cache["BACKEND"] = "core.rendition_cache.RenditionCache"

# How long a public page is kept at most, in seconds; 0 keeps none. What changes with the clock (open now or not, a
# notice that begins) is late by as much.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=60)
if not 0 <= PAGE_CACHE_SECONDS <= 60:
    raise ImproperlyConfigured("PAGE_CACHE_SECONDS must be between 0 and 60.")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# -- Sites --------------------------------------------------------------------------

SITE_ID = SiteID(default=1)
SILENCED_SYSTEM_CHECKS = ["sites.E101"]  # SITE_ID changes with the request (django-multisite2)

# Hosts of government, each with all hosts below it: links to others lead through a notice (core/links.py).
GOVERNMENT_HOSTS = env.list("GOVERNMENT_HOSTS", default=["gov.cn"])

# -- Mail ---------------------------------------------------------------------------

# Into a folder that shows what would be sent; a group in service sets e.g. smtp+tls://user:password@host:587.
vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{DATA_DIR}/mail"))
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default=f"no-reply@{BASE_HOST}")

# -- People -------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# Ten wrong passwords for one name from one address close that pair for fifteen minutes.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "core.visitors.client_address"
# How many proxies of one's own stand in front, one behind the other. Each adds to X-Forwarded-For whom it answers;
# what stands before theirs was written by the visitor.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "themes.views.throttled"
AXES_ENABLE_ADMIN = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_SCHEME == "https"
if PUBLIC_SCHEME == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "themes.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [f"{PUBLIC_SCHEME}://*.{BASE_HOST}"]

# -- Language and time --------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
USE_I18N = True
# `core.messages` compiles the catalogues of locale/ into the first; the second has what Wagtail's own ones lack.
LOCALE_PATHS = [DATA_DIR / "locale", DATA_DIR / "locale" / "wagtail"]
FORMAT_MODULE_PATH = ["core.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# One page tree holds both languages (docs/languages.md), so Wagtail's own trees per language stay off.
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", _("Chinese"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "zh-hans"
MODELTRANSLATION_LANGUAGES = ("zh-hans", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("zh-hans",)
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")


def MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME(name: str, language: str) -> str:
    """The label of a field in one of its languages: 标题（中文）."""
    return str(_("%(name)s (%(language)s)") % {"name": name, "language": dict(LANGUAGES)[language]})


# -- Files --------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False

# -- Wagtail ------------------------------------------------------------------------

WAGTAIL_PAGE_MODEL = "core.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "core.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "core.Attachment"
# Nobody publishes directly: a text goes live through its review (sites/review.py, sites/publishing.py).
WAGTAIL_FINISH_WORKFLOW_ACTION = "sites.publishing.publish_approved"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# An address of another site stays an address: turning it into a page link would read all sites.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""
WAGTAILADMIN_USER_LOGIN_FORM = "core.forms.LogInForm"
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
WAGTAIL_SITE_NAME = "一站 Yizhan"
# What links in mails begin with. The bare host leads to the province's site, whichever province it is.
WAGTAILADMIN_BASE_URL = f"{PUBLIC_SCHEME}://{BASE_HOST}" + ("" if PUBLIC_PORT in (80, 443) else f":{PUBLIC_PORT}")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Saving by itself would make whoever only looks at a text its last editor, who may not approve it; and a page that
# is saved by hand while it is first saved by itself comes out twice.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "csv", "txt", "zip", "ofd", "wps", "et"]
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "jpeg", "webp": "webp", "png": "png"}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# -- Logging ------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
