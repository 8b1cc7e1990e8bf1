from .account import Account
from .committee import Committee, Kind, LawfulPair, Placement, Succession
from .headcount import Headcount
from .journal import Entry, Head
from .mandate import Mandate, Role
from .penned import Penned, PennedQuerySet, PenRequired
from .reorganisation import Reorganisation

__all__ = [
    "Account",
    "Committee",
    "Entry",
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
    "Succession",
]
