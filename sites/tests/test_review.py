"""The review: who decides, who can't, and that nothing else publishes."""

from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import TaskState, Workflow
from wagtail.users.models import UserProfile

from core.models import BasePage, User
from sites.models import ArticlePage, Role
from sites.review import TASK_NAME, WORKFLOW_NAME, ensure_workflow, may_decide, reviews_waiting_for
from sites.tests.people import appoint, column, draft, person, published, refused, submit

HOST = "jinjiang.chengdu.localhost:8000"


def log_in(client, user: User):
    client.force_login(user)
    client.defaults["HTTP_HOST"] = HOST
    return client


def form_data(client, article: ArticlePage, **changes: str) -> dict[str, str]:
    """What the browser would send from the edit form as it is, with changes."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert response.status_code == 200
    return {**fields_of(response.context["form"]), **changes}


def fields_of(form) -> dict[str, str]:
    data: dict[str, str] = {}
    for bound in form:
        value = bound.value()
        widget = bound.field.widget
        if hasattr(widget, "block_def"):
            data[f"{bound.html_name}-count"] = "0"
        elif value is not None and value is not False:
            data[bound.html_name] = str(bound.field.prepare_value(value))
    for formset in form.formsets.values():
        management = formset.management_form
        data.update({management[name].html_name: str(management[name].value()) for name in management.fields})
    return data


def decide(client, article: ArticlePage, action: str, state: TaskState | None = None):
    state = state or article.current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[article.pk, action, state.pk]))


def reload(article: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


# -- Who decides ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "decides"),
    [
        ("editor", False),
        ("editor2", False),
        ("head", True),
        ("supervisor", True),
        ("chengdu-head", False),
        ("wuhou-head", False),
        ("wuhou-editor", False),
        ("province", True),
        ("superuser", False),
    ],
)
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_head_of_own_centre_or_supervisor_above_decides(client, people, made_jinjiang, name, decides, action) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    response = decide(log_in(client, people[name]), article, action)
    assert refused(response) is not decides
    state = TaskState.objects.get()
    assert state.status == ({"approve": "approved", "reject": "rejected"}[action] if decides else "in_progress")
    assert reload(article).live is (decides and action == "approve")


def test_right_on_one_page_does_not_decide_on_another_page(client, people, made_jinjiang, made_wuhou) -> None:
    own = submit(draft(made_jinjiang, "锦江", people["editor"]), people["editor"])
    other = submit(draft(made_wuhou, "武侯", people["wuhou-editor"]), people["wuhou-editor"])
    response = decide(log_in(client, people["head"]), own, "approve", other.current_workflow_task_state)
    assert response.status_code == 404
    assert not reload(other).live
    with pytest.raises(PermissionDenied):
        task_state = other.current_workflow_task_state
        task_state.task.specific.on_action(task_state, people["head"], "approve")


def test_submitter_can_not_decide(client, people, made_jinjiang) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["head"])
    assert refused(decide(log_in(client, people["head"]), article, "approve"))
    assert not reload(article).live


def test_last_editor_can_not_decide(client, people, made_jinjiang) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    article.save_revision(user=people["head"])
    assert refused(decide(log_in(client, people["head"]), article, "approve"))
    assert not refused(decide(log_in(client, people["supervisor"]), article, "approve"))
    assert reload(article).live


def test_superuser_who_wrote_a_text_can_not_decide_even_as_head(client, people, made_jinjiang) -> None:
    root = people["superuser"]
    appoint(root, Role.HEAD, made_jinjiang)
    article = submit(draft(made_jinjiang, "新闻", root), root)
    assert refused(decide(log_in(client, root), article, "approve"))


def test_approving_with_own_edits_keeps_the_edit_and_asks_somebody_else(client, people, made_jinjiang) -> None:
    other = person("head2", Role.HEAD, made_jinjiang)
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    mail.outbox.clear()
    log_in(client, people["head"])
    data = form_data(
        client,
        article,
        title_zh_hans="改过的新闻",
        **{"action-workflow-action": "true", "workflow-action-name": "approve"},
    )
    response = client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), data)
    assert response.status_code == 302
    article = reload(article)
    assert not article.live
    assert article.get_latest_revision().content["title_zh_hans"] == "改过的新闻"
    assert not may_decide(people["head"], article)
    assert may_decide(other, article)
    assert [message.to for message in mail.outbox] == [["head2@example.org"]]


def test_approving_from_the_editor_without_changes_publishes(client, people, made_jinjiang) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    log_in(client, people["head"])
    data = form_data(client, article, **{"action-workflow-action": "true", "workflow-action-name": "approve"})
    response = client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), data, follow=True)
    assert reload(article).live
    assert "“新闻”已批准" in response.content.decode()


# -- Whose turn it is -------------------------------------------------------------------------------


def waiting(user: User) -> int:
    return reviews_waiting_for(User.objects.get(pk=user.pk)).count()


def test_editors_text_waits_for_the_head_and_not_for_the_supervisor(people, made_jinjiang) -> None:
    mail.outbox.clear()
    submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    assert [waiting(people[name]) for name in ("head", "supervisor", "province", "wuhou-head", "superuser")] == [
        1,
        0,
        0,
        0,
        0,
    ]
    assert [message.to for message in mail.outbox] == [["head@example.org"]]


def test_heads_own_text_goes_to_another_head_else_to_the_supervisor_above(people, made_jinjiang, made_chengdu) -> None:
    submit(draft(made_jinjiang, "新闻", people["head"]), people["head"])
    assert (waiting(people["head"]), waiting(people["supervisor"]), waiting(people["province"])) == (0, 1, 0)
    other = person("head2", Role.HEAD, made_jinjiang)
    assert (waiting(other), waiting(people["supervisor"])) == (1, 0)
    other.is_active = False
    other.save()
    people["supervisor"].is_active = False
    people["supervisor"].save()
    assert (waiting(other), waiting(people["supervisor"]), waiting(people["province"])) == (0, 0, 1)


def test_result_is_mailed_to_the_submitter_alone(client, people, made_jinjiang) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    mail.outbox.clear()
    decide(log_in(client, people["head"]), article, "approve")
    assert [message.to for message in mail.outbox] == [["editor@example.org"]]


def test_dashboard_shows_what_waits_for_the_person_only(client, people, made_jinjiang, made_wuhou) -> None:
    submit(draft(made_jinjiang, "锦江待审", people["editor"]), people["editor"])
    submit(draft(made_wuhou, "武侯待审", people["wuhou-editor"]), people["wuhou-editor"])
    html = log_in(client, people["head"]).get(reverse("wagtailadmin_home")).content.decode()
    assert "锦江待审" in html
    assert "武侯待审" not in html


# -- What the admin shows of it ---------------------------------------------------------------------


def buttons_under(client, article: ArticlePage) -> tuple[str, list[str]]:
    """The markup of the button under a text's form, and that of those in its menu."""
    menu = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).context["action_menu"]
    return menu.default_item.render_html(menu.context), [item.render_html(menu.context) for item in menu.menu_items]


