"""Importing in the admin: upload a file, see what an import would do, import exactly that upload, read what it did."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from guides.admin.mapping_maker import ColumnsForm, ValuesForm
from guides.importing.files import Table, read_table
from guides.importing.mapping import OWN, built_in_names, load
from guides.importing.report import LABELS, Finding, Report
from guides.importing.runs import findings_of, give_up, has_failed, progress_of, start
from guides.models import CatalogueImport, ImportMapping
from guides.rights import keeps_catalogue
from sites.models import Division, Level

State = CatalogueImport.State

MOST_BYTES = 50 * 1024 * 1024
NEW_MAPPING = ""
# How many of a person's uploads the first page lists, and how many findings of a kind the report shows at once.
LISTED, SHOWN = 20, 10
PER_PAGE = 100
SECONDS_BETWEEN_LOOKS = 2


class KeepersOnly:
    """Catalogue editors and provincial administrators import; everybody else is led away as from all of the admin."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not keeps_catalogue(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ImportPage(KeepersOnly, WagtailAdminTemplateMixin, View):
    page_title = _("Import")
    header_icon = "upload"
    action_label: ClassVar[Any] = ""

    @cached_property
    def upload(self) -> CatalogueImport:
        """The upload that the address names: nobody sees another person's."""
        return get_object_or_404(CatalogueImport, pk=self.kwargs["pk"], user=self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("catalogue_import:index"), "label": _("Import")}]
        if "pk" in self.kwargs:
            items.append({"url": "", "label": self.upload.file_name})
        return items


def mapping_choices() -> list[tuple[str, Any]]:
    """The mappings there are: those of people by their key, the built-in ones by their name."""
    saved = [(f"saved:{mapping.pk}", mapping.name) for mapping in ImportMapping.objects.all()]
    named = [(name, BUILT_IN_LABELS.get(name, name)) for name in built_in_names()]
    return [(NEW_MAPPING, _("make a new mapping from this file")), *saved, *named]


BUILT_IN_LABELS = {
    "guangan": _("Guang'an: list of a county's centre"),
    "guangdong": _("Guangdong: published guides"),
    OWN: _("this system's own export"),
}


