"""What every public page of a site shows around its own content."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from core.language import LANGUAGE_TAGS, path_in_language
from sites.columns import column_pages
from sites.models import Centre, GroupNotice

HOTLINE = "96196"  # the investors' hotline of the province, plan §17
OLDER_MODE_COOKIE = "older"


def place_of(centre: Centre) -> list[dict[str, Any]]:
    """The centre's place in the tree, from the province down, with the addresses of the sites on the way."""
    lineage = centre.division.lineage
    above = (
        {
            other.division_id: other
            for other in Centre.objects.filter(division__in=lineage[:-1]).select_related("wagtail_site")
        }
        if len(lineage) > 1
        else {}
    )
    above[centre.division_id] = centre
    home = path_in_language("/", get_language())
    return [
        {
            "name": division.name,
            "url": f"{above[division.pk].root_url}{home}" if division.pk in above else "",
            "is_current": division.pk == centre.division_id,
        }
        for division in lineage
    ]


def languages_of(request: HttpRequest) -> list[dict[str, Any]]:
    """This very page in each language, with full addresses for the head of the page."""
    root = f"{request.scheme}://{request.get_host()}"
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    names = {"zh-hans": "中文", "en": "English"}
    current = get_language()
    result = []
    for code, tag in LANGUAGE_TAGS.items():
        path = path_in_language(request.path, code)
        result.append(
            {
                "code": code,
                "lang": tag,
                "name": names[code],
                "url": path + query,
                "full_url": root + path + query,
                "is_current": code == current,
            }
        )
    return result


def site_context(request: HttpRequest) -> dict[str, Any]:
    """The frame of a public page: whose centre, where it stands, its columns, language, mode, notices."""
    centre: Centre = request.centre
    pages = column_pages(request, centre.home)
    current_slug = path_in_language(request.path, "zh-hans").split("/")[1]
    return {
        "centre": centre,
        "place": place_of(centre),
        "columns": [
            {
                "key": page.column_key,
                "title": page.column.name,
                "description": page.column.description,
                "url": page.get_url(request),
                "is_current": page.column.slug == current_slug,
            }
            for page in pages
        ],
        "entrances": [],
        "search_url": "",
        "group_notices": list(GroupNotice.objects.showing_on(centre.division.lineage)),
        "hotline": HOTLINE,
        "language": get_language(),
        "languages": languages_of(request),
        "canonical_url": f"{centre.root_url}{request.path}",
        "older_mode": request.COOKIES.get(OLDER_MODE_COOKIE) == "1",
    }
