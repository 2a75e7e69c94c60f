"""What the room adds to Wagtail's rich text, to the look of its admin and to its record."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.telepath import register
from wagtail.admin.ui.sidebar import BaseSidebarAdapter, MainMenuModule
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from core import comparisons  # noqa: F401
from core.calendar import YEAR_PUBLISHED
from core.links import is_external, outbound


class ExternalLinkHandler(LinkHandler):
    """Leads links of a text to hosts outside government through the notice, and marks them."""

    identifier = "external"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[SafeString]:
        return [cls.opening_tag(attrs["href"]) for attrs in attrs_list]

    @staticmethod
    def opening_tag(address: str) -> SafeString:
        if is_external(address):
            return format_html('<a href="{}" class="external" rel="nofollow external">', outbound(address))
        return format_html('<a href="{}">', address)


class MainMenuAdapter(BaseSidebarAdapter):
    """Names the person in the menu in full: Wagtail takes the first name, which says little in Chinese."""

    js_constructor = "wagtail.sidebar.MainMenuModule"

    def js_args(self, module: MainMenuModule) -> list:
        menu_items, account_menu_items, user = module.js_args()
        return [menu_items, account_menu_items, {**user, "name": str(module.user)}]


register(MainMenuAdapter(), MainMenuModule)


@hooks.register("register_rich_text_features")
def register_external_links(features: FeatureRegistry) -> None:
    features.register_link_type(ExternalLinkHandler)


@hooks.register("insert_global_admin_css")
def admin_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin.css"))


@hooks.register("register_log_actions")
def register_calendar_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(YEAR_PUBLISHED)
    class YearPublished(LogFormatter):
        label = _("Publish holidays")

        def format_message(self, log_entry: Any) -> str:
            return (
                gettext(
                    "Published the holidays of %(year)d: %(added)d days added, %(changed)d changed, %(removed)d removed"
                )
                % log_entry.data
            )
