from .admission import Admission
from .allotment import Allotment, Declaration, Portion, Sourceless
from .batch import Batch, DemoMark, is_demo
from .candidacy import Candidacy, FormerCell, Mentorship, Stage, Step
from .checked import GapAnswer, KeptCheck
from .claim import Article, Claim
from .course import Certificate, Course, Participant
from .desk import Layout, SavedList, Upload
from .group import Group
from .issued import FormText, IssuedFile, IssuedPaper, NumberBlock, Scan, ScanFile
from .job import Digest, Job, PreparedFile
from .paper import Letter, Paper, Relative, Result, Review, Wording
from .period import Allowance, FrozenReport, ReportPeriod, Submission
from .person import Apart, Merge, Person, Sex, Traits
from .plan import Plan, Quota
from .quality import FaultCount
from .reported import ReportedFigure
from .statute import AddedRuleSet, Criterion, Holiday, Mark, RuleChange

__all__ = [
    "AddedRuleSet",
    "Admission",
    "Allotment",
    "Allowance",
    "Apart",
    "Article",
    "Batch",
    "Candidacy",
    "Certificate",
    "Claim",
    "Course",
    "Criterion",
    "Declaration",
    "DemoMark",
    "Digest",
    "FaultCount",
    "FormText",
    "FormerCell",
    "FrozenReport",
    "GapAnswer",
    "Group",
    "Holiday",
    "IssuedFile",
    "IssuedPaper",
    "Job",
    "KeptCheck",
    "Layout",
    "Letter",
    "Mark",
    "Mentorship",
    "Merge",
    "NumberBlock",
    "Paper",
    "Participant",
    "Person",
    "Plan",
    "Portion",
    "PreparedFile",
    "Quota",
    "Relative",
    "ReportPeriod",
    "ReportedFigure",
    "Result",
    "Review",
    "RuleChange",
    "SavedList",
    "Scan",
    "ScanFile",
    "Sex",
    "Sourceless",
    "Stage",
    "Step",
    "Submission",
    "Traits",
    "Upload",
    "Wording",
    "is_demo",
]
