"""The forms of the road in the order of the procedure: whose they are, which exist for a candidacy, and how each stands."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from committees import vietnamese

from ..models import IssuedPaper
from ..rules.papers import DECIDED, DOSSIER, KINDS, PROBATION, SOURCE, UPWARDS, VOTES
from . import agreeing, catalogue, filling
from .case import Case
from .prepared import Prepared, prepare, subjects
from .procedure import AT
from .terms import DIRECTED, FIELD, LABELS, WRITTEN

PHASES = (
    (SOURCE, gettext_lazy("Tạo nguồn, học lớp")), (DOSSIER, gettext_lazy("Lập hồ sơ, thẩm tra")),
    (VOTES, gettext_lazy("Chi bộ và các cấp xét")), (UPWARDS, gettext_lazy("Trình, thẩm định")),
    (DECIDED, gettext_lazy("Quyết định, lễ kết nạp")), (PROBATION, gettext_lazy("Thời gian dự bị, công nhận")),
)  # fmt: skip
# Where nothing stands between the cell and the committee that decides, the cell writes upwards itself.
_WITHOUT_BASE = {"to-trinh-chi-bo", "to-trinh-cong-nhan-chi-bo", "cong-van-tham-tra-cap-tren"}
_BETWEEN = {"section", "base"}
# Of two unions the one that introduces: the other's form is not asked for once the first is recorded.
_OR = {"4-KNĐ": "union", "4A-KNĐ": "youth"}
# Forms that are one paper of a dossier in other words: each of them once, and one of them for all.
_ONE_PAPER = ({"9-KNĐ", "9A-KNĐ"}, {"to-trinh", "to-trinh-chung", "to-trinh-chi-bo"},
              {"to-trinh-cong-nhan", "to-trinh-cong-nhan-chi-bo"})  # fmt: skip


def same_paper(form):
    """{form} of the other forms of the paper that this one is: while one of them stands, no other is issued."""
    return next((forms - {form} for forms in _ONE_PAPER if form in forms), set())


def kind_of(form):
    """The code of `rules.papers.KINDS` whose right is asked for making the form (`pipeline.rights`)."""
    return AT[form]


def exists(form, levels):
    """Whether the form exists for a cell with these bodies above it, of "section" and "base" (`Case.levels`)."""
    if form in _WITHOUT_BASE:
        return "base" not in levels
    heads = (one for one in catalogue.forms()[form][-1].left if not one.only)
    named = {name.partition(".")[0] for one in heads for name, _way in FIELD.findall(one.text)}
    return (named & _BETWEEN) <= set(levels)


def forms_for(candidacy, snapshot, today):
    """[form] of the forms that exist for a candidacy, each by the bodies above its cell on its own day (today's where it has
    none yet), in the order of the procedure. No query."""
    recorded = {row.kind for row in candidacy.papers.all()}
    found = []
    for form, kind in AT.items():
        day = Case(candidacy, snapshot, form, today=today).told(catalogue.forms()[form][-1].on) or today
        other = _OR.get(form) in recorded and kind not in recorded
        if not other and exists(form, Case(candidacy, snapshot, form).dated(day).levels):
            found.append(form)
    return found


def written_fields(template):
    """[name] of what the office itself writes in a form (`terms.WRITTEN`), in the order of the text, who signs last."""
    named = [name for text in template.lines() for name, _way in FIELD.findall(text)]
    named += [one.only for one in template.body if one.only]
    named += [template.signer, *template.beside[1:]]
    if template.position:
        named.append("position")
    return [name for name in dict.fromkeys(named) if name in WRITTEN]


@dataclass(frozen=True)
class Change:
    """A field of which an issued paper says something else than the register now."""

    label: str
    then: str
    now: str


def changes(issued, said):
    """[Change] between what an issued paper said and what it would say now. What the office wrote for that paper alone
    and keeps nowhere is no change, nor is what places were renamed to since (`agreeing.by_day`)."""
    told = agreeing.by_day(said, issued.on, vietnamese.today())
    return [
        Change(str(LABELS.get(name) or DIRECTED.get(name, name)), then, said.get(name, ""))
        for name, then in issued.said.items()
        if then != said.get(name, "")
        and not (name in WRITTEN and not said.get(name))
        and (name in told or name not in said)
    ]


@dataclass(frozen=True)
class Stand:
    """How one form of a candidacy (its id) stands. prepared: what it would say now, None where it cannot be made: then `lacking`
    ({field: label}) and `wrong` ([sentence]) say why. issued: the IssuedPaper that stands; changes: what it says otherwise than
    the register now; former: those before it that were replaced or withdrawn, the latest first. about: which copy. first: of the forms of its kind, so that a page is led
    there by the kind."""

    candidacy: int
    form: str
    title: str
    subject: str
    sheet: bool
    kind: str
    prepared: Prepared | None
    lacking: dict
    wrong: list
    issued: IssuedPaper | None
    about: str = ""
    changes: list = field(default_factory=list)
    former: list = field(default_factory=list)
    first: bool = False

    @property
    def state(self):
        """ "issued", "changed", "ready", "missing", or "sheet" for one that is printed only."""
        if self.issued is not None:
            return "changed" if self.changes or self.prepared is None else "issued"
        if self.prepared is None:
            return "missing"
        return "sheet" if self.sheet else "ready"

    @property
    def numbered(self):
        """Whether the form has a number of the KNĐ series by which people call it."""
        return catalogue.numbered(self.form)

    @property
    def address(self):
        """The page of this copy of the form."""
        return address(self.candidacy, self.form, self.subject)

    @property
    def missing(self):
        """What it lacks, by the words it is asked for with."""
        return [str(label) for label in self.lacking.values()]

    @property
    def marked(self):
        """Whether something of the form is to be confirmed (`Edition.doubts`)."""
        return self.prepared is not None and bool(self.prepared.edition.doubts())


def stand(candidacy, form, subject, *, snapshot, issued=None, former=(), today=None, first=False):
    """The Stand of one copy of a form. No query."""
    template = catalogue.forms()[form][-1]
    prepared, lacking, wrong, about = None, {}, [], ""
    try:
        prepared = prepare(candidacy, form, snapshot=snapshot, subject=subject, today=today)
        about = _about(prepared.case) if subject else ""
    except filling.Refused as refused:
        lacking, wrong = refused.missing, refused.wrong
    return Stand(
        candidacy=candidacy.pk, form=form, title=template.title, subject=subject, sheet=template.layout == "sheet", kind=kind_of(form),
        prepared=prepared, lacking=lacking, wrong=wrong, issued=issued, about=about,
        changes=changes(issued, prepared.said) if issued and prepared else [], former=list(former), first=first,
    )  # fmt: skip


def address(candidacy, form, subject="", name="candidacy-paper", *more):
    """The page of a copy of a form of a candidacy (its id), or another of its addresses by name."""
    query = f"?{urlencode({'subject': subject})}" if subject else ""
    return reverse(f"recruitment:{name}", args=[candidacy, vietnamese.fold(form), *more]) + query


def _about(case):
    """Which of several copies, as a reader tells them apart."""
    for name in ("introduction.introducer", "letter.to", "opinion_union.issuer"):
        if name.partition(".")[0] in case.chosen:
            return str(case.told(name) or "")
    return ""


def road(candidacy, *, snapshot, today):
    """[(phase, its words, [Stand])] of every form that exists for the candidacy or was issued for it, without those in whose
    stead another stands (`same_paper`). One query; about 2 ms
    a form."""
    stands, ended = issued_of(candidacy)
    keys = {(form, subject) for form in forms_for(candidacy, snapshot, today)
            for subject in subjects(candidacy, form) or [""]}  # fmt: skip
    done = {other for form, _subject in stands for other in same_paper(form)}
    keys = sorted({key for key in keys if key[0] not in done} | stands.keys() | ended.keys())
    found = []
    for phase, words in PHASES:
        there = []
        for form, kind in AT.items():
            for key in (key for key in keys if key[0] == form and KINDS[kind].phase == phase):
                first = all(one.kind != kind for one in there)
                there.append(
                    stand(
                        candidacy, form, key[1], snapshot=snapshot, issued=stands.get(key),
                        former=ended.get(key, ()), today=today, first=first,
                    )
                )  # fmt: skip
        found.append((phase, words, there))
    return found


def issued_of(candidacy):
    """({(form, subject): the IssuedPaper that stands}, {(form, subject): [those replaced or withdrawn, the latest first]}).
    One query."""
    rows = list(IssuedPaper.objects.filter(candidacy=candidacy).order_by("-pk"))
    replaced = {row.corrects_id for row in rows}
    stands, ended = {}, {}
    for row in rows:
        key = (row.form, row.subject)
        if row.pk in replaced or row.withdrawn_on is not None:
            ended.setdefault(key, []).append(row)
        else:
            stands[key] = row
    return stands, ended
