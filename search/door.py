"""The door of the room: one function that every page, command and measurement asks."""

from dataclasses import dataclass

from search.engines import Engine, Request, Results
from search.glossary import Glossary
from search.queries import Understood, meant_by_sound, understand


@dataclass(frozen=True)
class Answer:
    """What was found, and what was perhaps meant instead."""

    understood: Understood
    results: Results
    suggestion: str = ""


def understood_by(engine: Engine, query: str, glossary: Glossary) -> Understood:
    """Read a query, for a request."""
    return understand(query, engine, glossary)


def ask(engine: Engine, query: str, understood: Understood, request: Request) -> Answer:
    """Carry out a request for a query that was read."""
    results = engine.search(request)
    suggestion = understood.corrected
    if not suggestion and understood.sounded:
        suggestion = meant_by_sound(query, understood.sounded, [hit.document.title_zh for hit in results.hits])
    return Answer(understood, results, suggestion)
