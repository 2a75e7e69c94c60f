"""Made-up content for the page of all parts and for rendering the templates without a database."""

from collections.abc import Callable
from datetime import date, time
from types import SimpleNamespace as Sample
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.limits import Limit
from guides.pages.process_chart import Lane, Mark, Step, draw_process

Say = Callable[[str, str], str]
LANGUAGES = ("zh-hans", "en")
COLUMNS = (
    ("about", "中心概况", "About"),
    ("news", "工作动态", "News"),
    ("notices", "通知公告", "Notices"),
    ("policies", "政策法规", "Policies"),
    ("catalogue", "事项目录", "Service catalogue"),
    ("guides", "办事指南", "Guides"),
    ("results", "结果公示", "Results"),
    ("apply", "网上申请", "Apply"),
    ("track", "办件查询", "Track"),
    ("invest", "投资指南", "Invest"),
    ("enquiries", "咨询投诉", "Enquiries"),
)
ENTRANCES = (
    (
        "guides",
        "查指南",
        "Find a guide",
        "要什么材料、多久办好、去哪个窗口",
        "What to bring, how long it takes and where to go",
    ),
    (
        "apply",
        "网上办",
        "Apply online",
        "先存草稿，材料不全会一次告知",
        "Save a draft first; anything missing is told once",
    ),
    (
        "track",
        "跟进度",
        "Track a case",
        "凭受理编号和查询码查看办到哪一步",
        "See each step with your case number and code",
    ),
)
TITLES = (
    (
        "锦江区政务服务中心国庆节期间办公安排",
        "Opening hours of the Jinjiang hall over National Day",
        ("办公时间", "Opening hours"),
    ),
    (
        "企业开办实行“一窗受理”，半个工作日办结",
        "One window for starting a business: done in half a working day",
        ("营商环境", "Doing business"),
    ),
    (
        "关于规范建设工程施工许可办理有关事项的通知",
        "Notice on the handling of building permits",
        ("工程建设", "Building"),
    ),
    (
        "延时服务窗口延长至晚间八点，周六照常办理",
        "Extended-hours windows stay open until 8 pm, and on Saturdays",
        ("便民服务", "Everyday services"),
    ),
    (
        "《锦江区行政审批服务事项目录（2026年版）》公布",
        "The 2026 catalogue of approval items of Jinjiang District is published",
        None,
    ),
    (
        "阿坝藏族羌族自治州人民政府政务服务中心关于跨省通办事项异地收件、属地办理工作流程的补充说明",
        "",
        ("跨省通办", "Across provinces"),
    ),
)


class SampleForm(forms.Form):
    name = forms.CharField()
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    telephone = forms.CharField(required=False)
    agreed = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = _("Home") == "Home"
        self.fields["name"].label = "Name of the applicant" if english else "申请人姓名"
        self.fields["name"].help_text = "As on your identity card." if english else "与身份证上的姓名一致。"
        self.fields["kind"].label = "Who is applying?" if english else "由谁申请？"
        self.fields["kind"].choices = (
            [("person", "A person"), ("firm", "A company or other body")]
            if english
            else [("person", "个人"), ("firm", "企业或其他组织")]
        )
        self.fields["telephone"].label = "Telephone" if english else "联系电话"
        self.fields["agreed"].label = "What I have entered is true" if english else "我承诺所填内容真实"


def sample_materials(say: Say, document: Sample) -> list[dict[str, Any]]:
    """A material that is always needed and one that is not, as a guide's checklist has them."""
    return [
        {
            "key": "form",
            "name": say("施工许可申请表", "Application for a building permit"),
            "is_required": True,
            "condition": "",
            "handing_in": say("原件；1份", "original; number: 1"),
            "source": say("申请人自备", "you prepare it"),
            "standard": say("填写完整，加盖公章", "Complete, with the seal"),
            "basis": "",
            "files": [{"document": document, "title": say("空白表格", "Blank form")}],
        },
        {
            "key": "power-of-attorney",
            "name": say("授权委托书", "Power of attorney"),
            "is_required": False,
            "condition": say("委托他人办理的", "Somebody else applies on your behalf"),
            "handing_in": say("原件；1份", "original; number: 1"),
            "source": "",
            "standard": "",
            "basis": "",
            "files": [],
        },
    ]


