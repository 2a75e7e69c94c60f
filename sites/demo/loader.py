"""Fills the provisioned centres with the demo's content (`sites/demo/`), dated relative to the day of loading."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from core.models import Attachment, BasePage, Picture
from core.page_cache import forget_all
from core.pictures import make_renditions
from sites.bulk_pages import add_pages
from sites.demo import articles as demo_articles
from sites.demo.articles import Language
from sites.demo.attachments import attachments, make_attachment
from sites.demo.centres import (
    CentreFacts,
    Place,
    centre_facts,
    departments,
    placeholder_values,
    service_modes,
    staff_duties,
)
from sites.demo.markup import parse
from sites.demo.pictures import draw_picture
from sites.models import (
    ArticlePage,
    Centre,
    ColumnPage,
    Department,
    Division,
    DivisionFact,
    GroupNotice,
    OpeningHours,
    ServiceMode,
    StaffDuty,
    Topic,
    Window,
)

# The suffixes of the models' translated fields.
LANGUAGES: dict[demo_articles.Language, str] = {"zh": "zh_hans", "en": "en"}


@dataclass
class Files:
    """The demo's pictures and attachments, made the first time a text needs one.

    They lie in the province's collection and are shared by all sites of the demo.
    """

    province: Centre
    pictures: dict[str, Picture]
    attachments: dict[tuple[str, str], Attachment]

    def picture(self, name: str, descriptions: dict[str, str]) -> Picture:
        if name not in self.pictures:
            content = draw_picture(name)
            self.pictures[name] = Picture.objects.create(
                title=descriptions.get("zh") or name,
                description_zh_hans=descriptions.get("zh", ""),
                description_en=descriptions.get("en", ""),
                file=ContentFile(content, name=f"{name}.png"),
                file_size=len(content),
                collection=self.province.collection,
            )
            make_renditions.enqueue(self.pictures[name].pk)  # the articles go in without a publication of their own
        return self.pictures[name]

    def attachment(self, name: str, language: Language) -> Attachment:
        if (name, language) not in self.attachments:
            filename, content = make_attachment(name, language)
            self.attachments[name, language] = Attachment.objects.create(
                title=attachments()[name].title[language],
                file=ContentFile(content, name=filename),
                file_size=len(content),
                collection=self.province.collection,
            )
        return self.attachments[name, language]


def is_loaded() -> bool:
    """Whether the demo's content is there already."""
    return ArticlePage.objects.exists()


def load(today: date, progress: Callable[[str, int, int], None]) -> int:
    """Load the whole demo in one transaction. Out: how many articles; `progress(what, done, all)` is called on the way."""
    with transaction.atomic(), override("zh-hans"):
        load_standard_texts()
        centres = list(Centre.objects.select_related("division__parent", "home", "collection").order_by("division_id"))
        files = Files(province=centres[0], pictures={}, attachments={})
        columns: dict[int, dict[str, ColumnPage]] = {}
        for page in ColumnPage.objects.all():
            columns.setdefault(page._get_basepath(page.path, page.depth - 1), {})[page.column_key] = page
        pairs: list[tuple[BasePage, BasePage]] = []
        topics = {topic.key: topic for topic in Topic.objects.all()}
        for number, centre in enumerate(centres, start=1):
            place = place_of(centre)
            facts = centre_facts(place)
            load_facts(centre, facts)
            own_columns = columns[centre.home.path]
            load_column_texts(own_columns, facts, files)
            pairs.extend(
                (own_columns[article.column], article_page(article, place, today, topics, files))
                for article in demo_articles.pick_articles(place.code, place.level)
            )
            progress(gettext_noop("Centres"), number, len(centres))
        progress(gettext_noop("Articles"), 0, len(pairs))
        add_pages(pairs)
        progress(gettext_noop("Articles"), len(pairs), len(pairs))
        load_group_notices(place_of(centres[0]), today)
        forget_all()
    return len(pairs)


