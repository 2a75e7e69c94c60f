"""What the test of the rights matrix asks: every address of the URL map, for every role, on own and others' objects."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from modelsearch import index
from PIL import Image
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.models import EditingSession
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Comment

from core.models import Attachment, BasePage, CalendarOverride, Picture
from sites.models import Centre, CentreApprovalTask, Department, GroupNotice, ServiceMode, StaffDuty, Topic, Window
from sites.standard_apply import the_standard
from sites.tests.people import column, draft, published, submit

# The columns of the table, with the account that stands for each.
ROLES = {
    "anonymous": None,
    "other editor": "wuhou-editor",
    "own editor": "editor",
    "own head": "head",
    "receiver": "receiver",
    "supervisor": "supervisor",
    "catalogue editor": "catalogue",
    "province": "province",
}
# Who is nobody's own or other: what they get is the same at every centre, and asked at one.
STRANGERS = ("anonymous", "catalogue editor")
# An address that is closed by its name is closed for all; these stand for everybody, the strongest last.
ASKED_AT_CLOSED = ("anonymous", "own head", "superuser")
# What nobody of the other centre may ever read: it stands in every title, name and comment of the centre.
SECRETS = {"510104000000": "锦江密稿", "510107000000": "武侯密稿"}
HOSTS = {"510104000000": "jinjiang.chengdu.localhost:8000", "510107000000": "wuhou.chengdu.localhost:8000"}


@dataclass(frozen=True)
class Address:
    """One entry of the URL map: its name, its route, and the arguments that its route takes."""

    name: str
    route: str
    arguments: tuple[str, ...]
    fixed: dict[str, str] = field(default_factory=dict, hash=False, compare=False)


def addresses() -> Iterator[Address]:
    """Every address, each bulk action and each action of the admin API as one of its own."""
    for address in walk(get_resolver(), "", ""):
        if address.name == "wagtail_bulk_action":
            bulk_action_registry._scan_for_bulk_actions()
            for app_label, models in bulk_action_registry.actions.items():
                for model, actions in models.items():
                    for action in actions:
                        fixed = {"app_label": app_label, "model_name": model, "action": action}
                        name = f"{address.name} {app_label}.{model} {action}"
                        yield Address(name, address.route, address.arguments, fixed)
        elif address.name == "wagtailadmin_api:pages:action":
            for action in PagesAdminAPIViewSet.actions:
                yield Address(f"{address.name} {action}", address.route, address.arguments, {"action_name": action})
        else:
            yield address


def walk(resolver: URLResolver, namespace: str, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern, inner, route)
        elif isinstance(pattern, URLPattern):
            names = re.findall(r"<(?:\w+:)?(\w+)>", re.sub(r"\(\?P<(\w+)>", r"<\1>(", route))
            if r"(\d+)/(.*)" in route:
                names.append("document_id")
            yield Address(namespace + (pattern.name or f"unnamed {route}"), route, tuple(names))


def path_of(address: Address, values: dict[str, Any]) -> str:
    """The address's path with its arguments filled in."""
    path = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", address.route)
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str({**values, **address.fixed}[found[1]]), path)
    path = path.replace(r"\.", ".").replace(r"(\d+)/(.*)", f"{values['document_id']}/{values['document_name']}")
    path = path.replace(r"((?:[\w\-]+/)*)", f"policies/{values['slug']}/").replace(".*/$", "no-such-address/")
    return "/" + path.replace("^", "").replace("$", "")


