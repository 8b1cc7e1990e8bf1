from .account import Account
from .committee import Committee, Kind, LawfulPair, Placement, Succession
from .flow import Flow
from .headcount import Headcount
from .journal import Entry, Head
from .mandate import Mandate, Role
from .penned import Penned, PennedQuerySet, PenRequired
from .reorganisation import Reorganisation
from .settlement import Coverage, Settlement

__all__ = [
    "Account",
    "Committee",
    "Coverage",
    "Entry",
    "Flow",
    "Head",
    "Headcount",
    "Kind",
    "LawfulPair",
    "Mandate",
    "PenRequired",
    "Penned",
    "PennedQuerySet",
    "Placement",
    "Reorganisation",
    "Role",
    "Settlement",
    "Succession",
]
