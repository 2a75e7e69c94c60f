"""Which centre a request is for, by its host name; and the pages that are kept for visitors."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
    set_response_etag,
)
from multisite.models import Alias

from core import page_cache
from sites.context import OLDER_MODE_COOKIE
from sites.models import Centre, Division

logger = logging.getLogger(__name__)

CENTRE = "site__centre"
UNKNOWN_HOST = "没有站点使用这个网址。\nNo site has this address.\n"
# What may be kept, and must be asked for each time.
REVALIDATE = "max-age=0, must-revalidate"


class PageCacheMiddleware:
    """Answers visitors from the pages that are kept, and says to browsers and proxies what they may keep.

    In place of Django's own cache middleware, which can't forget a site's pages and would keep one
    for every query and every cookie that anybody sends. Above `CentreMiddleware`: a page that is kept
    asks nothing of the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Wagtail says itself what may be kept of the admin. Pictures never change under their address.
        self.elsewhere = ("/admin/", settings.MEDIA_URL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(self.elsewhere):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = self.get_response(request)
            add_never_cache_headers(response)
            return response
        response = self.kept_page(request) if settings.PAGE_CACHE_SECONDS else self.fresh_page(request)
        return get_conditional_response(request, etag=response.get("ETag"), response=response) or response

    def kept_page(self, request: HttpRequest) -> HttpResponse:
        """The page as it is kept, else a fresh one, which then is kept."""
        host, _port = split_domain_port(request._get_raw_host())
        older = request.COOKIES.get(OLDER_MODE_COOKIE) == "1"
        key = page_cache.digest(host, request.path, request.META.get("QUERY_STRING", ""), str(older))
        try:
            marks = page_cache.marks_of(host)
            kept = page_cache.find(key, marks)
        except page_cache.CACHE_ERRORS as error:
            logger.error("no page is kept: %s", error)
            return self.fresh_page(request)
        if kept is not None:
            return kept
        response = self.fresh_page(request)
        if request.method == "GET" and page_cache.is_its_own_address(request) and is_the_same_for_all(response):
            try:
                page_cache.store(key, host, marks, response)
            except page_cache.CACHE_ERRORS as error:
                logger.error("a page couldn't be kept: %s", error)
        return response

    def fresh_page(self, request: HttpRequest) -> HttpResponse:
        """The page as it is now. Whoever keeps it must ask each time whether it is still the same."""
        response = self.get_response(request)
        if response.cookies or response.status_code >= 400:
            add_never_cache_headers(response)
        else:
            patch_cache_control(response, max_age=0, must_revalidate=True)
            if response.status_code == 200 and not response.has_header("ETag"):
                set_response_etag(response)  # of a file that is sent in pieces it makes none
        return response


def is_the_same_for_all(response: HttpResponse) -> bool:
    """Whether a page is whole and no view, nor a cookie, makes it one person's."""
    varies_with = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    return (
        response.status_code == 200
        and not response.streaming
        and response["Cache-Control"] == REVALIDATE
        and varies_with <= {"", "cookie"}
    )


class CentreMiddleware:
    """Sets `request.centre` from the host's alias; leads other aliases of a centre to its canonical host.

    In place of django-multisite's own middleware, which drops the port on the way to the
    canonical host and keeps aliases in a cache that one process can't clear for another.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The raw header: no list of allowed hosts is read, this look-up is the check.
        host, port = split_domain_port(request._get_raw_host())
        alias = self.find_alias(host)
        if alias is None:
            return HttpResponseNotFound(UNKNOWN_HOST, content_type="text/plain; charset=utf-8")
        if not alias.is_canonical:
            return self.to_canonical_host(request, alias, port)
        settings.SITE_ID.set(alias.site_id)
        centre: Centre = alias.site.centre
        # Apart from the alias: PostgreSQL takes longer to plan one join of ten tables than for both questions.
        centre.division = Division.objects.select_related("parent__parent__parent").get(pk=centre.pk)
        centre.wagtail_site.root_page = centre.home
        request.centre = centre
        request._wagtail_site = centre.wagtail_site
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            # The mode for older people is a cookie: a proxy keeps a page with it and one without.
            patch_vary_headers(response, ["Cookie"])
        return response

    @staticmethod
    def find_alias(host: str) -> Alias | None:
        """The alias of a host with its centre, site and home page, in one query."""
        if not host:
            return None
        return (
            Alias.objects.filter(domain=host, site__centre__isnull=False)
            .select_related(f"{CENTRE}__wagtail_site", f"{CENTRE}__home")
            .first()
        )

    @staticmethod
    def to_canonical_host(request: HttpRequest, alias: Alias, port: str) -> HttpResponsePermanentRedirect:
        """The same path and query on the canonical host, on the port that the visitor used."""
        host = f"{alias.site.domain}:{port}" if port else alias.site.domain
        return HttpResponsePermanentRedirect(
            f"{request.scheme}://{host}{request.get_full_path()}",
            preserve_request=request.method not in ("GET", "HEAD"),
        )
