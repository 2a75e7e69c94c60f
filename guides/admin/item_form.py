"""The form of an item: all that its guide says, Chinese beside English, in the order of the guide."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, PublishingPanel

from guides.admin.choosers import department_chooser
from guides.admin.panels import ChoicesField, ChoicesPanel, EditorForm, MeterPanel, RowsPanel, SectionPanel, SourcePanel
from guides.models import CatalogueItem, MaterialForm, ServiceObject
from guides.rules import Fault, contradictions_of, faults_of
from guides.state import STATE_FIELDS
from sites.models import Level
from sites.models.page import both_languages


class CatalogueItemForm(EditorForm):
    """An item as somebody types it. The catalogue's rules stand at the field or row that they are about."""

    exercise_levels = ChoicesField(
        label=_("Exercise levels"), choices=Level.choices, help_text=_("the levels whose centres accept applications")
    )
    service_objects = ChoicesField(label=_("Service objects"), choices=ServiceObject.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.faults: list[Fault] | None = None
        if self.instance.pk:
            self.fields["code"].disabled = True
            # The state is decided apart (guides.state): an old version that is put back mustn't bring its own.
            present = CatalogueItem.objects.only(*STATE_FIELDS).get(pk=self.instance.pk)
            for name in STATE_FIELDS:
                setattr(self.instance, name, getattr(present, name))

    def is_valid(self) -> bool:
        """Ask the rules once the fields and rows are right: of a draft, only those whose breach makes no sense."""
        if not super().is_valid():
            return False
        if self.faults is None:
            rules = contradictions_of if self.is_deferred_validation else faults_of
            self.faults = list(rules(self.typed_item()))
            for fault in self.faults:
                show_fault(self, fault)
        return not self.faults

    def typed_item(self) -> CatalogueItem:
        """The item as the form says it, rows included, apart from the object that will be saved."""
        item = CatalogueItem(
            **{field.attname: getattr(self.instance, field.attname) for field in self.instance._meta.fields}
        )
        for relation, formset in self.formsets.items():
            setattr(item, relation, [row.instance for row in typed_rows(formset)])
        return item


def typed_rows(formset: Any) -> list[Any]:
    """The forms of the rows that will be there after saving, in their order."""
    kept = [row for row in formset.forms if row not in formset.deleted_forms and (row.instance.pk or row.has_changed())]
    # A row that is wrong altogether has no cleaned data.
    return sorted(kept, key=lambda row: getattr(row, "cleaned_data", {}).get("ORDER") or 0)


def show_fault(form: CatalogueItemForm, fault: Fault) -> None:
    """Put a broken rule at the field, the row, or the whole of the rows that it is about."""
    formset = form.formsets.get(fault.field)
    if formset is None:
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)
        return
    for row in formset.forms:
        if fault.child is not None and row.instance is fault.child:
            row.add_error(fault.child_field, fault.message)
            return
    formset.non_form_errors().append(fault.message)


def says_the_same(form: CatalogueItemForm, draft: CatalogueItem) -> bool:
    """Whether what was sent is what a draft says.

    Rows that a draft has and the version in force hasn't are new to the form, so it takes them for changed; and
    browsers send other line ends than texts are kept with.
    """
    for name in form.changed_data:
        sent, drafted = form.cleaned_data[name], form.initial.get(name)
        if not isinstance(sent, str) or comparable(sent) != comparable(drafted):
            return False
    return all(
        [values_of(row.instance) for row in typed_rows(formset)]
        == [values_of(row) for row in getattr(draft, relation).all()]
        for relation, formset in form.formsets.items()
    )


def values_of(row: Model) -> dict[str, Any]:
    """What a row says, whatever its number and its place."""
    fields = [field for field in row._meta.concrete_fields if field.name not in ("id", "item", "sort_order")]
    return {field.name: comparable(field.value_from_object(row)) for field in fields}


def comparable(value: Any) -> Any:
    """A value without the differences that are none: kinds of line ends, an empty text and none."""
    return normalize_newlines(value) or None if isinstance(value, str) else value


class StepRowForm(EditorForm):
    """A step takes its key along: centres' own step limits refer to it, also while its row is new to the database."""

    key = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kwargs.get("instance") is not None:
            self.initial["key"] = self.instance.key

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # The field of the model isn't editable, so the form doesn't set it.
        self.instance.key = cleaned.get("key") or self.instance.key
        return cleaned


class MaterialRowForm(EditorForm):
    forms = ChoicesField(label=_("Forms"), choices=MaterialForm.choices)


def department_panel(name: str = "department") -> FieldPanel:
    return FieldPanel(name, widget=department_chooser.widget_class)


