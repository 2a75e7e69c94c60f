"""What the admin's lists and forms of plain rows have in common."""

from collections.abc import Sequence
from typing import Any, ClassVar

from wagtail.admin.viewsets.model import ModelViewSet


class PlainViewSet(ModelViewSet):
    """A list, forms and a history, without copying and without the list of uses, which would name other centres."""

    copy_view_enabled = False
    add_to_admin_menu = False
    closed_views: ClassVar[Sequence[str]] = ("usage",)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        closed = {f"{name}_url_name": None for name in self.closed_views}
        return super().get_common_view_kwargs(**{**kwargs, **closed})

    def get_urlpatterns(self) -> list:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in self.closed_views]
