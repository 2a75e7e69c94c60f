"""The page on which a centre takes items of its level into its own: all, a department's, or those that are ticked."""

from typing import Any

from django import forms
from django.core.paginator import Page
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from guides.admin.choosers import items_matching
from guides.adoption import adopt, adoptable_items
from guides.models import Adoption, CatalogueItem
from guides.models.catalogue import CatalogueItemQuerySet
from sites.admin.choosers import own_centre_chooser
from sites.models import Centre, Department
from sites.own_centres import centres_of

PER_PAGE = 50


class AdoptView(WagtailAdminTemplateMixin, TemplateView):
    """`?centre=` says for which of the own centres, where there are several; `?q=&department=&p=` find items.

    POST adopts: `all`, `of_department` (its number), or `item` (numbers).
    """

    page_title = _("Adopt items")
    header_icon = "clipboard-list"
    template_name = "guides/admin/adopt.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.own_centres:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def own_centres(self) -> list[Centre]:
        """The first two: whether there is a choice."""
        return list(centres_of(self.request.user).select_related("division")[:2])

    @cached_property
    def centre(self) -> Centre | None:
        """The centre that adopts; None until it is chosen. 404 for another's."""
        code = self.request.GET.get("centre", "")
        if code:
            return get_object_or_404(centres_of(self.request.user).select_related("division"), pk=code)
        return self.own_centres[0] if len(self.own_centres) == 1 else None

    @cached_property
    def adoptable(self) -> CatalogueItemQuerySet:
        """What the centre could still adopt."""
        assert self.centre is not None
        adopted = Adoption.objects.filter(centre=self.centre).values("item")
        return adoptable_items(self.centre.division.level).exclude(pk__in=adopted)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.centre is None:
            return redirect(request.path)
        number = adopt(self.centre, self.wanted(), request.user)
        if number:
            text = ngettext("%(number)d item is adopted.", "%(number)d items are adopted.", number)
            messages.success(request, text % {"number": number})
        else:
            messages.warning(request, _("Nothing was chosen that could be adopted."))
        return redirect(f"{request.path}?{urlencode({'centre': self.centre.pk})}")

    def wanted(self) -> CatalogueItemQuerySet:
        """The items that were asked for."""
        sent = self.request.POST
        items = CatalogueItem.objects.all()
        if "all" in sent:
            return items
        if sent.get("of_department", "").isdigit():
            return items.filter(department=int(sent["of_department"]))
        return items.filter(pk__in=[int(number) for number in sent.getlist("item") if number.isdigit()])

    @cached_property
    def department(self) -> Department | None:
        number = self.request.GET.get("department", "")
        return Department.objects.filter(pk=int(number)).first() if number.isdigit() else None

    def found(self) -> Page:
        items = items_matching(self.adoptable, self.request.GET.get("q", ""))
        if self.department is not None:
            items = items.filter(department=self.department)
        paginator = WagtailPaginator(items.select_related("department").defer("source_words"), PER_PAGE)
        return paginator.get_page(self.request.GET.get("p"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(centre=self.centre, has_choice=len(self.own_centres) > 1, **kwargs)
        field = forms.CharField(widget=own_centre_chooser.widget_class(), label=_("Centre"))
        chooser = type("CentreForm", (forms.Form,), {"centre": field})(
            initial={"centre": self.centre and self.centre.pk}
        )
        context |= {"centre_form": chooser, "media": chooser.media}
        if self.centre is None:
            return context
        numbers = dict(
            self.adoptable.order_by()
            .values_list("department")
            .annotate(number=Count("pk"))
            .values_list("department", "number")
        )
        departments = Department.objects.filter(pk__in=[pk for pk in numbers if pk])
        return context | {
            "level": self.centre.division.get_level_display(),
            "number": sum(numbers.values()),
            "adopted": Adoption.objects.filter(centre=self.centre).count(),
            "departments": [(department, numbers[department.pk]) for department in departments],
            "chosen_department": self.department,
            "q": self.request.GET.get("q", ""),
            "page_obj": self.found(),
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("adopted_items:index"), "label": _("Adopted items")},
            {"url": "", "label": self.page_title},
        ]
