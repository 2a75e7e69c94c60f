"""The demo content: complete, well-formed, and enough of it for every centre."""

import re
from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from openpyxl import load_workbook
from PIL import Image

from sites.demo import articles, attachments, centres, markup, pictures
from sites.demo.articles import LANGUAGES, Article, Language
from sites.demo.centres import Place
from sites.division_file import SICHUAN, read_divisions

TODAY = date(2026, 11, 23)
FILES = ("common", *(code[:6] for code in articles.COMPLETE))

# The province, 21 cities and 183 counties.
CODES = [row.code[:6] for row in read_divisions(SICHUAN).rows if row.level != "township"]

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
QUOTED = re.compile(r"“[^”]*”|\([^()]*\)|（[^（）]*）")


def place(code: str) -> Place:
    level: centres.Level = "province" if code == "510000" else "city" if code.endswith("00") else "county"
    return Place(
        code=f"{code}000000",
        level=level,
        name_zh="某地",
        name_en="Anywhere",
        centre_zh="某地人民政府政务服务中心",
        centre_en="Government Service Centre of Anywhere",
        parent_zh="" if level == "province" else "某省",
        parent_en="" if level == "province" else "Somewhere",
        subdivisions=3,
    )


PLACES = [place(code) for code in CODES]
ARTICLES = [article for name in FILES for article in articles.load_articles(name)]


def texts(article: Article, language: Language) -> list[str]:
    """All texts of an article in a language, the document number left out."""
    values = centres.placeholder_values(place("510104"))
    fields = articles.filled(article, values, today=TODAY)
    kept = [fields[f"{name}_{language}"] for name in ("title", "summary", "body", "source", "author")]
    return [*kept, *fields[f"keywords_{language}"]]


def references(body: str) -> list[tuple[str, str]]:
    """The pictures and attachments that a body names."""
    return [(kind, value["name"]) for kind, value in markup.parse(body) if kind in ("image", "attachment")]


def centre_texts(facts: centres.CentreFacts, language: Language) -> list[str]:
    names = ("introduction", "investment", "transport", "hours_note", "address")
    return [getattr(facts, f"{name}_{language}") for name in names]


@pytest.fixture(scope="module")
def all_facts() -> list[centres.CentreFacts]:
    return [centres.centre_facts(place) for place in PLACES]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_article_is_well_formed(article: Article) -> None:
    assert article.column in articles.COLUMNS
    assert article.topic in {topic.key for topic in articles.topics()}
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article.slug)
    assert article.days_ago >= 0
    assert bool(article.document_number) == (article.column == "policies")
    for language in LANGUAGES:
        for text in texts(article, language):
            assert "{" not in text and "}" not in text
        body = getattr(article, f"body_{language}")
        for kind, name in references(body):
            known = pictures.SCENES if kind == "image" else attachments.attachments()
            assert name in known
    assert article.title_zh and article.summary_zh and article.body_zh and article.keywords_zh
    assert article.title_en and article.summary_en and article.keywords_en


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_languages_are_two(article: Article) -> None:
    for name in ("title", "summary", "body", "source", "author"):
        assert getattr(article, f"{name}_zh") != getattr(article, f"{name}_en") or "{" in getattr(article, f"{name}_zh")
    for text in texts(article, "en"):
        assert not CHINESE.search(QUOTED.sub("", text)), text
        assert "'" not in text and '"' not in text, text
    for text in texts(article, "zh"):
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]", text), text


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_bodies_match_in_pictures_and_attachments(article: Article) -> None:
    if article.body_en:
        assert references(article.body_zh) == references(article.body_en)


@pytest.mark.parametrize("code", articles.COMPLETE)
def test_complete_centre_has_everything_in_both_languages(code: str) -> None:
    own = articles.load_articles(code[:6])
    for column, least in (("news", 6), ("notices", 5), ("policies", 4)):
        assert sum(article.column == column for article in own) >= least
    picked = articles.pick_articles(code, place(code[:6]).level)
    assert {article.slug for article in own} <= {article.slug for article in picked}
    assert all(article.body_en for article in picked)
    kinds = {kind for article in own for kind, _ in markup.parse(article.body_zh)}
    assert {"heading", "paragraph", "image", "table", "quotation", "attachment"} <= kinds


