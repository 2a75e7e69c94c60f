"""The door of the room: one function that every page, command and measurement asks."""

from collections.abc import Callable
from dataclasses import dataclass

from search.engines import Engine, Plan, Request, Results
from search.engines.time_limit import time_limit
from search.glossary import NO_GLOSSARY, Glossary
from search.queries import Understood, completing, meant_by_sound, understand

# Seconds that an engine elsewhere may take for all that one query asks it: a page may wait for two in all.
LONGEST_WAIT = 1.5


@dataclass(frozen=True)
class Answer:
    """What was found, and what was perhaps meant instead."""

    understood: Understood
    results: Results
    suggestion: str = ""


def ask(
    engine: Engine,
    query: str,
    glossary: Glossary,
    request: Callable[[Plan], Request],
    places: Glossary = NO_GLOSSARY,
) -> Answer:
    """Find what a query asks for; `request` says what is wanted of it."""
    with time_limit(LONGEST_WAIT):
        understood = understand(query, engine, glossary, places)
        results = engine.search(request(understood.plan))
    suggestion = understood.corrected
    if not suggestion and understood.sounded:
        titles = [hit.document.title_zh for hit in results.hits]
        suggestion = meant_by_sound(query, understood.sounded, titles, glossary)
    return Answer(understood, results, suggestion)


def complete(engine: Engine, typed: str, language: str, number: int = 8) -> list[str]:
    """Titles that complete what is being typed."""
    with time_limit(LONGEST_WAIT):
        return engine.titles(completing(typed, engine), language, number)