def load_standard_texts() -> None:
    """Departments, service modes, staff duties and topics, the same for all centres."""
    by_code: dict[str, dict[str, Any]] = {}
    for level, prefix in (("county", ""), ("city", "city_"), ("province", "province_")):
        for department in departments(level):
            row = by_code.setdefault(department.code, {"order": len(by_code)})
            row[f"{prefix}name_zh_hans"] = department.name_zh
            row[f"{prefix}name_en"] = department.name_en
            row["duties_zh_hans"] = department.duties_zh
            row["duties_en"] = department.duties_en
    for code, row in by_code.items():
        for language in LANGUAGES.values():
            row.setdefault(f"name_{language}", row.get(f"city_name_{language}") or row.get(f"province_name_{language}"))
        Department.objects.update_or_create(code=code, defaults=row)
    for model, rows in ((ServiceMode, service_modes()), (StaffDuty, staff_duties())):
        for order, text in enumerate(rows):
            fields = {
                "order": order,
                "name_zh_hans": text.zh,
                "name_en": text.en,
                "description_zh_hans": text.description_zh,
                "description_en": text.description_en,
            }
            model.objects.update_or_create(key=text.key, defaults=fields)
    for order, topic in enumerate(demo_articles.topics()):
        Topic.objects.update_or_create(
            key=topic.key, defaults={"order": order, "name_zh_hans": topic.zh, "name_en": topic.en}
        )


def place_of(centre: Centre) -> Place:
    """What the demo's texts need to know of a centre."""
    division = centre.division
    parent = division.parent
    return Place(
        code=division.code,
        level=division.level,
        name_zh=division.name_zh_hans,
        name_en=division.name_en,
        centre_zh=centre.name_zh_hans,
        centre_en=centre.name_en,
        parent_zh=parent.name_zh_hans if parent else "",
        parent_en=parent.name_en if parent else "",
        subdivisions=division.children.count(),
    )


def load_facts(centre: Centre, facts: CentreFacts) -> None:
    """Address, telephones, hours, windows, service modes and the facts for investors."""
    centre.address_zh_hans, centre.address_en = facts.address_zh, facts.address_en
    centre.directions_zh_hans, centre.directions_en = facts.transport_zh, facts.transport_en
    centre.opening_note_zh_hans, centre.opening_note_en = facts.hours_note_zh, facts.hours_note_en
    centre.telephone, centre.complaint_telephone = facts.telephone, facts.complaint_telephone
    centre.sponsor_zh_hans = centre.operator_zh_hans = centre.name_zh_hans
    centre.sponsor_en = centre.operator_en = centre.name_en
    centre.save()
    centre.service_modes.set(ServiceMode.objects.filter(key__in=facts.service_modes))
    OpeningHours.objects.bulk_create(
        OpeningHours(centre=centre, weekday=row.weekday, opens=row.opens, closes=row.closes) for row in facts.hours
    )
    DivisionFact.objects.bulk_create(
        DivisionFact(
            centre=centre,
            order=order,
            label=row.label_zh,
            label_zh_hans=row.label_zh,
            label_en=row.label_en,
            value=row.value_zh,
            value_zh_hans=row.value_zh,
            value_en=row.value_en,
        )
        for order, row in enumerate(facts.facts)
    )
    load_windows(centre, facts)


def load_windows(centre: Centre, facts: CentreFacts) -> None:
    """The windows of the hall with the departments behind them."""
    windows = Window.objects.bulk_create(
        Window(
            centre=centre,
            number=str(row.number),
            floor=str(row.floor),
            name=row.zh,
            name_zh_hans=row.zh,
            name_en=row.en,
            telephone=row.telephone,
            order=row.number,
        )
        for row in facts.windows
    )
    ids = dict(Department.objects.values_list("code", "pk"))
    behind = Window.departments.through
    behind.objects.bulk_create(
        behind(window=window, department_id=ids[code])
        for window, row in zip(windows, facts.windows, strict=True)
        for code in row.departments
    )


