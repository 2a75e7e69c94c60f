"""What every public page of a site shows around its own content."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.language import CHINESE, ENGLISH, LANGUAGE_TAGS, path_in_language, shown_language, shown_text
from sites.columns import column_pages
from sites.hosts import host_of, root_url
from sites.models import Centre, ColumnPage, GroupNotice

HOTLINE = "96196"  # the investors' hotline of the province, plan §17
OLDER_MODE_COOKIE = "older"
# What most people come for (design: 查, 办, 跟), by the kind of the column that answers it.
ENTRANCES = {
    "guides": (gettext_lazy("Find a guide"), gettext_lazy("What to bring, how long it takes and where to go")),
    "catalogue": (
        gettext_lazy("See all items"),
        gettext_lazy("Everything that is handled in the province, by theme and department"),
    ),
}
LANGUAGE_NAMES = {CHINESE: "中文", ENGLISH: "English"}  # each in itself


def place_of(centre: Centre) -> list[dict[str, Any]]:
    """The centre's place in the tree, from the province down, with the addresses of the sites on the way.

    Every division above has a centre (`sites.provisioning`), and its host follows from the labels.
    """
    home = path_in_language("/", get_language())
    place = []
    host = ""
    for division in centre.division.lineage:
        host = host_of(division.host_label, division.level, host)
        place.append(
            {
                "name": division.name,
                "url": f"{root_url(host)}{home}",
                "is_current": division.pk == centre.division_id,
            }
        )
    return place


def languages_of(request: HttpRequest) -> list[dict[str, Any]]:
    """This very page in each language, its query kept."""
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    current = get_language()
    return [
        {
            "code": code,
            "lang": tag,
            "name": LANGUAGE_NAMES[code],
            "url": path_in_language(request.path, code) + query,
            "is_current": code == current,
        }
        for code, tag in LANGUAGE_TAGS.items()
    ]


def notices_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The province's notices that show on this site now, urgent ones first."""
    return [
        {
            "title": shown_text(notice, "title"),
            "lang": LANGUAGE_TAGS[shown_language(notice, "title")],
            "url": reverse("group_notice", args=[notice.pk]),
            "is_urgent": notice.is_urgent,
        }
        for notice in GroupNotice.objects.showing_on(request.centre.division.lineage)
    ]


def mode_switch_url(request: HttpRequest, older: bool) -> str:
    """Turns the mode for older people on or off and comes back to this page."""
    query = urlencode({"older": "0" if older else "1", "next": request.get_full_path()})
    return f"{reverse('switch_mode')}?{query}"


def breadcrumb(request: HttpRequest, column_page: ColumnPage) -> list[dict[str, str]]:
    """The way from the home page to a column."""
    return [
        {"title": _("Home"), "url": path_in_language("/", get_language())},
        {"title": shown_text(column_page.column, "name"), "url": column_page.get_url(request)},
    ]


def entrances(request: HttpRequest, pages: list[ColumnPage]) -> list[dict[str, Any]]:
    """The entrances that work on this site, in their order."""
    by_kind = {page.column.kind: page for page in pages}
    return [
        {"key": kind, "title": title, "description": description, "url": by_kind[kind].get_url(request)}
        for kind, (title, description) in ENTRANCES.items()
        if kind in by_kind
    ]


def site_context(request: HttpRequest) -> dict[str, Any]:
    """The frame of a public page: whose centre, where it stands, its columns, language, mode, notices."""
    centre: Centre = request.centre
    pages = column_pages(request, centre.home)
    current_slug = path_in_language(request.path, CHINESE).split("/")[1]
    older_mode = request.COOKIES.get(OLDER_MODE_COOKIE) == "1"
    return {
        "centre": centre,
        "place": place_of(centre),
        "columns": [
            {
                "key": page.column_key,
                "title": shown_text(page.column, "name"),
                "description": shown_text(page.column, "description"),
                "url": page.get_url(request),
                "is_current": page.column.slug == current_slug,
            }
            for page in pages
        ],
        "entrances": entrances(request, pages),
        "search_url": "",
        "group_notices": notices_of(request),
        "hotline": HOTLINE,
        "language": get_language(),
        "languages": languages_of(request),
        "group_url": reverse("group"),
        "site_map_url": reverse("site_map"),
        "older_mode": older_mode,
        "mode_switch_url": mode_switch_url(request, older_mode),
    }
