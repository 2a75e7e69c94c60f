"""Progress of long commands, as lines that a person can follow and a log file can hold."""

import time

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _


class ProgressLines:
    """Writes a line when something new begins or ends, and every two seconds in between."""

    INTERVAL = 2.0

    def __init__(self, stream: OutputWrapper) -> None:
        self.stream = stream
        self.what = ""
        self.last = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if what != self.what or done == total or now - self.last >= self.INTERVAL:
            self.what, self.last = what, now
            self.stream.write(_("%(what)s: %(done)d of %(total)d") % {"what": what, "done": done, "total": total})
