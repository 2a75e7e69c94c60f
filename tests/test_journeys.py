"""The journeys of issue's "done when", in a real browser: visitors, an editor, the head, the province."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import Group

pytestmark = pytest.mark.browser
