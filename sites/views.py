"""Pages and files of a site that are not in the page tree."""

from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.language import LANGUAGE_TAGS, path_in_language, shown_text
from sites.articles import articles_of, prepared
from sites.columns import column_pages, find_column, find_former_column, moved_permanently
from sites.context import OLDER_MODE_COOKIE, site_context
from sites.models import Centre, Division, GroupNotice

FEED_LENGTH = 30
MODE_SECONDS = 365 * 24 * 3600


@require_safe
def group(request: HttpRequest) -> HttpResponse:
    """The group by division: the province, its cities, and the divisions below the chosen one (`?division=`)."""
    code = request.GET.get("division", "")
    province = Division.objects.filter(level="province").first()
    chosen = Division.objects.filter(pk=code).select_related("parent__parent__parent").first() or province
    home = path_in_language("/", get_language())
    below = (
        Centre.objects.filter(division__parent=chosen)
        .select_related("division", "wagtail_site")
        .order_by("division_id")
    )
    own = Centre.objects.filter(division=chosen).select_related("division", "wagtail_site").first()
    context = {
        **site_context(request),
        "chosen": chosen,
        "chosen_lineage": chosen.lineage if chosen else [],
        "own": own and {"name": own.name, "url": f"{own.root_url}{home}"},
        "group_sites": [
            {
                "name": centre.division.name,
                "official_name": centre.name,
                "url": f"{centre.root_url}{home}",
                "code": centre.division_id,
                "level": centre.division.level,
            }
            for centre in below
        ],
        "title": _("Sites of the group"),
    }
    return render(request, "themes/group.html", context)


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """All columns of this site and the pages that belong to none."""
    return render(request, "themes/site_map.html", {**site_context(request), "title": _("Site map")})


@require_safe
def group_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice of the province, if it shows on this site now."""
    showing = GroupNotice.objects.showing_on(request.centre.division.lineage)
    notice = get_object_or_404(showing, pk=pk)
    return render(
        request, "themes/group_notice.html", {**site_context(request), "notice": notice, "title": notice.title}
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
        response.delete_cookie(OLDER_MODE_COOKIE)
    return response


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """The notice before a link to a host outside government: `?to=` with an http or https address."""
    target = request.GET.get("to", "")
    parts = urlsplit(target)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Http404
    context = {
        **site_context(request),
        "target": target,
        "target_host": parts.hostname,
        "title": _("You are leaving this site"),
    }
    return render(request, "themes/leaving.html", context)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What search engines may read."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {request.centre.root_url}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """Every page of this site in both languages, each naming the other."""
    centre = request.centre
    paths = [("/", None), ("/sites/", None), ("/site-map/", None)]
    for page in column_pages(request, centre.home):
        address = path_in_language(page.get_url(request), "zh-hans")
        paths.append((address, page.last_published_at))
        if page.column.kind == "articles":
            for slug, changed in articles_of(page).values_list("slug", "last_published_at"):
                paths.append((f"{address}{slug}/", changed))
    entries = [
        {
            "changed": changed,
            "languages": [
                {"lang": tag, "url": centre.root_url + path_in_language(path, code)}
                for code, tag in LANGUAGE_TAGS.items()
            ],
        }
        for path, changed in paths
    ]
    return render(request, "themes/sitemap.xml", {"entries": entries}, content_type="application/xml")


class ColumnFeed(Feed):
    """The newest articles of a column of this site, in the language of the address."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, column: str):
        page = find_column(request, request.centre.home, column)
        if page is None or page.column.kind != "articles":
            raise Http404
        page.request = request
        return page

    def title(self, page) -> str:
        return f"{page.column.name} · {page.request.centre.name}"

    def link(self, page) -> str:
        return page.get_full_url(page.request)

    def items(self, page) -> list:
        return prepared(page.request, articles_of(page).defer_streamfields()[:FEED_LENGTH], page)

    def item_title(self, article) -> str:
        return shown_text(article, "title")

    def item_description(self, article) -> str:
        return shown_text(article, "summary")

    def item_link(self, article) -> str:
        return article.address

    def item_pubdate(self, article):
        return article.first_published_at

    def item_updateddate(self, article):
        return article.last_published_at


newest_articles = ColumnFeed()


@require_safe
def feed(request: HttpRequest, column: str) -> HttpResponse:
    """A column's feed; a former slug of the column leads to the present one."""
    home = request.centre.home
    moved = None if find_column(request, home, column) else find_former_column(request, home, column)
    if moved is not None:
        return moved_permanently(request, moved, ["feed.atom"])
    return newest_articles(request, column)
