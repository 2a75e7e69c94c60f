"""Public pages kept ready for a short while, and forgotten as soon as something that they show has changed.

A page is kept in the cache `pages` together with two *marks*, that of the whole group and that of its
site, as they were before the page was made. It is good while both are still the present ones: whatever
changes what the public sees gives the site, or the whole group, a new mark once its transaction has
been committed. A mark that got lost is made anew, so that nothing old is ever good again.

Whoever adds something that public pages show

- names its model once, when the app is ready (`watch`): then each row that is saved or deleted counts;
- calls `forget` or `forget_all` beside statements that write many rows (`bulk_create`, `update` …), which send no signals;
- lets its views say that their pages may be kept, and under which query (`may_keep`; `sites.head.head` does it).

Tests hold the first two (`sites/tests/test_page_cache_watch.py`). What changes by itself, with the clock or the
date, is late by `PAGE_CACHE_SECONDS` at most.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sites.models import Site as HostSite
from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# Marks and pages lie apart: where a folder is the cache, a full one loses entries at random.
MARKS, PAGES = "default", "pages"
# What a folder or a server does that can't be reached. The group goes on without a cache.
CACHE_ERRORS = (OSError, RedisError)

MANY_SITES = 50

# The codes of the centres whose pages show a row.
CentresOf = Callable[[Any], Iterable[str]]


# -- Forgetting -----------------------------------------------------------------------


def forget(centre_pk: str) -> None:
    """Forget the pages of one centre's site, once the transaction in progress has been committed."""
    _after_commit(Forgetting(centre_pk))


def forget_all() -> None:
    """Forget the pages of all sites, once the transaction in progress has been committed."""
    _after_commit(Forgetting(None))


@dataclass(frozen=True)
class Forgetting:
    """Gives one centre's site a new mark, or with None the whole group."""

    centre_pk: str | None

    def __call__(self) -> None:
        if self.centre_pk is None:
            keys = [mark_key()]
        else:
            hosts = HostSite.objects.filter(centre=self.centre_pk)
            keys = [mark_key(host) for host in hosts.values_list("domain", flat=True)]
        try:
            caches[MARKS].set_many({key: new_mark() for key in keys}, timeout=None)
        except CACHE_ERRORS as error:
            logger.error("pages may be shown as they were for %s s: %s", settings.PAGE_CACHE_SECONDS, error)


def _after_commit(forgetting: Forgetting) -> None:
    """Once for a transaction, however many rows it writes."""
    # A savepoint that is rolled back takes along what was planned within it, and only changes made within it.
    planned = [each[1] for each in connection.run_on_commit if isinstance(each[1], Forgetting)]
    if not settings.PAGE_CACHE_SECONDS or forgetting in planned or Forgetting(None) in planned:
        return
    # One mark for the group is written sooner than one for each of many sites.
    transaction.on_commit(forgetting if len(planned) < MANY_SITES else Forgetting(None))


watched: set[type[Model]] = set()


def watch(model: type[Model], centres_of: CentresOf | None = None, when_new: bool = True) -> None:
    """From now on, saving or deleting a row of a model, or changing its many-to-many fields, forgets pages.

    `centres_of` gives the codes of the centres whose pages show a row; without it the whole group's
    are forgotten. `when_new` is False for rows that no page shows before another row refers to them.
    """

    def changed(instance: Model, created: bool = False, **kwargs: Any) -> None:
        if not settings.PAGE_CACHE_SECONDS or (created and not when_new):
            return
        if centres_of is None:
            forget_all()
        else:
            for pk in centres_of(instance):
                forget(pk)

    def related(instance: Model, action: str, reverse: bool, **kwargs: Any) -> None:
        if not action.startswith("post_"):
            return
        if reverse:
            forget_all()  # the other side's rows, of whichever centres
        else:
            changed(instance)

    uid = f"page_cache {model._meta.label}"
    post_save.connect(changed, sender=model, weak=False, dispatch_uid=uid)
    post_delete.connect(changed, sender=model, weak=False, dispatch_uid=uid)
    for field in model._meta.local_many_to_many:
        m2m_changed.connect(related, sender=field.remote_field.through, weak=False, dispatch_uid=uid)
    watched.add(model)


# -- Keeping --------------------------------------------------------------------------


def may_keep(request: HttpRequest, query: str = "") -> None:
    """Say that the page may be kept if this is its query, `?` included, and no other.

    The query is the one that the page gives itself, of the parameters that it knows and values that it
    has: whatever else people put into an address doesn't fill the cache.
    """
    request.kept_query = query


def is_its_own_address(request: HttpRequest) -> bool:
    """Whether the view said that the page may be kept, and the address is the one that it may be kept under."""
    query = request.META.get("QUERY_STRING", "")
    return getattr(request, "kept_query", None) == (f"?{query}" if query else "")


def digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def mark_key(host: str = "") -> str:
    """Where the mark of a host is kept, or without one that of the whole group."""
    return f"page-mark:{digest(host)}"


def new_mark() -> str:
    return secrets.token_hex(8)


def marks_of(host: str) -> dict[str, str]:
    """The present marks of the group and of a host, those that there are: to be read before a page is made."""
    return caches[MARKS].get_many([mark_key(), mark_key(host)])


def find(key: str, marks: dict[str, str]) -> HttpResponse | None:
    """The page that is kept under a key, if it is still good."""
    marks_then, headers, content = caches[PAGES].get(key) or (None, None, None)
    return HttpResponse(content, headers=headers) if marks_then == marks else None


def store(key: str, host: str, marks: dict[str, str], response: HttpResponse) -> None:
    """Keep a page that was begun under these marks. Where one is missing it is made, and the next page is kept."""
    missing = {mark_key(), mark_key(host)} - marks.keys()
    for name in missing:
        caches[MARKS].get_or_set(name, new_mark, timeout=None)
    if not missing:
        # A plain tuple: the next version of this module can read it too.
        kept = (marks, dict(response.headers), response.content)
        caches[PAGES].set(key, kept, timeout=settings.PAGE_CACHE_SECONDS)
