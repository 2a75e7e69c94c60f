"""The hosts of the group: each is made of the divisions' labels and the settings' BASE_HOST."""

from django.conf import settings
from django.contrib.sites.models import Site as HostSite
from django.db import transaction
from django.db.models import QuerySet
from multisite.models import Alias
from wagtail.models import Site

from core.page_cache import forget_all
from sites.models import Centre, Level

BATCH_SIZE = 500


def host_of(label: str, level: str, parent_host: str) -> str:
    """sichuan.BASE, chengdu.BASE, jinjiang.chengdu.BASE, x.jinjiang.chengdu.BASE."""
    above = settings.BASE_HOST if level in (Level.PROVINCE, Level.CITY) else parent_host
    return f"{label}.{above}"


def root_url(host: str) -> str:
    """The address of a host of the group without a path, e.g. http://chengdu.localhost:8000."""
    return Site(hostname=host, port=settings.PUBLIC_PORT).root_url


@transaction.atomic
def synchronise_hosts() -> int:
    """Bring the hosts and ports in the database in line with BASE_HOST and PUBLIC_PORT.

    Called at every start, as somebody may have started with other settings before. Out: how many
    centres had another host or port. Other aliases that centres were given stay as they are.
    """
    centres = Centre.objects.select_related("division", "host_site", "wagtail_site")
    hosts: dict[str, str] = {}
    changed = []
    former_base = ""
    for centre in sorted(centres, key=lambda each: Level.values.index(each.division.level)):
        division = centre.division
        host = hosts[division.pk] = host_of(division.host_label, division.level, hosts.get(division.parent_id, ""))
        present = centre.host_site.domain, centre.wagtail_site.hostname, centre.wagtail_site.port
        if present == (host, host, settings.PUBLIC_PORT):
            continue
        if division.level == Level.PROVINCE:
            former_base = centre.host_site.domain.removeprefix(f"{division.host_label}.")
        centre.host_site.domain = centre.wagtail_site.hostname = host
        centre.wagtail_site.port = settings.PUBLIC_PORT
        changed.append(centre)
    if changed:
        _save(changed)
        _follow_base_host(former_base)
        transaction.on_commit(Site.clear_site_root_paths_cache)
        forget_all()
    return len(changed)


def _save(changed: list[Centre]) -> None:
    host_sites = {centre.host_site_id: centre.host_site for centre in changed}
    # Without signals: django-multisite's would look at one alias after another.
    QuerySet(HostSite).bulk_update(host_sites.values(), ["domain"], batch_size=BATCH_SIZE)
    QuerySet(Site).bulk_update([centre.wagtail_site for centre in changed], ["hostname", "port"], batch_size=BATCH_SIZE)
    aliases = [alias for alias in Alias.objects.filter(is_canonical=1) if alias.site_id in host_sites]
    for alias in aliases:
        alias.domain = host_sites[alias.site_id].domain
    QuerySet(Alias).bulk_update(aliases, ["domain"], batch_size=BATCH_SIZE)


def _follow_base_host(former: str) -> None:
    """The bare host leads to the province's centre: the alias follows the setting."""
    if former and former != settings.BASE_HOST:
        Alias.objects.filter(domain=former, is_canonical=None, site__centre__division__level=Level.PROVINCE).update(
            domain=settings.BASE_HOST
        )
