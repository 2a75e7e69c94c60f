"""A centre's window signs and notice board in the admin: what there is, what is missing, and the files."""

import zipfile
from io import BytesIO
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.language import CHINESE, LANGUAGE_TAGS
from guides.printing import Sheet, sheets_of
from sites.admin.choosers import own_centre_chooser
from sites.context import LANGUAGE_NAMES
from sites.models import Centre
from sites.own_centres import centres_of


class CentreForm(forms.Form):
    """Which of one's own centres; who has one isn't asked."""

    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Centre"), widget=own_centre_chooser.widget_class)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres_of(user)


def own_centre(request: HttpRequest, code: str) -> Centre:
    """One of the user's own centres by the code of its division; 404 for all others."""
    return get_object_or_404(centres_of(request.user).select_related("division__parent__parent"), pk=code)


class SignsView(WagtailAdminTemplateMixin, TemplateView):
    """The sheets of one's own centre in both languages, with what is missing; of several centres, the chosen one's."""

    template_name = "guides/admin/printing.html"
    page_title = _("Signs")
    header_icon = "doc-full"
    http_method_names: ClassVar = ["get", "head"]

    @cached_property
    def centre(self) -> Centre | None:
        own = centres_of(self.request.user)
        if chosen := self.request.GET.get("centre"):
            return own_centre(self.request, chosen)
        first_two = list(own.select_related("division__parent__parent")[:2])
        if not first_two:
            raise PermissionDenied
        return first_two[0] if len(first_two) == 1 else None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        centre = self.centre
        form = CentreForm(self.request.user, initial={"centre": centre})
        several = centre is None or centres_of(self.request.user).exclude(pk=centre.pk).exists()
        context = {**super().get_context_data(**kwargs), "centre": centre, "form": form if several else None}
        if centre is None:
            return {**context, "media": form.media}
        found = sheets_of(centre, get_language() or CHINESE)
        return {
            **context,
            "media": form.media,
            "findings": found.findings,
            "rows": [
                {"title": sheet.title, "files": [(name, address_of(centre, code, sheet)) for code, name in languages()]}
                for sheet in found.sheets
            ],
            "bundles": [(name, reverse("signs_all", args=[centre.pk, code])) for code, name in languages()],
        }


def languages() -> list[tuple[str, str]]:
    """The languages of sheets, each called in itself."""
    return [(code, LANGUAGE_NAMES[code]) for code in LANGUAGE_TAGS]


def address_of(centre: Centre, language: str, sheet: Sheet) -> str:
    return reverse("signs_sheet", args=[centre.pk, language, sheet.name])


def known_language(language: str) -> str:
    if language not in LANGUAGE_TAGS:
        raise Http404
    return language


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=content_type, headers=headers)


@require_safe
def sheet_view(request: HttpRequest, centre_id: str, language: str, name: str) -> HttpResponse:
    """One sheet as a PDF."""
    sheet = sheets_of(own_centre(request, centre_id), known_language(language)).named(name)
    if sheet is None:
        raise Http404
    return download(sheet.pdf(timezone.now()), sheet.file_name, "application/pdf")


@require_safe
def all_view(request: HttpRequest, centre_id: str, language: str) -> HttpResponse:
    """Every sheet of a language in one zip file."""
    sheets = sheets_of(own_centre(request, centre_id), known_language(language)).sheets
    now = timezone.now()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
        for sheet in sheets:
            bundle.writestr(sheet.file_name, sheet.pdf(now))
    return download(buffer.getvalue(), f"signs-{centre_id}-{language}.zip", "application/zip")


@hooks.register("register_admin_urls")
def register_signs_urls() -> list[URLPattern]:
    return [
        path("signs/", SignsView.as_view(), name="signs"),
        path("signs/<str:centre_id>/<str:language>/all.zip", all_view, name="signs_all"),
        path("signs/<str:centre_id>/<str:language>/<str:name>.pdf", sheet_view, name="signs_sheet"),
    ]


class SignsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return centres_of(request.user).exists()


@hooks.register("register_centre_menu_item")
def register_signs_menu_item() -> MenuItem:
    return SignsMenuItem(_("Signs"), reverse("signs"), name="signs", icon_name="doc-full", order=900)
