"""Who may do what: the roles a person holds and what they reach.

`sites.role_permissions` says which stock permissions a role brings, `sites.structure` what nobody may do; here is
what Wagtail's permissions can't say: who decides on a text and who appoints whom.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from core.models import BasePage, User
from sites.models import Appointment, Centre, Role
from sites.models.role import DEPARTMENT_ROLES

AnyUser = AbstractBaseUser | AnonymousUser

# What a head gives to people of the own centre, and a supervisor to people of the centres below.
ROLES_GIVEN_BY_HEAD = (Role.EDITOR, *DEPARTMENT_ROLES)
ROLES_GIVEN_BY_SUPERVISOR = (Role.SUPERVISOR, Role.HEAD, *ROLES_GIVEN_BY_HEAD)


# -- Roles ------------------------------------------------------------------------------------------


def appointments_of(user: AnyUser) -> list[Appointment]:
    """A person's appointments with their centres, read once for each user object (that is: each request)."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_held_appointments"):
        user._held_appointments = list(
            user.appointments.select_related("centre__home", "centre__folder", "centre__division")
        )
    return user._held_appointments


def centres_where(user: AnyUser, *roles: str) -> list[Centre]:
    """The centres at which a person holds one of the roles."""
    return [each.centre for each in appointments_of(user) if each.role in roles]


def is_provincial_administrator(user: AnyUser) -> bool:
    return bool(centres_where(user, Role.PROVINCIAL_ADMINISTRATOR))


def runs_the_group(user: AnyUser) -> bool:
    """Provincial administrators and superusers: what belongs to the whole group is theirs."""
    return bool(user.is_active and user.is_superuser) or is_provincial_administrator(user)


# -- Places -----------------------------------------------------------------------------------------


def centre_of(page: BasePage) -> Centre | None:
    """The centre on whose site a page lies; None for folders and the root."""
    return (
        Centre.objects.filter(home__path__in=page.paths_from_root)
        .select_related("home", "folder", "division__parent__parent__parent")
        .first()
    )


def centres_below(centre: Centre) -> Q:
    """A filter on centres: those strictly below one; none below a township's, which has no folder."""
    if centre.folder is None:
        return Q(pk__in=[])
    first, last = BasePage._get_children_path_interval(centre.folder.path)
    return Q(home__path__range=(first, last)) & ~Q(pk=centre.pk)


# -- Review -----------------------------------------------------------------------------------------


def reviews_for(user: AnyUser, centre: Centre) -> bool:
    """Whether a person's role lets them decide on texts of a centre: its head, or a supervisor above."""
    lineage = {division.pk for division in centre.division.lineage}
    return any(
        each.role == Role.PROVINCIAL_ADMINISTRATOR
        or (each.role == Role.HEAD and each.centre_id == centre.pk)
        or (each.role == Role.SUPERVISOR and each.centre_id in lineage)
        for each in appointments_of(user)
    )


def centres_reviewed_by(user: AnyUser) -> QuerySet[Centre]:
    """The centres on whose texts a person's role lets them decide."""
    reach = Q(pk__in=[])
    for held in appointments_of(user):
        if held.role == Role.PROVINCIAL_ADMINISTRATOR:
            return Centre.objects.all()
        if held.role == Role.SUPERVISOR:
            reach |= centres_below(held.centre) | Q(pk=held.centre_id)
        elif held.role == Role.HEAD:
            reach |= Q(pk=held.centre_id)
    return Centre.objects.filter(reach)


def reviewers_in_turn(centres: Iterable[Centre]) -> dict[str, list[set[int]]]:
    """For each centre whose turn it is to decide on its texts, as sets of user ids, nearest first.

    Heads of the centre, then the supervisors of it and of each division above, then the
    provincial administrators. One query, however many centres.
    """
    lineages = {centre.pk: [division.pk for division in reversed(centre.division.lineage)] for centre in centres}
    places = {place for lineage in lineages.values() for place in lineage}
    held: dict[tuple[str, str], set[int]] = defaultdict(set)
    administrators: set[int] = set()
    for role, place, user in Appointment.objects.filter(
        Q(role__in=(Role.HEAD, Role.SUPERVISOR), centre__in=places) | Q(role=Role.PROVINCIAL_ADMINISTRATOR),
        user__is_active=True,
    ).values_list("role", "centre_id", "user_id"):
        if role == Role.PROVINCIAL_ADMINISTRATOR:
            administrators.add(user)
        else:
            held[role, place].add(user)
    return {
        centre: [
            held[Role.HEAD, centre],
            *(held[Role.SUPERVISOR, place] for place in lineage),
            administrators,
        ]
        for centre, lineage in lineages.items()
    }


