"""A bundle: one list of materials, one timeline, and only what is handled here counts."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from core.limits import Limit, LimitUnit
from core.models import Attachment
from guides.demo.loader import load_bundle
from guides.models import Bundle, BundleItem, CatalogueItem, Material, ProcessStep
from guides.pages.bundle import merge_materials, total_limits
from guides.tests.items import complete_item, handled, open_hall, published_item
from sites.models import Centre, Department
from sites.tests.reference import add_centre
from sites.tests.test_public_pages import get

pytestmark = pytest.mark.django_db


def material(key: str, **fields: Any) -> Material:
    return Material(key=key, **{"name_zh_hans": key, "name_en": key.title(), "forms": ["original"], **fields})


@pytest.fixture
def hall(jinjiang: Centre) -> Centre:
    return open_hall(jinjiang)


@pytest.fixture
def bundle(hall: Centre) -> Bundle:
    """Two items that are handled here, the second one only in some cases."""
    first = handled(hall, "B1", materials=[material("card"), material("plan", copies=1)], visits=1)
    second = handled(
        hall,
        "B2",
        name_zh_hans="消防",
        name_en="Fire safety",
        materials=[
            material("plan", forms=["copy"], copies=3),
            material("lease", is_required=False, condition_zh_hans="租房的", condition_en="If you rent"),
        ],
        visits=2,
        promised_limit=10,
    )
    made = Bundle(key="restaurant", name_zh_hans="开饭店", name_en="Open a restaurant")
    made.bundle_items = [
        BundleItem(item=first, note_zh_hans="和执照一起办", note_en="Together with the licence"),
        BundleItem(item=second, condition_zh_hans="面积大的", condition_en="If it is large"),
    ]
    made.save()
    return made


def page(client: Client, query: str = "") -> Any:
    return get(client, f"/en/guides/one-thing/restaurant/{query}")


def test_the_same_paper_is_merged_with_the_most_that_any_item_asks_for() -> None:
    one = complete_item("A", materials=[material("card"), material("plan", copies=2, is_required=False)])
    other = complete_item(
        "B", materials=[material("plan", copies=1, forms=["copy"]), material("lease", is_required=False)]
    )
    merged = {each.first.key: each for each in merge_materials([one, other])}
    assert list(merged) == ["card", "plan", "lease"]
    plan = merged["plan"]
    assert (plan.copies, plan.forms, plan.is_required) == (2, {"original", "copy"}, True)
    assert [item.code for item, _material in plan.serves] == ["A", "B"]
    assert not merged["lease"].is_required


def test_papers_without_a_key_are_merged_by_their_name() -> None:
    items = [complete_item(code, materials=[Material(name_zh_hans="身份证", name_en="Card")]) for code in "AB"]
    assert len(merge_materials(items)) == 1


def test_limits_that_cannot_be_added_stay_apart() -> None:
    limits = [Limit(3), Limit(1, LimitUnit.MONTHS), Limit(0), Limit(4), Limit(1, LimitUnit.YEARS)]
    assert total_limits(limits) == [Limit(7), Limit(13, LimitUnit.MONTHS)]


def test_a_bundle_lists_its_items_in_order_with_one_list_of_materials(client: Client, bundle: Bundle) -> None:
    context = page(client).context
    assert [(item["code"], item["url"]) for item in context["items"]] == [
        ("B1", "/en/guides/B1/"),
        ("B2", "/en/guides/B2/"),
    ]
    assert [item["note"] for item in context["items"]] == ["Together with the licence", ""]
    assert [row["key"] for row in context["materials"]] == ["card", "plan", "lease"]
    plan = context["materials"][1]
    assert plan["handing_in"] == "original, copy; number: 3"
    assert plan["serves"] == "all of them"
    assert context["materials"][2]["condition"] == "If you rent"
    assert "Fire safety" in context["materials"][2]["serves"]
    assert (context["totals"], context["visits"]) == ("18 working days", 3)


def test_the_demo_brings_the_notes_of_its_bundles(hall: Centre) -> None:
    row = {
        "key": "shop",
        "zh": "开店",
        "en": "Open a shop",
        "item": [{"code": "B9", "note_zh": "先办", "note_en": "Comes first"}, {"code": "B8"}],
    }
    load_bundle(row, 1, {code: handled(hall, code) for code in ("B8", "B9")})
    notes = Bundle.objects.get(key="shop").bundle_items.values_list("note_zh_hans", "note_en")
    assert list(notes) == [("先办", "Comes first"), ("", "")]


def test_the_reader_may_say_which_items_are_needed(client: Client, bundle: Bundle) -> None:
    context = page(client, "?item=B1").context
    assert [row["key"] for row in context["materials"]] == ["card", "plan"]
    assert (context["totals"], context["visits"]) == ("8 working days", 1)
    assert page(client, "?item=nothing").context["totals"] == "18 working days"


def test_what_is_not_handled_here_does_not_count_and_names_the_nearest_centre(
    client: Client, bundle: Bundle, chengdu: Centre
) -> None:
    elsewhere = handled(chengdu, "B3", materials=[material("seal")])
    bundle.bundle_items.add(BundleItem(item=elsewhere))
    bundle.save()
    context = page(client).context
    assert [item["is_here"] for item in context["items"]] == [True, True, False]
    assert context["items"][2]["nearest"]["url"] == "http://chengdu.localhost:8000/en/guides/B3/"
    assert "seal" not in [row["key"] for row in context["materials"]]
    assert context["totals"] == "18 working days"


def test_an_item_without_a_guide_is_named_and_not_counted(client: Client, hall: Centre, bundle: Bundle) -> None:
    bundle.bundle_items.add(BundleItem(item=handled(hall, "B4", name_en="Unfinished", steps=[])))
    bundle.save()
    context = page(client).context
    assert context["not_counted"] == ["Unfinished"]
    assert context["totals"] == "18 working days"


def test_cancelled_items_leave_the_bundle(client: Client, hall: Centre, bundle: Bundle) -> None:
    bundle.bundle_items.add(BundleItem(item=handled(hall, "B5", cancelled_on=timezone.localdate())))
    bundle.save()
    assert [item["code"] for item in page(client).context["items"]] == ["B1", "B2"]


def test_bundles_stand_on_the_home_page_and_on_the_column_where_an_item_is_handled(
    client: Client, bundle: Bundle, wuhou: Centre
) -> None:
    hidden = Bundle(key="hidden", name_zh_hans="隐藏", is_shown=False)
    hidden.bundle_items = [BundleItem(item=CatalogueItem.objects.get(code="B1"))]
    hidden.save()
    for path in ("/", "/guides/"):
        assert [each["url"] for each in get(client, path).context["bundles"]] == ["/guides/one-thing/restaurant/"]
        assert get(client, path, "wuhou.chengdu.localhost:8000").context["bundles"] == []
    assert "bundles" not in get(client, "/guides/?letter=S").context
    assert get(client, "/guides/one-thing/hidden/").status_code == 404
    assert get(client, "/guides/one-thing/").headers["location"] == "/guides/#one-thing"


def test_the_timeline_adds_the_promises_up(client: Client, bundle: Bundle) -> None:
    chart = str(page(client).context["chart"])
    assert "total 8" in chart
    assert "total 18" in chart


def test_a_bundle_costs_the_same_queries_however_many_items_it_has(
    client: Client, hall: Centre, bundle: Bundle, chengdu: Centre, django_assert_max_num_queries
) -> None:
    far = add_centre("511300000000", "南充市", "Nanchong", "city", "nanchong", chengdu.division.parent)
    nearer = add_centre("511302000000", "顺庆区", "Shunqing District", "county", "shunqing", far.division)
    other = Department.objects.create(code="fire", name_zh_hans="消防")
    form = Attachment.objects.create(title="表", file=ContentFile(b"x", name="form.pdf"))

    def grow(number: int) -> None:
        parts: dict[str, Any] = {
            "steps": [ProcessStep(name_zh_hans="办理", limit_days=1, department=other)],
            "materials": [Material(name_zh_hans="表", blank_form=form)],
        }
        bundle.bundle_items.add(BundleItem(item=handled(hall, f"C{number}", **parts)))
        bundle.bundle_items.add(BundleItem(item=handled(chengdu, f"D{number}")))
        bundle.bundle_items.add(BundleItem(item=handled(nearer, f"E{number}")))
        bundle.save()

    grow(0)
    page(client)
    # All that a bundle can need: items here, near and far, steps of other departments, and blank forms.
    with django_assert_max_num_queries(12) as few:
        page(client)
    for number in range(1, 4):
        grow(number)
    with django_assert_max_num_queries(len(few)):
        page(client)


def test_an_item_that_nobody_handles_names_no_centre(client: Client, bundle: Bundle) -> None:
    bundle.bundle_items.add(BundleItem(item=published_item("B6")))
    bundle.save()
    assert page(client).context["items"][2]["nearest"] is None
