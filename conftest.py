"""Fixtures for every room's tests: a small group of real centres made page by page."""

import pytest

from sites.models import Centre
from sites.tests.reference import add_centre


@pytest.fixture
def province(db) -> Centre:
    return add_centre("510000000000", "四川省", "Sichuan Province", "province", "sichuan")


@pytest.fixture
def chengdu(province: Centre) -> Centre:
    return add_centre("510100000000", "成都市", "Chengdu", "city", "chengdu", province.division)


@pytest.fixture
def jinjiang(chengdu: Centre) -> Centre:
    return add_centre(
        "510104000000",
        "锦江区",
        "Jinjiang District",
        "county",
        "jinjiang",
        chengdu.division,
        "成都市锦江区人民政府政务服务中心",
    )


@pytest.fixture
def wuhou(chengdu: Centre) -> Centre:
    return add_centre(
        "510107000000",
        "武侯区",
        "Wuhou District",
        "county",
        "wuhou",
        chengdu.division,
        "成都市武侯区人民政府政务服务中心",
    )
