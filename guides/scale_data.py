"""A catalogue of any size with the same content each time, adopted by every county's centre, for measurements."""

from datetime import date
from itertools import cycle, islice

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.demo import Progress
from guides.adoption import adopt_everywhere
from guides.demo import content
from guides.demo.loader import Lookup, add, handling_item, load_themes, main_item
from sites.models import Centre

DAY = date(2026, 1, 5)
LEVELS = ["county"]


def make_scale_data(number: int, progress: Progress) -> None:
    """The demo's items again and again, with running codes and names, published and adopted, in one transaction."""
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        load_themes()
        lookup = Lookup(with_forms=False)
        mains = add([main_item(row, lookup, DAY) for row in content.main_items()], progress)
        items = []
        for running, row in enumerate(islice(cycle(content.items()), number), start=1):
            item = handling_item(row, lookup, mains, DAY)
            item.code = f"{item.code}-{running}"
            item.name_zh_hans = f"{item.name_zh_hans}（{running}）"
            item.name_en = f"{item.name_en} ({running})"
            item.exercise_levels = LEVELS
            items.append(item)
        add(items, progress)
        centres = Centre.objects.select_related("division").order_by("division_id")
        adopt_everywhere(centres, lambda done, total: progress(_("Centres with guides"), done, total))
