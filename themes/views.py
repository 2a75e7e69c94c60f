"""Error pages and the page of all parts. Errors must answer when nothing else does: no session, no database, no centre."""

import sys
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from core.language import CHINESE, language_of_path
from sites.context import site_context
from themes.samples import all_samples, sample_context

RETRY_SECONDS = "600"


def frame(request: HttpRequest) -> dict[str, Any]:
    """The site's own frame for an error page, empty where there is no centre or no database to ask."""
    if not hasattr(request, "centre"):
        return {}
    try:
        return site_context(request)
    except (DatabaseError, InterfaceError):
        return {}


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of an error in the language of its address, with the site's frame where that can be had."""
    with override(getattr(request, "LANGUAGE_CODE", None) or language_of_path(request.path)):
        # Without the request: context processors would ask for a session and a user.
        content = loader.render_to_string(f"themes/error_{status}.html", frame(request) if status < 500 else {})
    return HttpResponse(content, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or was sent from another host (`CSRF_FAILURE_VIEW`)."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def gone(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 410)


def throttled(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """Too many wrong passwords (`AXES_LOCKOUT_CALLABLE`)."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"error": "too many attempts"}, status=429)
    return error_page(request, 429)


def closed(request: HttpRequest) -> HttpResponse:
    """Nothing can be had for now; says when to come back."""
    response = error_page(request, 503)
    response["Retry-After"] = RETRY_SECONDS
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke. A database that doesn't answer is no fault of the page: closed, come back later."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return closed(request)
    return error_page(request, 500)


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """All parts in all their states, in both languages; a tool for whoever works on the theme (/admin/parts/)."""
    return render(request, "themes/parts.html", {**sample_context(get_language() or CHINESE), "samples": all_samples()})
