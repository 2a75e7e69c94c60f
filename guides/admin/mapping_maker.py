"""The two forms by which a person makes a mapping by looking at a file: what its columns are, what their values mean."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.limits import LimitUnit
from guides.importing.files import Table
from guides.importing.mapping import MappingError, parse
from guides.importing.reading import is_blank, shown
from guides.importing.targets import TARGETS, Kind, Target
from guides.importing.texts import normalised
from guides.models import CatalogueItem, Theme
from guides.vocabulary import ServiceObject, Tier
from sites.models import Department, Level, ServiceMode

KEY, DIVISION, KEEP = "key", "division", "keep"
GROUPS = {f"{tier}:{part}": (tier, part) for tier in (Tier.MAIN, Tier.SUB) for part in ("name", "code")}
# What a value can mean beside the field's own keys.
UNKNOWN, NOTHING, DOUBTFUL = "", "·nothing", "·doubtful"
# What becomes of a value that nobody gives a meaning.
WITHOUT_MEANING = {
    Kind.DEPARTMENT: _("the department of this name, added if there is none"),
    Kind.DEPARTMENTS: _("the department of this name, added if there is none"),
    Kind.THEMES: _("the theme of this name, if there is one"),
    Kind.MODES: _("the service mode of this name, if there is one"),
}
# How many examples of a column are shown, and how many of its values can be given a meaning.
EXAMPLES, MOST_VALUES = 3, 400
CODED = (Kind.CHOICE, Kind.CHOICES, Kind.YES_OR_NO, Kind.DEPARTMENT, Kind.DEPARTMENTS, Kind.THEMES, Kind.MODES)
LISTS = (Kind.CHOICES, Kind.DEPARTMENTS, Kind.THEMES, Kind.MODES, Kind.CHILDREN)
# What may separate the entries of a list that is one text.
SEPARATORS: list[tuple[str, Any]] = [
    ("", _("nothing: each value is one entry")),
    ("、", "、"),
    ("，", "，"),
    (",", ","),
    ("；", "；"),
    (";", ";"),
    ("|", "|"),
    ("\n", _("line break")),
    (" ", _("space")),
]
# Words that usually say nothing, or may; offered where a column has them, for a person to decide.
EMPTY_WORDS = ("无", "无。", "-", "--", "—", "/", "暂无", "null", "NULL", "None")


def column_choices() -> list[tuple[Any, Any]]:
    """What a column can be."""
    groups: list[tuple[str, str | Promise]] = [
        ("main:name", _("name of the main item it belongs to")),
        ("main:code", _("code of the main item it belongs to")),
        ("sub:name", _("name of the sub-item it belongs to")),
        ("sub:code", _("code of the sub-item it belongs to")),
    ]
    fields = [(target.name, target.label) for target in TARGETS.values() if target.kind != Kind.CENTRE_FACT]
    centre = [(target.name, target.label) for target in TARGETS.values() if target.kind == Kind.CENTRE_FACT]
    return [
        (KEEP, _("only kept in the source's words")),
        (KEY, _("item code")),
        (_("Fields of the item"), fields),
        (_("What it belongs to"), groups),
        (_("Facts of the division's own centre"), centre),
        (DIVISION, _("code of the division whose list it is")),
    ]


def values_of(table: Table, column: str, separator: str = "") -> Counter[str]:
    """How often a column has each value, a list's entries apart; blank ones left out."""
    found: Counter[str] = Counter()
    for row in table.rows:
        value = row.values.get(column)
        if isinstance(value, str) and separator:
            value = value.split(separator)
        for one in value if isinstance(value, list) else [value]:
            if not is_blank(one):
                found[shown(one).strip()] += 1
    return found


def labelled(definition: Mapping[str, Any] | None) -> dict[str, str]:
    """What each column is in a definition that was made before."""
    if not definition:
        return {}
    found = {definition["key"]: KEY} | dict.fromkeys(definition.get("keep", ()), KEEP)
    for name, field in definition["fields"].items():
        found[field if isinstance(field, str) else field["column"]] = name
    for group in definition.get("groups", ()):
        found |= {group[part]: f"{group['tier']}:{part}" for part in ("name", "code") if group.get(part)}
    if definition.get("division"):
        found[definition["division"]["column"]] = DIVISION
    return found


