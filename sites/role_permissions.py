"""Which Wagtail permissions a role gives, and on what. Provisioning makes the groups from this table.

A centre's own groups carry rights on its pages and its collection; the supervisor's lie on
the folder and collection that hold all centres below, so that one row covers them all.
Roles held in a department and the group-wide roles have one group for the whole installation.
"""

from dataclasses import dataclass

from sites.models.division import Level
from sites.models.role import Role


@dataclass(frozen=True)
class RolePermissions:
    """What one role may do. `pages` and `collections` hold permission codenames."""

    on_folder: bool = False
    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    levels: tuple[str, ...] = tuple(Level.values)


FILES = ("add_picture", "change_picture", "add_attachment", "change_attachment")

# Nobody has more than one of these rows for a centre; who may publish is decided by the workflow (sites/workflow.py).
CENTRE_ROLES: dict[str, RolePermissions] = {
    Role.EDITOR: RolePermissions(
        pages=("add_basepage", "change_basepage"), collections=("choose_image", "choose_document", *FILES)
    ),
    Role.HEAD: RolePermissions(
        pages=("add_basepage", "change_basepage", "publish_basepage", "lock_basepage", "unlock_basepage"),
        collections=("choose_image", "choose_document", *FILES, "delete_picture", "delete_attachment"),
    ),
    Role.SUPERVISOR: RolePermissions(
        on_folder=True,
        pages=("add_basepage", "change_basepage", "publish_basepage", "lock_basepage", "unlock_basepage"),
        collections=("choose_image", "choose_document", *FILES, "delete_picture", "delete_attachment"),
        levels=(Level.PROVINCE, Level.CITY, Level.COUNTY),
    ),
}
GROUP_WIDE_ROLES = (
    Role.PROVINCIAL_ADMINISTRATOR,
    Role.CATALOGUE_EDITOR,
    Role.RECEIVER,
    Role.HANDLER,
    Role.REVIEWER,
    Role.DECIDER,
)
