"""The door of the room: one function that every page, command and measurement asks."""

from collections.abc import Callable
from dataclasses import dataclass

from search.engines import Engine, Plan, Request, Results
from search.glossary import NO_GLOSSARY, Glossary
from search.queries import Understood, completing, meant_by_sound, understand


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
    understood = understand(query, engine, glossary, places)
    results = engine.search(request(understood.plan))
    suggestion = understood.corrected
    if not suggestion and understood.sounded:
        titles = [hit.document.title_zh for hit in results.hits]
        suggestion = meant_by_sound(query, understood.sounded, titles, glossary)
    return Answer(understood, results, suggestion)


def complete(engine: Engine, typed: str, language: str, number: int = 8) -> list[str]:
    """Titles that complete what is being typed."""
    return engine.titles(completing(typed, engine), language, number)
