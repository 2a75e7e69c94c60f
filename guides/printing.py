"""All sheets that a centre hangs up, as PDF: a sign for each window and department, the first-responder sign, the board."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from core.language import ENGLISH
from core.typesetting import lacking_characters, typeset
from guides.board import board_data
from guides.signs import first_responder_data, sign_data, signs_of
from sites.models import Centre


@dataclass(frozen=True)
class Sheet:
    """A sheet to hang up. `name` is its file's without the language, `source` its typst source in `themes/print/`."""

    name: str
    source: str
    language: str
    data: Mapping[str, Any]

    @property
    def title(self) -> str:
        return self.data["title"]

    @property
    def file_name(self) -> str:
        """Like sign-A03-market-zh-hans.pdf."""
        return f"{self.name}-{self.language}.pdf"

    def pdf(self, made_at: datetime) -> bytes:
        """The sheet as PDF/UA-1; the same sheet and moment give the same bytes."""
        tag = "en" if self.language == ENGLISH else "zh"
        return typeset(self.source, {**self.data, "language": tag}, timestamp=made_at, standard="ua-1")


@dataclass(frozen=True)
class Sheets:
    """The sheets of a centre in one language, and what is missing, in the language in use when they were asked for."""

    sheets: list[Sheet]
    findings: list[str]

    def named(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def sheets_of(centre: Centre, language: str) -> Sheets:
    """Every sheet of a centre in a language (`zh-hans` or `en`): the board first, signs in the order of the windows.

    A sign that would have an empty field isn't among them; the findings say so.
    """
    found = signs_of(centre)
    findings = list(found.findings)
    names = sign_names([(sign.window.number, sign.department.code) for sign in found.signs])
    with override(language):
        first = first_responder_data(centre)
        sheets = [
            Sheet("board", "board", language, board_data(centre)),
            *([Sheet("first-responder", "first-responder", language, first)] if first else []),
            *(Sheet(name, "sign", language, sign_data(sign)) for name, sign in zip(names, found.signs, strict=True)),
        ]
    if first is None:
        findings.append(_("The standard has no duty of the first responder yet: there is no sign of it."))
    for sheet in sheets:
        if lacking := lacking_characters(sheet.data):
            findings.append(
                _("%(sheet)s: the fonts lack %(characters)s; 〓 is printed instead.")
                % {"sheet": sheet.file_name, "characters": pgettext("between items of a list", ", ").join(lacking)}
            )
    return Sheets(sheets, findings)


def sign_names(places: list[tuple[str, str]]) -> list[str]:
    """Names for the files of signs, by the numbers of windows and codes of departments; no two are alike."""
    names: list[str] = []
    for number, code in places:
        plain = "sign-{}-{}".format(re.sub(r"[^\w-]+", "_", number), code)
        taken = {name.casefold() for name in names}
        name, again = plain, 2
        while name.casefold() in taken:
            name, again = f"{plain}-{again}", again + 1
        names.append(name)
    return names