class UploadForm(forms.Form):
    file = forms.FileField(label=_("file"), help_text=_("CSV in UTF-8, XLSX or JSON lines; at most 50 MB"))
    mapping = forms.ChoiceField(label=_("mapping"), required=False)
    division = forms.CharField(
        label=_("division"),
        required=False,
        help_text=_("code of the division whose list it is; left empty: what the file says"),
    )
    level = forms.ChoiceField(
        label=_("exercise level"),
        required=False,
        choices=[("", _("what the file or its division says")), *Level.choices],
        help_text=_("of rows where the file doesn't say"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mapping"].choices = mapping_choices()

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise ValidationError(_("The file has more than 50 MB."))
        return self.cleaned_data["file"]

    def clean_division(self) -> Division | None:
        code = self.cleaned_data["division"].strip()
        division = Division.objects.filter(pk=code).first() if code else None
        if code and division is None:
            raise ValidationError(_("There is no division with the code %(code)s."), params={"code": code})
        return division

    def save(self, user: Any) -> CatalogueImport:
        """The upload, with a copy of the mapping that was chosen for it."""
        name, definition = chosen_mapping(self.cleaned_data["mapping"])
        return CatalogueImport.objects.create(
            user=user,
            file=self.cleaned_data["file"],
            file_name=self.cleaned_data["file"].name[-200:],
            mapping_name=name,
            definition=definition,
            division=self.cleaned_data["division"],
            level=self.cleaned_data["level"],
        )


def chosen_mapping(choice: str) -> tuple[str, Any]:
    """The name and the definition of the mapping of a form's choice."""
    if choice.startswith("saved:"):
        saved = get_object_or_404(ImportMapping, pk=choice.removeprefix("saved:"))
        return saved.name, saved.definition
    if choice in (NEW_MAPPING, OWN):
        return choice, None
    return choice, dict(load(choice).definition)


class IndexView(ImportPage):
    """The form to upload a file, and what the person uploaded before."""

    template_name = "guides/admin/import_index.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=UploadForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        upload = form.save(request.user)
        if form.cleaned_data["mapping"] == NEW_MAPPING:
            return redirect("catalogue_import:columns", upload.pk)
        start(upload, State.CHECKING)
        return redirect("catalogue_import:report", upload.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uploads = CatalogueImport.objects.filter(user=self.request.user).defer("findings", "definition")[:LISTED]
        return super().get_context_data(uploads=uploads, mappings=ImportMapping.objects.all(), **kwargs)


class ReportView(ImportPage):
    """How far an upload is, or what was found in it, by kind; with `?code=` all findings of a kind."""

    template_name = "guides/admin/import_report.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.upload.state == State.NEEDS_MAPPING:
            return redirect("catalogue_import:columns", self.upload.pk)
        if has_failed(self.upload):
            give_up(self.upload)
            messages.error(
                request, _("The import failed and changed nothing. Try it again, or tell who runs the system.")
            )
            return redirect(request.path)
        response = self.render_to_response(self.get_context_data())
        if self.upload.is_busy:
            response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        findings = findings_of(self.upload)
        code = self.request.GET.get("code", "")
        page = Paginator([one for one in findings if one.code == code], PER_PAGE).get_page(self.request.GET.get("p"))
        counts = self.upload.counts
        return super().get_context_data(
            upload=self.upload,
            progress=progress_of(self.upload),
            counts=counts,
            groups=grouped(findings),
            code=code,
            code_label=LABELS.get(code, code),
            page=page,
            may_import=self.upload.state == State.CHECKED and bool(counts) and not counts["refused"],
            would_do_something=bool(counts) and counts["added"] + counts["changed"] > 0,
            is_done=self.upload.state == State.DONE,
            is_own_form=self.upload.mapping_name == OWN,
            mapping_label=BUILT_IN_LABELS.get(self.upload.mapping_name, self.upload.mapping_name),
            **kwargs,
        )


def grouped(findings: list[Finding]) -> list[dict[str, Any]]:
    """The findings by their kind, those that refuse first, each with the first few."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    groups = [
        {
            "code": code,
            "label": LABELS.get(code, code),
            "refuses": found[0].refuses,
            "number": len(found),
            "shown": found[:SHOWN],
            "rest": max(0, len(found) - SHOWN),
        }
        for code, found in by_code.items()
    ]
    return sorted(groups, key=lambda group: (not group["refuses"], str(group["label"])))


class StartView(ImportPage):
    """POST imports an upload that was looked at, or has it looked at once more."""

    http_method_names: ClassVar = ["post"]
    state: str = State.RUNNING

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        counts = self.upload.counts
        if self.state == State.RUNNING and (not counts or counts["refused"]):
            messages.error(request, _("This upload can't be imported."))
        elif not start(self.upload, self.state):
            messages.error(request, _("This upload is being worked on, or was imported already."))
        return redirect("catalogue_import:report", self.upload.pk)


# -- Making a mapping ---------------------------------------------------------------


class MappingPage(ImportPage):
    """Making a mapping by looking at the file of an upload."""

    page_title = _("Make a mapping")

    @cached_property
    def reading(self) -> tuple[Table, Report]:
        report = Report()
        with self.upload.file.open("rb") as file:
            return read_table(file.read(), [], report), report

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if keeps_catalogue(request.user) and self.upload.state not in (State.NEEDS_MAPPING, State.CHECKED):
            return redirect("catalogue_import:report", self.upload.pk)
        return super().dispatch(request, *args, **kwargs)


class ColumnsView(MappingPage):
    """The first step: which of our fields each column is."""

    template_name = "guides/admin/import_columns.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(ColumnsForm(self.reading[0], self.upload.definition))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ColumnsForm(self.reading[0], self.upload.definition, request.POST)
        if not form.is_valid():
            return self.answer(form)
        self.upload.definition, self.upload.mapping_name = form.definition(), ""
        self.upload.state = State.NEEDS_MAPPING
        self.upload.save(update_fields=["definition", "mapping_name", "state"])
        return redirect("catalogue_import:values", self.upload.pk)

    def answer(self, form: ColumnsForm) -> HttpResponse:
        table, report = self.reading
        findings = [finding for finding in report.findings if finding.refuses]
        return self.render_to_response(
            self.get_context_data(form=form, upload=self.upload, table=table, findings=findings)
        )


class ValuesView(MappingPage):
    """The second step: what the values of those columns mean; saves the mapping and has the upload looked at."""

    template_name = "guides/admin/import_values.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.upload.definition:
            return redirect("catalogue_import:columns", self.upload.pk)
        return self.answer(ValuesForm(self.reading[0], self.upload.definition))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.upload.definition:
            return redirect("catalogue_import:columns", self.upload.pk)
        form = ValuesForm(self.reading[0], self.upload.definition, request.POST)
        if not form.is_valid():
            return self.answer(form)
        mapping, _created = ImportMapping.objects.update_or_create(
            name=form.cleaned_data["name"], defaults={"definition": form.mapping_definition}
        )
        self.upload.definition, self.upload.mapping_name = mapping.definition, mapping.name
        self.upload.save(update_fields=["definition", "mapping_name"])
        start(self.upload, State.CHECKING)
        return redirect("catalogue_import:report", self.upload.pk)

    def answer(self, form: ValuesForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, upload=self.upload))


class DeleteMappingView(KeepersOnly, View):
    """POST forgets a mapping that somebody made; what was imported with it stays as it is."""

    http_method_names: ClassVar = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mapping = get_object_or_404(ImportMapping, pk=self.kwargs["pk"])
        mapping.delete()
        messages.success(request, _("The mapping “%(name)s” was deleted.") % {"name": mapping.name})
        return redirect("catalogue_import:index")


# -- In the admin -------------------------------------------------------------------


class KeepersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return keeps_catalogue(request.user)


class ImportViewSet(ViewSet):
    name = "catalogue_import"
    url_prefix = "catalogue-import"
    icon = "upload"
    menu_label = _("Import")
    menu_order = 400
    menu_item_class = KeepersMenuItem

    def get_urlpatterns(self) -> list:
        return [
            path("", IndexView.as_view(), name="index"),
            path("<int:pk>/", ReportView.as_view(), name="report"),
            path("<int:pk>/import/", StartView.as_view(state=State.RUNNING), name="run"),
            path("<int:pk>/check/", StartView.as_view(state=State.CHECKING), name="check"),
            path("<int:pk>/columns/", ColumnsView.as_view(), name="columns"),
            path("<int:pk>/values/", ValuesView.as_view(), name="values"),
            path("mappings/<int:pk>/delete/", DeleteMappingView.as_view(), name="delete_mapping"),
        ]
