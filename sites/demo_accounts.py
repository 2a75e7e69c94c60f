"""The demo's people: one for each role, at the centres that the demo shows in full."""

from core.models import User
from sites.models import Appointment, Centre, Department, Role
from sites.models.role import DEPARTMENT_ROLES

PROVINCE, CHENGDU = "510000000000", "510100000000"
JINJIANG, WUHOU, GUANGAN = "510104000000", "510107000000", "511602000000"

# User name, family name, given name, role, centre.
ACCOUNTS = [
    ("province", "陈", "建国", Role.PROVINCIAL_ADMINISTRATOR, PROVINCE),
    ("catalogue", "林", "晓梅", Role.CATALOGUE_EDITOR, PROVINCE),
    ("chengdu", "赵", "志强", Role.SUPERVISOR, CHENGDU),
    ("jinjiang-head", "李", "秀英", Role.HEAD, JINJIANG),
    ("jinjiang-head-2", "周", "明", Role.HEAD, JINJIANG),
    ("jinjiang-editor", "王", "芳", Role.EDITOR, JINJIANG),
    ("jinjiang-receiver", "张", "敏", Role.RECEIVER, JINJIANG),
    ("jinjiang-handler", "刘", "洋", Role.HANDLER, JINJIANG),
    ("jinjiang-reviewer", "黄", "静", Role.REVIEWER, JINJIANG),
    ("jinjiang-decider", "吴", "刚", Role.DECIDER, JINJIANG),
    ("wuhou-head", "徐", "丽", Role.HEAD, WUHOU),
    ("wuhou-editor", "孙", "涛", Role.EDITOR, WUHOU),
    ("guangan-head", "蒋", "海燕", Role.HEAD, GUANGAN),
]
SUPERUSER = ("admin", "系统", "管理员")
# Where the demo's windows have no departments yet.
DEPARTMENT = ("administrative-approval", "行政审批局", "Administrative Approval Bureau")


def make_account(username: str, family_name: str, given_name: str, password: str) -> User:
    """An account with this name and password, made or brought back to it."""
    user, _ = User.objects.get_or_create(username=username, defaults={"email": f"{username}@demo.invalid"})
    user.last_name, user.first_name, user.is_active = family_name, given_name, True
    if not user.check_password(password):
        user.set_password(password)
    user.save()
    return user


def make_demo_accounts(password: str) -> list[User]:
    """Make the demo's accounts with their roles, at those of their centres that there are; again it changes nothing.

    The centres' groups must have been provisioned; raises sites.groups.GroupMissing where they weren't.
    """
    code, chinese, english = DEPARTMENT
    department = Department.objects.order_by("order", "code").first() or Department.objects.create(
        code=code, name_zh_hans=chinese, name_en=english
    )
    centres = Centre.objects.in_bulk({account[-1] for account in ACCOUNTS})
    users = []
    for username, family_name, given_name, role, code in ACCOUNTS:
        if code not in centres:
            continue
        user = make_account(username, family_name, given_name, password)
        if not user.appointments.filter(role=role, centre_id=code).exists():
            appointment = Appointment(user=user, role=role, centre=centres[code])
            if role in DEPARTMENT_ROLES:
                appointment.department = department
            appointment.full_clean()
            appointment.save()
        users.append(user)
    administrator = make_account(*SUPERUSER, password)
    if not administrator.is_superuser:
        administrator.is_superuser = administrator.is_staff = True
        administrator.save()
    return [*users, administrator]
