"""The rows of this room that public pages show, each with the sites that it concerns."""

from django.db.models import Model

from core.page_cache import watch
from guides.models import (
    Adoption,
    Bundle,
    BundleItem,
    CatalogueItem,
    Fee,
    ItemVersion,
    LegalBasis,
    Material,
    ProcessStep,
    Question,
    ResultChange,
    ResultDocument,
    ResultNotice,
    SpecialProcedure,
    Theme,
)

# What the province publishes shows on every site.
OF_THE_GROUP: tuple[type[Model], ...] = (
    Bundle,
    BundleItem,
    CatalogueItem,
    Fee,
    ItemVersion,
    LegalBasis,
    Material,
    ProcessStep,
    Question,
    ResultDocument,
    SpecialProcedure,
    Theme,
)


def watch_rows() -> None:
    """Called once, when the app is ready."""
    for of_one_centre in (Adoption, ResultNotice):
        watch(of_one_centre, lambda row: [row.centre_id])
    watch(ResultChange, lambda change: [change.notice.centre_id])
    for model in OF_THE_GROUP:
        watch(model)
