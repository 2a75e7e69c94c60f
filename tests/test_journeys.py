"""What people come for, from the first page to the last, in a real browser: visitors, an editor, the head, the province."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from sites.models import ArticlePage, Centre, ColumnPage
from tests.browser import Group

pytestmark = pytest.mark.browser

PROVINCE, CHENGDU, JINJIANG, WUHOU = SITES = ("sichuan", "chengdu", "jinjiang.chengdu", "wuhou.chengdu")
JINJIANG_CODE = "510104000000"
PHONE = {"width": 390, "height": 844}
# A badge that every government site carries; its host is not the government's.
BADGE = "https://bszs.conac.cn/sitename?method=show&id=1"


# -- Visitors -----------------------------------------------------------------------


def walk_to_an_article(group: Group, tab: Page) -> str:
    """From the province's home page to an article of Jinjiang's; out: its Chinese title."""
    tab.goto(group.url(PROVINCE))
    main = tab.get_by_role("main")
    main.get_by_role("link", name="全部政务服务中心").click()
    expect(tab).to_have_url(group.url(PROVINCE, "/sites/"))
    main.locator("a[href*='division=510100']").click()
    main.get_by_role("link", name="锦江区", exact=True).click()
    expect(tab).to_have_url(group.url(JINJIANG))
    expect(tab.get_by_role("heading", level=1)).to_contain_text("锦江区")
    news = tab.get_by_role("contentinfo").get_by_role("link", name="新闻动态")
    news.click()
    expect(tab).to_have_url(group.url(JINJIANG, "/news/"))
    first = tab.get_by_role("main").locator(".dated a[href^='/news/'], .split-main h2 a, .split-main h3 a").first
    title = first.inner_text().strip()
    first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)
    return title


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_visitor_finds_a_district_and_reads_it_in_english(demo_group: Group, script: bool) -> None:
    tab = demo_group.visitor(java_script_enabled=script, viewport={"width": 1280, "height": 900}).new_page()
    title = walk_to_an_article(demo_group, tab)
    chinese = tab.url
    article = ArticlePage.objects.get(title_zh_hans=title, path__startswith=home(JINJIANG_CODE).path)

    tab.get_by_role("link", name="English").click()
    expect(tab).to_have_url(chinese.replace("/news/", "/en/news/"))
    expect(tab.locator("html")).to_have_attribute("lang", "en")
    expect(tab.get_by_role("heading", level=1)).to_have_text(article.title_en)
    for language, address in (("zh-Hans", chinese), ("en", tab.url), ("x-default", chinese)):
        expect(tab.locator(f"link[rel=alternate][hreflang='{language}']")).to_have_attribute("href", address)
    expect(tab.locator("link[rel=canonical]")).to_have_attribute("href", tab.url)

    tab.get_by_role("link", name="中文", exact=True).click()
    expect(tab).to_have_url(chinese)
    tab.context.close()


def test_reading_for_older_people_is_remembered(demo_group: Group) -> None:
    tab = demo_group.visitor().new_page()
    tab.goto(demo_group.url(JINJIANG, "/news/?page=1"))
    normal = text_size(tab)
    tab.get_by_role("link", name="长者模式").click()
    expect(tab).to_have_url(demo_group.url(JINJIANG, "/news/?page=1"))
    assert text_size(tab) > normal
    tab.goto(demo_group.url(JINJIANG, "/en/about/"))
    expect(tab.locator("html")).to_have_attribute("data-mode", "older")
    tab.get_by_role("link", name="Standard mode").click()
    expect(tab).to_have_url(demo_group.url(JINJIANG, "/en/about/"))
    assert text_size(tab) == normal
    tab.context.close()


def text_size(tab: Page) -> float:
    return tab.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_leaving_for_a_host_outside_government(demo_group: Group, script: bool) -> None:
    Centre.objects.filter(pk=JINJIANG_CODE).update(badge_party_government_url=BADGE)
    tab = demo_group.visitor(java_script_enabled=script).new_page()
    tab.goto(demo_group.url(JINJIANG, "/news/"))
    tab.get_by_role("contentinfo").get_by_role("link", name="党政机关").click()
    assert tab.url.startswith(demo_group.url(JINJIANG, "/leaving/?"))
    expect(tab.get_by_role("main")).to_contain_text("bszs.conac.cn")
    expect(tab.get_by_role("link", name="继续访问")).to_have_attribute("href", BADGE)
    tab.get_by_role("main").get_by_role("link", name="留在本站").click()
    expect(tab).to_have_url(demo_group.url(JINJIANG, "/news/" if script else "/"))
    forged = tab.goto(demo_group.url(JINJIANG, "/leaving/?to=https://evil.example/&signature=x"))
    assert forged is not None
    assert forged.status == 404
    tab.context.close()


def read(tab: Page, address: str) -> str:
    """What an address of the tab's own site answers."""
    return tab.evaluate(
        "address => fetch(address).then(a => a.ok ? a.text() : Promise.reject(`${a.status} ${address}`))", address
    )


