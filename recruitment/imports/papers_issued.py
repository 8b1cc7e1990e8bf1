"""The demo's two complete dossiers with papers as their offices issued them, one of them corrected, and the numbers that
the office of one has reserved. All of it is false."""

from datetime import date

from committees import vietnamese

from .. import columns
from ..models import Candidacy, IssuedPaper
from ..numbering import deeds as numbers
from ..papers import case as cases
from ..papers import issuing
from ..papers.prepared import prepare
from ..papers.road import forms_for
from .papers_said import PEOPLE

# Issued where they exist for the cell; one of them again, corrected.
FORMS = ("bien-ban-hop", "6-KNĐ", "7-KNĐ", "8-KNĐ", "to-trinh", "9-KNĐ", "16-KNĐ")
CORRECTED, REASON = "to-trinh", "bản trước ghi thiếu nơi nhận là chi bộ (dựng lại)"
# Reserved by who decided: so many decisions from the first number on, one of which went to another document.
FIRST, LAST, ELSEWHERE, SINCE = 303, 330, 307, date(2026, 10, 1)


def play_issued(today=None):
    """Issue them, once: False where anybody issued a paper already, or nobody has those dossiers. A pen a paper; not inside
    a pen."""
    today, names = today or vietnamese.today(), [person[1] for person in PEOPLE]
    found = Candidacy.objects.filter(person__full_name__in=names, papers__kind="recognition_vote").distinct()
    rows = list(found.order_by("pk"))
    if IssuedPaper.objects.exists() or not rows:
        return False
    snapshot = columns.current()
    for row in rows:
        candidacy = cases.candidacy(row.pk)
        for form in forms_for(candidacy, snapshot, today):
            if form in FORMS:
                _issue(candidacy, form, snapshot, today)
    _issue(candidacy, CORRECTED, snapshot, today, corrects=issuing.standing(candidacy)[CORRECTED, ""])
    _reserve(IssuedPaper.objects.filter(form="16-KNĐ").order_by("pk").first())
    return True


def _reserve(decision):
    """The numbers after a decision, for the decisions to come of the body that made it."""
    suffix = decision.number.lstrip("0123456789")
    block = numbers.reserve(
        decision.committee, suffix=suffix, first=FIRST, last=LAST, since=SINCE, by=None,
        note="Kỳ họp quý IV (dựng lại)",
    )  # fmt: skip
    numbers.change(block, skipped={ELSEWHERE}, note=block.note, by=None, stamp=block.stamp)


def _issue(candidacy, form, snapshot, today, corrects=None):
    paper = prepare(candidacy, form, snapshot=snapshot, today=today)
    there = issuing.against(paper)
    seen = [one.key for one in (*there.faults, *there.doubts)]
    issuing.issue(paper, by=None, confirmed=seen, corrects=corrects, reason=REASON if corrects else "")