def body(text: str, language: Language, files: Files, descriptions: dict[str, dict[str, str]]) -> list[tuple[str, Any]]:
    """A text in the light markup as the blocks of a page."""
    blocks: list[tuple[str, Any]] = []
    for kind, value in parse(text):
        if kind == "heading":
            blocks.append((kind, {"text": value, "level": "2"}))
        elif kind == "table":
            blocks.append((kind, {"data": value, "first_row_is_table_header": True, "table_header_choice": "row"}))
        elif kind == "image":
            picture = files.picture(value["name"], descriptions.get(value["name"], {language: value["alt"]}))
            blocks.append((kind, {"image": picture, "alternative_text": value["alt"], "caption": value["caption"]}))
        elif kind == "attachment":
            attachment = files.attachment(value["name"], language)
            blocks.append((kind, {"document": attachment, "title": value["title"]}))
        else:
            blocks.append((kind, value))
    return blocks


def picture_descriptions(texts: dict[str, str]) -> dict[str, dict[str, str]]:
    """What each picture shows, in both languages, from the texts that use it."""
    found: dict[str, dict[str, str]] = {}
    for language, text in texts.items():
        for kind, value in parse(text):
            if kind == "image":
                found.setdefault(value["name"], {})[language] = value["alt"]
    return found


def bodies(chinese: str, english: str, files: Files) -> Iterator[tuple[str, Any]]:
    """The blocks in both languages as `(language suffix, blocks)`."""
    texts = {"zh": chinese, "en": english}
    descriptions = picture_descriptions(texts)
    for language, suffix in LANGUAGES.items():
        yield suffix, body(texts[language], language, files, descriptions)


def load_column_texts(columns: dict[str, ColumnPage], facts: CentreFacts, files: Files) -> None:
    """The introduction of the centre and the investment guide."""
    texts = {
        "about": (facts.introduction_zh, facts.introduction_en),
        "invest": (facts.investment_zh, facts.investment_en),
    }
    for key, (chinese, english) in texts.items():
        if key in columns:
            page = columns[key]
            for suffix, blocks in bodies(chinese, english, files):
                setattr(page, f"introduction_{suffix}", blocks)
            page.save_revision().publish()


def article_page(
    article: demo_articles.Article, place: Place, today: date, topics: dict[str, Topic], files: Files
) -> ArticlePage:
    """An article of the demo as a page of one centre, not yet saved."""
    fields = demo_articles.filled(article, placeholder_values(place), today=today)
    published = timezone.make_aware(datetime.combine(fields["date"], time(9)))
    page = ArticlePage(
        slug=fields["slug"],
        publication_date=fields["date"],
        first_published_at=published,
        last_published_at=published,
        topic=topics[fields["topic"]],
        document_number=fields["document_number"],
    )
    for language, suffix in LANGUAGES.items():
        for name in ("title", "summary", "source", "author"):
            setattr(page, f"{name}_{suffix}", fields[f"{name}_{language}"])
        setattr(
            page,
            f"keywords_{suffix}",
            "，".join(fields["keywords_zh"]) if language == "zh" else ", ".join(fields["keywords_en"]),
        )
    for suffix, blocks in bodies(fields["body_zh"], fields["body_en"], files):
        setattr(page, f"body_{suffix}", blocks)
    pictures = [block.value["image"] for block in page.body_zh_hans if block.block_type == "image"]
    page.picture = pictures[0] if pictures else None
    return page


def load_group_notices(province: Place, today: date) -> None:
    """The province's notices for the whole group or a part of it."""
    values = placeholder_values(province)
    midnight = timezone.make_aware(datetime.combine(today, time()))
    for row in demo_articles.group_notices():
        divisions = list(Division.objects.filter(pk__in=row.divisions))
        if row.divisions and not divisions:
            continue  # A smaller group without any of them; on no division it would show everywhere.
        texts = {
            f"{field}_{suffix}": demo_articles.fill(
                getattr(row, f"{field}_{language}"), values[language], language, today=today
            )
            for field in ("title", "body")
            for language, suffix in LANGUAGES.items()
        }
        notice = GroupNotice.objects.create(
            **texts,
            shows_from=midnight + timedelta(days=row.from_days),
            shows_until=midnight + timedelta(days=row.until_days),
        )
        notice.divisions.set(divisions)
