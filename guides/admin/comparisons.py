"""How two versions of an item are compared where a field keeps a list of keys."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import pgettext
from wagtail.admin.compare import FieldComparison, TextDiff


class ChoicesComparison(FieldComparison):
    """A list of keys, by their labels. A subclass made by the panel has the choices."""

    choices: Iterable[tuple[str, Any]] = ()

    def htmldiff(self) -> SafeString:
        labels = dict(self.choices)
        before, after = list(self.val_a or ()), list(self.val_b or ())
        changes = [("equal" if key in after else "deletion", str(labels.get(key, key))) for key in before]
        changes += [("addition", str(labels.get(key, key))) for key in after if key not in before]
        return TextDiff(changes, separator=pgettext("between items of a list", ", ")).to_html()
