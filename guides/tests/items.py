"""Items for tests: complete ones, small, made through the same publishing as everywhere."""

from datetime import time
from typing import Any

from guides.models import (
    Adoption,
    CatalogueItem,
    Fee,
    HandlingKind,
    ItemType,
    LegalBasis,
    Material,
    ProcessStep,
    ResultDocument,
)
from sites.models import Centre, Department, OpeningHours, Window


def department(code: str = "market") -> Department:
    """A department with names in both languages."""
    return Department.objects.get_or_create(
        code=code, defaults={"name_zh_hans": "市场监督管理局", "name_en": "Market Supervision Bureau"}
    )[0]


def complete_item(code: str = "T0001", **fields: Any) -> CatalogueItem:
    """A food business licence, unsaved, with every element of a guide in both languages: 1 + 3 + 1 of 8 of 20 days."""
    values = {
        "name_zh_hans": "食品经营许可",
        "name_en": "Food business licence",
        "item_type": ItemType.LICENCE,
        "department": department(),
        "exercise_levels": ["city", "county"],
        "service_objects": ["natural", "legal"],
        "handling_kind": HandlingKind.PROMISED,
        "statutory_limit": 20,
        "promised_limit": 8,
        "conditions_zh_hans": "有固定的经营场所",
        "conditions_en": "Fixed premises",
        "charges": False,
        "legal_bases": [
            LegalBasis(
                law_zh_hans="食品安全法",
                law_en="Food Safety Law",
                article_zh_hans="第三十五条",
                article_en="Article 35",
                text_zh_hans="从事食品经营应当取得许可。",
                text_en="Food business needs a licence.",
            )
        ],
        "materials": [
            Material(
                key="identity-card",
                name_zh_hans="身份证",
                name_en="Identity card",
                forms=["original"],
                source="authority",
            ),
            Material(
                key="power-of-attorney",
                name_zh_hans="授权委托书",
                name_en="Power of attorney",
                forms=["original"],
                is_required=False,
                condition_zh_hans="委托他人办理的",
                condition_en="When somebody else applies for you",
                source="applicant",
            ),
        ],
        "steps": [
            ProcessStep(key="aaaa0001", name_zh_hans="受理", name_en="Acceptance", limit_days=1),
            ProcessStep(key="aaaa0002", name_zh_hans="审查", name_en="Examination", limit_days=3),
            ProcessStep(key="aaaa0003", name_zh_hans="决定", name_en="Decision", limit_days=1),
        ],
        "result_documents": [ResultDocument(name_zh_hans="食品经营许可证", name_en="Food business licence")],
        **fields,
    }
    return CatalogueItem(code=code, live=False, **values)


def publish(item: CatalogueItem, user: Any = None) -> CatalogueItem:
    """Save an item, publish what it now says, and give it as it stands in the database."""
    if item.pk is None:
        item.save()
    item.save_revision(user=user).publish(user=user)
    return CatalogueItem.objects.get(pk=item.pk)


def published_item(code: str = "T0001", **fields: Any) -> CatalogueItem:
    """A complete item in force."""
    return publish(complete_item(code, **fields))


def fee(standard: str = "每证10元") -> Fee:
    return Fee(
        name_zh_hans="工本费", name_en="Production fee", standard_zh_hans=standard, standard_en="10 yuan a licence"
    )


def open_hall(centre: Centre, windows: int = 1) -> Centre:
    """Give a centre all that a guide says of it: address, telephones, hours, and windows of the department."""
    centre.address_zh_hans, centre.address_en = "示范路1号", "1 Sample Road"
    centre.telephone, centre.complaint_telephone = "028-11111111", "028-22222222"
    centre.save()
    for weekday in range(5):
        OpeningHours.objects.create(centre=centre, weekday=weekday, opens=time(9), closes=time(17))
    for number in range(1, windows + 1):
        window = Window.objects.create(
            centre=centre, number=f"A{number}", floor="2", name_zh_hans="经营许可", name_en="Business licences"
        )
        window.departments.add(department())
    return centre


def handled(centre: Centre, code: str = "T0001", own: dict[str, Any] | None = None, **fields: Any) -> CatalogueItem:
    """A complete item in force that a centre has adopted, with facts of its own."""
    item = published_item(code, **fields)
    Adoption.objects.create(centre=centre, item=item, **(own or {}))
    return item