class ColumnsForm(forms.Form):
    """What each column of a file is; the fields are called by the columns' numbers."""

    level = forms.ChoiceField(
        label=_("exercise level"),
        required=False,
        choices=[("", "—"), *Level.choices],
        help_text=_("where no column says"),
    )

    def __init__(self, table: Table, definition: Mapping[str, Any] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table, self.before = table, definition or {}
        before = labelled(definition)
        self.fields["level"].initial = self.before.get("level", "")
        for number, column in enumerate(table.columns):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column, choices=column_choices(), initial=before.get(column) or likely_field(column)
            )

    def rows(self) -> Iterator[dict[str, Any]]:
        """The columns with their fields, examples and number of values, for the template."""
        for number, column in enumerate(self.table.columns):
            values = values_of(self.table, column)
            yield {
                "field": self[f"column-{number}"],
                "column": column,
                "examples": list(values)[:EXAMPLES],
                "values": len(values),
                "blank": sum(is_blank(row.values.get(column)) for row in self.table.rows),
            }

    def chosen(self) -> dict[str, str]:
        """Each column that was given a meaning, and which."""
        return {
            column: self.cleaned_data.get(f"column-{number}", KEEP) for number, column in enumerate(self.table.columns)
        }

    def clean(self) -> dict[str, Any]:
        chosen = self.chosen()
        for meaning, times in Counter(chosen.values()).items():
            if times > 1 and meaning != KEEP:
                columns = ", ".join(column for column, one in chosen.items() if one == meaning)
                self.add_error(
                    None, _("These columns can't both be the same field: %(columns)s") % {"columns": columns}
                )
        for meaning, text in ((KEY, _("Say which column is the item's code.")), ("name", _("Say which is its name."))):
            if meaning not in chosen.values():
                self.add_error(None, text)
        for tier in (Tier.MAIN, Tier.SUB):
            if f"{tier}:code" in chosen.values() and f"{tier}:name" not in chosen.values():
                self.add_error(None, _("A code of what items belong to needs the column with its name."))
        return self.cleaned_data

    def definition(self) -> dict[str, Any]:
        """A definition that says which column is what; about values, what it said before of the same columns."""
        chosen, before = self.chosen(), labelled(self.before)
        by_meaning = {meaning: column for column, meaning in chosen.items() if meaning != KEEP}
        for name, field in self.before.get("fields", {}).items():
            # A column may have been two things, of which the form shows one.
            column = field if isinstance(field, str) else field["column"]
            if name not in by_meaning and before[column] != name and chosen.get(column) == before[column]:
                by_meaning[name] = column
        groups = []
        for tier in (Tier.MAIN, Tier.SUB):
            parts = {part: by_meaning.get(f"{tier}:{part}", "") for part in ("name", "code")}
            if parts["name"]:
                groups.append({"tier": str(tier.value), **{part: column for part, column in parts.items() if column}})
        made: dict[str, Any] = {
            "key": by_meaning[KEY],
            "fields": {name: self._field(name, by_meaning[name]) for name in TARGETS if name in by_meaning},
            "groups": groups,
            "keep": [column for column, meaning in chosen.items() if meaning == KEEP],
        }
        if DIVISION in by_meaning:
            division = self.before.get("division", {})
            is_same = division.get("column") == by_meaning[DIVISION]
            made["division"] = division if is_same else {"column": by_meaning[DIVISION]}
        if self.cleaned_data["level"]:
            made["level"] = self.cleaned_data["level"]
        for name in ("checks", "sheet", "label"):
            if name in self.before:
                made[name] = self.before[name]
        return made

    def _field(self, name: str, column: str) -> dict[str, Any]:
        before = self.before.get("fields", {}).get(name, {})
        before = {"column": before} if isinstance(before, str) else before
        return before if before.get("column") == column else {"column": column}


def likely_field(column: str) -> str:
    """The field that has a column's name; the person sees it and may say otherwise."""
    wanted = normalised(column).lower()
    for target in TARGETS.values():
        if wanted in (target.name, normalised(str(target.label)).lower()):
            return target.name
    code = CatalogueItem._meta.get_field("code")
    return KEY if wanted in ("code", "item_code", normalised(str(code.verbose_name)).lower()) else KEEP


