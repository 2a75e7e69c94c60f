"""Answers requests in its own process, for `pages.py`.

First it says the number of adoptions, and the host and path of each page by its name; then for each page named on a line it answers
`[seconds, queries, status]`. All as lines of JSON.
"""

import json
import sys
import time
from typing import Any

import django
from django.db import connection
from django.test import Client

# A subdistrict: its site has no sites below it that a home page could list more of.
SUBDISTRICT = "510104017000"
# A county, whose centre has adopted the whole catalogue: the only one in a group of five sites.
COUNTY = "510104000000"

Address = tuple[str, str]


def addresses() -> dict[str, Address]:
    """The host and path of every page that is measured."""
    return {**addresses_of_a_site(), **addresses_of_guides()}


def addresses_of_a_site() -> dict[str, Address]:
    """A subdistrict's home page, one of its column pages, and an article."""
    from sites.articles import articles_of
    from sites.models import Centre, ColumnPage

    centre = Centre.objects.select_related("home").get(pk=SUBDISTRICT)
    news = ColumnPage.objects.child_of(centre.home).get(column_key="news")
    article = articles_of(news).order_by("path").first()
    if article is None:
        raise SystemExit("The site has no article.")
    host = host_of(SUBDISTRICT)
    return {
        "home page": (host, "/"),
        "column page": (host, f"/{news.slug}/"),
        "article": (host, f"/{news.slug}/{article.slug}/"),
    }


def addresses_of_guides() -> dict[str, Address]:
    """A guide of a county, and its lists: filtered, far back, and under one letter."""
    from guides.listing import items_of

    code = items_of(COUNTY).order_by("code").values_list("code", flat=True).first()
    host = host_of(COUNTY)
    return {
        "guide": (host, f"/guides/{code}/"),
        "guides filtered by two facets": (host, "/guides/?object=legal&type=01"),
        "guides, page 40": (host, "/guides/?page=40"),
        "guides under one letter": (host, "/en/guides/?letter=R"),
        "catalogue filtered by two facets": (host, "/catalogue/?object=legal&type=01"),
    }


def number_of_adoptions() -> int:
    from guides.models import Adoption

    return Adoption.objects.count()


def host_of(division: str) -> str:
    from sites.models import Centre

    centre = Centre.objects.select_related("host_site", "wagtail_site").get(pk=division)
    return f"{centre.host_site.domain}:{centre.wagtail_site.port}"


def main() -> None:
    django.setup()
    known = addresses()
    answer([number_of_adoptions(), known])
    client = Client()
    queries = 0

    def count(execute, sql, params, many, context):
        nonlocal queries
        queries += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        for line in sys.stdin:
            host, path = known[json.loads(line)]
            queries = 0
            begin = time.perf_counter()
            response = client.get(path, headers={"host": host})
            answer([time.perf_counter() - begin, queries, response.status_code])


def answer(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
