"""The demo's two complete dossiers with papers as their offices issued them, one of them corrected. All of it is false."""

from committees import vietnamese

from .. import columns
from ..models import Candidacy, IssuedPaper
from ..papers import case as cases
from ..papers import issuing
from ..papers.prepared import prepare
from ..papers.road import forms_for
from .papers_said import PEOPLE

# Issued where they exist for the cell; one of them again, corrected.
FORMS = ("bien-ban-hop", "6-KNĐ", "7-KNĐ", "8-KNĐ", "to-trinh", "9-KNĐ", "16-KNĐ")
CORRECTED, REASON = "to-trinh", "bản trước ghi thiếu nơi nhận là chi bộ (dựng lại)"


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
    return True


def _issue(candidacy, form, snapshot, today, corrects=None):
    paper = prepare(candidacy, form, snapshot=snapshot, today=today)
    there = issuing.against(paper)
    seen = [one.key for one in (*there.faults, *there.doubts)]
    issuing.issue(paper, by=None, confirmed=seen, corrects=corrects, reason=REASON if corrects else "")
