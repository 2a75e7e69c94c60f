"""The journeys of issue's "done when", in a real browser: visitors, an editor, the head, the province."""

import pytest

pytestmark = pytest.mark.browser
