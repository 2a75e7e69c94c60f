"""People with roles for tests: the centres' groups come from the same table as provisioning's."""

from core.models import User
from sites.groups import ensure_centre_groups
from sites.models import Appointment, ArticlePage, Centre, ColumnPage, Department
from sites.models.role import DEPARTMENT_ROLES

PASSWORD = "correct-horse-battery"


def person(username: str, role: str, centre: Centre, **fields: str) -> User:
    """Somebody who holds a role at a centre; a department role is held in the registry office."""
    ensure_centre_groups(centre)
    user = User.objects.create_user(username, f"{username}@example.org", PASSWORD, **fields)
    appoint(user, role, centre)
    return user


def appoint(user: User, role: str, centre: Centre) -> Appointment:
    ensure_centre_groups(centre)
    department = None
    if role in DEPARTMENT_ROLES:
        department, _ = Department.objects.get_or_create(
            code="registry", defaults={"name_zh_hans": "登记科", "name_en": "Registry office"}
        )
    appointment = Appointment(user=user, role=role, centre=centre, department=department)
    appointment.full_clean()
    appointment.save()
    return appointment


def superuser(username: str = "root") -> User:
    return User.objects.create_superuser(username, f"{username}@example.org", PASSWORD)


def column(centre: Centre, key: str = "news") -> ColumnPage:
    return ColumnPage.objects.child_of(centre.home).get(column_key=key)


def draft(centre: Centre, title: str, author: User | None = None, key: str = "news") -> ArticlePage:
    """An article that has never been published, with one revision by its author."""
    article = ArticlePage(title_zh_hans=title, live=False, owner=author)
    column(centre, key).add_child(instance=article)
    article.save_revision(user=author, log_action=True)
    return ArticlePage.objects.get(pk=article.pk)


def submit(article: ArticlePage, user: User) -> ArticlePage:
    """Send an article into its review."""
    article.get_workflow().start(article, user)
    return ArticlePage.objects.get(pk=article.pk)


def published(centre: Centre, title: str, author: User | None = None, key: str = "news") -> ArticlePage:
    article = draft(centre, title, author, key)
    article.get_latest_revision().publish(skip_permission_checks=True)
    return ArticlePage.objects.get(pk=article.pk)


def refused(response) -> bool:
    """Whether an address said no: Wagtail leads people without the permission to the admin's first page."""
    return response.status_code in (403, 404, 405) or (response.status_code == 302 and response.url == "/admin/")
