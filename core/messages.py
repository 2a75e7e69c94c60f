"""The catalogue of the interface's Chinese: what the code says in English and how Chinese says it.

The texts in the code are the English; `locale/zh_Hans/LC_MESSAGES/django.po` holds their Chinese, and
`locale/wagtail/zh_Hans/LC_MESSAGES/*.po` that of Wagtail's texts which Wagtail itself has not in Chinese. Babel
reads and compiles them, so no machine needs a gettext of the system's.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

ROOMS = ("core", "search", "sites", "guides", "cases", "themes")
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".atom"}
CATALOGUES = settings.PROJECT_DIR / "locale"
SOURCE = CATALOGUES / "zh_Hans" / "LC_MESSAGES" / "django.po"

HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: yizhan\\n"
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def compile_catalogues() -> bool:
    """Bring `DATA_DIR/locale` up to date with the catalogues in the source; says whether there was anything to do."""
    # Every one is compiled, whatever the first one says.
    compiled = [compile_catalogue(source) for source in sorted(CATALOGUES.rglob("*.po"))]
    return any(compiled)


def compile_catalogue(source: Path) -> bool:
    """Bring the compiled form of one catalogue up to date; says whether there was anything to do."""
    compiled = settings.LOCALE_PATHS[0] / source.relative_to(CATALOGUES).with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns == source.stat().st_mtime_ns:
        return False
    compiled.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    write_mo(content, read_source(source))
    # Written aside and moved into place: another process may be reading the old one.
    unfinished = compiled.with_suffix(".new")
    unfinished.write_bytes(content.getvalue())
    os.utime(unfinished, ns=(source.stat().st_atime_ns, source.stat().st_mtime_ns))
    unfinished.replace(compiled)
    # This process may have looked for it before.
    translation_file_changed(sender=None, file_path=compiled)
    return True


def read_source(source: Path = SOURCE) -> Catalog:
    """A catalogue as the source has it: by default the one of the project's own texts."""
    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name, domain=source.stem)


def update_source() -> Catalog:
    """Bring the catalogue's list of texts up to date with the code; new ones wait there for their Chinese."""
    catalogue = read_source()
    catalogue.update(extract_messages(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    write_source(catalogue)
    return catalogue


def write_source(catalogue: Catalog) -> None:
    """Write the catalogue sorted and without dates and line numbers: what didn't change makes no difference."""
    content = BytesIO()
    write_po(content, catalogue, width=100, sort_output=True, omit_header=True, include_lineno=False)
    SOURCE.write_bytes(HEADER.encode() + content.getvalue())


def extract_messages() -> Catalog:
    """Every text that the rooms' code and templates pass to gettext, with the files it stands in."""
    found = Catalog(domain="django")
    for path in source_files():
        place = path.relative_to(settings.PROJECT_DIR).as_posix()
        for line, message, _comments, context in extract("python", readable(path), keywords=KEYWORDS):
            found.add(message, locations=[(place, line)], context=context)
    return found


def source_files() -> Iterator[Path]:
    """The files of the rooms that may speak to a person; their tests don't."""
    for room in ROOMS:
        for path in sorted((settings.PROJECT_DIR / room).rglob("*")):
            inside = path.relative_to(settings.PROJECT_DIR / room).parts
            if "tests" in inside or "migrations" in inside:
                continue
            if path.suffix == ".py" or ("templates" in inside and path.suffix in TEMPLATE_SUFFIXES):
                yield path


def readable(path: Path) -> BytesIO:
    """A file as Babel's reader of Python takes it: of a template, Django makes the calls it stands for."""
    if path.suffix == ".py":
        return BytesIO(path.read_bytes())
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # What is no call has become rows of X, whose indentation would be wrong in Python.
    return BytesIO("\n".join(line.strip() for line in calls.splitlines()).encode())
