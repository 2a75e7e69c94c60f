"""The website group: divisions, centres, the column standard, pages, and who may do what."""

from sites.models.centre import Centre, Department, DivisionFact, OpeningHours, ServiceMode, StaffDuty, Window
from sites.models.column import Column, ColumnKind, ColumnStandard, FormerColumnSlug
from sites.models.division import Division, Level
from sites.models.notice import GroupNotice, GroupNoticeDivision
from sites.models.page import ArticlePage, ColumnPage, DivisionFolder, HomePage, Topic
from sites.models.role import Appointment, CentreGroup, Role
from sites.models.workflow import CentreApprovalState, CentreApprovalTask

__all__ = [
    "Appointment",
    "ArticlePage",
    "Centre",
    "CentreApprovalState",
    "CentreApprovalTask",
    "CentreGroup",
    "Column",
    "ColumnKind",
    "ColumnPage",
    "ColumnStandard",
    "Department",
    "Division",
    "DivisionFact",
    "DivisionFolder",
    "FormerColumnSlug",
    "GroupNotice",
    "GroupNoticeDivision",
    "HomePage",
    "Level",
    "OpeningHours",
    "Role",
    "ServiceMode",
    "StaffDuty",
    "Topic",
    "Window",
]
