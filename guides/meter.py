"""How complete an item is, in numbers: of the elements of a guide, how many it has in each language."""

from dataclasses import dataclass

from django.utils.functional import Promise

from guides.completeness import ELEMENTS, labels_of


@dataclass(frozen=True)
class Meter:
    """What an item has and lacks, from its derived columns: keys of elements, separated by spaces."""

    missing: str
    lacking_english: str
    total: int = len(ELEMENTS)

    @property
    def chinese(self) -> int:
        """How many elements are there in Chinese."""
        return self.total - len(self.missing.split())

    @property
    def english(self) -> int:
        """How many are there in English too."""
        return self.total - len({*self.missing.split(), *self.lacking_english.split()})

    @property
    def missing_labels(self) -> list[str | Promise]:
        return labels_of(self.missing)

    @property
    def lacking_english_labels(self) -> list[str | Promise]:
        """What isn't in English yet, with what isn't there at all."""
        lacking = {*self.missing.split(), *self.lacking_english.split()}
        return [element.label for element in ELEMENTS if element.key in lacking]