def sample_steps(say: Say) -> list[dict[str, Any]]:
    """A process with a step at another level."""
    here, there = say("锦江区", "Jinjiang District"), say("成都市", "Chengdu")
    return [
        {
            "name": name,
            "who": say("住房和城乡建设局", "Housing and Urban-Rural Development Bureau"),
            "place": there if is_elsewhere else here,
            "is_elsewhere": is_elsewhere,
            "limit": Limit(days),
            "total": Limit(total),
            "action": say("核对材料", "The papers are checked"),
            "produces": say("受理通知书", "Notice of acceptance"),
        }
        for name, is_elsewhere, days, total in (
            (say("受理", "Acceptance"), False, 1, 1),
            (say("审批", "Decision"), True, 4, 5),
        )
    ]


def sample_chart(say: Say, steps: list[dict[str, Any]]) -> SafeString:
    """The same process drawn, with a procedure outside the limit."""

    def bar(step: dict[str, Any]) -> Step:
        days, total = step["limit"].number, step["total"].number
        return Step(
            step["name"], step["who"], say(f"{days}天", f"{days} days"), days, say(f"累计{total}", f"total {total}")
        )

    hearing = Step(say("听证", "Hearing"), "", say("一般12天", "usually 12 days"), 12)
    return draw_process(
        [
            Lane(say("本级：锦江区", "Here: Jinjiang District"), [bar(steps[0])]),
            Lane(say("上级：成都市", "At another level: Chengdu"), [bar(steps[1])], is_elsewhere=True),
            Lane(say("不计入时限", "Outside the limit"), [hearing], is_outside=True),
        ],
        say("办理流程图", "Chart of the process"),
        Mark(8, say("承诺8天", "promised: 8 days")),
        say("受理", "accepted"),
    )


