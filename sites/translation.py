"""Which fields of this room's models exist in Chinese and English."""

from modeltranslation.translator import TranslationOptions, register

from sites.models import (
    ArticlePage,
    Centre,
    Column,
    ColumnPage,
    Department,
    Division,
    DivisionFact,
    DivisionFolder,
    GroupNotice,
    HomePage,
    ServiceMode,
    StaffDuty,
    Topic,
    Window,
)


@register(DivisionFolder)
class DivisionFolderTranslation(TranslationOptions):
    fields = ()


@register(HomePage)
class HomePageTranslation(TranslationOptions):
    fields = ()


@register(ColumnPage)
class ColumnPageTranslation(TranslationOptions):
    fields = ("introduction",)


@register(ArticlePage)
class ArticlePageTranslation(TranslationOptions):
    fields = ("summary", "body", "source", "author", "keywords")


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name",)


@register(Division)
class DivisionTranslation(TranslationOptions):
    fields = ("name",)


@register(Centre)
class CentreTranslation(TranslationOptions):
    fields = ("name", "address", "directions", "opening_note", "sponsor", "operator")


@register(Department)
class DepartmentTranslation(TranslationOptions):
    fields = ("name", "city_name", "province_name", "duties")


@register(ServiceMode)
class ServiceModeTranslation(TranslationOptions):
    fields = ("name", "description")


@register(StaffDuty)
class StaffDutyTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Window)
class WindowTranslation(TranslationOptions):
    fields = ("name",)


@register(Column)
class ColumnTranslation(TranslationOptions):
    fields = ("name", "description")


@register(GroupNotice)
class GroupNoticeTranslation(TranslationOptions):
    fields = ("title", "body")


@register(DivisionFact)
class DivisionFactTranslation(TranslationOptions):
    fields = ("label", "value")