def test_whoever_may_decide_finds_approving_first_and_the_enter_key_saves(client, people, made_jinjiang) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    first, others = buttons_under(log_in(client, people["head"]), article)
    assert 'data-workflow-action-name="approve"' in first and "批准" in first
    assert first.index('<button type="submit" hidden>') < first.index("data-workflow-action-name")
    assert 'data-workflow-action-name="reject"' in "".join(others)
    first, others = buttons_under(log_in(client, people["editor"]), article)
    assert "approve" not in "".join([first, *others])
    own = draft(made_jinjiang, "自己的", people["head"])
    first, others = buttons_under(log_in(client, people["head"]), own)
    assert "action-save" in first and "approve" not in "".join([first, *others])


def test_a_returned_text_is_submitted_again_in_one_way(client, people, made_jinjiang) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    decide(log_in(client, people["head"]), article, "reject")
    first, others = buttons_under(log_in(client, people["editor"]), article)
    assert "action-restart-workflow" not in "".join([first, *others])
    assert 'name="action-submit"' in "".join([first, *others])


@pytest.mark.parametrize(("language", "word", "other"), [("zh-hans", "审核", "eview"), ("en", "eview", "审核")])
def test_the_review_is_named_in_the_readers_language(client, people, made_jinjiang, language, word, other) -> None:
    UserProfile.objects.update_or_create(user=people["editor"], defaults={"preferred_language": language})
    log_in(client, people["editor"])
    article = draft(made_jinjiang, "通知", people["editor"])
    with override(language):
        _first, others = buttons_under(client, article)
    (send,) = [button for button in others if 'name="action-submit"' in button]
    assert word in send and other not in send
    submit(article, people["editor"])
    for view in ("workflow_history", "history"):
        told = client.get(reverse(f"wagtailadmin_pages:{view}", args=[article.pk])).content.decode()
        shown = [
            line for line in told.splitlines() if "Publication" in line or "发布审核" in line or "Review by" in line
        ]
        assert shown, view
        assert not any(other in line for line in shown), shown


