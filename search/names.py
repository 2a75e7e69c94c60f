"""When two names are the same, whatever their punctuation, width, case or script."""

import re

from search.normalise import normalise

_BETWEEN = re.compile(r"[\W_]+")


def name_key(name: str) -> str:
    """What of a name is compared: its letters, characters and digits."""
    return _BETWEEN.sub("", normalise(name))
