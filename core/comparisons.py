"""How two versions are compared field by field, where Wagtail shows what a program keeps or marks too much."""

import re
from datetime import date
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class

# Words of letters and digits; each Chinese character and each sign by itself. Wagtail takes a whole Chinese sentence
# for one word, so that one changed character marks all of it.
_TOKENS = re.compile(r"[^\W\u3400-\u9fff\uf900-\ufaff]+|[\W\u3400-\u9fff\uf900-\ufaff]")


def compared_texts(before: str, after: str) -> SafeString:
    """Both texts in one, with what went and what came marked."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    changes: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(("equal", "".join(old[i1:i2])))
        else:
            changes += [("deletion", "".join(old[i1:i2])), ("addition", "".join(new[j1:j2]))]
    together = groupby((each for each in changes if each[1]), key=lambda change: change[0])
    return TextDiff([(kind, "".join(text for _, text in group)) for kind, group in together]).to_html()


def shown(value: Any) -> str:
    """A plain value in the reader's language; nothing for what isn't known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return date_format(value)
    return str(value)


class TextComparison(FieldComparison):
    """Texts, by words and Chinese characters. No text and an empty one are the same."""

    def htmldiff(self) -> SafeString:
        return compared_texts(self.val_a or "", self.val_b or "")

    def has_changed(self) -> bool:
        return (self.val_a or "") != (self.val_b or "")


class ValueComparison(FieldComparison):
    """Numbers, dates, yes and no: empty where nothing is known, not “None”."""

    def htmldiff(self) -> SafeString:
        before, after = shown(self.val_a), shown(self.val_b)
        if before == after:
            return TextDiff([("equal", before)]).to_html()
        changes = [("deletion", before), ("addition", after)]
        return TextDiff([(kind, text) for kind, text in changes if text]).to_html()


TEXTS: tuple[type[models.Field], ...] = (models.CharField, models.TextField)
VALUES: tuple[type[models.Field], ...] = (
    models.BooleanField,
    models.IntegerField,
    models.DecimalField,
    models.DateField,
)
for field_class in TEXTS:
    register_comparison_class(field_class, comparison_class=TextComparison)
for field_class in VALUES:
    register_comparison_class(field_class, comparison_class=ValueComparison)