def test_machines_find_feed_and_site_map(demo_group: Group) -> None:
    tab = demo_group.visitor().new_page()
    tab.goto(demo_group.url(JINJIANG, "/en/news/"))
    feed = tab.locator("link[type='application/atom+xml']").get_attribute("href")
    entries = re.findall(r'<link[^>]* href="([^"]+/en/news/[^"]+/)"', read(tab, feed))
    robots = read(tab, "/robots.txt")
    listed = re.findall("<loc>([^<]+)</loc>", read(tab, re.search(r"Sitemap: (\S+)", robots)[1]))
    assert len(entries) >= 3
    assert set(entries) <= set(listed) | {entry for entry in entries if entry.replace("/en/", "/") in listed}
    assert all(address.startswith(demo_group.url(JINJIANG)) for address in (*entries, *listed))
    tab.context.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_telephone_shows_every_page_without_scrolling_sideways(demo_group: Group, prefix: str) -> None:
    tab = demo_group.visitor(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=3).new_page()
    for site in (PROVINCE, JINJIANG):
        tab.goto(demo_group.url(site, f"{prefix}/"))
        addresses = tab.locator("nav a").evaluate_all("all => all.map(each => each.href)")
        own = [address for address in dict.fromkeys(addresses) if address.startswith(demo_group.url(site, prefix))]
        assert len(own) >= 7, "home and six columns"
        for address in own:
            tab.goto(address)
            assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
    # The columns that have no room are in the menu.
    menu = tab.locator("details.nav-more")
    menu.locator("summary").tap()
    menu.get_by_role("link").last.tap()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    tab.context.close()


# -- The editor, the head, and the others --------------------------------------------


def home(code: str):
    return Centre.objects.get(pk=code).home


def column(code: str, key: str) -> ColumnPage:
    return ColumnPage.objects.child_of(home(code)).get(column_key=key)


