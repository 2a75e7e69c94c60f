"""No text of the interface lacks either language: the code has the English, locale/ the Chinese."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.test import RequestFactory
from django.utils.translation import gettext, override
from wagtail.admin.views.i18n import js_catalog

from core.language import is_chinese
from core.messages import CATALOGUES, SOURCE, extract_messages, read_source

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}|%[sd]")
WAGTAIL_SOURCES = {domain: CATALOGUES / f"wagtail/zh_Hans/LC_MESSAGES/{domain}.po" for domain in ("django", "djangojs")}

# A text of the project's speaks for the same English everywhere, in Wagtail's pages too. Where ours is another than
# theirs, it must mean the same thing; what means something else takes a context (`{% translate … context … %}`).
SAID_OTHERWISE = {
    "(optional)": "an optional field is 选填 on every form of government; theirs is 可选, a choice",
    "Approve with comment": "theirs, 带评论批准, is no Chinese",
    "Breadcrumb": "当前位置 is what the sites of government call it; theirs is a loaf of bread",
    "English": "the language that a text is written in (英文); Django's 英语 is the one that is spoken",
    "description": "说明 suits what a column, a department or a picture is for",
    "name": "名称 is the name of a thing; Wagtail's 名字 is one of a person, and its models are things",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_source()


def texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def key(message: Message) -> tuple[str, str | None]:
    """What a text is looked up by."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def stock_chinese(domain: str) -> Iterator[Message]:
    """What Django and the installed apps themselves say in Chinese, as they ship it."""
    folders = [Path(django.__file__).parent / "conf", *(Path(config.path) for config in apps.get_app_configs())]
    for folder in folders:
        compiled = folder / "locale" / "zh_Hans" / "LC_MESSAGES" / f"{domain}.mo"
        if compiled.exists():
            with compiled.open("rb") as file:
                yield from (message for message in read_mo(file) if message.id and all(texts(message)))


def wagtail_english(domain: str) -> dict[tuple[str, str | None], Message]:
    """Every text of the installed apps of Wagtail."""
    found = {}
    for config in apps.get_app_configs():
        source = Path(config.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        if config.label.startswith("wagtail") and source.exists():
            with source.open("rb") as file:
                found.update({key(message): message for message in read_po(file) if message.id})
    return found


def test_the_code_says_something() -> None:
    messages = extract_messages()
    assert "You are leaving this site" in messages, "the texts of Python files are not read"
    assert len(messages) > 150


def test_every_text_has_its_chinese(catalogue: Catalog) -> None:
    lacking = []
    for message in extract_messages():
        if not message.id:
            continue
        found = catalogue.get(message.id, message.context)
        if found is None or found.fuzzy or not all(texts(found)):
            lacking.append(f"{message.locations[0][0]}: {message.id}")
    assert lacking == [], "run `make messages` and write the Chinese into locale/"


def test_the_chinese_is_chinese(catalogue: Catalog) -> None:
    """A text that was copied over is no translation; names of formats and things stay as they are."""
    same = [message.id for message in catalogue if message.id and not any(map(is_chinese, texts(message)))]
    assert [text for text in same if re.search("[a-z]{4}", PLACEHOLDER.sub("", str(text)))] == []


def test_the_chinese_keeps_the_places_of_values(catalogue: Catalog) -> None:
    wrong = []
    for message in catalogue:
        english = message.id[-1] if isinstance(message.id, tuple) else message.id
        for chinese in texts(message):
            if english and set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(chinese)):
                wrong.append((english, chinese))
    assert wrong == []


def test_the_list_of_texts_is_up_to_date(catalogue: Catalog) -> None:
    used = {(message.id, message.context) for message in extract_messages()}
    unused = [message.id for message in catalogue if message.id and (message.id, message.context) not in used]
    assert unused == [], f"run `make messages`: {SOURCE.name} lists texts that the code doesn't have"


def test_django_reads_the_compiled_catalogue() -> None:
    with override("zh-hans"):
        assert gettext("You are leaving this site") == "您即将离开本网站"
    with override("en"):
        assert gettext("You are leaving this site") == "You are leaving this site"


