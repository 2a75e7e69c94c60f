"""A guide, read in a fixed number of queries: the item as its version says, and one centre's own facts about it.

The row of an item is its version in force, and that version's revision holds all its parts; so one query brings the
item with everything in it, and three more the departments, files and service modes that the parts refer to.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from modelcluster.models import get_all_child_relations, model_from_serializable_data

from core.calendar import read_calendar
from core.language import shown_text
from core.limits import Limit
from core.models import Attachment
from core.working_days import Calendar
from guides.models import Adoption, CatalogueItem, ItemVersion, Material, ProcessStep, ResultDocument
from guides.models.catalogue import derive
from guides.own_facts import StepHere, promise_here, steps_here
from sites.models import Centre, Department, OpeningHours, ServiceMode, Window

# What an item refers to as a whole, and is read with it.
ITEM = ("department", "parent", "live_revision")


@dataclass(frozen=True)
class Guide:
    """An item as one centre handles it: what every form of its guide is made of.

    adoption: the centre's own facts; None where the item alone is shown, such as a former version or a preview.
    number: of the version shown; None for a draft.
    since, until: from when to when the version was in force; still so without an end.
    windows: the adoption's, else all of the centre's where the department sits.
    calendar: of working days from `today` on; None where no date is promised.
    """

    item: CatalogueItem
    centre: Centre
    adoption: Adoption | None = None
    number: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    windows: Sequence[Window] = ()
    hours: Sequence[OpeningHours] = ()
    service_modes: Sequence[ServiceMode] = ()
    calendar: Calendar | None = None
    today: date = field(default_factory=timezone.localdate)

    @property
    def level(self) -> str:
        return self.centre.division.level

    @property
    def steps(self) -> list[StepHere]:
        return steps_here(self.adoption, self.item, self.level)

    @property
    def promised(self) -> Limit | None:
        """The promised limit that holds at this centre."""
        return promise_here(self.adoption, self.item, self.level)

    @property
    def has_own_promise(self) -> bool:
        """Whether the centre promises more than the standard."""
        return self.promised != self.item.promised

    @property
    def visits(self) -> int | None:
        own = self.adoption.visits if self.adoption else None
        return self.item.visits if own is None else own

    @property
    def telephone(self) -> str:
        """Whom to ask: the item's own number here, else that of its only window, else the centre's."""
        at_window = self.windows[0].telephone if len(self.windows) == 1 else ""
        return (self.adoption.telephone if self.adoption else "") or at_window or self.centre.telephone

    @property
    def complaint_telephone(self) -> str:
        return (self.adoption.complaint_telephone if self.adoption else "") or self.centre.complaint_telephone

    @property
    def address(self) -> str:
        """Where to go, in the reader's language where it has one."""
        own = shown_text(self.adoption, "place") if self.adoption else ""
        return own or shown_text(self.centre, "address")

    @property
    def own_hours(self) -> str:
        """The hours of this item where they aren't the hall's."""
        return (shown_text(self.adoption, "hours") if self.adoption else "") or ""

    @property
    def is_complete(self) -> bool:
        """Whether nothing of plan §4 is missing, neither of the item nor of what the centre adds to it."""
        return self.item.has_guide and bool(self.address and self.telephone and (self.own_hours or self.hours))


# -- An item with its parts -------------------------------------------------------------------------


def with_parts(item: CatalogueItem, content: dict[str, Any]) -> CatalogueItem:
    """Give an item the parts that a revision's content holds, and ask the database nothing.

    What the parts refer to is missing yet: `read_references`.
    """
    for relation in get_all_child_relations(CatalogueItem):
        name = relation.get_accessor_name()
        model = relation.related_model
        parts = [model_from_serializable_data(model, part, check_fks=False) for part in content.get(name, [])]
        setattr(item, name, parts)
    item.joint_department_keys = content.get("joint_departments", [])
    item.service_mode_keys = content.get("service_modes", [])
    return item


def item_as_of(version: ItemVersion) -> CatalogueItem:
    """An item as a version says, its parts included."""
    content = version.revision.content
    related = {"joint_departments", "service_modes", "themes"}
    own = {name: value for name, value in content.items() if name not in related}
    item = with_parts(model_from_serializable_data(CatalogueItem, own, check_fks=False), content)
    derive(item)
    return item


