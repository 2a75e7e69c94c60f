"""Pages of a site that are not in the page tree."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.language import has_english, path_in_language, shown_text
from core.links import host_of, signed_target
from core.page_cache import may_keep
from sites.context import OLDER_MODE_COOKIE, site_context
from sites.group import centres, chosen_division, entry, sites_below, sites_named
from sites.head import head
from sites.models import GroupNotice

MODE_SECONDS = 365 * 24 * 3600
NAME_LENGTH = 60


def page(
    request: HttpRequest, template: str, title: str, context: dict[str, Any] | None = None, **head_options: Any
) -> HttpResponse:
    """A page with the site's frame."""
    return render(
        request,
        template,
        {**site_context(request), **head(request, title, **head_options), "title": title, **(context or {})},
    )


@require_safe
def group(request: HttpRequest) -> HttpResponse:
    """The group by division (`?division=`, one level at a time), or the sites whose name holds `?q=`."""
    text = request.GET.get("q", "").strip()[:NAME_LENGTH]
    code = request.GET.get("division", "")
    chosen = chosen_division(code)
    found, has_more = sites_named(text) if text else (sites_below(chosen), False)
    own = centres().filter(division=chosen).first()
    context = {
        "chosen": chosen,
        "chosen_lineage": chosen.lineage if chosen else [],
        "own": entry(own) if own else None,
        "group_sites": found,
        "searched": text,
        "has_more": has_more,
    }
    query = f"?{urlencode({'division': code})}" if code else ""
    may_keep(request, query)
    return page(request, "themes/group.html", _("Sites of the group"), context, query=query)


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """All columns of this site and the pages that belong to none."""
    may_keep(request)
    context = site_context(request)
    return page(request, "themes/site_map.html", _("Site map"), {"sections": context["columns"]})


@require_safe
def group_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice of the province, if it shows on this site now."""
    showing = GroupNotice.objects.showing_on(request.centre.division.lineage)
    notice = get_object_or_404(showing, pk=pk)
    may_keep(request)
    return page(
        request,
        "themes/group_notice.html",
        shown_text(notice, "title"),
        {"notice": notice},
        in_english=has_english(notice, "title"),
    )


@require_safe
def switch_mode(request: HttpRequest) -> HttpResponse:
    """Turn the mode for older people on (`?older=1`) or off, and go back to the page (`?next=`)."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = path_in_language("/", get_language())
    response = HttpResponseRedirect(target)
    if request.GET.get("older") == "1":
        response.set_cookie(OLDER_MODE_COOKIE, "1", max_age=MODE_SECONDS, samesite="Lax")
    else:
        response.delete_cookie(OLDER_MODE_COOKIE, samesite="Lax")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """The notice before a link to a host outside government: `?to=` an address that these sites signed."""
    target = signed_target(request.GET.get("to", ""), request.GET.get("signature", ""))
    if target is None:
        raise Http404
    response = page(
        request,
        "themes/leaving.html",
        _("You are leaving this site"),
        {"destination_url": target, "destination_host": host_of(target)},
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