def test_texts_of_templates_are_read(tmp_path, monkeypatch, settings) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}\n  <p title="{% translate "A title" %}">\n'
        "    {% blocktranslate trimmed count n=n %}\n      One thing\n    {% plural %}\n      {{ n }} things\n"
        '    {% endblocktranslate %}</p>\n{% translate "Open" context "a state" %}{# no text #}',
        encoding="utf-8",
    )
    monkeypatch.setattr("core.messages.source_files", lambda: [page])
    settings.PROJECT_DIR = tmp_path
    found = {(message.id, message.context) for message in extract_messages() if message.id}
    assert found == {("A title", None), (("One thing", "%(n)s things"), None), ("Open", "a state")}


# -- Texts of others ----------------------------------------------------------------


def test_a_text_of_ours_does_not_rename_things_of_others(catalogue: Catalog) -> None:
    others: dict[tuple[str, str | None], set[str]] = {}
    for message in stock_chinese("django"):
        others.setdefault(key(message), set()).add(texts(message)[0])
    # What is said otherwise for Wagtail stands in its place.
    others |= {key(message): {texts(message)[0]} for message in read_source(WAGTAIL_SOURCES["django"]) if message.id}
    assert ("Pages", None) in others
    renamed = [
        f"{message.id}: {texts(message)[0]}, but {others[key(message)]}"
        for message in catalogue
        if message.id and others.get(key(message), set()) - {texts(message)[0]} and message.id not in SAID_OTHERWISE
    ]
    assert renamed == [], "give ours a context or their Chinese, or say above why ours is better for both"
    needless = [text for text in SAID_OTHERWISE if not others.get((text, None), set()) - {catalogue.get(text).string}]
    assert needless == []


@pytest.mark.parametrize("domain", WAGTAIL_SOURCES)
def test_every_text_of_wagtail_has_its_chinese(domain: str) -> None:
    english = wagtail_english(domain)
    assert len(english) > {"django": 1000, "djangojs": 50}[domain], "Wagtail's own catalogues are not read"
    chinese = {key(message) for message in stock_chinese(domain)}
    chinese |= {key(message) for message in read_source(WAGTAIL_SOURCES[domain]) if all(texts(message))}
    assert sorted(str(text) for text in english.keys() - chinese) == []


@pytest.mark.parametrize("domain", WAGTAIL_SOURCES)
def test_the_chinese_for_wagtail_fits_its_english(domain: str) -> None:
    english = wagtail_english(domain)
    wrong = []
    for message in read_source(WAGTAIL_SOURCES[domain]):
        if not message.id:
            continue
        original = english.get(key(message))
        if original is None or original.id != message.id:
            wrong.append(f"not a text of Wagtail's: {message.id}")
            continue
        # Chinese has one form for one and many, so either form's values may stand in it.
        forms = original.id if isinstance(original.id, tuple) else (original.id,)
        values = [sorted(PLACEHOLDER.findall(form)) for form in forms]
        wrong += [f"{forms}: {text}" for text in texts(message) if sorted(PLACEHOLDER.findall(text)) not in values]
        wrong += [f"not Chinese: {text}" for text in texts(message) if not is_chinese(PLACEHOLDER.sub("中", text))]
    assert wrong == []


def test_the_admins_english_is_british() -> None:
    with override("en"):
        assert gettext("Aging pages") == "Ageing pages"
        assert gettext("Reports") == "Reports", "what isn't in our English is Wagtail's own, and not Chinese"


def test_the_admin_speaks_chinese(rf: RequestFactory) -> None:
    """In Wagtail's texts of Python and in those of its scripts, which have a catalogue of their own."""
    with override("zh-hans"):
        assert gettext("Search all pages…") == "搜索所有页面…", "what Wagtail lacks"
        assert gettext("Pages") == "页面", "what Wagtail has and the project says in another sense"
        scripts = js_catalog(rf.get("/")).content.decode()
    assert f'"Autosave in progress\\u2026": {json.dumps("正在自动保存…")}' in scripts
