"""No text of the interface lacks either language: the code has the English, locale/ the Chinese."""

import re

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils.translation import gettext, override

from core.language import is_chinese
from core.messages import SOURCE, extract_messages, read_source

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}|%[sd]")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_source()


def texts(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


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
