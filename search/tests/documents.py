"""Documents to test with."""

from datetime import date

from search.documents import Adoption, SearchDocument

PROVINCE, CITY, COUNTY, OTHER_COUNTY = "510000", "510100", "510104", "510107"


def item(key: str, title_zh: str, title_en: str = "", **more: object) -> SearchDocument:
    """A catalogue item that two counties' centres adopted."""
    values: dict[str, object] = {
        "department": "market",
        "objects": ("natural", "legal"),
        "type": "01",
        "adoptions": (
            Adoption("jinjiang", (PROVINCE, CITY, COUNTY), {"place": "二楼3号窗口"}),
            Adoption("wuhou", (PROVINCE, CITY, OTHER_COUNTY)),
        ),
    }
    return SearchDocument(f"guide:{key}", "guide", title_zh, title_en, **{**values, **more})  # type: ignore[arg-type]


def news(key: str, title_zh: str, centre: str = "jinjiang", **more: object) -> SearchDocument:
    """A centre's own text."""
    values: dict[str, object] = {
        "centre": centre,
        "division_path": (PROVINCE, CITY, COUNTY if centre == "jinjiang" else OTHER_COUNTY),
        "published": date(2026, 3, 2),
    }
    return SearchDocument(f"news:{key}", "news", title_zh, **{**values, **more})  # type: ignore[arg-type]


FOOD = item(
    "food",
    "食品经营许可（新办）",
    "Food business licence: new",
    body_zh="从事食品销售和餐饮服务，应当取得食品经营许可。申请时提交营业执照和场所布局图。",
    body_en="Whoever sells food or serves meals in a restaurant needs a food business licence.",
    codes=("YZ0301001",),
)
IDENTITY = item(
    "identity",
    "居民身份证（换领、补领）",
    "Identity card: replacement",
    body_zh="身份证遗失、损坏或者到期的，申请换领、补领新证。",
    body_en="For a card that was lost or damaged, or that expires.",
    department="police",
    objects=("natural",),
    codes=("YZ1303002",),
)
LICENCE = item(
    "licence",
    "有限责任公司设立登记",
    "Registration of a limited liability company",
    body_zh="设立公司，领取营业执照。",
    body_en="For shareholders who set up a company and need its business licence.",
    names_zh=("营业执照",),
    codes=("YZ0101001",),
)
MARRIAGE = item(
    "marriage",
    "结婚登记（内地居民）",
    "Registration of marriage: mainland residents",
    body_zh="男女双方亲自到婚姻登记机关申请结婚登记。",
    department="civil",
    objects=("natural",),
)
NOTICE = news(
    "notice",
    "关于调整上班时间的通知",
    body_zh="根据川办发〔2026〕12号文件，自四月一日起延长上班时间。",
    document_number="锦政务发〔2026〕3号",
)
OPENING = news(
    "opening", "武侯区政务服务中心开放食品经营专窗", "wuhou", published=date(2025, 6, 1), body_zh="食品经营专窗开放。"
)

ALL = (FOOD, IDENTITY, LICENCE, MARRIAGE, NOTICE, OPENING)
