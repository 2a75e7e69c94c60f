"""What the province keeps for the whole group: standard, notices, departments, modes, duties, topics, working days."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.snippets.models import register_snippet

from sites.admin.models import PlainViewSet
from sites.admin.standard import StandardViewSet
from sites.admin.working_days import WorkingDaysViewSet
from sites.models import Department, GroupNotice, ServiceMode, StaffDuty, Topic
from sites.models.page import both_languages


class DepartmentViewSet(PlainViewSet):
    model = Department
    icon = "group"
    list_display: ClassVar = ["name", "code", "order"]
    search_fields: ClassVar = ["name_zh_hans", "name_en", "code"]
    search_backend_name = None
    panels: ClassVar = [
        both_languages("name"),
        both_languages("city_name"),
        both_languages("province_name"),
        both_languages("duties"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("order")]),
    ]


class ServiceModeViewSet(PlainViewSet):
    model = ServiceMode
    icon = "list-ul"
    list_display: ClassVar = ["name", "key", "order"]
    panels: ClassVar = [
        both_languages("name"),
        both_languages("description"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
    ]


class StaffDutyViewSet(PlainViewSet):
    model = StaffDuty
    icon = "clipboard-list"
    list_display: ClassVar = ["name", "key", "order"]
    panels: ClassVar = ServiceModeViewSet.panels


class TopicViewSet(PlainViewSet):
    model = Topic
    icon = "tag"
    list_display: ClassVar = ["name", "key", "order"]
    panels: ClassVar = [both_languages("name"), FieldRowPanel([FieldPanel("key"), FieldPanel("order")])]


class GroupNoticeViewSet(PlainViewSet):
    model = GroupNotice
    icon = "warning"
    list_display: ClassVar = [
        "title",
        BooleanColumn("is_urgent", label=_("Urgent"), sort_key="is_urgent"),
        "shows_from",
        "shows_until",
    ]
    search_fields: ClassVar = ["title_zh_hans", "title_en"]
    search_backend_name = None
    panels: ClassVar = [
        both_languages("title"),
        both_languages("body"),
        FieldPanel("is_urgent"),
        FieldRowPanel([FieldPanel("shows_from"), FieldPanel("shows_until")]),
        MultiFieldPanel(
            [MultipleChooserPanel("chosen_divisions", chooser_field_name="division", label=_("Division"))],
            heading=_("Divisions"),
            help_text=_("The notice shows on the sites of these divisions and all below; none chosen: on all sites."),
        ),
    ]


class ProvinceMenu(ModelViewSetGroup):
    """The menu “Province”; each entry shows to whoever has a right on it."""

    menu_name = "province"
    menu_label = _("Province")
    menu_icon = "globe"
    menu_order = 310
    items = (
        StandardViewSet,
        GroupNoticeViewSet,
        DepartmentViewSet,
        ServiceModeViewSet,
        StaffDutyViewSet,
        TopicViewSet,
        WorkingDaysViewSet,
    )


register_snippet(ProvinceMenu)