def test_mail_of_a_review_leads_to_the_admin_in_the_readers_language(people, made_jinjiang) -> None:
    mail.outbox.clear()
    submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    (message,) = mail.outbox
    assert "本中心负责人审核" in message.body and "Review by" not in message.body
    assert "http://localhost:8000/admin/" in message.body


def test_names_of_reviews_are_stored_as_the_code_has_them(people, made_jinjiang) -> None:
    Workflow.objects.update(name="发布审核 Publication review")
    assert ensure_workflow() is not None
    assert Workflow.objects.values_list("name", flat=True).get(workflow_tasks__task__name=TASK_NAME) == WORKFLOW_NAME


# -- Nothing else publishes -------------------------------------------------------------------------


EVERYBODY_OF_THE_CENTRE = ["editor", "head", "supervisor", "province", "superuser"]


@pytest.mark.parametrize("name", EVERYBODY_OF_THE_CENTRE)
def test_publish_button_of_the_edit_form_only_saves(client, people, made_jinjiang, name) -> None:
    article = draft(made_jinjiang, "新闻", people["editor2"])
    log_in(client, people[name])
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert 'name="action-publish"' not in client.get(url).content.decode()
    client.post(url, form_data(client, article, **{"action-publish": "true", "title_zh_hans": "改了"}))
    article = reload(article)
    assert article.get_latest_revision().content["title_zh_hans"] == "改了"
    assert not article.live


@pytest.mark.parametrize("name", EVERYBODY_OF_THE_CENTRE)
def test_publish_button_of_the_create_form_only_saves(client, people, made_jinjiang, name) -> None:
    log_in(client, people[name])
    url = reverse("wagtailadmin_pages:add", args=["website_group", "articlepage", column(made_jinjiang).pk])
    data = fields_of(client.get(url).context["form"])
    client.post(url, {**data, "action-publish": "true", "title_zh_hans": "新的", "slug": "new"})
    assert not ArticlePage.objects.get(slug="new").live


@pytest.mark.parametrize("name", EVERYBODY_OF_THE_CENTRE)
def test_putting_back_a_version_only_saves(client, people, made_jinjiang, name) -> None:
    article = published(made_jinjiang, "第一版", people["editor2"])
    first = article.get_latest_revision()
    article.title_zh_hans = "第二版"
    article.save_revision(user=people["editor2"]).publish(skip_permission_checks=True)
    log_in(client, people[name])
    url = reverse("wagtailadmin_pages:revisions_revert", args=[article.pk, first.pk])
    data = fields_of(client.get(url).context["form"])
    client.post(url, {**data, "action-publish": "true"})
    article = reload(article)
    assert article.title_zh_hans == "第二版"
    assert article.get_latest_revision().content["title_zh_hans"] == "第一版"


@pytest.mark.parametrize("name", EVERYBODY_OF_THE_CENTRE)
def test_column_text_is_not_published_directly(client, people, made_jinjiang, name) -> None:
    about = column(made_jinjiang, "about")
    log_in(client, people[name])
    url = reverse("wagtailadmin_pages:edit", args=[about.pk])
    data = fields_of(client.get(url).context["form"])
    client.post(url, {**data, "action-publish": "true", "search_description_zh_hans": "改了"})
    about.refresh_from_db()
    assert about.search_description_zh_hans != "改了"
    assert about.get_latest_revision().content["search_description_zh_hans"] == "改了"


@pytest.mark.parametrize("name", EVERYBODY_OF_THE_CENTRE)
def test_bulk_publishing_and_api_are_closed(client, people, made_jinjiang, name) -> None:
    article = draft(made_jinjiang, "新闻", people["editor2"])
    log_in(client, people[name])
    bulk = reverse("wagtail_bulk_action", args=["core", "basepage", "publish"])
    assert client.post(f"{bulk}?id={article.pk}", {"include_descendants": "on"}).status_code == 404
    api = reverse("wagtailadmin_api:pages:action", args=[article.pk, "publish"])
    assert client.post(api, {}).status_code == 404
    assert not reload(article).live


