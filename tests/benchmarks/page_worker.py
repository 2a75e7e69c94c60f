"""Answers requests in its own process, for `pages.py`.

First it says the host and the paths of a division's pages; then for each path on a line it answers
`[seconds, queries, status]`. All as lines of JSON.
"""

import json
import sys
import time
from typing import Any

import django
from django.db import connection
from django.test import Client


def paths_of(division: str) -> tuple[str, dict[str, str]]:
    """The host of a division's site, and the paths of its home page, a column and an article."""
    from sites.articles import articles_of
    from sites.models import Centre, ColumnPage

    centre = Centre.objects.select_related("host_site", "home", "wagtail_site").get(pk=division)
    news = ColumnPage.objects.child_of(centre.home).get(column_key="news")
    article = articles_of(news).order_by("path").first()
    if article is None:
        raise SystemExit("The site has no article.")
    return f"{centre.host_site.domain}:{centre.wagtail_site.port}", {
        "home page": "/",
        "column page": f"/{news.slug}/",
        "article": f"/{news.slug}/{article.slug}/",
    }


def main() -> None:
    django.setup()
    host, paths = paths_of(sys.argv[1])
    answer([host, paths])
    client = Client()
    queries = 0

    def count(execute, sql, params, many, context):
        nonlocal queries
        queries += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        for line in sys.stdin:
            path = json.loads(line)
            queries = 0
            begin = time.perf_counter()
            response = client.get(path, headers={"host": host})
            answer([time.perf_counter() - begin, queries, response.status_code])


def answer(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
