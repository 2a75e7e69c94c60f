"""A guide for web search engines: schema.org's `GovernmentService`, in the language of its page."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.language import CHINESE, LANGUAGE_TAGS, shown_text
from guides.pages.reading import Guide
from guides.vocabulary import ServiceObject

# In a script nothing may look like markup.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
DAYS = (
    "https://schema.org/Monday",
    "https://schema.org/Tuesday",
    "https://schema.org/Wednesday",
    "https://schema.org/Thursday",
    "https://schema.org/Friday",
    "https://schema.org/Saturday",
    "https://schema.org/Sunday",
)


def government_service(guide: Guide, address: str) -> dict[str, Any]:
    """`address` is that of the page itself, with the host."""
    item, centre = guide.item, guide.centre
    labels = dict(ServiceObject.choices)
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "url": address,
        "identifier": item.code,
        "name": shown_text(item, "name"),
        "description": shown_text(item, "summary") or shown_text(item, "name"),
        "inLanguage": LANGUAGE_TAGS[get_language() or CHINESE],
        "serviceType": item.get_item_type_display(),
        "audience": [
            {"@type": "Audience", "audienceType": str(labels[each])} for each in item.service_objects if each in labels
        ],
        "provider": {
            "@type": "GovernmentOrganization",
            "name": item.department.name_at(guide.level) if item.department else shown_text(centre, "name"),
        },
        "serviceOperator": {
            "@type": "GovernmentOrganization",
            "name": shown_text(centre, "name"),
            "url": centre.root_url,
        },
        "areaServed": {"@type": "AdministrativeArea", "name": shown_text(centre.division, "name")},
        "serviceOutput": [
            {"@type": "Thing", "name": shown_text(result, "name")} for result in item.result_documents.all()
        ],
        "availableChannel": {
            "@type": "ServiceChannel",
            "servicePhone": {"@type": "ContactPoint", "telephone": guide.telephone},
            "serviceLocation": {
                "@type": "Place",
                "address": guide.address,
                "openingHoursSpecification": [
                    {
                        "@type": "OpeningHoursSpecification",
                        "dayOfWeek": DAYS[row.weekday],
                        "opens": f"{row.opens:%H:%M}",
                        "closes": f"{row.closes:%H:%M}",
                    }
                    for row in guide.hours
                    if not guide.own_hours
                ],
            },
        },
    }


def structured_data(guide: Guide, address: str) -> SafeString:
    """The same as the text of a script."""
    text = json.dumps(government_service(guide, address), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))
