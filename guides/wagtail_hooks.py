"""Loads what the catalogue adds to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from guides import audit  # noqa: F401
from guides.admin import (  # noqa: F401
    adoption_bulk,
    adoptions,
    catalogue_menu,
    choosers,
    home,
    importing,
    printing,
    result_log,
    results,
)


@hooks.register("insert_global_admin_css")
def admin_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("guides/admin.css"))
