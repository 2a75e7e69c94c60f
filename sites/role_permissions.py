"""Which Wagtail permissions a role gives, and on what. Provisioning makes the groups from this table,
and after each migration those that are there follow it.

A centre's own groups carry rights on its pages and its collection; the supervisor's lie on
the folder and collection that hold all centres below, so that one row covers them all.
Roles held in a department and the group-wide roles have one group for the whole installation
(`sites.groups.ensure_group_wide_groups`).

Permissions are those of `core.BasePage`, `core.Picture` and `core.Attachment`, by codename.
"""

from dataclasses import dataclass

from sites.models.division import Level
from sites.models.role import DEPARTMENT_ROLES, Role


@dataclass(frozen=True)
class RolePermissions:
    """What one role may do. `pages` and `collections` hold permission codenames.

    `collection` names one of its own below the root, for a group-wide role that is to have no centre's files.
    """

    on_folder: bool = False
    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    levels: tuple[str, ...] = tuple(Level.values)
    collection: str = ""


EDIT_PAGES = ("add_basepage", "change_basepage")
RUN_PAGES = (*EDIT_PAGES, "publish_basepage", "lock_basepage", "unlock_basepage")
USE_FILES = (
    "choose_picture",
    "choose_attachment",
    "add_picture",
    "change_picture",
    "add_attachment",
    "change_attachment",
)
RUN_FILES = (*USE_FILES, "delete_picture", "delete_attachment")

# Nobody has more than one of these rows for a centre. "publish" lets a head unpublish and lock;
# nobody publishes with it, that is done by the review alone (sites/structure.py, sites/review.py).
# An editor's or head's rights on a collection end at that collection: the collections of the
# divisions below lie inside it (sites/admin/file_rights.py).
CENTRE_ROLES: dict[str, RolePermissions] = {
    Role.EDITOR: RolePermissions(pages=EDIT_PAGES, collections=USE_FILES),
    Role.HEAD: RolePermissions(pages=RUN_PAGES, collections=RUN_FILES),
    Role.SUPERVISOR: RolePermissions(
        on_folder=True,
        pages=RUN_PAGES,
        collections=RUN_FILES,
        levels=(Level.PROVINCE, Level.CITY, Level.COUNTY),
    ),
}

# Held at the provincial centre, for the whole group; pages and collections are those of the two roots.
# Roles held in a department open the admin and nothing in it yet: cases will ask for the appointment.
PROVINCE_ROLES: dict[str, RolePermissions] = {
    Role.PROVINCIAL_ADMINISTRATOR: RolePermissions(
        on_folder=True, pages=RUN_PAGES, collections=RUN_FILES, levels=(Level.PROVINCE,)
    ),
    # Blank forms, filled-in samples, samples of results. None is deleted: former versions offer them too.
    Role.CATALOGUE_EDITOR: RolePermissions(
        collections=("choose_attachment", "add_attachment", "change_attachment"),
        levels=(Level.PROVINCE,),
        collection="目录 Catalogue",
    ),
}
GROUP_WIDE_ROLES: dict[str, RolePermissions] = {
    **PROVINCE_ROLES,
    **{role: RolePermissions() for role in DEPARTMENT_ROLES},
}
# What the catalogue consists of, by name: the room above has it.
CATALOGUE = ("guides.catalogueitem", "guides.theme", "guides.bundle")
# Models of the whole group that a group-wide role adds to, changes and deletes from ("app_label.model").
MODELS: dict[str, tuple[str, ...]] = {
    Role.CATALOGUE_EDITOR: CATALOGUE,
    Role.PROVINCIAL_ADMINISTRATOR: (
        *CATALOGUE,
        "website_group.columnstandard",
        "website_group.groupnotice",
        "website_group.topic",
        "website_group.department",
        "website_group.servicemode",
        "website_group.staffduty",
        "website_group.centre",
        "website_group.window",
        "website_group.openinghours",
        "website_group.division",
        "core.calendaroverride",
    ),
}


def role_permissions(role: str) -> RolePermissions:
    """The row of a role, whichever table it stands in."""
    return CENTRE_ROLES[role] if role in CENTRE_ROLES else GROUP_WIDE_ROLES[role]