SECTIONS = [
    SectionPanel(
        [
            FieldRowPanel([FieldPanel("code", required_on_save=True), FieldPanel("basic_code")]),
            FieldRowPanel(
                [
                    FieldPanel("name_zh_hans", required_on_save=True),
                    FieldPanel("name_en"),
                ]
            ),
            both_languages("summary"),
            FieldRowPanel([FieldPanel("item_type", required_on_save=True), FieldPanel("service_kind")]),
            FieldRowPanel([FieldPanel("tier"), FieldPanel("parent")]),
            FieldPanel("effective_on"),
        ],
        heading=_("Name and codes"),
        elements=("name",),
    ),
    SectionPanel(
        [
            department_panel(),
            FieldPanel("joint_departments", widget=forms.CheckboxSelectMultiple),
            ChoicesPanel("exercise_levels", Level.choices),
            ChoicesPanel("service_objects", ServiceObject.choices),
            FieldPanel("handling_kind"),
        ],
        heading=_("Who handles it, and for whom"),
        elements=("department", "levels", "objects", "handling_kind"),
    ),
    SectionPanel(
        [
            RowsPanel(
                "legal_bases",
                heading=_("Statutory basis"),
                label=_("provision"),
                panels=[both_languages("law"), both_languages("article"), both_languages("text")],
            )
        ],
        heading=_("Statutory basis"),
        elements=("basis",),
    ),
    SectionPanel([both_languages("conditions")], heading=_("Conditions"), elements=("conditions",)),
    SectionPanel(
        [
            FieldPanel("needs_no_materials"),
            RowsPanel(
                "materials",
                heading=_("Materials"),
                label=_("material"),
                form_class=MaterialRowForm,
                panels=[
                    both_languages("name"),
                    FieldRowPanel([ChoicesPanel("forms", MaterialForm.choices), FieldPanel("source")]),
                    FieldRowPanel([FieldPanel("copies"), FieldPanel("is_required")]),
                    both_languages("condition"),
                    FieldRowPanel([FieldPanel("blank_form"), FieldPanel("filled_sample")]),
                    both_languages("standard"),
                    both_languages("basis"),
                    FieldPanel("key"),
                ],
            ),
        ],
        heading=_("Materials"),
        elements=("materials",),
    ),
    SectionPanel(
        [
            RowsPanel(
                "steps",
                heading=_("Process"),
                label=_("step"),
                form_class=StepRowForm,
                panels=[
                    both_languages("name"),
                    FieldRowPanel([department_panel(), FieldPanel("level")]),
                    both_languages("action"),
                    FieldPanel("limit_days"),
                    both_languages("produces"),
                ],
            ),
            RowsPanel(
                "special_procedures",
                heading=_("Special procedures"),
                label=_("special procedure"),
                panels=[FieldRowPanel([FieldPanel("kind"), FieldPanel("usual_days")]), both_languages("note")],
            ),
        ],
        heading=_("Process"),
        elements=("process",),
    ),
    SectionPanel(
        [
            FieldRowPanel([FieldPanel("statutory_limit"), FieldPanel("statutory_unit")]),
            FieldRowPanel([FieldPanel("promised_limit"), FieldPanel("promised_unit")]),
            both_languages("limit_note"),
        ],
        heading=_("Limits"),
        elements=("statutory_limit", "promised_limit"),
    ),
    SectionPanel(
        [
            FieldPanel("charges"),
            RowsPanel(
                "fees",
                heading=_("Fees"),
                label=_("fee"),
                panels=[
                    both_languages("name"),
                    both_languages("standard"),
                    FieldPanel("amount"),
                    both_languages("basis"),
                ],
            ),
        ],
        heading=_("Fees"),
        elements=("fees",),
    ),
    SectionPanel(
        [
            RowsPanel(
                "result_documents",
                heading=_("Result"),
                label=_("result document"),
                panels=[
                    both_languages("name"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("sample")]),
                    both_languages("validity"),
                ],
            )
        ],
        heading=_("Result"),
        elements=("result",),
    ),
    SectionPanel(
        [
            FieldRowPanel([FieldPanel("visits"), FieldPanel("online_depth")]),
            FieldPanel("handled_anywhere"),
            FieldRowPanel([FieldPanel("takes_appointments"), FieldPanel("delivers_results")]),
            FieldPanel("service_modes", widget=forms.CheckboxSelectMultiple),
            FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("How one applies, and where the item is found"),
    ),
    SectionPanel(
        [
            RowsPanel(
                "questions",
                heading=_("Frequently asked questions"),
                label=_("question"),
                panels=[both_languages("question"), both_languages("answer")],
            )
        ],
        heading=_("Frequently asked questions"),
    ),
]

EDIT_HANDLER = ObjectList(
    [
        MeterPanel(heading=_("What a guide needs")),
        *SECTIONS,
        SourcePanel(heading=_("Further words of the source")),
        PublishingPanel(),
    ],
    base_form_class=CatalogueItemForm,
)
