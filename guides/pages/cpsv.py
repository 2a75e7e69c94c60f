"""A guide as linked data: the European Core Public Service Vocabulary, CPSV-AP 3.2.0, as JSON-LD.

Only terms of that profile (https://semiceu.github.io/CPSV-AP/releases/3.2.0/), with the prefixes in the document itself,
so that nobody has to fetch a context to read it. Both languages are in it, whichever address it is asked at.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.language import CHINESE, ENGLISH, LANGUAGE_TAGS, has_english
from core.limits import Limit, LimitUnit
from guides.models import CatalogueItem, Material
from guides.pages.reading import Guide
from guides.pages.words import hours_in_words
from guides.vocabulary import ItemState, ServiceObject

Node = dict[str, Any]

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGES = {
    CHINESE: "http://publications.europa.eu/resource/authority/language/ZHO",
    ENGLISH: "http://publications.europa.eu/resource/authority/language/ENG",
}
YUAN = "http://publications.europa.eu/resource/authority/currency/CNY"
# Letters of ISO 8601 durations. The format doesn't know working days: they are days, and a rule says which.
DURATION_UNITS = {
    LimitUnit.WORKING_DAYS: "D",
    LimitUnit.NATURAL_DAYS: "D",
    LimitUnit.MONTHS: "M",
    LimitUnit.YEARS: "Y",
}


# -- Texts in both languages ------------------------------------------------------------------------


def texts(instance: Model, field: str) -> list[Node]:
    """A translated field in the languages that it has."""
    values = [(CHINESE, getattr(instance, f"{field}_zh_hans"))]
    if has_english(instance, field):
        values.append((ENGLISH, getattr(instance, f"{field}_en")))
    return [{"@value": value, "@language": LANGUAGE_TAGS[language]} for language, value in values if value]


def words(say: Callable[[], object]) -> list[Node]:
    """What a function says, in both languages; in one of them nothing where it says nothing."""
    said = []
    for language in (CHINESE, ENGLISH):
        with override(language):
            said.append((language, str(say() or "")))
    return [{"@value": text, "@language": LANGUAGE_TAGS[language]} for language, text in said if text]


def concept(say: Callable[[], object]) -> Node:
    return {"@type": "skos:Concept", "skos:prefLabel": words(say)}


def filled(node: Node) -> Node:
    """A node without what has no value."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


# -- Parts ------------------------------------------------------------------------------------------


def duration(limit: Limit | None) -> Node | None:
    if limit is None:
        return None
    return {"@type": "xsd:duration", "@value": f"P{limit.number}{DURATION_UNITS[limit.unit]}"}


def location(guide: Guide) -> Node:
    return {"@type": "dct:Location", "skos:prefLabel": texts(guide.centre.division, "name")}


def competent_authority(guide: Guide) -> Node:
    department = guide.item.department
    return {
        "@type": "cv:PublicOrganisation",
        "skos:prefLabel": words(lambda: department.name_at(guide.level)) if department else [],
        "dct:spatial": location(guide),
    }


def requirements(item: CatalogueItem) -> Iterable[Node]:
    """The conditions one by one; as one where the languages have different numbers of them."""
    chinese, english = (
        [line.strip() for line in (text or "").splitlines() if line.strip()]
        for text in (item.conditions_zh_hans, item.conditions_en if has_english(item, "conditions") else "")
    )
    if english and len(english) != len(chinese):
        chinese, english = ["\n".join(chinese)], ["\n".join(english)]
    for number, line in enumerate(chinese, start=1):
        title = [{"@value": line, "@language": LANGUAGE_TAGS[CHINESE]}]
        if english:
            title.append({"@value": english[number - 1], "@language": LANGUAGE_TAGS[ENGLISH]})
        yield {"@type": "cv:Requirement", "dct:identifier": f"{item.code}-condition-{number}", "dct:title": title}


def evidence(material: Material, item: CatalogueItem, number: int, root: str) -> Node:
    """A material; the blank form and the sample are its documentation, and the case that needs it a requirement."""
    identifier = f"{item.code}-material-{number}"
    condition = texts(material, "condition")
    return filled(
        {
            "@type": "cv:Evidence",
            "dct:identifier": identifier,
            "dct:title": texts(material, "name"),
            "dct:description": texts(material, "standard"),
            "dct:conformsTo": {"@id": f"urn:yizhan:material:{material.key or identifier}"},
            "dct:type": concept(material.get_source_display) if material.source else None,
            "cv:supportsRequirement": {
                "@type": "cv:Requirement",
                "dct:identifier": f"{identifier}-condition",
                "dct:title": condition,
            }
            if condition
            else None,
            "foaf:page": [
                {"@id": f"{root}{document.url}", "@type": "foaf:Document"}
                for document in (material.blank_form, material.filled_sample)
                if document is not None
            ],
        }
    )


def evidence_type(material: Material, item: CatalogueItem, number: int) -> Node:
    key = material.key or f"{item.code}-material-{number}"
    return {
        "@id": f"urn:yizhan:material:{key}",
        "@type": "cv:EvidenceType",
        "dct:identifier": key,
        "cv:evidenceTypeClassification": {"@type": "skos:Concept", "skos:prefLabel": texts(material, "name")},
    }


