"""Middleware that has nothing to do with a particular centre."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from core.language import LANGUAGE_TAGS, language_of_path


class HealthMiddleware:
    """Answers /healthz for any host: load balancers ask by address, not by a centre's name.

    200 `{"status": "ok"}` when the database answers, 503 when it doesn't.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return self.health()
        return self.get_response(request)

    @staticmethod
    def health() -> JsonResponse:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error:
            return JsonResponse({"status": "database unavailable"}, status=503)
        return JsonResponse({"status": "ok"})


class LanguageMiddleware:
    """Activates the language of an address; for pages before the log-in, the browser's.

    In place of Django's LocaleMiddleware, which lets Chinese pages vary with the browser's
    language although the address alone decides, so that no proxy could keep them. Behind the
    log-in Wagtail takes the language of the user's profile, and Chinese where it names none.
    """

    BEFORE_LOG_IN = ("/admin/login/", "/admin/password_reset/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asks_browser = request.path_info.startswith(self.BEFORE_LOG_IN)
        language = (
            translation.get_language_from_request(request) if asks_browser else language_of_path(request.path_info)
        )
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        if asks_browser:
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", LANGUAGE_TAGS[language])
        return response
