"""Centres made one page at a time with treebeard's own `add_child`: the reference that bulk provisioning must equal."""

from django.conf import settings
from django.contrib.sites.models import Site as HostSite
from wagtail.models import Collection, Site

from core.models import BasePage
from sites.columns import columns_in_force
from sites.models import Centre, ColumnPage, Division, DivisionFolder, HomePage


def add_page(parent, page):
    """A published page with its first revision, as the admin would leave it."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def add_centre(
    code: str,
    name: str,
    english: str,
    level: str,
    label: str,
    parent: Division | None = None,
    centre_name: str = "",
    centre_english: str = "",
    is_derived: bool = False,
) -> Centre:
    """A division with its centre, site, host, collection, home page and columns."""
    division = Division.objects.create(
        code=code,
        name_zh_hans=name,
        name_en=english,
        name_is_derived=is_derived,
        level=level,
        host_label=label,
        parent=parent,
    )
    above = BasePage.get_first_root_node() if parent is None else parent.centre.folder
    folder = None
    if level != "township":
        folder = add_page(above, DivisionFolder(title_zh_hans=name, title_en=english, slug=code))
        above = folder
    official = centre_name or f"{name}人民政府政务服务中心"
    official_english = centre_english or f"{english} Government Service Centre"
    slug = "home" if folder else code
    home = add_page(above, HomePage(title_zh_hans=official, title_en=official_english, slug=slug))
    parent_host = (
        ""
        if parent is None or parent.level == "province"
        else f".{parent.centre.host_site.domain.removesuffix('.' + settings.BASE_HOST)}"
    )
    host = f"{label}{parent_host}.{settings.BASE_HOST}"
    root = Collection.get_first_root_node() if parent is None else parent.centre.collection
    centre = Centre.objects.create(
        division=division,
        name_zh_hans=official,
        name_en=official_english,
        folder=folder,
        home=home,
        wagtail_site=Site.objects.create(hostname=host, port=settings.PUBLIC_PORT, site_name=official, root_page=home),
        host_site=HostSite.objects.create(domain=host, name=official[:50]),
        collection=root.add_child(name=f"{code} {name}"),
    )
    for column in columns_in_force(level):
        add_page(
            home,
            ColumnPage(
                title_zh_hans=column.name_zh_hans, title_en=column.name_en, slug=column.slug, column_key=column.key
            ),
        )
    return centre
