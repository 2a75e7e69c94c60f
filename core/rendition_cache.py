"""The cache of Wagtail's sizes of pictures, which may be away: pages ask the database then.

Django's own Redis cache has no setting for that, and Wagtail doesn't expect a cache to fail.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def unless_away(method: Callable[..., Any], instead: Callable[[], Any]) -> Callable[..., Any]:
    """The method, which says what an empty cache would where Redis doesn't answer."""

    @wraps(method)
    def asked(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except RedisError as error:
            logger.error("sizes of pictures are read from the database: %s", error)
            return instead()

    return asked


class RenditionCache(RedisCache):
    """What Wagtail asks of it: to read, write and forget sizes of pictures."""

    get_many = unless_away(RedisCache.get_many, dict)
    set = unless_away(RedisCache.set, lambda: None)
    set_many = unless_away(RedisCache.set_many, list)
    delete = unless_away(RedisCache.delete, lambda: False)
