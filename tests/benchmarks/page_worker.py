"""Answers requests in its own process, for `pages.py`: `[host, path]` in, `[seconds, queries, status]` out, as JSON lines."""

import json
import sys
import time

import django
from django.db import connection
from django.test import Client


def main() -> None:
    django.setup()
    client = Client()
    queries = 0

    def count(execute, sql, params, many, context):
        nonlocal queries
        queries += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        for line in sys.stdin:
            host, path = json.loads(line)
            queries = 0
            begin = time.perf_counter()
            response = client.get(path, headers={"host": host})
            seconds = time.perf_counter() - begin
            sys.stdout.write(json.dumps([seconds, queries, response.status_code]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
