"""The form of an adoption: what only the centre knows of an item, and what it betters."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from core.limits import LONGEST, Limit
from guides.admin.panels import ChoicesField
from guides.models import Adoption, CatalogueItem, ProcessStep
from guides.own_facts import faults_of_own_facts, is_own_step
from guides.rules import Fault
from sites.models import Level, ServiceMode
from sites.models.page import both_languages

# What is empty is the centre's for all its items: said below the field.
FROM_THE_CENTRE = {
    "telephone": "telephone",
    "complaint_telephone": "complaint_telephone",
    "place_zh_hans": "address_zh_hans",
}


def field_of(step: ProcessStep) -> str:
    """The name of the form's field for a centre's own limit of a step."""
    return f"step_{step.key}"


class AdoptionForm(WagtailAdminModelForm):
    """A centre's own facts. Faults of its limits (guides.own_facts) stand at the limit they are about."""

    service_modes = ChoicesField(
        label=gettext_lazy("Service modes offered here"),
        choices=lambda: [(mode.key, mode.name) for mode in ServiceMode.objects.all()],
        help_text=gettext_lazy("Nothing chosen: those of the standard."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centre = self.instance.centre
        self.fields["window"].queryset = centre.windows.all()
        for name, of_centre in FROM_THE_CENTRE.items():
            if getattr(centre, of_centre):
                text = (
                    _("left empty: that of its only window, else %(value)s")
                    if name == "telephone"
                    else _("left empty: %(value)s")
                )
                self.fields[name].help_text = text % {"value": getattr(centre, of_centre)}
        for step in self.own_steps:
            self.fields[field_of(step)] = forms.IntegerField(
                label=step.name,
                required=False,
                min_value=0,
                max_value=LONGEST,
                initial=self.instance.step_limits.get(step.key),
            )

    @property
    def item(self) -> CatalogueItem:
        return self.instance.item

    @property
    def level(self) -> str:
        return self.instance.centre.division.level

    @cached_property
    def steps(self) -> list[ProcessStep]:
        return list(self.item.steps.select_related("department"))

    @cached_property
    def own_steps(self) -> list[ProcessStep]:
        """The steps that are the centre's to shorten."""
        return [step for step in self.steps if is_own_step(step, self.level)]

    def clean_service_modes(self) -> list[str] | None:
        return self.cleaned_data["service_modes"] or None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        days = {step.key: cleaned.get(field_of(step)) for step in self.own_steps}
        self.instance.step_limits = {key: number for key, number in days.items() if number is not None}
        typed = Adoption(promised_limit=cleaned.get("promised_limit"), step_limits=self.instance.step_limits)
        for fault in faults_of_own_facts(typed, self.item, self.level):
            self.add_error(self.field_at_fault(fault), fault.message)
        return cleaned

    def field_at_fault(self, fault: Fault) -> str | None:
        if isinstance(fault.child, ProcessStep):
            return field_of(fault.child)
        return fault.field if fault.field in self.fields else None


class StandardPanel(Panel):
    """What the standard says of the item, and why limits of the centre's own stand aside."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/admin/standard_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            adoption, level = self.instance, self.instance.centre.division.level
            return {
                **super().get_context_data(parent_context),
                "item": adoption.item,
                "centre": adoption.centre,
                "faults": faults_of_own_facts(adoption, adoption.item, level) if not self.form.is_bound else [],
            }


class StepsPanel(Panel):
    """One number for each own step, beside the standard's; steps of other levels to read."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/admin/steps_panel.html"

        def is_shown(self) -> bool:
            return bool(self.form and self.form.steps)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            labels = dict(Level.choices)
            rows = [
                {
                    "step": step,
                    "department": step.department or self.instance.item.department,
                    "level": labels.get(step.level, ""),
                    "standard": None if step.limit_days is None else Limit(step.limit_days),
                    "field": self.form[field_of(step)] if field_of(step) in self.form.fields else None,
                }
                for step in self.form.steps
            ]
            return {**super().get_context_data(parent_context), "rows": rows}


class AdoptionPanels(ObjectList):
    """The whole form. The fields of the steps are drawn by their panel, which can't name them before there is a form."""

    class BoundPanel(ObjectList.BoundPanel):
        def render_missing_fields(self) -> SafeString:
            return SafeString("")


EDIT_HANDLER = AdoptionPanels(
    [
        StandardPanel(heading=gettext_lazy("Item")),
        MultiFieldPanel(
            [
                FieldPanel("window"),
                both_languages("place"),
                both_languages("hours"),
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("complaint_telephone")]),
            ],
            heading=gettext_lazy("Where and when"),
        ),
        MultiFieldPanel(
            [FieldPanel("promised_limit"), StepsPanel(heading=gettext_lazy("Own limits of steps"))],
            heading=gettext_lazy("Limits"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("visits"),
                FieldPanel("service_modes"),
                FieldPanel("is_main"),
                FieldPanel("implementation_code"),
            ],
            heading=gettext_lazy("Service here"),
        ),
    ],
    base_form_class=AdoptionForm,
)
