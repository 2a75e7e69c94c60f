"""Which centre a request is for, by its host name."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.utils.cache import patch_vary_headers
from multisite.models import Alias

from sites.models import Centre

CENTRE = "site__centre"
UNKNOWN_HOST = "没有站点使用这个网址。\nNo site has this address.\n"


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
        """The alias of a host with its centre, division, lineage and home page, in one query."""
        if not host:
            return None
        return (
            Alias.objects.filter(domain=host, site__centre__isnull=False)
            .select_related(
                f"{CENTRE}__division__parent__parent__parent",
                f"{CENTRE}__wagtail_site",
                f"{CENTRE}__home",
            )
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
