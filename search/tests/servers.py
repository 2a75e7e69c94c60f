"""The Elasticsearch that tests run against."""

import os
import uuid

import pytest

URL = os.environ.get("SEARCH_URL", "")
on_a_server = pytest.mark.skipif(
    not URL.startswith("elasticsearch://"), reason="SEARCH_URL names no Elasticsearch: make test-elasticsearch sets it"
)


def own_address() -> str:
    """An address with a prefix of one test alone."""
    return f"{URL}-{uuid.uuid4().hex[:12]}"
