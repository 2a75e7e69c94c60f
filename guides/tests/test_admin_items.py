"""The item's form: drafts, rules at their fields, publishing, review, state, versions."""

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry, Revision

from core.models import Attachment
from guides.adoption import adopt
from guides.completeness import ELEMENTS
from guides.models import Bundle, CatalogueItem, ItemState, MaterialForm
from guides.state import CANCEL
from guides.tests.browser_form import sent_by, with_row
from guides.tests.items import complete_item, department, publish, published_item
from sites.models import Level, Role
from sites.role_permissions import PROVINCE_ROLES
from sites.tests.people import refused

pytestmark = pytest.mark.django_db


def address(view: str, item: CatalogueItem | None = None, *args: Any) -> str:
    return reverse(f"catalogue_item:{view}", args=[item.pk, *args] if item else [])


def stored(item: CatalogueItem) -> CatalogueItem:
    return CatalogueItem.objects.get(pk=item.pk)


def draft_of(item: CatalogueItem) -> CatalogueItem:
    return stored(item).get_latest_revision_as_object()


def errors(response: Any) -> dict[str, Any]:
    """The errors of the form and of its rows, by field."""
    form = response.context["form"]
    found = {name: list(messages) for name, messages in form.errors.items()}
    for relation, formset in form.formsets.items():
        for number, row in enumerate(formset.forms):
            found |= {f"{relation}-{number}-{name}": list(messages) for name, messages in row.errors.items()}
        if formset.non_form_errors():
            found[relation] = list(formset.non_form_errors())
    return found


# -- Writing ------------------------------------------------------------------------


def test_a_new_item_is_a_draft_that_may_lack_nearly_everything(admin) -> None:
    client = admin("catalogue")
    data = sent_by(client.get(address("add")), code="N-1", name_zh_hans="新事项", item_type="01")
    response = client.post(address("add"), data)
    item = CatalogueItem.objects.get(code="N-1")
    assert response.url == address("edit", item)
    assert (item.live, item.state) == (False, ItemState.DRAFT)
    assert "department" in item.draft_missing_elements


def test_an_item_filled_in_both_languages_has_a_full_meter_and_is_published(admin) -> None:
    client = admin("catalogue")
    data = sent_by(
        client.get(address("add")),
        code="N-2",
        name_zh_hans="新事项",
        name_en="A new item",
        item_type="01",
        department=department().pk,
        exercise_levels=["city", "county"],
        service_objects=["natural"],
        handling_kind="promised",
        statutory_limit=20,
        promised_limit=8,
        conditions_zh_hans="年满十八周岁",
        conditions_en="Eighteen years of age",
        charges="false",
    )
    data = with_row(data, "legal_bases", law_zh_hans="某法", law_en="Some Law")
    data = with_row(
        data,
        "materials",
        name_zh_hans="身份证",
        name_en="Identity card",
        forms=["original"],
        copies=1,
        is_required="true",
    )
    data = with_row(data, "steps", name_zh_hans="受理", name_en="Acceptance", limit_days=1)
    data = with_row(data, "result_documents", name_zh_hans="证书", name_en="Certificate")
    response = client.post(address("add"), data | {"action-publish": ["1"]})
    assert response.status_code == 302, errors(response)
    item = CatalogueItem.objects.get(code="N-2")
    assert (item.live, item.missing_elements, item.lacks_english) == (True, "", "")
    assert item.exercise_levels == ["city", "county"]
    assert item.materials.get().forms == ["original"]
    assert item.versions.get().number == 1