def test_common_pool_is_large_and_lacks_some_english() -> None:
    pool = articles.load_articles("common")
    for column, least in (("news", 14), ("notices", 10), ("policies", 8)):
        assert sum(article.column == column for article in pool) >= least
    assert 3 <= sum(not article.body_en for article in pool) <= 6


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code[:6])
def test_every_centre_has_enough(place: Place) -> None:
    picked = articles.pick_articles(place.code, place.level)
    assert picked == articles.pick_articles(place.code, place.level)
    for column, least, newest in (("news", 3, 7), ("notices", 3, 7), ("policies", 2, 7)):
        days = [article.days_ago for article in picked if article.column == column]
        assert len(days) >= least
        assert min(days) <= newest
    for name in ("title_zh", "title_en", "slug"):
        assert len({getattr(article, name) for article in picked}) == len(picked)
    assert all(not a.only or place.level in a.only or place.code in a.only for a in picked)


def test_there_are_205_centres_and_neighbours_differ() -> None:
    assert len(set(CODES)) == 205
    slugs = [{article.slug for article in articles.pick_articles(place.code, place.level)} for place in PLACES]
    assert all(first != second for first, second in pairwise(slugs))


def test_document_numbers_rise_with_time() -> None:
    for name in FILES:
        policies = [a for a in articles.load_articles(name) if a.document_number]
        policies.sort(key=lambda article: -article.days_ago)
        numbers = [int(a.document_number.rpartition("〕")[2].rstrip("号")) for a in policies]
        assert numbers == sorted(set(numbers))


def test_every_common_article_is_used() -> None:
    used = {a.slug for place in PLACES for a in articles.pick_articles(place.code, place.level)}
    assert {article.slug for article in articles.load_articles("common")} <= used


def test_centre_facts_are_whole_and_repeatable(all_facts: list[centres.CentreFacts]) -> None:
    assert all_facts == [centres.centre_facts(place) for place in PLACES]
    telephones = [facts.telephone for facts in all_facts]
    telephones += [facts.complaint_telephone for facts in all_facts]
    telephones += [window.telephone for facts in all_facts for window in facts.windows]
    assert len(set(telephones)) == len(telephones)
    assert all(re.fullmatch(r"028-0\d{7}|08\d\d-0\d{6}", number) for number in telephones)
    for facts in all_facts:
        for language in LANGUAGES:
            for text in centre_texts(facts, language):
                assert text and "{" not in text
            for text in (
                getattr(facts, f"introduction_{language}"),
                getattr(facts, f"investment_{language}"),
            ):
                for kind, name in references(text):
                    assert name in (pictures.SCENES if kind == "image" else attachments.attachments())
            mark = {"zh": "演示", "en": "demonstration"}[language]
            assert mark in getattr(facts, f"introduction_{language}")
            assert mark in getattr(facts, f"address_{language}")
        for text in centre_texts(facts, "en"):
            assert not CHINESE.search(QUOTED.sub("", text)), text
        assert {row.weekday for row in facts.hours} >= set(range(5))
        assert all(row.opens < row.closes for row in facts.hours)
        assert [window.number for window in facts.windows] == list(range(1, len(facts.windows) + 1))
        codes = {department.code for department in facts.departments}
        assert all(window.departments and set(window.departments) <= codes for window in facts.windows)
    assert any(row.weekday == 5 for facts in all_facts for row in facts.hours)


def test_shared_lists() -> None:
    assert len(centres.service_modes()) == 8
    assert len(centres.staff_duties()) >= 4
    assert len(centres.departments("county")) >= 24
    for mode in centres.service_modes():
        assert not CHINESE.search(mode.en + mode.description_en)
    for duty in centres.staff_duties():
        assert not CHINESE.search(duty.en + duty.description_en)
    for department in centres.departments("province"):
        assert not CHINESE.search(department.name_en + department.duties_en)
    for code in articles.COMPLETE:
        assert len(centres.centre_facts(place(code[:6])).service_modes) == 8


