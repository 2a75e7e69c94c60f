"""What nobody may do to a page, superusers included.

The standard's pages stand where the standard put them: nobody moves, copies, removes or renames one by
hand. And nobody publishes directly: a text goes live through its review (`sites.review`). Who may write
and who may decide is said elsewhere (`sites.role_permissions`, `sites.rights`).
"""

from wagtail.models import Page, PagePermissionTester


class PageStaysInPlace(PagePermissionTester):
    """Moving or copying a page would show it somewhere else, where nobody approved it."""

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False


class StructuralPagePermissionTester(PageStaysInPlace):
    """For pages that provisioning and the column standard make and unmake."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
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


class NothingPublishedDirectly(PagePermissionTester):
    """Nobody publishes by hand, superusers included: a text goes live through its review alone."""

    def holds(self, permission: str) -> bool:
        """Whether the person has a stock permission on the page, e.g. "publish"."""
        return self.user.is_active and (self.user.is_superuser or permission in self.permissions)

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        """Taking back a planned publication is like unpublishing: for heads and supervisors."""
        return not self.page_is_root and self.holds("publish")


class ArticlePermissionTester(PageStaysInPlace, NothingPublishedDirectly):
    """An article stays in its column and goes live through its review."""


class ColumnPermissionTester(StructuralPagePermissionTester, NothingPublishedDirectly):
    """A column stays where the standard put it; its text is reviewed like an article, while the standard shows it."""

    def can_add_subpage(self) -> bool:
        return self.page.live and super().can_add_subpage()

    def can_submit_for_moderation(self) -> bool:
        return self.page.live and super().can_submit_for_moderation()
