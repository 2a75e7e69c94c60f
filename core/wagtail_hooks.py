"""What the room adds to Wagtail's rich text."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

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


@hooks.register("register_rich_text_features")
def register_external_links(features: FeatureRegistry) -> None:
    features.register_link_type(ExternalLinkHandler)
