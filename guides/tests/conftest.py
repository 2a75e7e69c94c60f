"""The small group with its people, as the tests of `sites` have it."""

from sites.tests.conftest import (  # noqa: F401
    admin,
    group_of_centres,
    made_chengdu,
    made_jinjiang,
    made_province,
    made_wuhou,
    people,
)
