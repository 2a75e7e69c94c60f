"""The standard's pages stand where the standard put them: nobody moves, copies, removes or renames one by hand.

These are rules of the structure, not of people: they hold for superusers too. Who may write
and publish what is said elsewhere (`sites.role_permissions`) and asked by the base class.
"""

from wagtail.models import Page, PagePermissionTester


class StructuralPagePermissionTester(PagePermissionTester):
    """For pages that provisioning and the column standard make and unmake."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False


class DivisionPagePermissionTester(StructuralPagePermissionTester):
    """A division's folder or a centre's home page: its name comes from the division, so nothing on it is edited."""

    def can_edit(self) -> bool:
        return False

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_add_subpage(self) -> bool:
        return False