def test_publishing_without_an_approval_is_refused_by_the_publishing_itself(people, made_jinjiang) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    with pytest.raises(PermissionDenied):
        article.current_workflow_state.finish(user=people["head"])
    assert not reload(article).live


# -- Plans and taking back --------------------------------------------------------------------------


def test_planned_publication_and_expiry_go_through_the_same_approval(client, people, made_jinjiang) -> None:
    article = draft(made_jinjiang, "新闻", people["editor"])
    log_in(client, people["editor"])
    tomorrow = timezone.localtime() + timedelta(days=1)
    data = form_data(
        client,
        article,
        go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"),
        expire_at=(tomorrow + timedelta(days=1)).strftime("%Y-%m-%d %H:%M"),
        **{"action-publish": "true"},
    )
    client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), data)
    assert not reload(article).approved_schedule
    article = submit(reload(article), people["editor"])
    decide(log_in(client, people["head"]), article, "approve")
    article = reload(article)
    assert article.approved_schedule
    assert not article.live


@pytest.mark.parametrize(
    ("name", "may"), [("editor", False), ("head", True), ("supervisor", True), ("wuhou-head", False)]
)
def test_heads_and_supervisors_take_back_a_planned_publication(client, people, made_jinjiang, name, may) -> None:
    article = draft(made_jinjiang, "新闻", people["editor"])
    article.go_live_at = timezone.now() + timedelta(days=1)
    revision = article.save_revision(user=people["editor"])
    revision.publish(skip_permission_checks=True)
    url = reverse("wagtailadmin_pages:revisions_unschedule", args=[article.pk, revision.pk])
    response = log_in(client, people[name]).post(url)
    assert refused(response) is not may
    assert reload(article).approved_schedule is not may


@pytest.mark.parametrize(
    ("name", "may"), [("editor", False), ("head", True), ("supervisor", True), ("wuhou-head", False)]
)
def test_heads_and_supervisors_unpublish(client, people, made_jinjiang, name, may) -> None:
    article = published(made_jinjiang, "新闻", people["editor"])
    response = log_in(client, people[name]).post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    assert refused(response) is not may
    assert reload(article).live is not may


# -- While a text is under review -------------------------------------------------------------------


def test_text_under_review_is_locked_for_editors_until_the_submitter_takes_it_back(
    client, people, made_jinjiang
) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    for name in ("editor", "editor2"):
        log_in(client, people[name])
        data = form_data(client, article, title_zh_hans="偷改")
        client.post(url, data)
        assert reload(article).get_latest_revision().content["title_zh_hans"] == "新闻"
    log_in(client, people["editor2"])
    client.post(url, form_data(client, article, **{"action-cancel-workflow": "true"}))
    assert reload(article).workflow_in_progress
    log_in(client, people["editor"])
    client.post(url, form_data(client, article, **{"action-cancel-workflow": "true"}))
    assert not reload(article).workflow_in_progress


def test_returned_text_is_corrected_and_submitted_again(client, people, made_jinjiang) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    decide(log_in(client, people["head"]), article, "reject")
    mail.outbox.clear()
    log_in(client, people["editor"])
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    client.post(url, form_data(client, article, title_zh_hans="改好了", **{"action-submit": "true"}))
    article = reload(article)
    assert article.workflow_in_progress
    assert [message.to for message in mail.outbox] == [["head@example.org"]]
    decide(log_in(client, people["head"]), article, "approve")
    assert reload(article).title_zh_hans == "改好了"
    assert reload(article).live


def test_whole_tree_has_the_one_workflow(people, made_jinjiang) -> None:
    assert column(made_jinjiang).get_workflow() == BasePage.get_first_root_node().get_workflow()


@pytest.mark.parametrize("comment", ["请补充<电话>", ""])
def test_whoever_opens_a_returned_text_reads_why(client, people, made_jinjiang, comment: str) -> None:
    article = submit(draft(made_jinjiang, "新闻", people["editor"]), people["editor"])
    article.current_workflow_task_state.reject(user=people["head"], comment=comment)
    page = log_in(client, people["editor"]).get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    told = [unescape(str(message)) for message in page.context["messages"]]
    assert len(told) == 1
    assert "head" in told[0] and comment in told[0]
    assert "请补充<电话>" not in page.content.decode(), "what a person typed is text, not markup"
    reload(article).current_workflow_state.resume(people["editor"])
    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert not [message for message in page.context["messages"] if "head" in str(message)]
