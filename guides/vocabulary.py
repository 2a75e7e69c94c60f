"""The words of the catalogue that have codes: national practice's (GB/T 39554) and the plan's (§10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.TextChoices):
    """The three levels of the catalogue. Guides belong to handling items, the other two group them."""

    MAIN = "main", _("main item")
    SUB = "sub", _("sub-item")
    HANDLING = "handling", _("handling item")


class ItemType(models.TextChoices):
    """What kind of power or service an item is; the codes of the national basic catalogue."""

    LICENCE = "01", _("administrative licence")
    PENALTY = "02", _("administrative penalty")
    COERCION = "03", _("administrative coercion")
    LEVY = "04", _("administrative levy")
    BENEFIT = "05", _("administrative benefit")
    INSPECTION = "06", _("administrative inspection")
    CONFIRMATION = "07", _("administrative confirmation")
    AWARD = "08", _("administrative award")
    ADJUDICATION = "09", _("administrative adjudication")
    OTHER_POWER = "10", _("other administrative power")
    PUBLIC_SERVICE = "20", _("public service")


class ServiceKind(models.TextChoices):
    """The kinds of service a centre provides (plan §10)."""

    APPROVAL = "approval", _("administrative approval")
    PUBLIC = "public", _("public service")
    INTERMEDIARY = "intermediary", _("intermediary and social service")
    TRADING = "trading", _("public resource trading")
    COMMUNITY = "community", _("community help")


class ServiceObject(models.TextChoices):
    """Whom an item serves (服务对象)."""

    NATURAL = "natural", _("individuals")
    LEGAL = "legal", _("legal persons")
    OTHER = "other", _("other organisations")


class HandlingKind(models.TextChoices):
    """办件类型: done while one waits, or with a promised limit."""

    IMMEDIATE = "immediate", _("done on the spot")
    PROMISED = "promised", _("with a promised limit")


class OnlineDepth(models.TextChoices):
    """How far an item can be handled online (网办深度)."""

    NONE = "none", _("at the window only")
    INFORMATION = "information", _("information online")
    APPLY = "apply", _("application online")
    FULL = "full", _("wholly online")


class HandledAnywhere(models.TextChoices):
    """Within what area any centre accepts an application (通办范围)."""

    NOWHERE = "", _("only where the matter belongs")
    CITY = "city", _("anywhere in the city")
    PROVINCE = "province", _("anywhere in the province")
    NATION = "nation", _("anywhere in the country")


class MaterialForm(models.TextChoices):
    """In what form a material is handed in."""

    ORIGINAL = "original", _("original")
    COPY = "copy", _("copy")
    ELECTRONIC = "electronic", _("electronic file")


class MaterialSource(models.TextChoices):
    """Who issues a material: the applicant, an authority, or an intermediary."""

    APPLICANT = "applicant", _("the applicant")
    AUTHORITY = "authority", _("an authority")
    INTERMEDIARY = "intermediary", _("an intermediary")


class SpecialProcedureKind(models.TextChoices):
    """Procedures whose time is outside the limit (Administrative Licensing Law, art. 45)."""

    HEARING = "hearing", _("hearing")
    BIDDING = "bidding", _("bidding")
    AUCTION = "auction", _("auction")
    INSPECTION = "inspection", _("inspection")
    TESTING = "testing", _("testing")
    QUARANTINE = "quarantine", _("quarantine")
    APPRAISAL = "appraisal", _("appraisal")
    EXPERT_REVIEW = "expert_review", _("expert review")


class ResultKind(models.TextChoices):
    """What kind of paper an item ends with."""

    LICENCE = "licence", _("licence")
    CERTIFICATE = "certificate", _("certificate")
    APPROVAL = "approval", _("approval document")
    REGISTRATION = "registration", _("registration")
    REPLY = "reply", _("reply")
    PAYMENT = "payment", _("payment")
    RECORD = "record", _("record")


class ItemState(models.TextChoices):
    """What an item is, as the basic catalogue says it. A draft has no version in force yet."""

    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    SUSPENDED = "suspended", _("suspended")
    CANCELLED = "cancelled", _("cancelled")