def make_group_objects() -> dict[str, Any]:
    """One object of each kind that belongs to the whole group."""
    standard = the_standard()
    keeper = get_user_model().objects.get(username=ROLES["catalogue editor"])
    item, reviewed = catalogue_item("MATRIX", keeper), catalogue_item("REVIEWED", keeper)
    draft_item = catalogue_item("DRAFT", keeper, is_published=False)
    if not reviewed.workflow_in_progress:
        reviewed.save_revision(user=keeper)
        reviewed.get_workflow().start(reviewed, keeper)
    review = reviewed.current_workflow_state
    named = {"key": "matrix", "name_zh_hans": "测试", "name_en": "Test"}
    described = {**named, "description_zh_hans": "测试", "description_en": "Test"}
    notice, _ = GroupNotice.objects.get_or_create(
        title_zh_hans="全省通知", title_en="Group notice", defaults={"shows_from": timezone.now()}
    )
    upload, _ = of_catalogue("CatalogueImport").get_or_create(
        user=get_user_model().objects.get(username=ROLES["catalogue editor"]),
        file_name="matrix.csv",
        defaults={"state": "checked", "file": ContentFile(b"code,name\nA1,A\n", name="matrix.csv")},
    )
    mapping, _ = of_catalogue("ImportMapping").get_or_create(
        name="matrix", defaults={"definition": {"key": "code", "fields": {"name": "name"}}}
    )
    return {
        "upload_id": upload.pk,
        "import_mapping_id": mapping.pk,
        "standard_id": standard.pk,
        "standard_revision_id": standard.save_revision().pk,
        "notice_id": notice.pk,
        "department_id": Department.objects.get_or_create(code="matrix", defaults={"name_zh_hans": "测试"})[0].pk,
        "mode_id": ServiceMode.objects.get_or_create(key="matrix", defaults=described)[0].pk,
        "duty_id": StaffDuty.objects.get_or_create(key="matrix", defaults=described)[0].pk,
        "override_id": CalendarOverride.objects.get_or_create(date=date(2027, 3, 1), kind="holiday", reason="测试")[
            0
        ].pk,
        "item_id": item.pk,
        "item_revision_id": item.latest_revision_id,
        "draft_item_id": draft_item.pk,
        "reviewed_item_id": reviewed.pk,
        "item_review_id": review.pk,
        "item_task_state_id": review.current_task_state_id,
        "item_task_id": review.current_task_state.task_id,
        "theme_id": of_catalogue("Theme").get_or_create(key="matrix", defaults=named)[0].pk,
        "bundle_id": of_catalogue("Bundle").get_or_create(key="matrix", defaults=described)[0].pk,
        "topic_id": Topic.objects.get_or_create(key="matrix", defaults=named)[0].pk,
    }


def of_catalogue(model: str) -> Any:
    """Rows of the room above, by the name of their model: this room doesn't know it."""
    return apps.get_model("guides", model).objects


def catalogue_item(code: str, keeper: Any, is_published: bool = True) -> Any:
    """An item that one of those who keep the catalogue wrote."""
    item, is_new = of_catalogue("CatalogueItem").get_or_create(
        code=code, defaults={"name_zh_hans": code, "item_type": "01", "live": False}
    )
    if is_new and is_published:
        item.save_revision(user=keeper).publish(user=keeper)
    return of_catalogue("CatalogueItem").get(code=code)