def read_references(items: Iterable[CatalogueItem], modes: bool = True) -> None:
    """Fetch what items and their parts refer to, for all of them together in three queries at most."""
    items = list(items)
    steps: list[ProcessStep] = [step for item in items for step in item.steps.all()]
    materials: list[Material] = [material for item in items for material in item.materials.all()]
    results: list[ResultDocument] = [result for item in items for result in item.result_documents.all()]
    departments = _by_key(
        Department,
        [each.department_id for each in (*items, *steps)] + [pk for item in items for pk in item.joint_department_keys],
        known=[item.department for item in items if "department" in item._state.fields_cache],
    )
    files = _by_key(
        Attachment, [pk for each in materials for pk in (each.blank_form_id, each.filled_sample_id)]
        + [each.sample_id for each in results],
    )  # fmt: skip
    for each in (*items, *steps):
        each.department = departments.get(each.department_id)
    for material in materials:
        material.blank_form = files.get(material.blank_form_id)
        material.filled_sample = files.get(material.filled_sample_id)
    for result in results:
        result.sample = files.get(result.sample_id)
    found_modes = _by_key(ServiceMode, [pk for item in items for pk in item.service_mode_keys]) if modes else {}
    for item in items:
        item.joint_departments = _in_order(departments, item.joint_department_keys)
        item.service_modes = _in_order(found_modes, item.service_mode_keys)


def _by_key(model: Any, keys: Iterable[int | None], known: Collection[Any] = ()) -> dict[int | None, Any]:
    """Rows by their key, those that aren't known yet in one query, none where there are none to ask for."""
    found = {row.pk: row for row in known if row is not None}
    missing = {key for key in keys if key is not None} - found.keys()
    return {**found, **(model.objects.in_bulk(missing) if missing else {})}


def _in_order(rows: dict[int | None, Any], keys: Iterable[int]) -> list[Any]:
    """The rows of these keys, in the order that they have everywhere."""
    return sorted((rows[key] for key in keys if key in rows), key=lambda row: row.order)


# -- Reading ----------------------------------------------------------------------------------------


def number_in_force() -> Subquery:
    """The number of the version of `item` that is in force, for queries of adoptions."""
    return Subquery(ItemVersion.objects.filter(item=OuterRef("item"), in_force_until=None).values("number")[:1])


def find_item(code: str) -> CatalogueItem | None:
    """An item that was published at some time, with what it is read with; None for a code that nobody knows."""
    items = CatalogueItem.objects.select_related(*ITEM, "successor")
    return items.filter(Q(live=True) | Q(cancelled_on__lte=timezone.localdate()), code=code).first()


def find_adoption(centre: Centre, code: str) -> Adoption | None:
    """A centre's adoption of an item with the item, its version's number and its window, in one query."""
    return (
        Adoption.objects.filter(centre=centre, item__code=code)
        .select_related("window", *(f"item__{name}" for name in (*ITEM, "successor")))
        .annotate(version_number=number_in_force())
        .first()
    )


def windows_of(centre: Centre, adoption: Adoption, item: CatalogueItem) -> list[Window]:
    """Where an item is handled in a hall: at the adoption's window, else at all where the department sits."""
    if adoption.window is not None:
        return [adoption.window]
    if item.department_id is None:
        return []
    return list(centre.windows.filter(departments=item.department_id))


def modes_here(adoption: Adoption | None, item: CatalogueItem) -> list[ServiceMode]:
    """The service modes offered for an item: the centre's own choice, else the standard's."""
    if adoption is None or adoption.service_modes is None:
        return list(item.service_modes.all())
    return list(ServiceMode.objects.filter(key__in=adoption.service_modes)) if adoption.service_modes else []


def read_guide(centre: Centre, adoption: Adoption) -> Guide:
    """The guide of an item that a centre has adopted, as it is in force."""
    item = adoption.item
    with_parts(item, item.live_revision.content)
    read_references([item], modes=adoption.service_modes is None)
    today = timezone.localdate()
    return Guide(
        item=item,
        centre=centre,
        adoption=adoption,
        number=adoption.version_number,
        since=item.last_published_at,
        windows=windows_of(centre, adoption, item),
        hours=list(centre.opening_hours.all()),
        service_modes=modes_here(adoption, item),
        calendar=read_calendar(since=today),
        today=today,
    )


def versions_of(item: CatalogueItem) -> list[ItemVersion]:
    """All versions, the newest first."""
    return list(item.versions.order_by("-number"))


def read_version(centre: Centre, item: CatalogueItem, number: int) -> Guide | None:
    """What an item said in one of its versions, without the centre's own facts; None for a number it never had."""
    version = item.versions.filter(number=number).select_related("revision").first()
    if version is None:
        return None
    as_of = item_as_of(version)
    read_references([as_of])
    return Guide(
        item=as_of,
        centre=centre,
        number=version.number,
        since=version.in_force_from,
        until=version.in_force_until,
        service_modes=modes_here(None, as_of),
    )
