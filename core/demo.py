"""What the demo and the measurements need of each room beyond the website group; a room registers when its app is ready."""

from collections.abc import Callable
from datetime import date

Progress = Callable[[str, int, int], None]
Loader = Callable[[date, Progress], None]
ScaleLoader = Callable[[int, Progress], None]

_loaders: list[Loader] = []
_scale_loaders: list[ScaleLoader] = []


def register(load: Loader) -> None:
    """Have `load(today, progress)` called after the centres have their content; rooms register from below upwards."""
    if load not in _loaders:
        _loaders.append(load)


def load_rooms(today: date, progress: Progress) -> None:
    """Fill every registered room, in the order of their registration."""
    for load in _loaders:
        load(today, progress)


def register_scale(make: ScaleLoader) -> None:
    """Have `make(number, progress)` fill a group of any size with a number of items to measure with."""
    if make not in _scale_loaders:
        _scale_loaders.append(make)


def make_items(number: int, progress: Progress) -> None:
    """Fill every registered room for measurements."""
    for make in _scale_loaders:
        make(number, progress)
