from .admission import Admission
from .batch import Batch, DemoMark, is_demo
from .candidacy import Candidacy, Mentorship, Stage, Step
from .claim import Article, Claim
from .course import Certificate, Course
from .desk import SavedList, Upload
from .group import Group
from .person import Person, Sex, Traits
from .plan import Plan, Quota
from .reported import ReportedFigure

__all__ = [
    "Admission",
    "Article",
    "Batch",
    "Candidacy",
    "Certificate",
    "Claim",
    "Course",
    "DemoMark",
    "Group",
    "Mentorship",
    "Person",
    "Plan",
    "Quota",
    "ReportedFigure",
    "SavedList",
    "Sex",
    "Stage",
    "Step",
    "Traits",
    "Upload",
    "is_demo",
]
