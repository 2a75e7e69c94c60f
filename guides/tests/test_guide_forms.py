"""Other forms of a guide: the PDF, and the linked data."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pyld import jsonld
from pypdf import PdfReader

from core.tests.pdf import claims_accessibility, language_of, tags_in, title_of
from guides.models import Material, SpecialProcedure
from guides.tests.items import fee, handled, open_hall
from sites.models import Centre, FormerColumnSlug
from sites.tests.test_public_pages import get

pytestmark = pytest.mark.django_db

# The terms of CPSV-AP 3.2.0 (its context, releases/3.2.0/context/cpsv-ap.jsonld) that guides use.
CPSV, CV, DCT = "http://purl.org/vocab/cpsv#", "http://data.europa.eu/m8g/", "http://purl.org/dc/terms/"
SKOS, LOCN = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/ns/locn#"
PROPERTIES = {
    *(f"{CPSV}{term}" for term in ("follows", "hasInput", "implements", "produces")),
    *(
        f"{CV}{term}"
        for term in (
            "contactPoint", "currency", "email", "evidenceTypeClassification", "hasChannel", "hasCompetentAuthority",
            "hasCost", "hasInputType", "hasLegalResource", "hasValue", "holdsRequirement", "isClassifiedBy",
            "openingHours", "ownedBy", "processingTime", "supportsRequirement", "telephone",
        )
    ),
    *(
        f"{DCT}{term}"
        for term in ("audience", "conformsTo", "description", "identifier", "language", "spatial", "title", "type")
    ),
    f"{SKOS}prefLabel",
    f"{LOCN}address",
    f"{LOCN}fullAddress",
    "http://www.w3.org/ns/adms#status",
    "http://xmlns.com/foaf/0.1/page",
}  # fmt: skip
CLASSES = {
    *(f"{CPSV}{term}" for term in ("PublicService", "Rule")),
    *(
        f"{CV}{term}"
        for term in ("Channel", "ContactPoint", "Cost", "Evidence", "EvidenceType", "Output", "PublicOrganisation", "Requirement")
    ),
    *(f"{DCT}{term}" for term in ("LinguisticSystem", "Location")),
    f"{SKOS}Concept",
    f"{LOCN}Address",
    "http://data.europa.eu/eli/ontology#LegalResource",
    "http://www.w3.org/2006/time#TemporalEntity",
    "http://www.w3.org/ns/org#Organization",
    "http://xmlns.com/foaf/0.1/Document",
}  # fmt: skip


@pytest.fixture
def hall(jinjiang: Centre) -> Centre:
    return open_hall(jinjiang)


def pages_of(client: Client, path: str) -> list[str]:
    response = get(client, path)
    assert response["content-type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(BytesIO(response.content)).pages]


def without_spaces(text: str) -> str:
    """Readers of PDF take the gap between Chinese and Latin for a space."""
    return "".join(text.split())


def test_the_pdf_says_the_same_in_the_language_of_its_address(client: Client, hall: Centre) -> None:
    handled(hall, fees=[fee()], charges=True, special_procedures=[SpecialProcedure(kind="hearing", usual_days=12)])
    chinese = without_spaces("".join(pages_of(client, "/guides/T0001.pdf")))
    english = "".join(pages_of(client, "/en/guides/T0001.pdf"))
    for words in ("食品经营许可", "授权委托书", "审查", "示范路1号", "每证10元", "/g/T0001"):
        assert words in chinese
    for words in ("Food business licence", "Power of attorney", "Examination", "1 Sample Road", "10 yuan a licence"):
        assert words in english


def test_the_pdf_embeds_its_fonts(client: Client, hall: Centre) -> None:
    handled(hall)
    reader = PdfReader(BytesIO(get(client, "/guides/T0001.pdf").content))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_a_screen_reader_finds_the_title_the_parts_and_the_steps(client: Client, hall: Centre) -> None:
    handled(hall)
    pdf = get(client, "/en/guides/T0001.pdf").content
    assert (claims_accessibility(pdf), title_of(pdf), language_of(pdf)) == (True, "Food business licence", "en-GB")
    tags = tags_in(pdf)
    assert [title for tag, title in tags if tag == "H1"] == ["Food business licence"]
    assert [title for tag, title in tags if tag == "H2"][:3] == ["Who may apply", "What to bring", "What happens"]
    names = [tag for tag, _title in tags]
    assert (names.count("THead"), names.count("TH")) == (1, 4)


def test_long_lists_flow_to_further_pages_of_the_pdf(client: Client, hall: Centre) -> None:
    materials = [
        Material(key=f"m{n}", name_zh_hans=f"第{n}号材料", name_en=f"Paper no. {n} of many") for n in range(80)
    ]
    handled(hall, materials=materials)
    pages = pages_of(client, "/en/guides/T0001.pdf")
    assert len(pages) > 2
    assert all(f"Paper no. {n} of many" in "\n".join(pages) for n in range(80))


def keys_of(value: Any) -> list[str]:
    """All keys of a document of JSON, each as often as it occurs; keywords of JSON-LD are none."""
    if isinstance(value, list):
        return [key for each in value for key in keys_of(each)]
    if isinstance(value, dict):
        own = [key for key in value if not key.startswith("@")]
        return own + [key for name, each in value.items() if name != "@context" for key in keys_of(each)]
    return []


def types_of(value: Any) -> set[str]:
    """The classes of all nodes; the types of literals are none."""
    if isinstance(value, list):
        return set().union(*(types_of(each) for each in value), set())
    if isinstance(value, dict):
        own = set() if "@value" in value else set(value.get("@type", []))
        return own.union(*(types_of(each) for each in value.values()))
    return set()


def full(key: str, context: dict[str, str]) -> str:
    prefix, _colon, term = key.partition(":")
    return f"{context[prefix]}{term}"


def test_linked_data_expands_without_loss_to_terms_of_the_profile(client: Client, hall: Centre) -> None:
    handled(hall, fees=[fee()], charges=True, summary_zh_hans="卖吃的", summary_en="To sell food", is_suspended=True)
    Centre.objects.update(email="hall@example.gov.cn")
    response = get(client, "/guides/T0001.jsonld")
    assert response["content-type"].startswith("application/ld+json")
    document = json.loads(response.content)
    expanded = jsonld.expand(document)
    context = document["@context"]
    assert sorted(full(key, context) for key in keys_of(document)) == sorted(keys_of(expanded))
    assert set(keys_of(expanded)) <= PROPERTIES
    assert types_of(expanded) <= CLASSES


def test_linked_data_says_what_the_guide_says_in_both_languages(client: Client, hall: Centre) -> None:
    handled(hall, own={"promised_limit": 6})
    for prefix in ("", "/en"):
        (service,) = jsonld.expand(json.loads(get(client, f"{prefix}/guides/T0001.jsonld").content))
        assert service["@id"] == "http://jinjiang.chengdu.localhost:8000/guides/T0001/#service"
        titles = {each["@language"].lower(): each["@value"] for each in service[f"{DCT}title"]}
        assert titles == {"zh-hans": "食品经营许可", "en": "Food business licence"}
        assert service[f"{CV}processingTime"][0]["@value"] == "P6D"
        assert len(service[f"{CPSV}hasInput"]) == len(service[f"{CV}hasInputType"]) == 2
        assert service[f"{CV}hasCost"][0][f"{CV}hasValue"][0]["@value"] == 0.0
        authority = service[f"{CV}hasCompetentAuthority"][0][f"{SKOS}prefLabel"]
        assert {each["@value"] for each in authority} == {"市场监督管理局", "Market Supervision Bureau"}


def test_files_follow_the_column_when_its_address_changes(client: Client, hall: Centre) -> None:
    handled(hall)
    FormerColumnSlug.objects.create(slug="zhinan", key="guides")
    assert get(client, "/zhinan/T0001.pdf").headers["location"] == "/guides/T0001.pdf"
    assert get(client, "/zhinan/T0001/print/").headers["location"] == "/guides/T0001/print/"
    assert get(client, "/news/T0001.pdf").status_code == 404