def test_group_notices() -> None:
    notices = articles.group_notices()
    values = centres.placeholder_values(place("510000"))
    assert len(notices) == 3
    assert any(notice.divisions for notice in notices)
    for notice in notices:
        assert notice.from_days < notice.until_days
        assert {code[:6] for code in notice.divisions} <= set(CODES)
        for language in LANGUAGES:
            for name in ("title", "body"):
                text = articles.fill(getattr(notice, f"{name}_{language}"), values[language], language, today=TODAY)
                assert "{" not in text
                assert markup.parse(text)
                assert language == "zh" or not CHINESE.search(QUOTED.sub("", text))


def test_placeholders() -> None:
    values = {"division": "Jinjiang District"}
    fill = articles.fill
    assert fill("{division}, {date:+10}", values, "en", today=TODAY) == ("Jinjiang District, 3 December 2026")
    assert fill("{date:-23}", values, "zh", today=TODAY) == "2026年10月31日"
    assert fill("〔{year}〕3号", values, "zh", today=TODAY, days_ago=330) == "〔2025〕3号"
    with pytest.raises(KeyError):
        fill("{unknown}", values, "en", today=TODAY)


@pytest.mark.parametrize("name", pictures.SCENES)
def test_picture_is_drawn(name: str) -> None:
    content = pictures.draw_picture(name)
    image = Image.open(BytesIO(content))
    assert image.format == "PNG" and image.size == (1600, 900)
    assert len(content) < 300_000


def test_picture_is_the_same_each_time() -> None:
    first = pictures.draw_picture("hills")
    pictures.draw_picture.cache_clear()
    assert pictures.draw_picture("hills") == first
    with pytest.raises(KeyError):
        pictures.draw_picture("nothing")


@pytest.mark.parametrize("name", attachments.attachments())
@pytest.mark.parametrize("language", LANGUAGES)
def test_attachment_opens_and_is_the_same_each_time(name: str, language: Language) -> None:
    filename, content = attachments.make_attachment(name, language)
    attachments.make_attachment.cache_clear()
    assert attachments.make_attachment(name, language) == (filename, content)
    if filename.endswith(".csv"):
        assert content.startswith(b"\xef\xbb\xbf")
        cells = content.decode("utf-8-sig")
    else:
        sheet = load_workbook(BytesIO(content)).worksheets[0]
        cells = " ".join(str(value) for row in sheet.values for value in row if value)
    assert language == "zh" or not CHINESE.search(cells)


def test_markup() -> None:
    assert markup.parse("## A\n\nb **c** <d>\ne [f](/g/?a=1&b=2)\n\n- h\n- i\n\n1. j") == [
        ("heading", "A"),
        ("paragraph", '<p>b <b>c</b> &lt;d&gt; e <a href="/g/?a=1&amp;b=2">f</a></p>'),
        ("paragraph", "<ul><li>h</li><li>i</li></ul>"),
        ("paragraph", "<ol><li>j</li></ol>"),
    ]
    assert markup.parse("> k — l\n\n| m | n |\n| --- | --- |\n| o | p |") == [
        ("quotation", {"text": "k", "attribution": "l"}),
        ("table", [["m", "n"], ["o", "p"]]),
    ]
    assert markup.parse("!hall | q | r\n\n@form | s") == [
        ("image", {"name": "hall", "alt": "q", "caption": "r"}),
        ("attachment", {"name": "form", "title": "s"}),
    ]
    assert markup.parse("拨打028-00000104。") == [
        ("paragraph", '<p>拨打<a href="tel:028-00000104">028-00000104</a>。</p>')
    ]
    assert markup.parse("政务\n服务") == [("paragraph", "<p>政务服务</p>")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n\n# b", 3),
        ("## a\nb", 2),
        ("> a", 1),
        ("| a | b |\n| c |", 2),
        ("| a |", 1),
        ("!hall | a", 1),
        ("@Form | a", 1),
        ("- a\nb", 2),
        ("[a](javascript:b)", 1),
        ("[a](//b)", 1),
        ("**a", 1),
    ],
)
def test_markup_names_the_line_of_a_fault(text: str, line: int) -> None:
    with pytest.raises(ValueError, match=f"line {line}:"):
        markup.parse(text)
