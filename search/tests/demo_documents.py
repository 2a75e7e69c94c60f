"""The demo's catalogue as documents to measure with: each item once in Chinese and once in English."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

DATA = Path(__file__).parent / "data"
_ITEMS = settings.PROJECT_DIR / "guides" / "demo" / "content" / "items"


def rows() -> Iterator[dict[str, str]]:
    """The documents in the form that `evaluate_search` reads."""
    for path in sorted(_ITEMS.glob("*.toml")):
        for item in tomllib.loads(path.read_text(encoding="utf-8")).get("item", []):
            for language, suffix in (("zh-hans", "zh"), ("en", "en")):
                yield {
                    "id": f"{item['code']}-{suffix}",
                    "title": item[f"name_{suffix}"],
                    "body": "\n".join(_texts(item, suffix)),
                    "lang": language,
                }


def _texts(item: dict[str, Any], suffix: str) -> Iterator[str]:
    yield item[f"summary_{suffix}"]
    yield item[f"conditions_{suffix}"]
    for part, columns in (("basis", ("law", "article", "text")), ("material", ("name", "note"))):
        for row in item.get(part, []):
            yield " ".join(row.get(f"{column}_{suffix}", "") for column in columns)


def queries() -> list[dict[str, Any]]:
    """Queries with the documents that answer them, judged by hand."""
    return [json.loads(line) for line in (DATA / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
