"""Promises of centres that a new version of the standard made illegal: the standard shows, and the centre is told."""

from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from core.models import User
from guides.models import Adoption, CatalogueItem
from guides.own_facts import faults_of_own_facts
from sites.models import Centre, Role


def with_own_promise(item: CatalogueItem) -> list[Adoption]:
    """The adoptions of an item whose centres set limits of their own. Most don't: few rows."""
    adoptions = Adoption.objects.filter(item=item).exclude(promised_limit=None, step_limits={})
    return list(adoptions.select_related("centre__division"))


def standing_aside(item: CatalogueItem) -> list[Adoption]:
    """The adoptions whose own limits the version in force makes illegal."""
    return [
        adoption
        for adoption in with_own_promise(item)
        if faults_of_own_facts(adoption, item, adoption.centre.division.level)
    ]


def standing_aside_among(adoptions: QuerySet[Adoption]) -> list[Adoption]:
    """Those of a centre's or several centres' adoptions whose own limits stand aside. Two queries; few rows."""
    own = adoptions.exclude(promised_limit=None, step_limits={})
    found = own.select_related("item", "centre__division").prefetch_related("item__steps")
    return [each for each in found if faults_of_own_facts(each, each.item, each.centre.division.level)]


def people_of(centre: Centre) -> list[User]:
    """Who keeps a centre's own facts: its heads and editors, with an address to write to."""
    people = User.objects.filter(
        appointments__centre=centre, appointments__role__in=(Role.HEAD, Role.EDITOR), is_active=True
    )
    return list(people.exclude(email="").select_related("wagtail_userprofile").distinct())


def preferred_language(user: User) -> str:
    """The language that a person reads the admin in; Chinese until the person chooses."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.preferred_language if profile else "") or "zh-hans"


@task()
def tell_centres(item_pk: int) -> int:
    """Write to the people of each centre whose own limits stand aside. Out: how many centres."""
    item = CatalogueItem.objects.get(pk=item_pk)
    adoptions = standing_aside(item)
    for adoption in adoptions:
        for user in people_of(adoption.centre):
            with override(preferred_language(user)):
                faults = faults_of_own_facts(adoption, item, adoption.centre.division.level)
                send_mail(
                    _("%(item)s: your promised limit stands aside") % {"item": item.name},
                    _(
                        "The standard of %(item)s (%(code)s) has changed, and the limits that %(centre)s set itself no "
                        "longer fit it. The standard shows until you mend them:\n\n%(faults)s\n"
                    )
                    % {
                        "item": item.name,
                        "code": item.code,
                        "centre": adoption.centre.name,
                        "faults": "\n".join(f"- {fault.message}" for fault in faults),
                    },
                    None,
                    [user.email],
                )
    return len(adoptions)


def tell_after_publication(item: CatalogueItem, is_first: bool = False, **kwargs: Any) -> None:
    """Queue the telling, where a centre has limits of its own at all; of an item's first version none has."""
    if not is_first and with_own_promise(item):
        transaction.on_commit(lambda: tell_centres.enqueue(item.pk))
