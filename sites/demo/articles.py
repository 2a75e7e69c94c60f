"""The demo articles: read from `content/*.toml`, chosen for a centre, and filled with its facts."""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

CONTENT = Path(__file__).parent / "content"

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, Language] = ("zh", "en")

COLUMNS = ("news", "notices", "policies")

# The five centres whose content is complete in both languages.
COMPLETE = ("510000000000", "510100000000", "510104000000", "511602000000", "513301000000")

# How many articles of the common pool a centre gets: without and with articles of its own.
_SHARE = {"news": (4, 3), "notices": (4, 2), "policies": (3, 2)}

_PLACEHOLDER = re.compile(r"\{([a-z]+)(?::([+-]\d+))?\}")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Article:
    """One article in both languages; its texts may hold placeholders (see `fill`)."""

    column: str
    slug: str
    days_ago: int
    topic: str
    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    body_zh: str
    source_zh: str
    source_en: str
    author_zh: str
    author_en: str
    keywords_zh: tuple[str, ...]
    keywords_en: tuple[str, ...]
    body_en: str = ""
    document_number: str = ""
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupNotice:
    """A notice the province writes once; `divisions` is empty when it goes to all centres."""

    slug: str
    from_days: int
    until_days: int
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """A subject by which the articles of a column can be narrowed down."""

    key: str
    zh: str
    en: str


@cache
def read_toml(name: str) -> dict[str, Any]:
    """A data file of the demo content; it is read once, so nobody may change what this returns."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


@cache
def topics() -> tuple[Topic, ...]:
    """The topics, in the order in which they are shown."""
    return tuple(Topic(**row) for row in read_toml("topics.toml")["topic"])


@cache
def load_articles(name: str) -> tuple[Article, ...]:
    """The articles of one file: "common" or the first six digits of a complete centre's code."""
    data = read_toml(f"{name}.toml")
    rows: list[dict[str, Any]] = [{**data.get("defaults", {}), **row} for row in data["article"]]
    lists = ("keywords_zh", "keywords_en", "only")
    for row in rows:
        row.update({key: tuple(row[key]) for key in lists if key in row})
    return tuple(Article(**row) for row in rows)


@cache
def group_notices() -> tuple[GroupNotice, ...]:
    """The notices for the whole group."""
    return tuple(
        GroupNotice(**{**row, "divisions": () if row["divisions"] == "all" else tuple(row["divisions"])})
        for row in read_toml("group-notices.toml")["notice"]
    )


def pick_articles(code: str, level: str) -> list[Article]:
    """The articles of a centre, always the same for a code; neighbours' differ.

    A complete centre has those of its own file and some complete ones of the common pool. The
    dates are moved so that every column of every centre has something recent.
    """
    own = load_articles(code[:6]) if code in COMPLETE else ()
    slugs = {article.slug for article in own}
    picked: list[Article] = []
    for column in COLUMNS:
        pool = [
            article
            for article in load_articles("common")
            if article.column == column
            and article.slug not in slugs
            and (not article.only or code in article.only or level in article.only)
            and (article.body_en or not own)
        ]
        count = _SHARE[column][1 if own else 0]
        start = int(code[:6]) * (count - 1) % len(pool)
        chosen = (pool + pool)[start : start + count]
        chosen += [article for article in own if article.column == column]
        picked += _recent(chosen, 1 + int(code[:6]) % 5)
    return picked


def _recent(articles: list[Article], newest: int) -> list[Article]:
    """The articles newest first, moved in time so that the newest is that many days old."""
    articles = sorted(articles, key=lambda article: (article.days_ago, article.slug))
    shift = articles[0].days_ago - newest
    return [replace(article, days_ago=article.days_ago - shift) for article in articles]


def fill(text: str, values: dict[str, str], language: Language, *, today: date, days_ago: int = 0) -> str:
    """The text with its placeholders filled; KeyError for one that is not known.

    `{date:+N}` is the date N days from `today`, `{year}` the year the article is dated,
    the others come from `values` (see `centres.placeholder_values`).
    """

    def value(match: re.Match[str]) -> str:
        if match[1] == "date":
            return format_date(today + timedelta(days=int(match[2] or 0)), language)
        if match[1] == "year":
            return str((today - timedelta(days=days_ago)).year)
        return values[match[1]]

    return _PLACEHOLDER.sub(value, text)


def filled(article: Article, values: dict[Language, dict[str, str]], *, today: date) -> dict[str, Any]:
    """An article's fields as a dictionary, with the placeholders filled for one centre."""
    fields: dict[str, Any] = {}
    for name, content in vars(article).items():
        language: Language = "en" if name.endswith("_en") else "zh"

        def put(text: str, language: Language = language) -> str:
            return fill(text, values[language], language, today=today, days_ago=article.days_ago)

        if isinstance(content, tuple):
            fields[name] = tuple(put(text) for text in content)
        else:
            fields[name] = put(content) if isinstance(content, str) else content
    fields["date"] = today - timedelta(days=article.days_ago)
    return fields


def format_date(day: date, language: Language) -> str:
    """2026年11月22日 or 22 November 2026."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
