"""Progress speaks the language of whoever began, and load_demo and prepare with it."""

import io

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext_noop, override

from sites.progress import ProgressLines


def test_progress_stays_in_the_language_that_it_began_in() -> None:
    written = {}
    for language in ("en", "zh-hans"):
        stream = io.StringIO()
        with override(language):
            progress = ProgressLines(OutputWrapper(stream))
        with override("zh-hans"):  # as the demo is loaded
            progress(gettext_noop("Centres"), 205, 205)
        written[language] = stream.getvalue()
    assert written == {"en": "Centres: 205 of 205\n", "zh-hans": "中心：205/205\n"}
