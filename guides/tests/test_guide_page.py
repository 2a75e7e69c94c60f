"""The page of a guide: its elements, its dates, what is the centre's own, and what stands there in place of a guide."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from core.calendar import read_calendar
from core.limits import Limit, LimitUnit
from core.working_days import due_date
from guides.models import (
    Adoption,
    CatalogueItem,
    HandlingKind,
    Material,
    ProcessStep,
    Question,
    SpecialProcedure,
    Tier,
)
from guides.pages.words import limit_from
from guides.tests.items import complete_item, department, fee, handled, open_hall, publish, published_item
from sites.models import Centre, ServiceMode
from sites.tests.content import add_attachment
from sites.tests.test_public_pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(jinjiang: Centre) -> Centre:
    return open_hall(jinjiang)


def html(response: Any) -> str:
    return response.content.decode()


def text_of(response: Any) -> str:
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<script.*?</script>|<[^>]+>", " ", html(response), flags=re.S).split())


def due(limit: Limit, language: str) -> str:
    """By when an application accepted today is decided, as a language writes dates."""
    today = timezone.localdate()
    deadline = due_date(today, limit, calendar=read_calendar(since=today))
    with override(language):
        return date_format(deadline.due, "DATE_FORMAT")


# -- Elements -----------------------------------------------------------------------


def test_a_guide_has_every_element_in_both_languages(client: Client, hall: Centre) -> None:
    handled(
        hall,
        fees=[fee()],
        charges=True,
        questions=[
            Question(question_zh_hans="要多久？", question_en="How long?", answer_zh_hans="八天", answer_en="Eight days")
        ],
        special_procedures=[SpecialProcedure(kind="hearing", usual_days=12, note_zh_hans="重大事项", note_en="If weighty")],
        service_modes=[ServiceMode.objects.create(key="agency", name_zh_hans="全程代办", name_en="Full agency")],
        handled_anywhere="city",
    )  # fmt: skip
    chinese, english = text_of(get(client, "/guides/T0001/")), text_of(get(client, "/en/guides/T0001/"))
    for words in ("食品经营许可", "有固定的经营场所", "身份证", "授权委托书", "委托他人办理的", "审查", "食品安全法",
                  "第三十五条", "工本费", "每证10元", "要多久？", "八天", "重大事项", "全程代办", "示范路1号", "T0001"):  # fmt: skip
        assert words in chinese
    for words in ("Food business licence", "Fixed premises", "Identity card", "When somebody else applies for you",
                  "Examination", "Food Safety Law", "Article 35", "10 yuan a licence", "How long?", "Eight days",
                  "If weighty", "usually 12 working days", "Full agency", "1 Sample Road", "028-11111111",
                  "028-22222222", "Monday to Friday 09:00–17:00", "Window A1, floor 2"):  # fmt: skip
        assert words in english
    assert "食品" not in english


def test_what_has_no_english_is_shown_in_chinese_and_marked(client: Client, hall: Centre) -> None:
    handled(hall, materials=[Material(key="map", name_zh_hans="平面图", forms=["copy"], copies=2)])
    page = html(get(client, "/en/guides/T0001/"))
    assert '<span lang="zh-Hans">平面图</span>' in page
    assert "Parts of this guide have not been translated yet" in page
    assert "Parts of this guide" not in html(get(client, "/guides/T0001/"))


def test_materials_that_are_not_always_needed_come_last_and_say_when(client: Client, hall: Centre) -> None:
    required = Material(key="b", name_zh_hans="乙", name_en="B")
    depends = Material(
        key="a", name_zh_hans="甲", name_en="A", is_required=False, condition_zh_hans="如果", condition_en="If"
    )
    handled(hall, materials=[depends, required])
    rows = get(client, "/guides/T0001/").context["materials"]
    assert [(row["key"], row["is_required"], row["condition"]) for row in rows] == [
        ("b", True, ""),
        ("a", False, "如果"),
    ]


def test_steps_of_another_level_are_in_a_lane_of_their_own_with_the_running_total(client: Client, hall: Centre) -> None:
    handled(
        hall,
        steps=[
            ProcessStep(name_zh_hans="受理", name_en="Acceptance", limit_days=1),
            ProcessStep(name_zh_hans="审批", name_en="Decision", level="province", limit_days=5),
            ProcessStep(name_zh_hans="送达", name_en="Handing over", limit_days=1),
        ],
    )
    response = get(client, "/en/guides/T0001/")
    assert [(step["is_elsewhere"], step["total"]) for step in response.context["steps"]] == [
        (False, Limit(1)), (True, Limit(6)), (False, Limit(7)),
    ]  # fmt: skip
    chart = str(response.context["chart"])
    assert chart.count('class="lane lane-here"') == 2
    assert chart.count('class="lane lane-elsewhere"') == 1
    assert "Sichuan Province" in chart


def test_special_procedures_are_drawn_apart_and_not_counted(client: Client, hall: Centre) -> None:
    handled(hall, special_procedures=[SpecialProcedure(kind="testing", usual_days=30)])
    context = get(client, "/guides/T0001/").context
    assert str(context["chart"]).count('class="lane lane-outside"') == 1
    assert context["steps_total"] == Limit(5)


# -- Limits and dates ---------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_both_limits_are_shown_in_words_and_as_the_date_for_today(client: Client, hall: Centre, language: str) -> None:
    handled(hall, statutory_limit=60, statutory_unit=LimitUnit.NATURAL_DAYS)
    text = text_of(get(client, "/en/guides/T0001/" if language == "en" else "/guides/T0001/"))
    assert due(Limit(60, LimitUnit.NATURAL_DAYS), language) in text
    assert due(Limit(8), language) in text
    assert ("60 calendar days" if language == "en" else "60个自然日") in text


def test_a_date_in_a_year_without_a_calendar_is_marked_provisional(client: Client, hall: Centre) -> None:
    handled(hall, statutory_limit=3, statutory_unit=LimitUnit.YEARS)
    limits = get(client, "/en/guides/T0001/").context["limits"]
    assert [each["key"] for each in limits if each["words"].provisional] == ["statutory"]
    assert "This date is provisional" in text_of(get(client, "/en/guides/T0001/"))


def test_what_is_done_on_the_spot_is_done_the_same_day(client: Client, hall: Centre) -> None:
    steps = [ProcessStep(name_zh_hans="办理", name_en="Handling", limit_days=0)]
    handled(hall, handling_kind=HandlingKind.IMMEDIATE, promised_limit=0, steps=steps)
    assert "You get the result the same day" in text_of(get(client, "/en/guides/T0001/"))


def test_an_own_promise_is_shown_beside_the_standard_as_long_as_it_is_legal(client: Client, hall: Centre) -> None:
    item = handled(hall, own={"promised_limit": 6})
    limits = get(client, "/en/guides/T0001/").context["limits"]
    assert [(each["key"], each["words"].limit) for each in limits] == [
        ("statutory", Limit(20)), ("promised", Limit(6)), ("standard", Limit(8)),
    ]  # fmt: skip
    item.promised_limit = 5
    publish(item)
    limits = get(client, "/en/guides/T0001/").context["limits"]
    assert [each["words"].limit for each in limits] == [Limit(20), Limit(5)]


def test_the_centres_own_facts_come_before_those_of_its_hall(client: Client, hall: Centre) -> None:
    own = {"place_zh_hans": "车管所", "place_en": "Vehicle office", "hours_zh_hans": "随时", "hours_en": "any time",
           "telephone": "028-33333333", "complaint_telephone": "028-44444444", "visits": 0, "implementation_code": "X9"}  # fmt: skip
    handled(hall, own=own, visits=2)
    text = text_of(get(client, "/en/guides/T0001/"))
    for words in ("Vehicle office", "any time", "028-33333333", "028-44444444", "X9"):
        assert words in text
    facts = {fact["label"]: fact for fact in get(client, "/en/guides/T0001/").context["facts"]}
    assert facts["Visits to the hall"]["value"] == "none"
    assert facts["Where"]["value"] == "Vehicle office"


# -- In place of a guide ------------------------------------------------------------


@pytest.mark.parametrize("missing", [{"steps": []}, {"legal_bases": []}, {"promised_limit": None}])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_guide_is_never_shown_incomplete(client: Client, hall: Centre, missing: dict, prefix: str) -> None:
    handled(hall, **missing)
    response = get(client, f"{prefix}/guides/T0001/")
    assert response.status_code == 200
    assert response.templates[0].name == "themes/guide_entry.html"
    assert ("Guide in preparation" if prefix else "指南编制中") in text_of(response)
    assert "028-11111111" in text_of(response)
    assert "T0001" in text_of(response)
    for file in ("T0001.pdf", "T0001.jsonld"):
        assert get(client, f"{prefix}/guides/{file}").status_code == 404


@pytest.mark.parametrize("fact", ["address", "telephone", "hours"])
def test_a_centre_without_address_telephone_or_hours_has_no_guides_yet(client: Client, hall: Centre, fact: str) -> None:
    handled(hall)
    if fact == "hours":
        hall.opening_hours.all().delete()
    elif fact == "address":
        Centre.objects.update(address="", address_zh_hans="", address_en="")
    else:
        Centre.objects.update(telephone="")
    assert get(client, "/guides/T0001/").templates[0].name == "themes/guide_entry.html"


def test_an_unknown_code_and_a_draft_are_plainly_not_found(client: Client, hall: Centre) -> None:
    complete_item("D1").save()
    for path in ("/guides/NOTHING/", "/guides/D1/", "/guides/T0001/nothing/", "/guides/one-thing/nothing/"):
        response = get(client, path)
        assert response.status_code == 404
        assert "themes/error_404.html" in {template.name for template in response.templates}


def test_what_is_not_handled_here_names_the_nearest_centre_that_does(
    client: Client, hall: Centre, chengdu: Centre
) -> None:
    open_hall(chengdu)
    handled(chengdu)
    response = get(client, "/en/guides/T0001/")
    assert response.status_code == 404
    assert "http://chengdu.localhost:8000/en/guides/T0001/" in html(response)
    assert "1 Sample Road" in text_of(response)


def test_a_cancelled_item_is_gone_and_leads_to_its_successor(client: Client, hall: Centre) -> None:
    successor = handled(hall, "NEW1", name_zh_hans="新事项", name_en="New item")
    handled(hall, "OLD1", cancelled_on=timezone.localdate(), successor=successor)
    response = get(client, "/en/guides/OLD1/")
    assert response.status_code == 410
    assert 'href="/en/guides/NEW1/"' in html(response)


def test_the_successor_of_a_cancelled_item_may_be_handled_elsewhere(
    client: Client, hall: Centre, wuhou: Centre
) -> None:
    successor = handled(wuhou, "NEW1")
    between = published_item("MID1", cancelled_on=timezone.localdate(), successor=successor)
    published_item("OLD1", cancelled_on=timezone.localdate(), successor=between)
    response = get(client, "/guides/OLD1/")
    assert response.status_code == 410
    assert "http://wuhou.chengdu.localhost:8000/guides/NEW1/" in html(response)


def test_an_item_that_will_be_cancelled_is_still_in_force(client: Client, hall: Centre) -> None:
    handled(hall, cancelled_on=timezone.localdate() + timedelta(days=1))
    assert get(client, "/guides/T0001/").status_code == 200


def test_a_suspended_item_says_so_and_promises_no_date(client: Client, hall: Centre) -> None:
    handled(hall, is_suspended=True)
    text = text_of(get(client, "/en/guides/T0001/"))
    assert "No applications are accepted at present" in text
    assert "If your application is accepted today" not in text


def test_a_main_items_code_leads_to_its_items_here(client: Client, hall: Centre) -> None:
    main = publish(CatalogueItem(code="M1", name_zh_hans="主项", name_en="Main", item_type="01", tier=Tier.MAIN))
    handled(hall, "T1", parent=main)
    published_item("T2", parent=main)
    response = get(client, "/guides/M1/")
    assert response.status_code == 200
    assert [(item["code"], item["url"]) for item in response.context["items"]] == [("T1", "/guides/T1/"), ("T2", "")]
    Adoption.objects.all().delete()
    assert get(client, "/guides/M1/").status_code == 404


# -- Versions -----------------------------------------------------------------------


def test_a_former_version_stays_readable_and_is_marked(client: Client, hall: Centre) -> None:
    item = handled(hall)
    item.conditions_en, item.statutory_limit = "Other premises", 15
    item.materials = [Material(key="new", name_zh_hans="新", name_en="New paper")]
    publish(item)
    former, present = get(client, "/en/guides/T0001/versions/1/"), get(client, "/en/guides/T0001/")
    assert "Fixed premises" in html(former)
    assert "Identity card" in html(former)
    assert "20 working days" in text_of(former)
    assert "no longer in force" in html(former)
    assert "If your application is accepted today" not in text_of(former)
    assert '<meta name="robots" content="noindex">' in html(former)
    assert "Other premises" in html(present)
    assert "no longer in force" not in html(present)
    assert 'href="/en/guides/T0001/versions/"' in html(present)
    numbers = [row["number"] for row in get(client, "/guides/T0001/versions/").context["versions"]]
    assert numbers == [2, 1]


def test_the_version_in_force_is_the_guide_itself(client: Client, hall: Centre) -> None:
    handled(hall)
    assert get(client, "/guides/T0001/versions/1/").headers["location"] == "/guides/T0001/"
    assert get(client, "/guides/T0001/versions/2/").status_code == 404
    assert get(client, "/guides/T0001/versions/x/").status_code == 404


def test_a_former_version_without_a_guide_is_not_shown_as_one(client: Client, hall: Centre) -> None:
    item = handled(hall, steps=[])
    item.steps = [ProcessStep(name_zh_hans="办理", name_en="Handling", limit_days=1)]
    publish(item)
    assert get(client, "/guides/T0001/versions/1/").templates[0].name == "themes/guide_entry.html"
    assert get(client, "/guides/T0001/").templates[0].name == "themes/guide.html"


# -- Addresses ----------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_short_address_leads_to_the_guide(client: Client, hall: Centre, prefix: str) -> None:
    handled(hall)
    assert get(client, f"{prefix}/g/t0001").headers["location"] == f"{prefix}/guides/T0001/"
    assert get(client, f"{prefix}/g/nothing").status_code == 404


def test_the_page_names_itself_in_both_languages_only_where_it_is_in_both(client: Client, hall: Centre) -> None:
    handled(hall)
    handled(hall, "T2", name_en="")
    alternates = [each["lang"] for each in get(client, "/en/guides/T0001/").context["alternates"]]
    assert alternates == ["zh-Hans", "en", "x-default"]
    half = get(client, "/en/guides/T2/")
    assert [each["lang"] for each in half.context["alternates"]] == ["zh-Hans", "x-default"]
    assert half.context["canonical_url"].endswith("localhost:8000/guides/T2/")


def test_the_print_page_is_the_guide_without_navigation(client: Client, hall: Centre) -> None:
    handled(hall)
    page = html(get(client, "/en/guides/T0001/print/"))
    assert "<nav" not in page
    assert page.count('type="checkbox"') == 2
    assert "/en/g/T0001" in page


def test_an_error_is_reported_by_what_the_site_has(client: Client, hall: Centre) -> None:
    handled(hall)
    assert get(client, "/guides/T0001/").context["report_url"] == "/enquiries/"
    Centre.objects.filter(pk=hall.pk).update(badge_error_report_url="https://www.gov.cn/report")
    assert get(client, "/guides/T0001/").context["report_url"] == "https://www.gov.cn/report"


def test_search_engines_read_a_government_service_that_no_text_can_break_out_of(client: Client, hall: Centre) -> None:
    handled(hall, name_en="</script><b>Licence & more", name_zh_hans="</script>许可")
    page = html(get(client, "/en/guides/T0001/"))
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, flags=re.S)
    assert script is not None
    data = json.loads(script[1])
    assert data["@type"] == "GovernmentService"
    assert data["name"] == "</script><b>Licence & more"
    assert data["availableChannel"]["serviceLocation"]["address"] == "1 Sample Road"


def test_guides_are_in_the_sitemap_where_they_are_complete(client: Client, hall: Centre) -> None:
    handled(hall)
    handled(hall, "T2", name_en="")
    handled(hall, "T3", steps=[])
    published_item("T4")
    xml = b"".join(get(client, "/sitemap.xml").streaming_content).decode()
    root = "http://jinjiang.chengdu.localhost:8000"
    assert re.findall(r"<loc>([^<]+/guides/[^<]+)</loc>", xml) == [
        f"{root}/guides/T0001/", f"{root}/en/guides/T0001/", f"{root}/guides/T2/",
    ]  # fmt: skip


def test_a_draft_is_previewed_as_the_public_will_see_it(client: Client, hall: Centre) -> None:
    item = handled(hall)
    item.conditions_en, item.conditions_zh_hans = "New premises", "新场所"
    item.steps = [ProcessStep(name_zh_hans="新环节", name_en="New step", limit_days=2)]
    draft = item.save_revision().as_object()
    request = get(client, "/guides/").wsgi_request
    for language, words in (("zh-hans", "新环节"), ("en", "New step")):
        response = draft.make_preview_request(original_request=request, preview_mode=language)
        assert response.status_code == 200
        assert words in response.content.decode()
    assert "New step" not in html(get(client, "/en/guides/T0001/"))


# -- What it costs ------------------------------------------------------------------


def test_a_guide_costs_few_queries_and_no_more_with_more_centres(
    client: Client, hall: Centre, wuhou: Centre, chengdu: Centre, settings, tmp_path, django_assert_max_num_queries
) -> None:
    """The dearest guide: with service modes, files, and steps of other departments."""
    settings.MEDIA_ROOT = tmp_path
    form = add_attachment(hall)
    item = handled(
        hall,
        parent=publish(CatalogueItem(code="M1", name_zh_hans="主项", item_type="01", tier=Tier.MAIN)),
        service_modes=[ServiceMode.objects.create(key="a", name_zh_hans="甲", name_en="A")],
        joint_departments=[department("police")],
        materials=[Material(key="form", name_zh_hans="表", name_en="Form", blank_form=form, filled_sample=form)],
        steps=[ProcessStep(name_zh_hans="办理", name_en="Handling", department=department("fire"), limit_days=1)],
    )
    get(client, "/en/guides/T0001/")
    with django_assert_max_num_queries(12) as first:
        get(client, "/en/guides/T0001/")
    for centre in (wuhou, chengdu):
        Adoption.objects.create(centre=centre, item=item)
    publish(item)
    with django_assert_max_num_queries(len(first)):
        get(client, "/en/guides/T0001/")


def test_holidays_do_not_count(db: None) -> None:
    words = limit_from(Limit(7), date(2026, 9, 28), read_calendar())
    assert words.due == date(2026, 10, 13)  # the week of National Day doesn't count, Saturday 10 October does
    assert not words.provisional
