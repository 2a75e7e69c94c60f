"""What the demo shows of each room beyond the website group: a room registers its own when its app is ready."""

from collections.abc import Callable
from datetime import date

Progress = Callable[[str, int, int], None]
Loader = Callable[[date, Progress], None]

_loaders: list[Loader] = []


def register(load: Loader) -> None:
    """Have `load(today, progress)` called after the centres have their content; rooms register from below upwards."""
    if load not in _loaders:
        _loaders.append(load)


def load_rooms(today: date, progress: Progress) -> None:
    """Fill every registered room, in the order of their registration."""
    for load in _loaders:
        load(today, progress)
