"""The group by division: one level at a time, and by name. Never reads all sites."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import get_language

from core.language import path_in_language
from sites.models import Centre, Division

RESULTS = 50


def entry(centre: Centre) -> dict[str, Any]:
    """A site of the group in a list."""
    division = centre.division
    return {
        "name": division.name,
        "official_name": centre.name,
        "url": centre.root_url + path_in_language("/", get_language()),
        "code": division.pk,
        "within": [above.name for above in division.lineage[:-1]],
    }


def centres():
    return Centre.objects.select_related("division__parent__parent__parent", "wagtail_site").order_by("division_id")


def chosen_division(code: str) -> Division | None:
    """The division of `?division=`, the province without one. Raises Http404 for a code that is none."""
    divisions = Division.objects.select_related("parent__parent__parent")
    if not code:
        return divisions.filter(level="province").first()
    division = divisions.filter(pk=code).first()
    if division is None:
        raise Http404
    return division


def sites_below(division: Division | None) -> list[dict[str, Any]]:
    """The sites of the divisions right below one, each with whether it has sites below itself."""
    if division is None:
        return []
    entries = [entry(centre) for centre in centres().filter(division__parent=division)]
    parents = set(
        Division.objects.filter(parent__parent=division, centre__isnull=False)
        .order_by()
        .values_list("parent_id", flat=True)
        .distinct()
    )
    for each in entries:
        each["has_below"] = each["code"] in parents
    return entries


def sites_named(text: str) -> tuple[list[dict[str, Any]], bool]:
    """The first sites whose division's name holds a text in either language, and whether there are more."""
    named = centres().filter(Q(division__name_zh_hans__icontains=text) | Q(division__name_en__icontains=text))
    # A division above comes before those below it, as its code is the smaller one.
    found = list(named[: RESULTS + 1])
    return [entry(centre) for centre in found[:RESULTS]], len(found) > RESULTS