def test_saving_an_item_in_force_is_a_draft_and_changes_nothing_that_is_in_force(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    data = sent_by(client.get(address("edit", item)), promised_limit=7, **{"steps-1-limit_days": 2})
    assert client.post(address("edit", item), data).url == address("edit", item)
    assert stored(item).promised_limit == 8
    draft = draft_of(item)
    assert draft.promised_limit == 7
    assert [(step.key, step.limit_days) for step in draft.steps.all()] == [
        ("aaaa0001", 1),
        ("aaaa0002", 2),
        ("aaaa0003", 1),
    ]


def test_a_step_keeps_its_key_from_the_draft_that_brought_it_on(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    data = with_row(sent_by(client.get(address("edit", item))), "steps", name_zh_hans="送达", limit_days=1)
    client.post(address("edit", item), data)
    key = draft_of(item).steps.all()[3].key
    client.post(address("edit", item), sent_by(client.get(address("edit", item))) | {"action-publish": ["1"]})
    assert stored(item).steps.get(name_zh_hans="送达").key == key
    client.post(address("edit", item), sent_by(client.get(address("edit", item))) | {"action-publish": ["1"]})
    assert stored(item).steps.get(name_zh_hans="送达").key == key


def test_two_new_steps_get_keys_of_their_own(admin) -> None:
    client = admin("catalogue")
    data = sent_by(client.get(address("add")), code="N-3", name_zh_hans="新事项", item_type="01")
    for name in ("受理", "决定"):
        data = with_row(data, "steps", name_zh_hans=name, limit_days=1)
    client.post(address("add"), data)
    keys = [step.key for step in CatalogueItem.objects.get(code="N-3").steps.all()]
    assert len(set(keys)) == 2
    assert all(keys)


def test_texts_keep_one_kind_of_line_end(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    data = sent_by(
        client.get(address("edit", item)), conditions_zh_hans="一\r\n二", **{"steps-0-action_zh_hans": "一\r\n二"}
    )
    client.post(address("edit", item), data)
    assert draft_of(item).conditions_zh_hans == draft_of(item).steps.all()[0].action_zh_hans == "一\n二"


def test_the_code_never_changes(admin) -> None:
    item = published_item("OLD")
    client = admin("catalogue")
    data = sent_by(client.get(address("edit", item)), code="NEW") | {"action-publish": ["1"]}
    client.post(address("edit", item), data)
    assert stored(item).code == "OLD"


def test_whoever_saves_in_english_changes_no_chinese(admin, people) -> None:
    item = published_item()
    profile = people["catalogue"].wagtail_userprofile if hasattr(people["catalogue"], "wagtail_userprofile") else None
    if profile is None:
        from wagtail.users.models import UserProfile

        profile = UserProfile.get_for_user(people["catalogue"])
    profile.preferred_language = "en"
    profile.save()
    client = admin("catalogue")
    data = sent_by(client.get(address("edit", item)), summary_en="For those who sell food") | {"action-publish": ["1"]}
    client.post(address("edit", item), data)
    with translation.override("zh-hans"):
        assert (stored(item).name, stored(item).name_en) == ("食品经营许可", "Food business licence")
        assert [step.name_zh_hans for step in stored(item).steps.all()] == ["受理", "审查", "决定"]


def test_the_meter_links_what_is_missing_to_its_section(admin) -> None:
    item = complete_item(steps=[], conditions_en="")
    item.save()
    html = admin("catalogue").get(address("edit", item)).content.decode()
    assert 'href="#element-process"' in html and 'id="element-process"' in html
    assert "12/13" in html and "11/13" in html


def test_after_an_error_the_meter_counts_the_rows_that_were_typed(admin) -> None:
    item = published_item(legal_bases=[])
    client = admin("catalogue")
    data = with_row(sent_by(client.get(address("edit", item)), promised_limit=40), "legal_bases", law_zh_hans="某法")
    response = client.post(address("edit", item), data)
    assert errors(response)
    panel = BeautifulSoup(response.content, "html.parser").find("ul", class_="guides-elements")
    basis = panel.find("a", href="#element-basis").parent
    assert "guides-elements__item--missing" not in basis["class"]
    assert "guides-elements__item--english" in basis["class"]


def test_the_sources_words_stand_beside_the_fields_they_belong_to(admin) -> None:
    item = complete_item(source_words={"promised_limit": "三十（工作日）", "SWORN": "旧系统"})
    item.save()
    html = admin("catalogue").get(address("edit", item)).content.decode()
    limits, other = html.index("三十（工作日）"), html.index("旧系统")
    assert html.index('id="element-promised_limit"') < limits < html.index('name="promised_limit"')
    assert other > html.index('name="promised_limit"')


# -- Rules --------------------------------------------------------------------------


def test_limits_that_exclude_each_other_stand_at_their_field_even_in_a_draft(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    data = sent_by(client.get(address("edit", item)), promised_limit=21, summary_en="typed just now")
    response = client.post(address("edit", item), data)
    assert list(errors(response)) == ["promised_limit"]
    html = response.content.decode()
    assert "typed just now" in html and "21" in html
    assert stored(item).latest_revision_id == item.latest_revision_id


def test_steps_that_take_too_long_are_told_at_the_steps(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    data = sent_by(client.get(address("edit", item)), **{"steps-1-limit_days": 30})
    response = client.post(address("edit", item), data)
    assert list(errors(response)) == ["steps"]
    assert response.context["form"].formsets["steps"].non_form_errors()[0] in response.content.decode()


@pytest.mark.parametrize(("action", "is_refused"), [("edit", False), ("publish", True), ("submit", True)])
def test_a_condition_may_lack_in_a_draft_and_is_told_at_its_row_on_the_way_out(admin, action, is_refused) -> None:
    item = published_item()
    client = admin("catalogue")
    data = sent_by(client.get(address("edit", item)), **{"materials-1-condition_zh_hans": ""})
    response = client.post(address("edit", item), data | {f"action-{action}": ["1"]})
    assert (response.status_code == 200) is is_refused
    if is_refused:
        assert list(errors(response)) == ["materials-1-condition_zh_hans"]


def test_rules_are_told_in_the_readers_language(admin, people) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(people["catalogue"])
    profile.preferred_language = "en"
    profile.save()
    item = published_item()
    client = admin("catalogue")
    data = sent_by(client.get(address("edit", item)), promised_limit=21)
    (message,) = errors(client.post(address("edit", item), data))["promised_limit"]
    assert "longer than the statutory one" in message


def test_rows_keep_the_order_they_were_put_in_after_an_error(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    data = sent_by(
        client.get(address("edit", item)),
        **{"steps-0-ORDER": 3, "steps-2-ORDER": 1, "steps-0-limit_days": 30},
    )
    html = client.post(address("edit", item), data).content.decode()
    assert html.index('name="steps-2-name_zh_hans"') < html.index('name="steps-0-name_zh_hans"')


# -- Publishing, planning, reviewing ------------------------------------------------


def test_a_planned_version_comes_into_force_by_the_worker(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    tomorrow = timezone.now() + timedelta(days=1)
    data = sent_by(client.get(address("edit", item)), promised_limit=7, go_live_at=f"{tomorrow:%Y-%m-%d %H:%M}")
    client.post(address("edit", item), data | {"action-publish": ["1"]})
    assert stored(item).promised_limit == 8
    Revision.objects.filter(pk=stored(item).latest_revision_id).update(approved_go_live_at=timezone.now())
    revision = stored(item).latest_revision
    revision.content["go_live_at"] = timezone.now().isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert stored(item).promised_limit == 7
    assert [version.number for version in item.versions.all()] == [2, 1]


def planned(item: CatalogueItem, user: Any = None) -> Revision:
    """A draft whose publication is due now."""
    revision = item.save_revision(user=user)
    revision.approved_go_live_at = timezone.now()
    revision.save()
    return revision


def test_a_planned_draft_that_breaks_a_rule_is_called_off_and_others_are_published(people) -> None:
    bad, good = published_item("BAD"), published_item("GOOD")
    bad.promised_limit, good.promised_limit = 30, 6
    revision = planned(bad, people["catalogue"])
    planned(good)
    call_command("publish_scheduled")
    assert (stored(bad).promised_limit, stored(good).promised_limit) == (8, 6)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert draft_of(bad).promised_limit == 30
    (message,) = mail.outbox
    assert message.to == ["catalogue@example.org"] and "BAD" in message.body


def test_an_item_whose_time_is_over_has_no_version_in_force(people) -> None:
    item = published_item()
    CatalogueItem.objects.filter(pk=item.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not stored(item).live
    assert item.versions.get().in_force_until is not None


@pytest.fixture
def submitted(admin) -> CatalogueItem:
    """An item in force with a draft that its author, `catalogue`, has submitted."""
    item = published_item()
    client = admin("catalogue")
    data = sent_by(client.get(address("edit", item)), promised_limit=7) | {"action-submit": ["1"]}
    client.post(address("edit", item), data)
    assert stored(item).workflow_in_progress
    return stored(item)


def decide(client: Any, item: CatalogueItem, action: str = "approve", **changes: Any) -> Any:
    data = sent_by(client.get(address("edit", item)), **changes)
    return client.post(
        address("edit", item), data | {"action-workflow-action": ["1"], "workflow-action-name": [action]}
    )


def test_another_keeper_of_the_catalogue_is_told_and_approves(admin, submitted) -> None:
    assert [message.to for message in mail.outbox] == [["province@example.org"]]
    client = admin("province")
    assert "食品经营许可" in client.get(reverse("wagtailadmin_home")).content.decode()
    decide(client, submitted)
    assert stored(submitted).promised_limit == 7
    assert stored(submitted).versions.first().number == 2


def buttons(client: Any, item: CatalogueItem) -> list[str]:
    """The names of the buttons under an item's form, the one that is in sight first."""
    menu = client.get(address("edit", item)).context["action_menu"]
    return [menu.default_item.name, *(button.name for button in menu.menu_items)]


def test_approving_is_the_button_of_whoever_may_decide(admin, submitted) -> None:
    assert buttons(admin("province"), submitted)[0] == "approve"
    assert "approve" not in buttons(admin("catalogue"), submitted)
    state = submitted.current_workflow_state.current_task_state
    admin("province").post(address("workflow_action", submitted, "reject", state.pk), {"comment": "太短"})
    returned = buttons(admin("catalogue"), submitted)
    assert "action-submit" in returned and "action-restart-workflow" not in returned


def test_an_item_with_rows_that_were_never_in_force_is_approved_from_its_form(admin) -> None:
    item = published_item(conditions_zh_hans="一\n二")
    client = admin("catalogue")
    data = with_row(
        sent_by(client.get(address("edit", item))), "questions", question_zh_hans="要多久？", answer_zh_hans="八天"
    )
    client.post(address("edit", item), data | {"action-submit": ["1"]})
    client = admin("province")
    sent = sent_by(client.get(address("edit", item)))
    # As browsers send what stands in several lines.
    sent = {name: [value.replace("\n", "\r\n") for value in values] for name, values in sent.items()}
    client.post(address("edit", item), sent | {"action-workflow-action": ["1"], "workflow-action-name": ["approve"]})
    assert stored(item).questions.get().question_zh_hans == "要多久？"
    assert stored(item).conditions_zh_hans == "一\n二"
    assert draft_of(item).latest_revision.user.username == "catalogue"


def test_whoever_changes_a_row_that_was_never_in_force_does_not_decide(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    data = with_row(
        sent_by(client.get(address("edit", item))), "questions", question_zh_hans="要多久？", answer_zh_hans="八天"
    )
    client.post(address("edit", item), data | {"action-submit": ["1"]})
    decide(admin("province"), stored(item), **{"questions-0-answer_zh_hans": "九天"})
    assert stored(item).workflow_in_progress
    assert stored(item).questions.count() == 0


def test_whoever_submitted_neither_changes_nor_approves(admin, submitted) -> None:
    client = admin("catalogue")
    state = submitted.current_workflow_state.current_task_state
    response = client.post(address("workflow_action", submitted, "approve", state.pk), {"comment": ""})
    assert refused(response)
    decide(client, submitted, conditions_en="changed")
    assert stored(submitted).promised_limit == 8
    assert stored(submitted).workflow_in_progress
    assert draft_of(submitted).conditions_en != "changed"


def test_whoever_changes_the_text_under_review_does_not_decide_on_it(admin, submitted) -> None:
    decide(admin("province"), submitted, conditions_en="Premises of one's own")
    item = stored(submitted)
    assert item.workflow_in_progress and item.promised_limit == 8
    assert draft_of(item).conditions_en == "Premises of one's own"
    state = item.current_workflow_state.current_task_state
    assert refused(admin("province").post(address("workflow_action", item, "approve", state.pk), {"comment": ""}))


def test_a_returned_item_can_be_submitted_again(admin, submitted) -> None:
    state = submitted.current_workflow_state.current_task_state
    admin("province").post(address("workflow_action", submitted, "reject", state.pk), {"comment": "太短"})
    client = admin("catalogue")
    data = sent_by(client.get(address("edit", submitted)), promised_limit=6) | {"action-submit": ["1"]}
    client.post(address("edit", submitted), data)
    decide(admin("province"), submitted)
    assert stored(submitted).promised_limit == 6


def test_approving_what_breaks_a_rule_by_now_says_so(admin, submitted) -> None:
    revision = submitted.latest_revision
    revision.content["promised_limit"] = 40
    revision.save()
    state = submitted.current_workflow_state.current_task_state
    response = admin("province").post(address("workflow_action", submitted, "approve", state.pk), {"comment": ""})
    assert response.url == address("edit", submitted)
    assert stored(submitted).workflow_in_progress


def test_a_superuser_without_the_role_decides_on_nothing(admin, submitted) -> None:
    state = submitted.current_workflow_state.current_task_state
    response = admin("superuser").post(address("workflow_action", submitted, "approve", state.pk), {"comment": ""})
    assert refused(response)


# -- Cancelling, suspending, deleting -----------------------------------------------


def test_cancelling_says_how_many_centres_have_the_item_and_leads_to_its_successor(admin, made_jinjiang) -> None:
    item, successor = published_item("OLD"), published_item("NEW")
    adopt(made_jinjiang, CatalogueItem.objects.filter(pk=item.pk))
    client = admin("catalogue")
    assert client.get(address("cancel", item)).context["adoptions"] == 1
    today = timezone.localdate()
    client.post(address("cancel", item), {"cancelled_on": today.isoformat(), "successor": successor.pk})
    assert stored(item).state == ItemState.CANCELLED
    assert stored(item).successor == successor
    assert stored(item).versions.first().number == 2
    entry = ModelLogEntry.objects.get(action=CANCEL)
    assert entry.data["successor"] == {"before": "", "after": "NEW"}
    assert response_has(client.get(address("history", item)), "NEW")


def response_has(response: Any, text: str) -> bool:
    return text in response.content.decode()


@pytest.mark.parametrize("successor", ["OLD", "DRAFT"])
def test_a_successor_is_another_item_in_force(admin, successor) -> None:
    item = published_item("OLD")
    complete_item("DRAFT").save()
    chosen = CatalogueItem.objects.get(code=successor)
    data = {"cancelled_on": timezone.localdate().isoformat(), "successor": chosen.pk}
    response = admin("catalogue").post(address("cancel", item), data)
    assert list(response.context["form"].errors) == ["successor"]
    assert stored(item).cancelled_on is None


def test_a_draft_written_before_the_cancellation_does_not_take_it_back(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    first = item.latest_revision_id
    client.post(address("edit", item), sent_by(client.get(address("edit", item)), promised_limit=7))
    client.post(address("cancel", item), {"cancelled_on": timezone.localdate().isoformat(), "successor": ""})
    assert draft_of(item).promised_limit == 7
    data = sent_by(client.get(address("edit", item))) | {"action-publish": ["1"]}
    client.post(address("edit", item), data)
    assert (stored(item).promised_limit, stored(item).state) == (7, ItemState.CANCELLED)
    revert = address("revisions_revert", item, first)
    client.post(revert, sent_by(client.get(revert)) | {"action-publish": ["1"]})
    assert (stored(item).promised_limit, stored(item).state) == (8, ItemState.CANCELLED)


def test_a_cancellation_and_a_suspension_can_be_taken_back(admin) -> None:
    item = published_item()
    client = admin("province")
    client.post(address("cancel", item), {"cancelled_on": timezone.localdate().isoformat()})
    client.post(address("cancel", item), {"reinstate": "1"})
    assert stored(item).state == ItemState.IN_FORCE
    client.post(address("suspend", item))
    assert stored(item).state == ItemState.SUSPENDED
    client.post(address("suspend", item))
    assert stored(item).state == ItemState.IN_FORCE


def test_an_item_under_review_is_not_cancelled(admin, submitted) -> None:
    client = admin("province")
    assert client.get(address("cancel", submitted)).context["reason"]
    client.post(address("cancel", submitted), {"cancelled_on": timezone.localdate().isoformat()})
    assert stored(submitted).cancelled_on is None


@pytest.mark.parametrize("view", ["delete", "unpublish"])
def test_an_item_in_use_stays_and_the_answer_says_why(admin, made_jinjiang, view) -> None:
    item = published_item()
    adopt(made_jinjiang, CatalogueItem.objects.all())
    client = admin("catalogue")
    response = client.post(address(view, item), follow=True)
    assert response.redirect_chain == [(address("edit", item), 302)]
    assert response_has(response, "食品经营许可")
    assert [str(message) for message in response.context["messages"]]
    assert stored(item).live


def test_a_draft_that_was_never_published_is_deleted(admin) -> None:
    item = complete_item()
    item.save()
    item.save_revision()
    admin("catalogue").post(address("delete", item))
    assert not CatalogueItem.objects.filter(pk=item.pk).exists()


def test_a_draft_that_others_belong_to_stays(admin) -> None:
    parent = complete_item("P", tier="main")
    parent.save()
    complete_item("C", parent=parent).save()
    admin("catalogue").post(address("delete", parent))
    assert stored(parent)


# -- Versions -----------------------------------------------------------------------


def test_two_versions_are_compared_field_by_field_in_both_languages_with_labels(admin) -> None:
    item = published_item()
    first = item.latest_revision_id
    item.exercise_levels = ["county"]
    item.conditions_zh_hans, item.conditions_en = "有固定的营业场所", "Premises of one's own"
    item.charges = None
    item.steps = [*list(item.steps.all())[:2]]
    item.materials = [*item.materials.all()]
    item.materials.all()[0].forms = ["copy"]
    item = publish(item)
    client = admin("catalogue")
    response = client.get(address("versions", item), {"before": first, "after": item.latest_revision_id})
    html = client.get(response.url).content.decode().partition("<main")[2]
    assert '有固定的<span class="deletion">经</span>营<span class="addition">业</span>场所' in html
    assert "Premises" in html
    for kind, label in (("deletion", Level.CITY), ("deletion", MaterialForm.ORIGINAL), ("addition", MaterialForm.COPY)):
        assert f'<span class="{kind}">{label.label}</span>' in html
    assert '<span class="deletion">否</span>' in html
    assert "决定" in html
    assert "None" not in html.partition("<table")[2]


def test_the_page_of_versions_offers_any_two(admin) -> None:
    item = published_item()
    item.promised_limit = 7
    item = publish(item)
    html = admin("catalogue").get(address("versions", item)).content.decode()
    for version in item.versions.all():
        for side in ("before", "after"):
            assert f'name="{side}" value="{version.revision_id}"' in html


# -- The list -----------------------------------------------------------------------


def listed(client: Any, **query: Any) -> list[str]:
    return [item.code for item in client.get(address("list"), query).context["object_list"]]


@pytest.fixture
def catalogue(db: None) -> None:
    """A main item, and handling items that differ in what one can filter by."""
    main = publish(complete_item("M", tier="main", name_zh_hans="食品", name_en="Food", steps=[], legal_bases=[]))
    published_item("A", parent=main)
    published_item("B", exercise_levels=["city"], item_type="20", department=department("health"))
    published_item("C", conditions_en="")
    published_item("D", is_suspended=True)
    complete_item("E", steps=[], name_zh_hans="婚姻(登记)", name_en="Marriage registration").save()
    cancelled = published_item("F")
    cancelled.cancelled_on = timezone.localdate()
    publish(cancelled)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "ABCDEFM"),
        ({"item_type": "20"}, "B"),
        ({"level": "county"}, "ACDEFM"),
        ({"tier": "main"}, "M"),
        ({"state": "draft"}, "E"),
        ({"state": "in_force"}, "ABCM"),
        ({"state": "suspended"}, "D"),
        ({"state": "cancelled"}, "F"),
        ({"lacking": "process"}, "E"),
        ({"lacking": "any"}, "E"),
        ({"lacking": "none"}, "ABCDF"),
        ({"lacking_english": "conditions"}, "C"),
        ({"lacking_english": "any"}, "C"),
        ({"q": "婚姻"}, "E"),
        ({"q": "hunyin"}, "E"),
        ({"q": "marriage"}, "E"),
        ({"q": "食品 许可"}, "ABCDF"),
        ({"q": "婚姻(登记)"}, "E"),
        ({"q": "婚姻（登记）"}, "E"),
    ],
)
def test_the_list_is_filtered_and_searched(admin, catalogue, query, found) -> None:
    codes = listed(admin("catalogue"), **query)
    assert codes == list(found)


def test_the_list_is_filtered_by_department(admin, catalogue) -> None:
    assert listed(admin("catalogue"), department=department("health").pk) == ["B"]


def test_the_list_says_what_the_draft_lacks(admin) -> None:
    item = published_item()
    item.steps = []
    item.save_revision()
    client = admin("catalogue")
    assert listed(client, lacking="process") == ["T0001"]
    assert "12/13" in client.get(address("list")).content.decode()
    assert listed(client, has_unpublished_changes="true") == ["T0001"]


def test_no_key_of_an_element_is_part_of_anothers() -> None:
    keys = [element.key for element in ELEMENTS]
    assert not [(one, other) for one in keys for other in keys if one != other and one in other]


def test_the_list_costs_the_same_however_many_items(admin) -> None:
    client = admin("catalogue")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address("list"))
        return len(captured)

    published_item("A0")
    queries()
    before = queries()
    for number in range(1, 12):
        item = published_item(f"A{number}")
        item.save_revision()
    assert queries() == before
    assert before < 30


def test_what_the_list_shows_is_exported(admin, catalogue) -> None:
    client = admin("catalogue")
    link = f"{address('list')[:-1]}/export/jsonl/?state=in_force&amp;tier=handling"
    assert link in client.get(address("list"), {"state": "in_force", "tier": "handling"}).content.decode()
    response = client.get(reverse("catalogue_item:export", args=["jsonl"]), {"state": "in_force", "tier": "handling"})
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert [json.loads(line)["code"] for line in lines] == ["A", "B", "C"]


def test_bundles_and_themes_are_for_those_who_keep_the_catalogue(admin) -> None:
    item = published_item()
    client = admin("catalogue")
    add = reverse("bundle:add")
    data = sent_by(client.get(add), key="shop", name_zh_hans="开店", name_en="Open a shop")
    client.post(add, with_row(data, "bundle_items", item=item.pk, condition_en="Always"))
    assert Bundle.objects.get(key="shop").bundle_items.get().item == item
    assert refused(admin("editor").get(add))
    assert refused(admin("editor").get(reverse("theme:add")))


def test_catalogue_editors_have_a_collection_for_blank_forms_and_no_centres_files(admin, made_jinjiang) -> None:
    Attachment.objects.create(
        title="锦江文件", file=ContentFile(b"x", name="j.txt"), collection=made_jinjiang.collection
    )
    client = admin("catalogue")
    client.post(reverse("wagtaildocs:add"), {"title": "空白表", "file": ContentFile(b"%PDF-1.4", name="form.pdf")})
    assert Attachment.objects.get(title="空白表").collection.name == PROVINCE_ROLES[Role.CATALOGUE_EDITOR].collection
    found = client.get(reverse("wagtaildocs_chooser:choose")).content.decode()
    assert "锦江文件" not in found
