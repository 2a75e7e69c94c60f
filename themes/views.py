"""Error pages. They must work when nothing else does: no session, no database, no centre."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of an error with the site's frame around it, or without where the frame can't be had."""
    context = {}
    if status < 500 and hasattr(request, "centre"):
        from sites.context import site_context

        try:
            context = site_context(request)
        except DatabaseError:
            context = {}
    return render(request, f"themes/error_{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)
