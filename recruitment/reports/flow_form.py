"""Form 1-BTCTW of a committee and a quarter or year as it goes out: with the head, the rows of the form and its signers."""

from types import SimpleNamespace

from committees.models import Kind
from committees.vietnamese import day, number

from ..models import is_demo
from ..rules.official_forms import edition
from .annual_flows import figure, notes
from .annual_words import head
from .base import Report
from .official import sheet

FORM = "1-BTCTW"


class _Answers:
    """What the page of members who come and go (a FlowPage) says."""

    def __init__(self, page):
        self.page = page

    def figure(self, column, asks):
        if asks[0] != "flow":
            return None
        return figure(self.page.ago if column == "before" else self.page.found, self.page.p, asks[1])

    def found(self, each):
        return []

    def merged(self, partition):
        return []


def report(page):
    """The Report of what a FlowPage shows. No query beyond the page's."""
    question, period = page.question, page.period
    left, right, signers = head(
        SimpleNamespace(tree=question.tree, position=page.p, question=question, today=page.access.today)
    )
    form = edition(FORM, period.last_day)
    sealed = question.tree.kind(page.p) not in Kind.cells()
    tab = sheet(
        form, _Answers(page), name="bieu_1", day=period.last_day, sealed=sealed,
        notes=tuple(notes(page.found, page.p, page.ago)),
    )  # fmt: skip
    closing = page.movement.closing
    said = "chưa tính được số cuối kỳ" if closing is None else f"cuối kỳ có {number(closing)} đảng viên"
    view = "theo tổ chức hiện nay" if page.now else "theo tổ chức tại thời điểm"
    return Report(
        name=f"bieu-1-btctw-{period.year}-{period.part or 'ca-nam'}-{page.committee.code}",
        title=f"{form.heading}, {period.words}",
        committee=question.name,
        period=f"Từ ngày {day(period.since)} đến hết ngày {day(period.last_day)}, {view}",
        finding=f"{period.words[0].upper()}{period.words[1:]}: {said}.",
        sheets=[tab],
        notices=("Bản trình diễn: số liệu là giả.",) if is_demo() else (),
        left=left,
        right=right,
        signers=signers,
    )
