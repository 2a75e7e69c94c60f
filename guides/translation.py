"""Which fields of this room's models exist in Chinese and English."""

from modeltranslation.translator import TranslationOptions, register

from guides.models import (
    Adoption,
    Bundle,
    BundleItem,
    CatalogueItem,
    Fee,
    LegalBasis,
    Material,
    ProcessStep,
    Question,
    ResultDocument,
    SpecialProcedure,
    Theme,
)


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name",)


@register(CatalogueItem)
class CatalogueItemTranslation(TranslationOptions):
    fields = ("name", "summary", "limit_note", "conditions")
    required_languages = {"zh-hans": ("name",)}


@register(LegalBasis)
class LegalBasisTranslation(TranslationOptions):
    fields = ("law", "article", "text")
    required_languages = {"zh-hans": ("law",)}


@register(Material)
class MaterialTranslation(TranslationOptions):
    fields = ("name", "condition", "standard", "basis")
    required_languages = {"zh-hans": ("name",)}


@register(ProcessStep)
class ProcessStepTranslation(TranslationOptions):
    fields = ("name", "action", "produces")
    required_languages = {"zh-hans": ("name",)}


@register(Fee)
class FeeTranslation(TranslationOptions):
    fields = ("name", "standard", "basis")
    required_languages = {"zh-hans": ("name", "standard")}


@register(SpecialProcedure)
class SpecialProcedureTranslation(TranslationOptions):
    fields = ("note",)


@register(ResultDocument)
class ResultDocumentTranslation(TranslationOptions):
    fields = ("name", "validity")
    required_languages = {"zh-hans": ("name",)}


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("question", "answer")
    required_languages = {"zh-hans": ("question", "answer")}


@register(Bundle)
class BundleTranslation(TranslationOptions):
    fields = ("name", "description")


@register(BundleItem)
class BundleItemTranslation(TranslationOptions):
    fields = ("condition", "note")


@register(Adoption)
class AdoptionTranslation(TranslationOptions):
    fields = ("place", "hours")