def a_picture() -> dict[str, object]:
    """A picture as the file chooser of a browser hands it over."""
    content = BytesIO()
    Image.new("RGB", (1200, 800), "seagreen").save(content, "JPEG")
    return {"name": "saturday.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def write_paragraph(tab: Page, number: int, text: str) -> None:
    """Add a paragraph to the form's text number `number` (0 is the Chinese, 1 the English) and fill it."""
    tab.locator("[data-streamfield-stream-container]").nth(number).locator("button.c-sf-add-button").last.click()
    tab.get_by_role("option", name=re.compile("段落|Paragraph", re.IGNORECASE)).click()
    editor = tab.locator("[data-streamfield-stream-container]").nth(number).locator("[contenteditable=true]")
    editor.click()
    tab.keyboard.insert_text(text)
    expect(editor).to_have_text(text)
    # The editor hands its text over to the form a moment later.
    field = "body_en" if number else "body_zh_hans"
    expect(tab.locator(f"[name={field}-0-value]")).to_have_value(re.compile(re.escape(text)))


def choose_new_picture(tab: Page) -> None:
    """Upload a picture in the chooser, with what it shows in both languages."""
    tab.locator("#id_picture-chooser [data-chooser-action-choose]:visible").click()
    chooser = tab.get_by_role("dialog")
    chooser.locator("#tab-label-upload").click()
    prefix = "#id_image-chooser-upload"
    chooser.locator(f"{prefix}-file").set_input_files(a_picture())
    # The admin proposes the file's name as the title: only then is the field the editor's.
    expect(chooser.locator(f"{prefix}-title")).to_have_value("saturday")
    chooser.locator(f"{prefix}-title").fill("周六服务窗口")
    chooser.locator(f"{prefix}-description_zh_hans").fill("周六开放的服务窗口")
    chooser.locator(f"{prefix}-description_en").fill("The windows that open on Saturday")
    chooser.locator("#tab-upload [type=submit]").click()
    expect(tab.locator("#id_picture-title")).to_have_text("周六服务窗口")


def write_notice(group: Group, tab: Page, chinese: str, english: str, with_picture: bool = False) -> int:
    """Write a notice of Jinjiang's in both languages and save it as a draft; out: the page's number."""
    tab.goto(group.url(JINJIANG, f"/admin/pages/add/website_group/articlepage/{column(JINJIANG_CODE, 'notices').pk}/"))
    tab.fill("#id_title_zh_hans", chinese)
    tab.fill("#id_title_en", english)
    write_paragraph(tab, 0, f"{chinese}的正文。")
    write_paragraph(tab, 1, f"The text of {english}.")
    if with_picture:
        choose_new_picture(tab)
    tab.keyboard.press("Control+s")
    tab.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    return int(re.search(r"/pages/(\d+)/edit/", tab.url)[1])


def submit(tab: Page) -> None:
    """Send the saved text whose form is open into its review, once the form's editors stand."""
    expect(tab.locator("[data-streamfield-stream-container] [contenteditable=true]")).to_have_count(2)
    tab.locator("[name=action-submit]").evaluate("button => button.click()")
    expect(tab.locator(".messages")).to_contain_text("提交审核")


def test_editor_writes_and_the_head_publishes(demo_group: Group) -> None:
    chinese, english = "关于周六上午开放服务窗口的公告", "Windows open on Saturday mornings"
    editor = demo_group.logged_in("jinjiang-editor", JINJIANG)
    number = write_notice(demo_group, editor, chinese, english, with_picture=True)
    assert editor.locator("[name=action-publish]").count() == 0
    submit(editor)
    editor.goto(demo_group.url(JINJIANG, f"/admin/pages/{number}/edit/"))
    assert editor.locator("[name=action-publish]").count() == 0
    assert editor.locator("[data-workflow-action-name=approve]").count() == 0

    slug = ArticlePage.objects.get(pk=number).slug
    assert slug == "windows-open-on-saturday-mornings"
    visitor = demo_group.visitor().new_page()
    assert visitor.goto(demo_group.url(JINJIANG, f"/notices/{slug}/")).status == 404

    for account in ("wuhou-editor", "wuhou-head"):
        other = demo_group.logged_in(account, WUHOU)
        for host in (WUHOU, JINJIANG):
            for path in (f"{number}/edit/", f"{number}/history/", f"{number}/view_draft/", f"{number}/", ""):
                other.goto(demo_group.url(host, f"/admin/pages/{path}"))
                assert chinese not in other.content(), f"{account} reads {host} {path}"
        other.goto(demo_group.url(WUHOU, "/admin/"))
        assert chinese not in other.content()
        other.context.close()

    head = demo_group.logged_in("jinjiang-head", JINJIANG)
    head.get_by_role("main").get_by_role("link", name=chinese).first.click()
    approve(head)
    head.context.close()

    for path, title, text in (("", chinese, f"{chinese}的正文。"), ("/en", english, f"The text of {english}.")):
        visitor.goto(demo_group.url(JINJIANG, f"{path}/notices/"))
        visitor.get_by_role("main").get_by_role("link", name=title).click()
        expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
        expect(visitor.get_by_role("main")).to_contain_text(text)
        picture = visitor.get_by_role("img", name="The windows" if path else "周六开放的服务窗口")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    for site in (PROVINCE, CHENGDU, WUHOU):
        assert visitor.goto(demo_group.url(site, f"/notices/{slug}/")).status == 404
        for path in ("/", "/notices/", "/notices/feed.atom", "/sitemap.xml"):
            text = read(visitor, path)
            assert chinese not in text
            assert slug not in text
    visitor.context.close()
    editor.context.close()


def approve(tab: Page) -> None:
    """Approve the text whose form is open, and wait until the admin says that it is done."""
    tab.locator("[data-workflow-action-name=approve]").first.evaluate("button => button.click()")
    expect(tab.locator(".messages")).to_contain_text("已批准")


def test_head_does_not_decide_on_the_own_text(demo_group: Group) -> None:
    title = "负责人起草的公告"
    author = demo_group.logged_in("jinjiang-head", JINJIANG)
    number = write_notice(demo_group, author, title, "A notice drafted by the head")
    assert author.locator("[name=action-publish]").count() == 0
    submit(author)
    author.goto(demo_group.url(JINJIANG, f"/admin/pages/{number}/edit/"))
    assert author.locator("[data-workflow-action-name=approve]").count() == 0
    # What the page doesn't offer the server doesn't accept either.
    task = ArticlePage.objects.get(pk=number).current_workflow_task_state
    answer = author.evaluate(
        """address => fetch(address, {method: "POST", redirect: "manual", headers: {
            "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value}}).then(answer => answer.status)""",
        demo_group.url(JINJIANG, f"/admin/pages/{number}/workflow/action/approve/{task.pk}/"),
    )
    assert answer != 200
    assert not ArticlePage.objects.get(pk=number).live
    author.context.close()

    other = demo_group.logged_in("jinjiang-head-2", JINJIANG)
    other.get_by_role("main").get_by_role("link", name=title).first.click()
    approve(other)
    assert ArticlePage.objects.get(pk=number).live
    other.context.close()


# -- The province --------------------------------------------------------------------


def test_province_renames_a_column_everywhere(demo_group: Group) -> None:
    """The other tests of this module leave the policies alone."""
    tab = demo_group.logged_in("province", PROVINCE)
    tab.get_by_role("navigation").get_by_role("button", name="全省").click()
    tab.get_by_role("link", name="栏目标准").click()
    tab.get_by_role("main").locator("td a[href*='/edit/']").first.click()
    tab.wait_for_url(re.compile("/columnstandard/edit/"))
    row = tab.locator("input[name$='-slug'][value=policies]")
    prefix = row.get_attribute("name").removesuffix("slug")
    for field, value in (("name_zh_hans", "政策文件库"), ("name_en", "Policy library"), ("slug", "policy-library")):
        tab.fill(f"[name={prefix}{field}]", value)
    tab.locator("[name=action-preview-and-apply]").evaluate("button => button.click()")
    expect(tab.get_by_role("main")).to_contain_text("政策文件库")
    visitor = demo_group.visitor().new_page()
    visitor.goto(demo_group.url(JINJIANG))
    assert "政策文件库" not in visitor.content()

    tab.get_by_role("main").locator("form[method=post] button[type=submit]").click()
    expect(tab.locator(".messages")).to_contain_text("栏目标准")
    tab.context.close()
    for site in SITES:
        for path, name in (("", "政策文件库"), ("/en", "Policy library")):
            visitor.goto(demo_group.url(site, f"{path}/policies/?year=2020"))
            expect(visitor).to_have_url(re.compile(re.escape(demo_group.url(site, f"{path}/policy-library/"))))
            expect(visitor.get_by_role("heading", level=1)).to_have_text(name)
            visitor.goto(demo_group.url(site, f"{path}/"))
            expect(visitor.get_by_role("contentinfo").get_by_role("link", name=name)).to_be_visible()
    visitor.context.close()
