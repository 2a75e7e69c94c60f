"""How long an answer may take in all, however often it asks an engine that is slow."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf

_end: ContextVar[float] = ContextVar("end", default=inf)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """What is asked within ends after so many seconds; a limit around this one holds too."""
    token = _end.set(min(_end.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _end.reset(token)


def seconds_left() -> float:
    """How long the innermost limit still lasts; without end where there is none."""
    return _end.get() - time.monotonic()
