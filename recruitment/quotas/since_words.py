"""What is said of a figure that differs from what it was: the sum in words, each fact's change, each target's."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese

from ..facts import NEVER
from . import veil
from .since import CANCELLED, CORRECTED_IN, CORRECTED_OUT, EFFECT, ENTERED, MOVED, REMOVED
from .targets import written

_DAYS = {
    "decided": gettext_lazy("ngày quyết định"),
    "held": gettext_lazy("ngày lễ kết nạp"),
    "issued": gettext_lazy("ngày chứng nhận"),
    "cancelled": gettext_lazy("ngày hủy"),
}


def kind_words(kind):
    return {
        ENTERED: _("ghi sau"),
        CORRECTED_IN: _("sửa, nay được tính"),
        CORRECTED_OUT: _("sửa, nay không tính"),
        CANCELLED: _("hủy"),
        REMOVED: _("bỏ khi hoàn tác lần nhập hoặc bỏ dòng ghi nhầm"),
        MOVED: _("sửa, vẫn được tính"),
    }[kind]


@dataclass(frozen=True)
class Term:
    """One term of the sum: what it is, and what it adds."""

    words: str
    effect: int

    @property
    def signed(self):
        return vietnamese.signed(self.effect)


def terms(reconciliation, people):
    """[Term] between the figure then and now. people: whether counts of one to four facts may be shown; otherwise they
    are merged, and the merged ones come to what is left of the difference."""
    counts = {kind: n for kind, n in reconciliation.counts.items() if EFFECT[kind]}
    shown = counts if people else veil.merged(counts)[0]
    found = [Term(kind_words(kind), EFFECT[kind] * n) for kind, n in shown.items()]
    rest = reconciliation.by_facts - sum(term.effect for term in found)
    if len(shown) < len(counts):
        found.append(Term(_("các thay đổi nhỏ gộp lại"), rest))
    others = (
        (reconciliation.by_plan, _("kế hoạch được sửa sau")),
        (reconciliation.by_tree, _("sắp xếp tổ chức ghi sau")),
        (reconciliation.by_report, _("số báo cáo đứng thay hồ sơ, nhập hoặc bỏ sau")),
    )
    return found + [Term(words, n) for n, words in others if n]


def sentence(reconciliation, people):
    """ "Khi ấy 9.690 + ghi sau 14 − hủy 2 = nay 9.701"."""
    number = vietnamese.number
    parts = [
        f"{'+' if term.effect > 0 else vietnamese.MINUS} {term.words} {number(abs(term.effect))}"
        for term in terms(reconciliation, people)
        if term.effect
    ]
    before, after = _("Khi ấy %s") % number(reconciliation.then), _("nay %s") % number(reconciliation.now)
    return " ".join([before, *parts, f"= {after}"])


def shift_words(shift, rows, column, place):
    """What became of one fact, in words. rows: the fact table now; column: the name of its counting day there; place(cell
    id, day): what a committee was called."""
    if shift.kind == ENTERED:
        on = _date(rows[column][shift.row])
        said = {"day": vietnamese.day(on), "cell": place(int(rows["cell"][shift.row]), on)}
        return _("%(day)s, %(cell)s") % said
    if shift.kind == REMOVED:
        on = _date(shift.was.get(column, NEVER))
        said = [vietnamese.day(on) if on else "", place(shift.was["cell"], on) if "cell" in shift.was else ""]
        return ", ".join(filter(None, said)) or _("không còn biết ngày và nơi")
    return "; ".join(_changes(shift, rows, column, place))


def _changes(shift, rows, column, place):
    for name, was in shift.was.items():
        now = rows[name][shift.row]
        if was == now:
            continue
        if name == "cell":
            on = _date(rows[column][shift.row])
            yield _("%(was)s thành %(now)s") % {"was": place(was, on), "now": place(int(now), on)}
        elif name == "cancelled" and was == NEVER:
            yield _("hủy từ ngày %s") % vietnamese.day(_date(now))
        elif name in _DAYS:
            said = {"what": _DAYS[name], "was": _written(was), "now": _written(now)}
            yield _("%(what)s %(was)s thành %(now)s") % said


def _date(number):
    return None if number == NEVER else date.fromordinal(int(number))


def _written(number):
    return _("chưa ghi") if number == NEVER else vietnamese.day(_date(number))


def quota_words(quota, name):
    """A target entered since: what, for whom, from when, by which document, why."""
    said = [
        _("%(name)s: %(value)s, hiệu lực từ %(day)s")
        % {"name": name, "value": written(quota), "day": vietnamese.day(quota.effective_on)},
        quota.document,
        quota.reason,
    ]
    return ", ".join(filter(None, said))
