"""The catalogue and what hangs on it."""

from guides.models.adoption import Adoption
from guides.models.bundle import Bundle, BundleItem
from guides.models.catalogue import (
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
from guides.models.exchange import CatalogueImport, ImportMapping
from guides.models.result_notice import (
    ApprovalKind,
    CounterpartKind,
    DecisionStatus,
    IdentityDocument,
    ResultChange,
    ResultNotice,
)
from guides.models.review import CatalogueReviewTask
from guides.vocabulary import (
    HandledAnywhere,
    HandlingKind,
    ItemState,
    ItemType,
    MaterialForm,
    MaterialSource,
    OnlineDepth,
    ResultKind,
    ServiceKind,
    ServiceObject,
    SpecialProcedureKind,
    Tier,
)

__all__ = [
    "Adoption",
    "ApprovalKind",
    "Bundle",
    "BundleItem",
    "CatalogueImport",
    "CatalogueItem",
    "CatalogueReviewTask",
    "CounterpartKind",
    "DecisionStatus",
    "Fee",
    "HandledAnywhere",
    "HandlingKind",
    "IdentityDocument",
    "ImportMapping",
    "ItemState",
    "ItemType",
    "ItemVersion",
    "LegalBasis",
    "Material",
    "MaterialForm",
    "MaterialSource",
    "OnlineDepth",
    "ProcessStep",
    "Question",
    "ResultChange",
    "ResultDocument",
    "ResultKind",
    "ResultNotice",
    "ServiceKind",
    "ServiceObject",
    "SpecialProcedure",
    "SpecialProcedureKind",
    "Theme",
    "Tier",
]
