"""What queries find, in whichever engine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.door import complete
from search.engines import Engine
from search.glossary import NO_GLOSSARY
from search.tests.conftest import GLOSSARY, PLACES, Find, ids
from search.tests.documents import CITY, COUNTY, FOOD, IDENTITY, LICENCE, MARRIAGE, NOTICE, OPENING, item, news


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("食品经营许可", FOOD),
        ("食品 许可", FOOD),
        ("身份证", IDENTITY),
        ("身份證", IDENTITY),
        ("補領身份證", IDENTITY),
        ("ＹＺ１３０３００２", IDENTITY),
        ("yz1303002", IDENTITY),
        ("婚", MARRIAGE),
        ("证", IDENTITY),
        ("yyzz", LICENCE),
        ("yingyezhizhao", LICENCE),
        ("ying ye zhi zhao", LICENCE),
        ("营业执造", LICENCE),
        ("结昏登记", MARRIAGE),
        ("怎么办理结婚登记？", MARRIAGE),
        ("food business license", FOOD),
        ("registering a company", LICENCE),
        ("lost identity crad", IDENTITY),
        ("mariage registration", MARRIAGE),
        ("食品 licence", FOOD),
        ('"布局图"', FOOD),
        ("“食品经营许可”", FOOD),
        ("川办发〔2026〕12号", NOTICE),
        ("川办发[2026]12号", NOTICE),
        ("川办发(2026)12号", NOTICE),
        ("川办发12", NOTICE),
        ("锦政务发3", NOTICE),
        ("请看川办发〔2026〕12号文件", NOTICE),
    ],
)
def test_a_query_finds_its_document_first(find: Find, query: str, document: object) -> None:
    assert ids(find(query))[0] == document.id  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "query",
    [
        "龘靐齉",
        "天桌飞绿",
        "xqzvbn",
        "量子火锅配方",
        "how to cook pizza",
        '"许可经营"',
        "川办发〔2025〕12号",
        "，。！",
        "",
        "yyzzyyzz",
    ],
)
def test_what_no_document_is_about_gives_nothing(find: Find, query: str) -> None:
    assert find(query).results.total == 0


@pytest.mark.parametrize(
    "query", ["开饭馆", "我想开饭馆需要什么证", "open a restaurant", "how do I open a restaurant?"]
)
def test_everyday_wordings_lead_to_official_terms(find: Find, query: str) -> None:
    assert FOOD.id in ids(find(query, GLOSSARY))
    assert ids(find(query, GLOSSARY))[0] == FOOD.id


def test_english_finds_what_has_chinese_only_through_the_glossary(find: Find, engine: Engine) -> None:
    engine.add([item("chinese", "营业执照遗失补领")])
    assert "guide:chinese" in ids(find("business licence", GLOSSARY))
    assert "guide:chinese" not in ids(find("business licence"))


def test_terms_of_the_glossary_are_heard(find: Find, engine: Engine) -> None:
    engine.delete([LICENCE.id])
    assert ids(find("yyzz", GLOSSARY)) == [FOOD.id]
    answer = find("营业执造", GLOSSARY)
    assert ids(answer) == [FOOD.id]
    assert answer.suggestion == "营业执照"


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("结昏登记", "结婚登记"),
        ("怎么办结昏登记", "怎么办结婚登记"),
        ("Mariage registration", "marriage registration"),
        ("food busines licence", "food business licence"),
        ("结婚登记", ""),
        ("food business licence", ""),
    ],
)
def test_did_you_mean(find: Find, query: str, meant: str) -> None:
    assert find(query).suggestion == meant


def test_both_terms_in_the_title_come_before_one(engine: Engine, find: Find) -> None:
    engine.add(
        [
            item("one", "食品", body_zh="食品" * 50),
            item("both", "关于食品和药品的若干长长的说明文字", body_zh="其他的内容。" * 300),
            *(item(f"other-{number}", "药品", body_zh="药品" * 20) for number in range(5)),
        ]
    )
    assert ids(find("食品 药品"))[0] == "guide:both"


def test_a_name_that_is_the_query_comes_first(engine: Engine, find: Find) -> None:
    engine.add(
        [
            item("longer", "居民身份证居民身份证", body_zh="居民身份证"),
            item("same", "居民身份证", body_zh="其他。" * 200),
        ]
    )
    assert ids(find("居民身份证"))[0] == "guide:same"


def test_what_is_in_force_comes_before_what_was_cancelled(engine: Engine, find: Find) -> None:
    engine.add([news("old", "殡葬办法", state="cancelled"), news("new", "殡葬办法", "wuhou")])
    assert ids(find("殡葬办法")) == ["news:new", "news:old"]


def test_what_has_expired_is_not_found(engine: Engine, find: Find) -> None:
    now = timezone.now()
    engine.add(
        [
            news("gone", "殡葬办法", expires=now - timedelta(seconds=1)),
            news("there", "殡葬办法", expires=now + timedelta(hours=1)),
        ]
    )
    assert ids(find("殡葬办法")) == ["news:there"]


def test_the_nearest_comes_first_among_equals(engine: Engine, find: Find) -> None:
    engine.add([news("a", "开放日活动", "wuhou"), news("b", "开放日活动")])
    assert ids(find("开放日活动", near=(COUNTY, CITY))) == ["news:b", "news:a"]


def test_a_place_is_where_a_document_belongs(find: Find) -> None:
    assert ids(find("food business licence Chengdu", NO_GLOSSARY, PLACES))[0] == FOOD.id
    assert ids(find("成都身份证", NO_GLOSSARY, PLACES))[0] == IDENTITY.id
    assert ids(find("Jinjiang identity card", NO_GLOSSARY, PLACES))[0] == IDENTITY.id


# -- Filters, facets and pages ------------------------------------------------------


def test_a_site_finds_its_own_and_what_it_adopted(find: Find, engine: Engine) -> None:
    engine.add([item("elsewhere", "食品经营许可的另一事项", adoptions=())])
    assert set(ids(find("食品经营", centre="jinjiang"))) == {FOOD.id}
    assert set(ids(find("食品经营", centre="wuhou"))) == {FOOD.id, OPENING.id}
    assert len(ids(find("食品经营"))) == 3


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": ["news"]}, {OPENING.id}),
        ({"kind": ["guide", "news"]}, {OPENING.id, FOOD.id}),
        ({"division": [COUNTY]}, {FOOD.id}),
        ({"division": [CITY]}, {FOOD.id, OPENING.id}),
        ({"object": ["legal"], "kind": ["guide"]}, {FOOD.id}),
        ({"year": ["2025"]}, {OPENING.id}),
        ({"department": ["police"]}, set()),
    ],
)
def test_filters(find: Find, filters: dict[str, list[str]], found: set[str]) -> None:
    answer = find("食品经营", filters=filters)
    assert set(ids(answer)) == found
    assert answer.results.total == len(found)


@pytest.mark.parametrize(
    "filters",
    [{}, {"kind": ["guide"]}, {"division": [COUNTY]}, {"object": ["natural"], "department": ["civil", "market"]}],
)
def test_a_facet_counts_what_its_link_shows(find: Find, filters: dict[str, list[str]]) -> None:
    facets = ("kind", "division", "object", "year", "department", "type", "language")
    counted = find("登记 食品", filters=filters, facets=facets).results.facets
    assert counted["kind"]
    for name, values in counted.items():
        for value, count in values:
            assert find("登记 食品", filters={**filters, name: [value]}).results.total == count


def test_a_shared_item_is_one_result_of_many_centres(find: Find) -> None:
    answer = find("食品经营许可")
    assert ids(answer).count(FOOD.id) == 1
    assert next(hit.handled_at for hit in answer.results.hits if hit.document.id == FOOD.id) == 2


def test_pages_follow_each_other(engine: Engine, find: Find) -> None:
    engine.add(news(f"row-{number}", f"招聘公告第{number}期") for number in range(25))
    pages = [ids(find("招聘公告", first=first)) for first in (0, 10, 20)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert len({id for page in pages for id in page}) == 25
    assert find("招聘公告", first=20).results.total == 25


def test_by_date_the_latest_come_first(find: Find, engine: Engine) -> None:
    engine.add([news("undated", "食品", published=None)])
    found = ids(find("食品", sort="date"))
    assert found[0] == OPENING.id
    assert "news:undated" in found


# -- While it is typed --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "language", "title"),
    [
        ("食", "zh-hans", FOOD.title_zh),
        ("食品经", "zh-hans", FOOD.title_zh),
        ("foo", "en", FOOD.title_en),
        ("food busin", "en", FOOD.title_en),
        ("registrat", "en", LICENCE.title_en),
        ("sfz", "zh-hans", IDENTITY.title_zh),
        ("jiehun", "zh-hans", MARRIAGE.title_zh),
        ("YZ0301", "zh-hans", FOOD.title_zh),
    ],
)
def test_titles_complete_what_is_typed(find: Find, engine: Engine, typed: str, language: str, title: str) -> None:
    assert title in complete(engine, typed, language)


def test_what_begins_no_title_is_completed_by_nothing(find: Find, engine: Engine) -> None:
    assert complete(engine, "龘", "zh-hans") == []
    assert complete(engine, "", "zh-hans") == []
