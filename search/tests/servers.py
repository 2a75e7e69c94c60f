"""The Elasticsearch that tests run against."""

import os
import uuid

import pytest

from search.engines.elasticsearch_index import Address, parse_address

URL = os.environ.get("SEARCH_URL", "")
on_a_server = pytest.mark.skipif(
    not URL.startswith("elasticsearch://"), reason="SEARCH_URL names no Elasticsearch: make test-elasticsearch sets it"
)


def own_address() -> Address:
    """A prefix of one test alone."""
    address = parse_address(URL)
    return address._replace(prefix=f"{address.prefix}-{uuid.uuid4().hex[:12]}")
