"""Error pages and the page of all parts. These must answer when nothing else does, so they ask nobody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import get_language
from django.views.decorators.csrf import requires_csrf_token

from themes.samples import all_samples, sample_context


def _error(request: HttpRequest, status: int) -> HttpResponse:
    """The error page of a status; without the site's own frame when that can't be had."""
    template = loader.get_template(f"themes/error_{status}.html")
    try:
        return HttpResponse(template.render({}, request), status=status)
    except Exception:  # the context processors need a database that may be what failed
        return HttpResponse(template.render({}), status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(request, 403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def gone(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 410)


def failed(request: HttpRequest) -> HttpResponse:
    """Without a request in the template's context: whatever broke stays out of this page."""
    return HttpResponse(loader.get_template("themes/error_500.html").render({}), status=500)


def closed(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(loader.get_template("themes/error_503.html").render({}), status=503)
    response["Retry-After"] = "600"
    return response


def parts(request: HttpRequest) -> HttpResponse:
    """All parts in all their states, in both languages; a tool for whoever works on the theme."""
    if not request.user.is_staff:
        raise Http404
    context = sample_context(get_language() or "zh-hans")
    return render(request, "themes/parts.html", {**context, "samples": all_samples()})
