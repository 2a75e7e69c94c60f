"""The export of the items that the list shows, with all that hangs on them."""

from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from guides.admin.item_list import listed_items
from guides.exporting import CONTENT_TYPES, ExportError, export_items
from guides.models import CatalogueItem


class ExportView(PermissionCheckedMixin, View):
    """A file in one of the forms, of the items that the same filters and search show in the list."""

    model = CatalogueItem
    permission_required = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.kwargs["format"]
        if form not in CONTENT_TYPES:
            raise Http404
        output = TemporaryFile()  # noqa: SIM115 - the response closes it
        try:
            export_items(listed_items(request), form, output)
        except ExportError as error:
            messages.error(request, str(error))
            return redirect(CatalogueItem.snippet_viewset.get_url_name("list"))
        output.seek(0)
        name = f"catalogue-{timezone.localdate():%Y%m%d}.{form}"
        return FileResponse(output, as_attachment=True, filename=name, content_type=CONTENT_TYPES[form])