def first_without(turns: list[set[int]], involved: set[int | None]) -> set[int]:
    """The first turn in which somebody is left who didn't write or submit the text; empty if there is none."""
    return next((turn - involved for turn in turns if turn - involved), set())


def next_reviewers(centre: Centre, involved: set[int | None]) -> set[int]:
    """The ids of the people whose turn it is, without those who wrote or submitted the text themselves."""
    return first_without(reviewers_in_turn([centre])[centre.pk], involved)


# -- Appointments -----------------------------------------------------------------------------------


def appointments_within_reach(user: AnyUser) -> Q:
    """A filter on appointments: those which a person may make and end.

    Nobody gives a role above or beside the own one; the own appointments are in nobody's reach
    (`may_appoint`). An empty filter would match all, so "none" is a filter that matches nothing.
    """
    reach = Q(pk__in=[])
    if not user.is_active:
        return reach
    if user.is_superuser:
        return ~reach
    for held in appointments_of(user):
        if held.role == Role.PROVINCIAL_ADMINISTRATOR:
            reach |= ~Q(role=Role.PROVINCIAL_ADMINISTRATOR)
        elif held.role == Role.SUPERVISOR:
            below = Centre.objects.filter(centres_below(held.centre))
            reach |= Q(role__in=ROLES_GIVEN_BY_SUPERVISOR, centre__in=below)
        elif held.role == Role.HEAD:
            reach |= Q(role__in=ROLES_GIVEN_BY_HEAD, centre=held.centre)
    return reach


def roles_to_give(user: AnyUser, centre: Centre) -> set[str]:
    """The roles which a person may give at a centre."""
    if not user.is_active:
        return set()
    if user.is_superuser:
        return set(Role.values)
    roles: set[str] = set()
    for held in appointments_of(user):
        if held.role == Role.PROVINCIAL_ADMINISTRATOR:
            roles |= set(Role.values) - {Role.PROVINCIAL_ADMINISTRATOR}
        elif held.role == Role.SUPERVISOR and held.centre.folder is not None:
            if centre.pk != held.centre_id and centre.home.path.startswith(held.centre.folder.path):
                roles |= set(ROLES_GIVEN_BY_SUPERVISOR)
        elif held.role == Role.HEAD and held.centre_id == centre.pk:
            roles |= set(ROLES_GIVEN_BY_HEAD)
    return roles


def may_appoint(user: AnyUser, appointment: Appointment) -> bool:
    """Whether a person may make or end an appointment. Nobody gives a role to oneself, superusers included."""
    return appointment.user_id != user.pk and appointment.role in roles_to_give(user, appointment.centre)


def appoints_somebody(user: AnyUser) -> bool:
    """Whether a person's role brings any appointing with it."""
    return runs_the_group(user) or bool(centres_where(user, Role.SUPERVISOR, Role.HEAD))


def centres_to_appoint_at(user: AnyUser) -> QuerySet[Centre]:
    """The centres at which a person may appoint somebody."""
    if runs_the_group(user):
        return Centre.objects.all()
    reach = Q(pk__in=[])
    for held in appointments_of(user):
        if held.role == Role.SUPERVISOR:
            reach |= centres_below(held.centre)
        elif held.role == Role.HEAD:
            reach |= Q(pk=held.centre_id)
    return Centre.objects.filter(reach)


def people_within_reach(user: AnyUser) -> QuerySet[User]:
    """The accounts a person looks after: all of whose appointments the person may make and end.

    An account without any appointment is looked after by whoever registered it, so that the
    first appointment can be made. The own account isn't among them: that is the account page.
    """
    if not user.is_active:
        return User.objects.none()
    if user.is_superuser:
        return User.objects.all()
    if not appoints_somebody(user):
        return User.objects.none()
    reach = appointments_within_reach(user)
    people = User.objects.filter(is_superuser=False).exclude(pk=user.pk)
    out_of_reach = Appointment.objects.exclude(reach)
    own = Q(pk__in=Appointment.objects.filter(reach).values("user")) | Q(appointments=None, registered_by=user)
    if is_provincial_administrator(user):
        own |= Q(appointments=None)
    return people.filter(own).exclude(pk__in=out_of_reach.values("user")).distinct()
