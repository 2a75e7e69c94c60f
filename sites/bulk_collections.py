"""Collections for the files of many centres, in a tree that mirrors the divisions."""

from collections.abc import Iterable

from django.db.models import F
from wagtail.models import Collection

BATCH_SIZE = 500


def add_collections(parent_name_pairs: Iterable[tuple[Collection, str]]) -> list[Collection]:
    """Add a collection of each name below its saved parent. Out: the collections, in the order given.

    Collections stand below their parent in the order of their names. Below a parent that has none
    yet they are inserted together; among others treebeard finds the place of each.
    """
    pairs = list(parent_name_pairs)
    parents = Collection.objects.in_bulk({parent.pk for parent, _ in pairs})
    made: dict[tuple[int, str], Collection] = {}
    together = []
    positions: dict[int, int] = {}
    for given_parent, name in sorted(pairs, key=lambda pair: pair[1]):
        parent = parents[given_parent.pk]
        if parent.numchild:
            continue
        positions[parent.pk] = positions.get(parent.pk, 0) + 1
        path = Collection._get_path(parent.path, parent.depth + 1, positions[parent.pk])
        collection = Collection(name=name, path=path, depth=parent.depth + 1, numchild=0)
        made[parent.pk, name] = collection
        together.append(collection)
    Collection.objects.bulk_create(together, batch_size=BATCH_SIZE)
    for number in set(positions.values()):
        keys = [key for key, count in positions.items() if count == number]
        Collection.objects.filter(pk__in=keys).order_by().update(numchild=F("numchild") + number)
    for given_parent, name in pairs:
        if (given_parent.pk, name) not in made:
            parent = Collection.objects.get(pk=given_parent.pk)
            made[given_parent.pk, name] = parent.add_child(name=name)
    return [made[parent.pk, name] for parent, name in pairs]