def costs(item: CatalogueItem) -> list[Node]:
    """Each fee; one of nothing where nothing is charged."""
    currency = {"@id": YUAN, "@type": "skos:Concept"}
    fees = list(item.fees.all())
    if not fees:
        return [cost(f"{item.code}-fee", 0.0, words(lambda: _("No fee")), currency)]
    return [
        cost(
            f"{item.code}-fee-{number}",
            float(fee.amount) if fee.amount is not None else None,
            [*texts(fee, "name"), *texts(fee, "standard"), *texts(fee, "basis")],
            currency,
        )
        for number, fee in enumerate(fees, start=1)
    ]


def cost(identifier: str, value: float | None, description: list[Node], currency: Node) -> Node:
    return filled(
        {
            "@type": "cv:Cost",
            "dct:identifier": identifier,
            "dct:description": description,
            "cv:hasValue": None if value is None else {"@type": "xsd:double", "@value": value},
            "cv:currency": currency,
        }
    )


def process(guide: Guide, service: str) -> Node:
    """The process as the rule that the service follows: its steps and the limits, in words."""

    def description() -> str:
        lines = [
            f"{number}. {each.step.name}" + (f" ({each.limit})" if each.limit is not None else "")
            for number, each in enumerate(guide.steps, start=1)
        ]
        if guide.item.statutory is not None:
            lines.append(_("Limit by law: %(limit)s") % {"limit": guide.item.statutory})
        if guide.promised is not None:
            lines.append(_("Promised limit: %(limit)s") % {"limit": guide.promised})
        return "\n".join(lines)

    return {
        "@type": "cpsv:Rule",
        "dct:identifier": f"{guide.item.code}-process",
        "dct:title": words(lambda: _("Process")),
        "dct:description": words(description),
        "cpsv:implements": [
            {"@id": f"{service}-basis-{number}"} for number, _each in enumerate(guide.item.legal_bases.all(), start=1)
        ],
    }


def legal_resources(guide: Guide, service: str) -> list[Node]:
    return [
        filled(
            {
                "@id": f"{service}-basis-{number}",
                "@type": "eli:LegalResource",
                "dct:title": texts(basis, "law"),
                "dct:description": [*texts(basis, "article"), *texts(basis, "text")],
            }
        )
        for number, basis in enumerate(guide.item.legal_bases.all(), start=1)
    ]


def opening_hours(guide: Guide) -> Node:
    return {"@type": "time:TemporalEntity", "dct:description": words(lambda: hours_in_words(guide))}


def hall(guide: Guide) -> Node:
    """The hall as the channel through which one applies."""
    centre = guide.centre
    return {
        "@type": "cv:Channel",
        "dct:identifier": f"{guide.item.code}-{centre.pk}",
        "dct:type": concept(lambda: _("service hall")),
        "cv:openingHours": opening_hours(guide),
        "cv:ownedBy": {
            "@type": "org:Organization",
            "dct:identifier": centre.pk,
            "dct:title": texts(centre, "name"),
            "locn:address": {"@type": "locn:Address", "locn:fullAddress": words(lambda: guide.address)},
        },
    }


def outputs(item: CatalogueItem) -> list[Node]:
    return [
        filled(
            {
                "@type": "cv:Output",
                "dct:identifier": f"{item.code}-result-{number}",
                "dct:title": texts(result, "name"),
                "dct:description": texts(result, "validity"),
                "dct:type": concept(result.get_kind_display) if result.kind else None,
            }
        )
        for number, result in enumerate(item.result_documents.all(), start=1)
    ]


# -- The whole --------------------------------------------------------------------------------------


def public_service(guide: Guide, address: str) -> Node:
    """The guide as a document of JSON-LD; `address` is that of its page in Chinese, with the host."""
    item, service = guide.item, f"{address}#service"
    root = guide.centre.root_url
    objects = dict(ServiceObject.choices)
    materials = list(enumerate(item.materials.all(), start=1))
    status = ItemState.SUSPENDED if item.is_suspended else ItemState.IN_FORCE
    return {
        "@context": CONTEXT,
        **filled(
            {
                "@id": service,
                "@type": "cpsv:PublicService",
                "dct:identifier": item.code,
                "dct:title": texts(item, "name"),
                # The profile asks for a description.
                "dct:description": texts(item, "summary") or texts(item, "name"),
                "dct:language": [{"@id": iri, "@type": "dct:LinguisticSystem"} for iri in LANGUAGES.values()],
                "dct:spatial": location(guide),
                "dct:audience": [
                    concept(lambda each=each: objects[each]) for each in item.service_objects if each in objects
                ],
                "adms:status": concept(lambda: status.label),
                "cv:isClassifiedBy": concept(item.get_item_type_display),
                "cv:processingTime": duration(guide.promised),
                "cv:hasCompetentAuthority": competent_authority(guide),
                "cv:hasLegalResource": legal_resources(guide, service),
                "cpsv:follows": process(guide, service),
                "cv:holdsRequirement": list(requirements(item)),
                "cpsv:hasInput": [evidence(material, item, number, root) for number, material in materials],
                "cv:hasInputType": [evidence_type(material, item, number) for number, material in materials],
                "cv:hasCost": costs(item),
                "cv:hasChannel": hall(guide),
                "cv:contactPoint": filled(
                    {
                        "@type": "cv:ContactPoint",
                        "cv:telephone": guide.telephone,
                        "cv:email": guide.centre.email,
                        "cv:openingHours": opening_hours(guide),
                    }
                ),
                "cpsv:produces": outputs(item),
            }
        ),
    }
