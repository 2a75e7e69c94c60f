"""The first column standard, from plan §11 and §12. The province changes it in the admin from then on."""

from django.db import migrations
from django.utils import timezone

ALL = ["province", "city", "county", "township"]
SITES = ["province", "city", "county"]

# key, kind, Chinese name, English name, levels, required, update at least every … days
# The days of news, notices and policies are those of the national inspection of sites.
COLUMNS = [
    ("about", "about", "中心概况", "About", ALL, True, None),
    ("news", "articles", "新闻动态", "News", ALL, True, 14),
    ("notices", "articles", "通知公告", "Notices", ALL, True, 180),
    ("policies", "articles", "政策法规", "Policies", ALL, True, 180),
    ("catalogue", "catalogue", "事项目录", "Catalogue", ALL, True, None),
    ("guides", "guides", "办事指南", "Guides", ALL, True, None),
    ("results", "results", "结果公示", "Results", ALL, True, 14),
    ("apply", "apply", "网上申请", "Apply", ALL, True, None),
    ("track", "track", "办件查询", "Track", ALL, True, None),
    ("invest", "invest", "投资指南", "Invest", SITES, True, 365),
    ("enquiries", "enquiries", "咨询投诉", "Enquiries", ALL, True, None),
]
DESCRIPTIONS = {
    "about": (
        "中心介绍、部门窗口、大厅地址和服务模式",
        "The centre, its departments and windows, its hall and services",
    ),
    "news": ("政务服务工作动态", "What is going on at the centre"),
    "notices": ("办事提醒和公告", "Reminders and announcements"),
    "policies": ("与办事相关的法规和政策", "Laws and policies that concern your business"),
    "catalogue": ("行政审批和公共服务事项", "Approval items and public services"),
    "guides": ("条件、材料、流程和时限", "Conditions, materials, steps and limits"),
    "results": ("行政审批结果", "Approval results"),
    "apply": ("在线提交申请", "Apply online"),
    "track": ("查询办理进度", "Where your application is"),
    "invest": ("投资指南和本地概况", "Investment guide and facts about the area"),
    "enquiries": ("窗口、时间、咨询和投诉电话", "Windows, hours, enquiries and complaints"),
}


def make_first_standard(apps, schema_editor):
    ColumnStandard = apps.get_model("website_group", "ColumnStandard")
    Column = apps.get_model("website_group", "Column")
    now = timezone.now()
    standard = ColumnStandard.objects.create(name="栏目标准", live=True, first_published_at=now, last_published_at=now)
    for order, (key, kind, chinese, english, levels, required, days) in enumerate(COLUMNS):
        description_zh, description_en = DESCRIPTIONS[key]
        Column.objects.create(
            standard=standard,
            sort_order=order,
            key=key,
            kind=kind,
            slug=key,
            name=chinese,
            name_zh_hans=chinese,
            name_en=english,
            description=description_zh,
            description_zh_hans=description_zh,
            description_en=description_en,
            levels=levels,
            required=required,
            update_days=days,
        )


class Migration(migrations.Migration):
    dependencies = [("website_group", "0001_initial")]

    operations = [migrations.RunPython(make_first_standard, migrations.RunPython.noop)]
