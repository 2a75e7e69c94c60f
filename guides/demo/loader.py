"""Fills the catalogue with the demo's items and has every centre adopt those of its level."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_noop, override

from core.demo import Progress
from core.models import Attachment
from core.page_cache import forget_all
from core.typesetting import typeset
from guides.adoption import adopt_everywhere
from guides.bulk_items import add_items
from guides.demo import content
from guides.demo.content import Row
from guides.demo.results import load_results
from guides.demo.windows import assign_windows
from guides.models import (
    Adoption,
    Bundle,
    BundleItem,
    CatalogueItem,
    Fee,
    LegalBasis,
    Material,
    ProcessStep,
    Question,
    ResultDocument,
    SpecialProcedure,
    Theme,
    Tier,
)
from sites.models import Centre, Department, ServiceMode

# What the centres shown in full promise beyond the standard: item by its place in a department, days taken off.
OWN_PROMISES = {"510104000000": 1, "511602000000": 1, "510100000000": 2}


def both(row: Row, field: str, name: str = "") -> dict[str, str]:
    """A text of the data in both languages, as the columns of a translated field."""
    return {
        f"{name or field}_zh_hans": row.get(f"{field}_zh", "").strip(),
        f"{name or field}_en": row.get(f"{field}_en", "").strip(),
    }


class Lookup:
    """The rows of other tables that items refer to, read once."""

    def __init__(self, with_forms: bool = True) -> None:
        self.with_forms = with_forms
        self.departments = {department.code: department for department in Department.objects.all()}
        self.modes = {mode.key: mode for mode in ServiceMode.objects.all()}
        self.themes = {theme.key: theme for theme in Theme.objects.all()}
        self.forms: dict[str, tuple[Attachment, Attachment]] = {}
        self.collection = Centre.objects.order_by("division_id").first().collection

    def form(self, row: Row) -> dict[str, Attachment]:
        """The blank form and the filled-in sample of a material, drawn the first time an item needs them."""
        if not row.get("form") or not self.with_forms:
            return {}
        if row["key"] not in self.forms:
            self.forms[row["key"]] = (self.draw(row, filled=False), self.draw(row, filled=True))
        blank, sample = self.forms[row["key"]]
        return {"blank_form": blank, "filled_sample": sample}

    def draw(self, row: Row, filled: bool) -> Attachment:
        kind = "sample" if filled else "form"
        data = {
            "title": row["name_zh"],
            "language": "zh",
            "note": ("填写示例 Filled-in sample" if filled else row["name_en"]),
            "footer": "一站 Yizhan",
            "rows": [
                {
                    "label": label_zh,
                    "label_en": label_en,
                    "value": value_zh if filled else "",
                    "value_en": value_en if filled else "",
                }
                for label_zh, label_en, value_zh, value_en in row["form"]
            ],
            "signature": "申请人签名 Signature：",
            "date": "年 Y　　月 M　　日 D",
        }
        file = typeset("form", data, standard="ua-1")
        return Attachment.objects.create(
            title=f"{row['name_zh']} {'（填写示例）' if filled else '（空白表格）'}",
            file=ContentFile(file, name=f"{row['key']}-{kind}.pdf"),
            file_size=len(file),
            collection=self.collection,
        )


def load(today: date, progress: Progress) -> None:
    """Load the catalogue, have it adopted, and mark main items; in one transaction."""
    with transaction.atomic(), override("zh-hans"):
        load_themes()
        lookup = Lookup()
        made = load_items(lookup, today, progress)
        for order, row in enumerate(content.bundles()):
            load_bundle(row, order, made)
        centres = Centre.objects.select_related("division").order_by("division_id")
        adopt_everywhere(centres, lambda done, total: progress(gettext_noop("Centres with guides"), done, total))
        assign_windows()
        promise_more()
        load_results(today)
        forget_all()


def load_themes() -> None:
    for order, row in enumerate(content.themes()):
        defaults = {"order": order, "for_organisations": row["object"] == "legal", **names(row)}
        Theme.objects.update_or_create(key=row["key"], defaults=defaults)


def names(row: Row) -> dict[str, str]:
    return {"name_zh_hans": row["zh"], "name_en": row["en"]}


def load_items(lookup: Lookup, today: date, progress: Progress) -> dict[str, CatalogueItem]:
    """Every item, published. Out: the items by code."""
    mains = [main_item(row, lookup, today) for row in content.main_items()]
    made = add(mains, progress)
    return made | add([handling_item(row, lookup, made, today) for row in content.items()], progress)


def add(items: list[CatalogueItem], progress: Progress) -> dict[str, CatalogueItem]:
    """Add and publish items. Out: the items by code."""
    for done in add_items(items):
        progress(gettext_noop("catalogue items"), done, len(items))
    return {item.code: item for item in items}


def main_item(row: Row, lookup: Lookup, today: date) -> CatalogueItem:
    return CatalogueItem(
        code=row["code"],
        basic_code=row.get("basic_code", ""),
        tier=Tier.MAIN,
        item_type=row["type"],
        department=lookup.departments[row["department"]],
        effective_on=today.replace(month=1, day=1),
        live=False,
        **both(row, "name"),
    )


def handling_item(row: Row, lookup: Lookup, made: dict[str, CatalogueItem], today: date) -> CatalogueItem:
    """An item with all that its guide says, unsaved."""
    return CatalogueItem(
        code=row["code"],
        tier=Tier.HANDLING,
        parent=made[row["main"]],
        item_type=row["type"],
        service_kind=row["service_kind"],
        department=lookup.departments[row["department"]],
        exercise_levels=row["levels"],
        service_objects=row["objects"],
        handling_kind=row["handling"],
        statutory_limit=row.get("statutory"),
        statutory_unit=row.get("statutory_unit", "working_days"),
        promised_limit=row["promised"],
        promised_unit=row.get("promised_unit", "working_days"),
        needs_no_materials=row.get("no_materials", False),
        charges=row.get("charges", False),
        visits=row.get("visits"),
        online_depth=row.get("online", ""),
        handled_anywhere=row.get("anywhere", ""),
        takes_appointments=row.get("appointment", False),
        delivers_results=row.get("delivery", False),
        effective_on=today.replace(month=1, day=1),
        live=False,
        themes=[lookup.themes[key] for key in row.get("themes", [])],
        service_modes=[lookup.modes[key] for key in row.get("modes", [])],
        joint_departments=[lookup.departments[code] for code in row.get("joint", [])],
        **both(row, "name"),
        **both(row, "summary"),
        **both(row, "conditions"),
        **both(row, "limit_note"),
        **dict(children(row, lookup)),
    )


def children(row: Row, lookup: Lookup) -> Iterator[tuple[str, list[Any]]]:
    """What an item consists of, by the name of the relation, in the order of the data."""
    yield (
        "legal_bases",
        [LegalBasis(**both(each, "law"), **both(each, "article"), **both(each, "text")) for each in row["basis"]],
    )
    yield "materials", [material(each, lookup) for each in row.get("material", [])]
    yield "steps", [step(each, lookup) for each in row["step"]]
    yield (
        "fees",
        [
            Fee(
                amount=each.get("amount") or None, **both(each, "name"), **both(each, "standard"), **both(each, "basis")
            )
            for each in row.get("fee", [])
        ],
    )
    yield (
        "special_procedures",
        [
            SpecialProcedure(kind=each["kind"], usual_days=each.get("days"), **both(each, "note"))
            for each in row.get("special", [])
        ],
    )
    yield (
        "result_documents",
        [
            ResultDocument(kind=each.get("kind", ""), **both(each, "name"), **both(each, "validity"))
            for each in row["result"]
        ],
    )
    yield "questions", [Question(**both(each, "question"), **both(each, "answer")) for each in row.get("question", [])]


def material(row: Row, lookup: Lookup) -> Material:
    return Material(
        key=row["key"],
        forms=row["forms"],
        copies=row.get("copies", 1),
        is_required=row["required"],
        source=row["source"],
        **both(row, "name"),
        **both(row, "condition"),
        **both(row, "standard"),
        **both(row, "basis"),
        **lookup.form(row),
    )


def step(row: Row, lookup: Lookup) -> ProcessStep:
    return ProcessStep(
        department=lookup.departments[row["department"]],
        level=row.get("level", ""),
        limit_days=row["days"],
        **both(row, "name"),
        **both(row, "what", "action"),
        **both(row, "produces"),
    )


def load_bundle(row: Row, order: int, made: dict[str, CatalogueItem]) -> None:
    bundle = Bundle(key=row["key"], order=order, **names(row), **both(row, "description"))
    bundle.bundle_items = [
        BundleItem(item=made[each["code"]], **both(each, "when", "condition"), **both(each, "note"))
        for each in row["item"]
    ]
    bundle.save()


def promise_more() -> None:
    """Some centres promise more than the standard: by what the steps leave of the promise."""
    for code, days in OWN_PROMISES.items():
        adoptions = Adoption.objects.filter(centre=code, item__promised_unit="working_days").select_related("item")
        for adoption in adoptions.order_by("item__code")[::5]:
            item = adoption.item
            total = sum(each.limit_days or 0 for each in item.steps.all())
            if item.promised_limit and item.promised_limit - days >= max(total, 1):
                adoption.promised_limit = item.promised_limit - days
                adoption.save(update_fields=["promised_limit"])
