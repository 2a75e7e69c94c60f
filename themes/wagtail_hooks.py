"""The page of all parts, for whoever works on the theme: an address of the admin, in no menu."""

from django.urls import URLPattern, path
from wagtail import hooks

from themes.views import parts


@hooks.register("register_admin_urls")
def register_parts() -> list[URLPattern]:
    return [path("parts/", parts, name="theme_parts")]
