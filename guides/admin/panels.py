"""Panels of the item's form: the meter on top, and sections that show the source's words beside the fields."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import CheckboxSelectMultiple, MultipleChoiceField
from django.utils.functional import Promise
from django.utils.text import normalize_newlines
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from guides.admin.comparisons import ChoicesComparison
from guides.completeness import ELEMENTS, lacking_english, missing_elements
from guides.importing.reading import shown
from guides.meter import Meter
from guides.models import Adoption
from guides.vocabulary import Tier

Choices = Iterable[tuple[str, str | Promise]]


class EditorForm(WagtailAdminModelForm):
    """Texts keep the line ends that they have everywhere else: browsers send others, and nothing would compare."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = normalize_newlines(value)
        return cleaned


class ChoicesField(MultipleChoiceField):
    """A list of keys that a JSON column keeps, as checkboxes. Nothing chosen is an empty list."""

    widget = CheckboxSelectMultiple

    def __init__(self, *, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=choices, required=False, **kwargs)


class ChoicesPanel(FieldPanel):
    """A list of keys: compared by the labels of the keys."""

    def __init__(self, field_name: str, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.choices = choices

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "choices": self.choices}

    def get_comparison_class(self) -> type[ChoicesComparison]:
        return type("KeysComparison", (ChoicesComparison,), {"choices": self.choices})


class RowsPanel(InlinePanel):
    """The rows of a relation, with a form of our own; after an error they stay in the order they were put in."""

    def __init__(self, *args: Any, form_class: type = EditorForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_class = form_class

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "form_class": self.form_class}

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model, form_class=self.form_class, defer_required_on_fields=deferred
        )
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is not None and self.form.is_bound:
                self.children.sort(key=lambda child: posted_order(child.form))


def posted_order(form: Any) -> int:
    """The place that a row was put at in the browser."""
    posted = form["ORDER"].data
    return int(posted) if posted and posted.isdigit() else 0


class SectionPanel(MultiFieldPanel):
    """A part of the guide: its fields, and above them what the source of an import said of them.

    `elements` are the keys of the elements (guides.completeness) that the section makes up: the meter links here.
    """

    def __init__(self, *args: Any, elements: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.elements = elements

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "elements": self.elements}

    def names(self) -> set[str]:
        """The fields and relations of the section, without their languages."""
        options = self.get_form_options()
        fields = {field.removesuffix("_zh_hans") for field in options.get("fields", ())}
        return fields | set(options.get("formsets") or ())

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "guides/admin/section_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            names = self.panel.names()
            words = self.instance.source_words or {}
            context["source_words"] = list(
                labelled_words(self.instance, {key: words[key] for key in words if key in names})
            )
            return context


class SourcePanel(Panel):
    """What the source of an import said of things that no section has."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/admin/source_panel.html"

        def other_words(self) -> dict[str, Any]:
            sections = {name.removesuffix("_zh_hans") for name in (*self.form.fields, *self.form.formsets)}
            words = self.instance.source_words or {}
            return {key: words[key] for key in words if key not in sections}

        def is_shown(self) -> bool:
            return bool(self.other_words())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "source_words": list(labelled_words(self.instance, self.other_words())),
                "division": self.instance.source_division,
            }


def labelled_words(instance: Any, words: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The source's words with what their field is called; by the source's own name of the column elsewhere."""
    # The facts of the source's own centre are called as centres have them.
    fields = {field.name: field for field in (*Adoption._meta.get_fields(), *instance._meta.get_fields())}
    for key, value in words.items():
        field = fields.get(key)
        if field is None:
            label = key
        elif field.one_to_many:
            label = field.related_model._meta.verbose_name_plural
        else:
            label = field.verbose_name
        yield str(label), shown(value)


class MeterPanel(Panel):
    """How complete the draft is in each language, and what is missing: each element links to its section."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/admin/meter_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and self.instance.tier == Tier.HANDLING

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # After an error the rows that were typed aren't the instance's yet.
            item = self.form.typed_item() if self.form is not None and self.form.is_bound else self.instance
            missing, lacking = missing_elements(item), lacking_english(item)
            return {
                **super().get_context_data(parent_context),
                "meter": Meter(" ".join(missing), " ".join(lacking)),
                "elements": [
                    {
                        "key": element.key,
                        "label": element.label,
                        "has_chinese": element.key not in missing,
                        "has_english": element.key not in missing and element.key not in lacking,
                    }
                    for element in ELEMENTS
                ],
            }
