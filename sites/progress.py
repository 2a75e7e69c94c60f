"""Progress of long commands, as lines that a person can follow and a log file can hold.

In the language of whoever began, whichever the work itself is done in: what is worked on comes as its source text.
"""

import time

from django.core.management.base import OutputWrapper
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _


class ProgressLines:
    """Writes a line when something new begins or ends, and every two seconds in between; never the same line twice."""

    INTERVAL = 2.0

    def __init__(self, stream: OutputWrapper) -> None:
        self.stream = stream
        self.language = get_language()
        self.what = ""
        self.done = 0
        self.last = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if (what, done) == (self.what, self.done):
            return
        if what != self.what or done == total or now - self.last >= self.INTERVAL:
            self.what, self.done, self.last = what, done, now
            with override(self.language):
                self.stream.write(
                    _("%(what)s: %(done)d of %(total)d") % {"what": _(what), "done": done, "total": total}
                )