def make_objects(centre: Centre, editor: str, head: str) -> dict[str, Any]:
    """One object of each kind for a centre, by the names that routes give them."""
    User = get_user_model()
    secret = SECRETS[centre.pk]
    author = User.objects.get(username=editor)
    person = User.objects.create_user(f"{editor}-colleague", f"{editor}-colleague@example.org", "x", last_name=secret)
    person.registered_by = User.objects.get(username=head)
    person.save()
    article = draft(centre, f"{secret}文章", author)
    Comment.objects.create(page=article, user=author, text=f"{secret}评论", contentpath="title_zh_hans")
    reviewed = submit(draft(centre, f"{secret}送审", author, "notices"), author)
    image_file = ContentFile(b"", name=f"{centre.pk}.png")
    Image.new("RGB", (4, 4), "red").save(image_file, "PNG")
    image = Picture.objects.create(
        title=f"{secret}图片", file=ImageFile(image_file), collection=centre.collection, uploaded_by_user=author
    )
    document = Attachment.objects.create(
        title=f"{secret}文件",
        file=ContentFile(b"text", name=f"{centre.pk}.txt"),
        collection=centre.collection,
        uploaded_by_user=author,
    )
    live = published(centre, "公开文章", author, "policies")
    for found in (article, reviewed, image, document):
        index.insert_or_update_object(found)  # the worker's part
    revision = article.get_latest_revision()
    state = reviewed.current_workflow_state
    session = EditingSession.objects.create(
        user=author, content_object=BasePage.objects.get(pk=article.pk), last_seen_at=article.latest_revision_created_at
    )
    task = CentreApprovalTask.objects.get()
    workflow = task.workflows.get()
    window = Window.objects.create(centre=centre, number="A1", name_zh_hans=f"{secret}窗口")
    # Of a room above this one. A notice is public: nothing in it is the centre's own.
    result = apps.get_model("guides", "ResultNotice").objects.create(
        centre=centre, decision_number="1", decided_on=timezone.localdate(), valid_from=timezone.localdate()
    )
    of_group = make_group_objects()
    adoption = of_catalogue("Adoption").create(
        centre=centre, item_id=of_group["item_id"], place_zh_hans=f"{secret}二楼"
    )
    return {
        **of_group,
        "adoption_id": adoption.pk,
        "slug": live.slug,
        "search": secret[:2],
        "document_name": document.filename,
        "page_id": article.pk,
        "page_pk": article.pk,
        "page_to_move_id": article.pk,
        "parent_page_id": column(centre).pk,
        "destination_id": column(centre, "policies").pk,
        "reviewed_id": reviewed.pk,
        "live_id": live.pk,
        "task_state_id": state.current_task_state_id,
        "workflow_state_id": state.pk,
        "action_name": "approve",
        "revision_id": revision.pk,
        "revision_id_a": revision.pk,
        "revision_id_b": "latest",
        "content_type_app_name": "website_group",
        "content_type_model_name": "articlepage",
        "app_label": "website_group",
        "model_name": "articlepage",
        "app_name": "taggit",
        "image_id": image.pk,
        "document_id": document.pk,
        "doc_id": document.pk,
        "uploaded_file_id": 1,
        "filter_spec": "width-2",
        "user_id": person.pk,
        "appointment_id": author.appointments.get().pk,
        "centre_id": centre.pk,
        "division_id": centre.pk,
        "window_id": window.pk,
        "result_id": result.pk,
        "collection_id": centre.collection_id,
        "site_id": centre.wagtail_site_id,
        "group_id": Group.objects.first().pk,
        "workflow_id": workflow.pk,
        "workflow_pk": workflow.pk,
        "task_id": task.pk,
        "session_id": session.pk,
        "object_id": article.pk,
        "redirect_id": 1,
        "restriction_id": 1,
        "page_view_restriction_id": 1,
        "uidb64": "MQ",
        "token": "set-password",
        "path": "images/none.png",
        "column": "news",
        "code": "no-such-item",
    }


class Asker:
    """Sends the requests of one role to one host.

    Without Django's test client, which copies the context of every template that is drawn.
    Errors come through where DEBUG_PROPAGATE_EXCEPTIONS is on.
    """

    handler = ClientHandler(enforce_csrf_checks=False)

    def __init__(self, host: str, username: str | None) -> None:
        self.factory = RequestFactory(HTTP_HOST=host)
        if username:
            client = Client()
            client.force_login(get_user_model().objects.get(username=username))
            self.factory.cookies["sessionid"] = client.cookies["sessionid"].value

    def ask(self, method: str, path: str, data: dict[str, str]) -> tuple[str, str]:
        """The letter of the answer (`outcome`) and its text. The database is afterwards as it was."""
        send = self.factory.get if method == "GET" else self.factory.post
        request = send(path, data if method == "POST" else None)
        with transaction.atomic():
            response = self.handler(request.environ)
            body = b"".join(response) if response.streaming else response.content
            transaction.set_rollback(True)
        return outcome(response), body.decode("utf-8", "replace")


def takes_an_object(address: Address, query: str) -> bool:
    """Whether an address is about one centre's object at all."""
    return bool(address.arguments or query)


def outcome(response: Any) -> str:
    """L: to the log-in. -: refused. o: led to the own pages instead. y: answered."""
    if response.status_code in (403, 404, 405):
        return "-"
    if response.status_code == 302 and response.url.startswith("/admin/login/"):
        return "L"
    if response.status_code == 302 and response.url == "/admin/":
        return "-"
    if response.status_code == 302 and re.fullmatch(r"/admin/(pages|choose-page)/\d+/(\?.*)?", response.url):
        return "o"
    return "y"
