"""First parts of an address that something other than a column answers to, read from the URL conf."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

LITERAL_START = re.compile(r"\^?([\w\-.]+)(?=/|\\?$|$)")
# Answered before the URL conf is asked (core.middleware.HealthMiddleware).
ANSWERED_BY_MIDDLEWARE = ("healthz",)


def first_part(route: str) -> str | None:
    """The literal first part of a route or a regular expression; None where it is a parameter or empty."""
    match = LITERAL_START.match(route.replace("\\.", "."))
    return match.group(1) if match else None


def first_parts(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The first parts of all addresses under these patterns."""
    for entry in patterns:
        pattern = entry.pattern
        route = ""
        if isinstance(pattern, RoutePattern):
            route = pattern._route
        elif isinstance(pattern, RegexPattern):
            route = pattern._regex
        elif not isinstance(pattern, LocalePrefixPattern):
            continue
        part = first_part(route)
        if part:
            yield part
        elif isinstance(entry, URLResolver) and route in ("", "^"):
            yield from first_parts(entry.url_patterns)


@cache
def reserved_addresses() -> frozenset[str]:
    """What no column may be called: addresses of the URL conf, static files, media, and the languages."""
    files = {urlsplit(address).path.strip("/").split("/")[0] for address in (settings.STATIC_URL, settings.MEDIA_URL)}
    languages = {code for code, _name in settings.LANGUAGES}
    return frozenset({*first_parts(get_resolver().url_patterns), *files, *languages, *ANSWERED_BY_MIDDLEWARE} - {""})