class ValuesForm(forms.Form):
    """What the values of the columns mean, and what the mapping is called."""

    name = forms.CharField(
        label=_("name of the mapping"), max_length=100, help_text=_("a mapping of this name is replaced")
    )

    def __init__(self, table: Table, definition: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self.data.copy()
        self.definition = definition
        self.mapping_definition: dict[str, Any] = {}
        self.sections: list[dict[str, Any]] = []
        for name, field in definition["fields"].items():
            self._add_section(TARGETS[name], field, table)

    def _add_section(self, target: Target, before: Mapping[str, Any], table: Table) -> None:
        """The questions about one column."""
        column = before["column"]
        section: dict[str, Any] = {"target": target, "column": column, "questions": {}, "values": {}}
        separator = ""
        if target.kind in LISTS and any(isinstance(row.values.get(column), str) for row in table.rows):
            separator = self._ask_separator(section, before, table)
        values = values_of(table, column, separator)
        section["more"] = max(0, len(values) - MOST_VALUES) if target.kind in CODED else 0
        if target.kind == Kind.LIMIT:
            choices = [("", _("it always stands there")), *LimitUnit.choices]
            unit = forms.ChoiceField(label=_("unit where none stands"), choices=choices, required=False)
            self._ask(section, "unit", unit, before)
        if target.kind in CODED:
            for number, (value, times) in enumerate(values.most_common(MOST_VALUES)):
                self._ask_meaning(section, number, value, times, before)
        elif values and target.name != "name":
            for question, label in (
                ("nothing", _("values that say nothing")),
                ("doubtful", _("values that may mean “none” or “not known”")),
            ):
                self._ask(section, question, words_field(label, values), before)
        # For the template, which takes a dictionary's method for one of its keys.
        section["asked"], section["meanings"] = list(section["questions"].values()), list(section["values"].values())
        if section["asked"] or section["meanings"]:
            self.sections.append(section)

    def _ask_separator(self, section: dict[str, Any], before: Mapping[str, Any], table: Table) -> str:
        """Ask what separates entries; gives what the values that are asked about are separated by."""
        name, column = section["target"].name, section["column"]
        texts = [row.values[column] for row in table.rows if isinstance(row.values.get(column), str)]
        likely = next((one for one, _label in SEPARATORS[1:-1] if any(one in text for text in texts)), "")
        field = forms.ChoiceField(label=_("what separates the entries"), choices=SEPARATORS, required=False)
        field.initial = before.get("separator", likely)
        self._ask(section, "separator", field, {})
        if not self.is_bound:
            section["separated"] = field.initial
        else:
            section["separated"] = self.data.get(f"{name}-separator", "")
            if section["separated"] != self.data.get(f"{name}-separated", ""):
                # Other entries than those that were asked about: their answers are nobody's.
                section["is_separated_anew"] = True
                for key in [key for key in self.data if key.startswith(f"{name}-value-")]:
                    del self.data[key]
        return section["separated"]

    def _ask(self, section: dict[str, Any], question: str, field: forms.Field, before: Mapping[str, Any]) -> None:
        name = f"{section['target'].name}-{question}"
        field.initial = before.get(question, field.initial)
        if isinstance(field.initial, list):
            field.initial = "\n".join(field.initial)
        self.fields[name] = field
        section["questions"][question] = self[name]

    def _ask_meaning(
        self, section: dict[str, Any], number: int, value: str, times: int, before: Mapping[str, Any]
    ) -> None:
        target: Target = section["target"]
        choices = list(meanings_of(target))
        initial = before.get("values", {}).get(value)
        if isinstance(initial, bool):
            initial = "true" if initial else "false"
        for words, meaning in ((NOTHING, "nothing"), (DOUBTFUL, "doubtful")):
            if value in before.get(meaning, ()):
                initial = words
        if initial and initial not in (NOTHING, DOUBTFUL) and initial not in [key for key, _label in choices]:
            choices.append((initial, initial))  # a department, say, that comes to be with the import
        name = f"{target.name}-value-{number}"
        self.fields[name] = forms.ChoiceField(
            label=f"{value} ({times})",
            required=False,
            choices=[
                (UNKNOWN, WITHOUT_MEANING.get(target.kind, _("not known: kept in the source's words"))),
                *choices,
                (NOTHING, _("says nothing")),
                (DOUBTFUL, _("may mean “none” or “not known”")),
            ],
            initial=likely_meaning(value, choices) if initial is None else initial,
        )
        section["values"][value] = self[name]

    def clean(self) -> dict[str, Any]:
        if any(section.get("is_separated_anew") for section in self.sections):
            self.add_error(None, _("Lists are separated differently now: say what their entries mean."))
        made = {**self.definition, "fields": {name: {**field} for name, field in self.definition["fields"].items()}}
        for section in self.sections:
            field = made["fields"][section["target"].name]
            meanings = self._meanings(section, field.get("values", {}))
            for question in (*section["questions"], *(("nothing", "doubtful") if section["values"] else ())):
                field.pop(question, None)
            field |= self._answers(section)
            if meanings:
                field["values"] = meanings
            elif section["values"]:
                field.pop("values", None)
        try:
            parse(made, self.cleaned_data.get("name", ""))
        except MappingError as error:
            self.add_error(None, str(error))
        self.mapping_definition = made
        return self.cleaned_data

    def _answers(self, section: dict[str, Any]) -> dict[str, Any]:
        target: Target = section["target"]
        answers: dict[str, Any] = {}
        for question in section["questions"]:
            given = self.cleaned_data.get(f"{target.name}-{question}")
            if given and question in ("nothing", "doubtful"):
                answers[question] = [line.strip() for line in given.splitlines() if line.strip()]
            elif given:
                answers[question] = given
        for number, value in enumerate(section["values"]):
            given = self.cleaned_data.get(f"{target.name}-value-{number}", UNKNOWN)
            if given in (NOTHING, DOUBTFUL):
                answers.setdefault("nothing" if given == NOTHING else "doubtful", []).append(value)
        return answers

    def _meanings(self, section: dict[str, Any], before: Mapping[str, Any]) -> dict[str, str | bool]:
        """What the values mean; those that this file doesn't have mean what they did before."""
        target: Target = section["target"]
        meanings: dict[str, str | bool] = {
            value: one for value, one in before.items() if value not in section["values"]
        }
        for number, value in enumerate(section["values"]):
            given = self.cleaned_data.get(f"{target.name}-value-{number}", UNKNOWN)
            if given not in (UNKNOWN, NOTHING, DOUBTFUL):
                meanings[value] = given == "true" if target.kind == Kind.YES_OR_NO else given
        return meanings


def words_field(label: Any, values: Counter[str]) -> forms.Field:
    """A field for values of a column, one a line, with those at hand that usually say nothing."""
    found = [word for word in EMPTY_WORDS if word in values]
    help_text = (
        gettext("one a line; the column has: %(words)s") % {"words": " · ".join(found)} if found else _("one a line")
    )
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=help_text)


