"""A part of the page tree is found through an index on each database."""

import pytest
from django.db import connection

from core.models import BasePage


def test_pages_below_another_are_found_through_an_index(db) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("Django makes PostgreSQL's index itself")
    pages = BasePage.objects.filter(path__startswith="00010001", depth__gte=3).order_by()
    assert "SEARCH core_basepage USING INDEX basepage_path_nocase" in pages.explain()
