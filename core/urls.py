"""The addresses of the group. Chinese has no prefix, English lives under /en/."""

from pathlib import Path

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

handler400 = "themes.views.bad_request"
handler403 = "themes.views.forbidden"
handler404 = "themes.views.not_found"
handler500 = "themes.views.failed"

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # A web server in front may take /media/images/ over; without one the application serves it.
    # What else lies in the media folder (documents, original pictures) has no public address of its own.
    path("media/images/<path:path>", serve, {"document_root": Path(settings.MEDIA_ROOT) / "images"}, name="media"),
    *i18n_patterns(
        path("", include("sites.urls")),
        path("", include("guides.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