def meanings_of(target: Target) -> Iterator[tuple[str, Any]]:
    """What a value of a field can mean: our keys, and what they are called."""
    match target.kind:
        case Kind.YES_OR_NO:
            yield from (("true", _("yes")), ("false", _("no")))
        case Kind.DEPARTMENT | Kind.DEPARTMENTS:
            for department in Department.objects.all():
                yield department.code, department.name
        case Kind.THEMES:
            yield from ((theme.key, theme.name) for theme in Theme.objects.all())
        case Kind.MODES:
            yield from ((mode.key, mode.name) for mode in ServiceMode.objects.all())
        case Kind.CHOICES if target.name == "exercise_levels":
            yield from Level.choices
        case _:
            yield from choices_with_labels(target)


def choices_with_labels(target: Target) -> list[tuple[str, Any]]:
    """The keys of a field with choices; an empty key has no place among a form's choices."""
    if target.name == "service_objects":
        return ServiceObject.choices
    field = CatalogueItem._meta.get_field(target.name)
    return [(key, label) for key, label in field.choices if key]


def likely_meaning(value: str, choices: list[tuple[str, Any]]) -> str:
    """The key that is called what the value says; the person sees it and may say otherwise."""
    words = {"是": "true", "否": "false", "有": "true", "yes": "true", "no": "false"}
    keys = [key for key, label in choices if normalised(value) in (key, normalised(str(label)))]
    if not keys and words.get(value.lower()) in [key for key, _label in choices]:
        return words[value.lower()]
    return keys[0] if len(keys) == 1 else UNKNOWN