def sample_context(language: str = "zh-hans", *, complete: bool = True) -> dict[str, Any]:
    """The whole contract of the templates, filled; `complete` adds search and entrances."""
    en = language == "en"

    def say(chinese: str, english: str) -> str:
        return english if en else chinese

    prefix = "/en" if en else ""
    morning, afternoon = (time(9), time(12)), (time(13), time(17))
    with override(language):
        weekdays = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    hours = [[morning, afternoon]] * 5 + [[(time(9), time(16))], []]
    centre = Sample(
        name=say("成都市锦江区人民政府政务服务中心", "Government Service Centre of Jinjiang District, Chengdu"),
        name_zh_hans="成都市锦江区人民政府政务服务中心",
        name_en="Government Service Centre of Jinjiang District, Chengdu",
        division=Sample(name=say("锦江区", "Jinjiang District"), code="510104000000", level="county"),
        telephone="028-8600 0000",
        complaint_telephone="028-8600 0001",
        email="",
        address=say("成都市锦江区示例路一百号一至三楼", "Floors 1–3, 100 Sample Road, Jinjiang District, Chengdu"),
        directions=say(
            "地铁二号线示例站 C 出口，步行五分钟", "Metro line 2, Sample Station, exit C, five minutes on foot"
        ),
        opening_hours_rows=list(zip(weekdays, hours, strict=True)),
        hours_today=[morning, afternoon],
        is_open_now=True,
        sponsor=say("成都市锦江区人民政府", "People's Government of Jinjiang District, Chengdu"),
        operator=say("成都市锦江区政务服务中心", "Jinjiang Government Service Centre"),
        icp_number="蜀ICP备00000000号",
        police_record_number="川公网安备 51010400000000号",
        site_identification_code="5101040000",
        badge_error_report_url="/leaving/?to=error-report",
        badge_party_government_url="/leaving/?to=badge",
    )
    articles = [
        Sample(
            title=english if en and english else chinese,
            summary=say(
                "自 2026 年 10 月 1 日起放假，10 月 8 日照常办公；急需办理的事项可提前预约。",
                "The hall closes from 1 October and reopens on 8 October; urgent matters by appointment.",
            ),
            url=f"{prefix}/news/{i}/",
            publication_date=date(2026, 11, 22 - i * 3),
            topic=Sample(name=say(*topic)) if topic else None,
            has_english=bool(english),
        )
        for i, (chinese, english, topic) in enumerate(TITLES)
    ]
    departments = [
        Sample(
            name=say("市场监督管理局", "Administration for Market Regulation"),
            duties=say("企业、个体工商户登记，食品经营许可", "Registration of businesses, food licences"),
            windows=["A01", "A02", "A03"],
        ),
        Sample(
            name=say("人力资源和社会保障局", "Human Resources and Social Security Bureau"),
            duties=say("社会保险登记、就业服务", "Social insurance, employment services"),
            windows=["B05"],
        ),
        Sample(
            name=say("住房和城乡建设局", "Housing and Urban-Rural Development Bureau"),
            duties=say("施工许可、房屋租赁备案", "Building permits, registration of leases"),
            windows=["C11"],
        ),
    ]
    windows = [
        Sample(
            number="A01",
            floor="1",
            name=say("企业开办", "Starting a business"),
            departments=[departments[0]],
            telephone="028-8600 0011",
        ),
        Sample(
            number="B05",
            floor="2",
            name=say("社会保险", "Social insurance"),
            departments=[departments[1]],
            telephone="028-8600 0025",
        ),
        Sample(
            number="C11",
            floor="3",
            name=say("工程建设项目并联审批", "Parallel approval of building projects"),
            departments=departments,
            telephone="",
        ),
    ]
    page = Paginator(articles * 20, 6).page(4)
    document = Sample(
        title=say("施工许可申请表", "Building permit application form"),
        url="/documents/1/form.docx",
        filename="form.docx",
        file_extension="docx",
        file_size=48_640,
    )
    steps = sample_steps(say)
    return {
        "centre": centre,
        "language": language,
        "languages": [
            {"code": "zh-hans", "name": "中文", "url": "/", "is_current": not en, "lang": "zh-Hans"},
            {"code": "en", "name": "English", "url": "/en/", "is_current": en, "lang": "en"},
        ],
        "older_mode": False,
        "mode_switch_url": "/mode/?older=1&next=/",
        "hotline": "96196",
        "place": [
            {"name": say("四川省", "Sichuan"), "url": "/sc", "is_current": False},
            {"name": say("成都市", "Chengdu"), "url": "/cd", "is_current": False},
            {"name": say("锦江区", "Jinjiang"), "url": "/", "is_current": True},
        ],
        "columns": [
            {
                "title": say(zh, eng),
                "url": f"{prefix}/{key}/",
                "is_current": key == "news",
                "description": "",
                "key": key,
            }
            for key, zh, eng in COLUMNS
        ],
        "entrances": [
            {"key": key, "title": say(zh, eng), "url": f"{prefix}/{key}/", "description": say(zh_text, eng_text)}
            for key, zh, eng, zh_text, eng_text in ENTRANCES
        ]
        if complete
        else [],
        "search_url": f"{prefix}/search/" if complete else "",
        "breadcrumb": [
            {"title": say("首页", "Home"), "url": f"{prefix}/"},
            {"title": say("工作动态", "News"), "url": f"{prefix}/news/"},
        ],
        "group_notices": [],
        "sample_notices": [
            {
                "title": say(
                    "因强降雨，今日下午各县（区）政务服务大厅暂停现场办理",
                    "Halls are closed this afternoon because of heavy rain",
                ),
                "body": say("已预约的事项自动顺延至下一个工作日。", "Appointments move to the next working day."),
                "url": "",
                "is_urgent": True,
            },
            {
                "title": say(
                    "身份核验系统今晚十点至十二点维护", "Identity checks are under maintenance from 10 pm to midnight"
                ),
                "kind": "warning",
                "url": "/",
            },
            {
                "title": say("全省政务服务满意度调查开始", "A survey of satisfaction with our services has begun"),
                "url": "/",
            },
            {
                "title": say(
                    "申请已提交，受理编号为 5101-2026-000123",
                    "Your application was submitted; its number is 5101-2026-000123",
                ),
                "kind": "success",
            },
        ],
        "latest": [
            {"key": key, "title": say(zh, eng), "url": f"{prefix}/{key}/", "articles": shown}
            for key, zh, eng, shown in (
                ("news", "工作动态", "News", articles[:5]),
                ("notices", "通知公告", "Notices", articles[1:5]),
                ("policies", "政策法规", "Policies", [articles[4], articles[2], articles[5]]),
            )
        ],
        "site_map_url": f"{prefix}/map/",
        "group_url": f"{prefix}/sites/",
        "subordinate_sites": [
            {"name": say(zh, eng), "url": "/"}
            for zh, eng in (
                ("督院街街道", "Duyuanjie Subdistrict"),
                ("盐市口街道", "Yanshikou Subdistrict"),
                ("春熙路街道", "Chunxilu Subdistrict"),
                ("书院街街道", "Shuyuanjie Subdistrict"),
                ("合江亭街道", "Hejiangting Subdistrict"),
                ("牛市口街道", "Niushikou Subdistrict"),
            )
        ],
        "articles": page,
        "filters": [
            {
                "title": say("年份", "Year"),
                "choices": [
                    {"label": say("全部年份", "All years"), "url": "?", "is_current": False, "count": 120},
                    {"label": "2026", "url": "?year=2026", "is_current": True, "count": 98},
                    {"label": "2025", "url": "?year=2025", "is_current": False, "count": 22},
                ],
            },
            {
                "title": say("主题", "Topic"),
                "choices": [
                    {"label": say("全部主题", "All topics"), "url": "?", "is_current": True, "count": 43},
                    {"label": say("营商环境", "Doing business"), "url": "?topic=1", "is_current": False, "count": 31},
                    {
                        "label": say("便民服务", "Everyday services"),
                        "url": "?topic=2",
                        "is_current": False,
                        "count": 12,
                    },
                ],
            },
        ],
        "filters_active": True,
        "clear_url": "?",
        "related": articles[1:4],
        "document": document,
        "facts": [
            {
                "label": say("承诺时限", "Promised limit"),
                "value": say("3 个工作日", "3 working days"),
                "note": say("法定 20 个工作日", "By law: 20 working days"),
            },
            {"label": say("到现场次数", "Visits"), "value": say("0 次", "None")},
            {"label": say("费用", "Fee"), "value": say("不收费", "Free")},
            {"label": say("咨询电话", "Enquiries"), "telephone": "028-8600 0000", "note": ""},
            {
                "label": say("地点", "Where"),
                "value": say("A01–A03 窗口", "Windows A01–A03"),
                "note": say("周一至周五 09:00–17:00", "Monday to Friday 09:00–17:00"),
                "is_wide": True,
            },
        ],
        "checklist_key": f"sample-{language}",
        "materials": sample_materials(say, document),
        "steps": steps,
        "chart": sample_chart(say, steps),
        "bundles": [
            {
                "name": say("我要开饭店", "Open a restaurant"),
                "url": f"{prefix}/guides/one-thing/restaurant/",
                "description": say("一次告知、一张清单", "Told once, one list of papers"),
            }
        ],
        "departments": departments,
        "windows": windows,
        "service_modes": [
            {
                "name": say("大厅接待服务", "Reception in the hall"),
                "description": say(
                    "接受咨询，指引、引领到办理窗口。", "Staff answer your questions and take you to the right window."
                ),
            },
            {
                "name": say("上门办理服务", "Home visits"),
                "description": say("为行动不便的群众上门办理。", "Staff come to people who can't easily come to us."),
            },
        ],
        "staff_duties": [
            {
                "name": say("首问负责", "First-responder duty"),
                "description": say("首位接待的工作人员负责到底。", "Whoever receives you first stays responsible."),
            },
            {
                "name": say("限时办结", "Time limits"),
                "description": say("在公布的时限内办结。", "Cases are finished within the published limits."),
            },
        ],
        "table_head": [say("环节", "Step"), say("办理人", "Handled by"), say("时限", "Limit")],
        "table_rows": [
            [say("受理", "Acceptance"), say("窗口", "Window"), say("1 个工作日", "1 working day")],
            [say("审查", "Review"), say("业务科室", "Section in charge"), say("1 个工作日", "1 working day")],
            [say("决定", "Decision"), say("分管负责人", "Head in charge"), say("1 个工作日", "1 working day")],
        ],
        "table_caption": say("办理流程", "Steps of the process"),
        "heading": {"text": say("一、申请条件", "1. Who may apply"), "level": "2"},
        "quotation": {
            "text": say(
                "行政机关应当对申请人提交的材料一次性告知需要补正的全部内容。",
                "The authority tells the applicant once of everything that must be corrected.",
            ),
            "attribution": say("《中华人民共和国行政许可法》第三十二条", "Administrative Licensing Law, article 32"),
        },
        "paragraph": say(
            "在 Chengdu 注册的企业，可凭营业执照（副本）原件在 A01 窗口办理，也可以网上提交。",
            "A company registered in Chengdu can bring the original of its business licence to window A01 or apply online.",
        ),
        "blank_form": SampleForm(prefix=f"{language}-blank"),
        "wrong_form": SampleForm({}, prefix=f"{language}-wrong"),
        "destination_host": "www.example.com",
        "destination_url": "https://www.example.com/a/long/page?with=query",
    }


def all_samples() -> list[dict[str, Any]]:
    """One sample for each language; the forms are built in theirs."""
    samples = []
    for language in LANGUAGES:
        with override(language):
            samples.append({**sample_context(language), "lang": "en" if language == "en" else "zh-Hans"})
    return samples
