"""What becomes of dossiers under way and of people in probation when committees change (`committees.reorganise`).

Where cells merge, end or move nothing of a dossier is rewritten: the heir that the tree names answers for it (`followed`),
on the same road and by the rules of each step's day. A split names who goes to which heir; whoever is not named stays with
the principal one. It is no move of the person's: votes taken stay valid and terms run on ([M]: no text was found that asks
the heir of a cell to vote anew). What is handed over to outside is closed here that day and counted as before.
"""

from collections import Counter
from datetime import timedelta

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.acts import DOSSIERS, HAND_OVER, RECEIVE, SPLIT
from committees.following import Follower
from committees.models import Kind
from committees.reorganise import Fault, Refused
from committees.undoing import altered, as_told, remove, restore

from ..models import Admission, Candidacy, FormerCell, Stage, Step
from .actions import HELPED
from .movings import Affected, coming, movings

HANDED_OVER = "handed_over"  # how an admission left that went out of the tree with its cell
_SHOWN = 30  # numbers of dossiers named in one fault


class Dossiers(Follower):
    """Open candidacies and people in probation."""

    name = "dossiers"

    def faults(self, planned):
        """What a split says of dossiers must be true of them, and name all of them once it names any: a row with the
        column `Hồ sơ` (";" where none goes there) asks for the rest."""
        found = [
            Fault(act.number, _("“Hồ sơ” chỉ ghi ở các dòng Chia tách của một chi bộ."), DOSSIERS)
            for act in planned.acts
            if act.dossiers and act.what != SPLIT
        ]
        for code, heirs in _splits(planned).items():
            there, named = {row.pk for row in _under_way(planned, code, planned.register.ids)}, {}
            for heir, act in heirs.items():
                found += self._amiss(planned, code, heir, act, there, named)
            left = sorted(there - named.keys())
            if left and _is_told(heirs) and len(_cells(planned, heirs)) > 1:
                words = _("còn %(n)d hồ sơ của %(code)s chưa ghi về chi bộ nào: %(which)s.")
                told = {"n": len(left), "code": code, "which": _numbers(left)}
                found.append(Fault(next(iter(heirs.values())).number, words % told, DOSSIERS))
        return [*found, *self._later(planned)]

    def _amiss(self, planned, code, heir, act, there, named):
        strange = [pk for pk in act.dossiers if pk not in there]
        if strange:
            words = _("không phải hồ sơ đang mở hoặc dự bị của %(code)s: %(which)s.")
            yield Fault(act.number, words % {"code": code, "which": _numbers(strange)}, DOSSIERS)
        if twice := [pk for pk in act.dossiers if pk in named]:
            yield Fault(act.number, _("hồ sơ ghi hai lần: %s.") % _numbers(twice), DOSSIERS)
        if act.dossiers and heir not in _cells(planned, [heir]):
            yield Fault(act.number, _("%s không phải chi bộ, không nhận hồ sơ được.") % heir, DOSSIERS)
        named.update(dict.fromkeys(act.dossiers, heir))

    def _later(self, planned):
        """What is handed over must not have gone on here after that day; nor does a dossier close, or go to another cell,
        before its day has come: it is written at once, and whoever works on it until then could not."""
        for act in planned.acts:
            if act.what == SPLIT and act.dossiers and act.day > vietnamese.today():
                yield _too_early(act)
        for code, day in _handed_over(planned).items():
            rows = _under_way(planned, code, planned.register.ids)
            if rows and day > vietnamese.today():
                yield _too_early(_act_of(planned, code))
            late = Step.objects.filter(candidacy__in=rows, on__gte=day).values("candidacy").distinct().count()
            if late:
                words = _(
                    "%(n)d hồ sơ của %(code)s có bước từ ngày %(day)s trở đi: chọn ngày sau, hoặc sửa bước ấy."
                )
                told = {"n": late, "code": code, "day": vietnamese.day(day)}
                yield Fault(_act_of(planned, code).number, words % told, "Ngày")

    def warnings(self, planned):
        """Dossiers that stay with the principal heir unasked, that would stand at no cell; admissions already logged from
        the day on at a cell that ends then: facts are not rewritten, its heir answers for them."""
        found, there = [], Affected(planned, None).under_way
        for code, heirs in _splits(planned).items():
            if there[code] and not _is_told(heirs) and len(_cells(planned, heirs)) > 1:
                words = _(
                    "%(code)s: %(n)d hồ sơ đều về %(heir)s, tổ chức kế thừa chính; ghi cột “Hồ sơ” nếu chia."
                )
                found.append(words % {"code": code, "n": there[code], "heir": next(iter(heirs))})
        ended = {code: heir for code, heir in planned.ended.items() if there[code]}
        for code, heir in ended.items():
            if planned.ended_by[code] != HAND_OVER and heir not in _cells(planned, [heir]):
                words = _(
                    "%(code)s: %(n)d hồ sơ sẽ đứng ở %(heir)s, không phải chi bộ; chuyển về một chi bộ trước bước sau."
                )
                found.append(words % {"code": code, "n": there[code], "heir": heir or "–"})
        return found + _logged_since(planned)

    def describe(self, planned, access):
        return [*movings(Affected(planned, access)), *coming(planned, access)]

    def apply(self, planned, record, ids):
        kept = {"candidacies": [], "admissions": [], "former": [], "steps": [], "received": []}
        for act in sorted(planned.acts, key=lambda act: act.day):
            if act.what == SPLIT and act.dossiers and act.heir in planned.heirs.get(act.code, {}):
                self._give(planned, act, ids, kept)
            elif act.what == RECEIVE:
                kept["received"].append(ids[act.code])
        for code, day in _handed_over(planned).items():
            self._hand_over(_under_way(planned, code, ids), _answered(planned, code, ids), day, kept)
        return kept

    def _give(self, planned, act, ids, kept):
        """The dossiers that a row of a split names go to its heir; those of the principal heir stay by the tree."""
        if next(iter(planned.heirs[act.code])) == act.heir:
            return
        there = {row.pk: row for row in _under_way(planned, act.code, ids)}
        if gone := [pk for pk in act.dossiers if pk not in there]:
            words = _("hồ sơ vừa được sửa, không còn đang mở ở %(code)s: %(which)s.")
            raise Refused([Fault(act.number, words % {"code": act.code, "which": _numbers(gone)}, DOSSIERS)])
        for candidacy in (there[pk] for pk in act.dossiers):
            kept["candidacies"].append(as_told(candidacy))
            former = FormerCell(
                candidacy=candidacy, cell_id=candidacy.cell_id, until=act.day, document=act.document
            )
            former.save()
            kept["former"].append(former.pk)
            candidacy.cell_id = ids[act.heir]
            candidacy.save()

    def _hand_over(self, rows, cells, day, kept):
        """Closed here that day, without a paper that would claim a move of the person's; what was admitted stays counted."""
        for admission in _in_probation(rows, cells, day):
            kept["admissions"].append(as_told(admission))
            admission.left_on, admission.left_as = day, HANDED_OVER
            admission.save()
        for candidacy in rows:
            kept["candidacies"].append(as_told(candidacy))
            step = Step(candidacy=candidacy, stage=Stage.CLOSED, on=day)
            step.save()
            kept["steps"].append(step.pk)
            candidacy.stage, candidacy.departed_on = Stage.CLOSED, day
            candidacy.save()

    def undo(self, record, kept):
        remove(FormerCell, kept["former"])
        remove(Step, kept["steps"])
        # A dossier may have been given on twice: what it was at first is told first.
        restore(Candidacy, reversed(kept["candidacies"]))
        restore(Admission, kept["admissions"])

    def prevents(self, record, kept):
        stamp, found = record.kept["stamp"], []
        rows = {row["id"] for row in kept["candidacies"]}
        if n := len(altered(Candidacy, sorted(rows), stamp)):
            found.append(_("%d hồ sơ chia hoặc chuyển đi theo đợt này đã được ghi thêm sau đó.") % n)
        if n := len(altered(Admission, [row["id"] for row in kept["admissions"]], stamp)):
            found.append(_("%d kết nạp của người chuyển ra ngoài theo đợt này đã được sửa sau đó.") % n)
        came = Candidacy.objects.filter(
            cell_id__in=kept["received"], arrived_on__isnull=False, stamp__gt=stamp
        )
        if n := came.count():
            found.append(_("Đã ghi %d người về cùng tổ chức tiếp nhận.") % n)
        return found


def _logged_since(planned):
    """Of admissions that count at a cell from the day on which it ends. One query."""
    days = {
        planned.register.ids[code]: day for code, day in planned.ended_on.items() if code not in planned.fresh
    }
    rows = Admission.objects.filter(decided_on__gte=min(planned.days), cancelled_on=None)
    late = Counter(
        cell for cell, on in rows.values_list("cell_id", "decided_on") if cell in days and on >= days[cell]
    )
    words = _("%(code)s: đã ghi %(n)d kết nạp từ ngày %(day)s; tổ chức kế thừa trả lời cho số ấy.")
    codes = {pk: code for code, pk in planned.register.ids.items()}
    return [
        words % {"code": codes[pk], "n": n, "day": vietnamese.day(days[pk])} for pk, n in sorted(late.items())
    ]


def _splits(planned):
    """{code of a cell that a split ends: {heir: its act}}."""
    return {
        code: planned.heirs[code]
        for code, what in planned.ended_by.items()
        if what == SPLIT and code in _cells_before(planned, code)
    }


def _cells_before(planned, code):
    i = planned.before.by_code.get(code)
    place = None if i is None else planned.before.place_on(i, planned.ended_on[code].toordinal() - 1)
    return {code} if place is not None and place.kind in Kind.cells() else set()


def _cells(planned, codes):
    """Which of these codes stand as cells after the last act."""
    after, last = planned.after, max(planned.days).toordinal()
    found = set()
    for code in codes:
        i = after.by_code.get(code)
        place = after.place_on(i, last) if i is not None else None
        if place is not None and place.kind in Kind.cells():
            found.add(code)
    return found


def _is_told(heirs):
    return any(DOSSIERS in act.row for act in heirs.values())


def _handed_over(planned):
    return {code: day for code, day in planned.ended_on.items() if planned.ended_by[code] == HAND_OVER}


def _act_of(planned, code):
    return next(act for act in planned.acts if act.code == code and act.day == planned.ended_on[code])


def _too_early(act):
    words = _(
        "%(code)s còn hồ sơ đang mở: chọn ngày không sau hôm nay (%(today)s), hoặc thực hiện đợt này vào ngày ấy."
    )
    return Fault(act.number, words % {"code": act.code, "today": vietnamese.day(vietnamese.today())}, "Ngày")


def _answered(planned, code, ids):
    """Ids of the committees for which that of the code answers on the day before it ends: itself, and those that it
    succeeded, by an earlier day of the package too. ids: {code: id}."""
    after = planned.after
    i, tree = after.by_code[code], after.at(planned.ended_on[code] - timedelta(days=1))
    p = int(tree.position[i])
    here = np.flatnonzero(tree.position == p) if p >= 0 else [i]
    return [ids[after.codes[k]] for k in here]


def _under_way(planned, code, ids):
    """The candidacies that stand at a committee that ends: open, or in probation. One query."""
    rows = Candidacy.objects.filter(cell_id__in=_answered(planned, code, ids), stage__in=HELPED)
    return list(rows.order_by("pk"))


def _in_probation(rows, cells, day):
    """The admissions whose probation goes on there: of these candidacies, and of people who came in without one."""
    mine = Q(candidacy__in=rows) | Q(candidacy=None, cell_id__in=cells)
    running = Admission.objects.filter(
        mine, cancelled_on=None, left_on=None, official_on=None, recognised_on=None
    )
    return list(running.filter(decided_on__lt=day).order_by("pk"))


def _numbers(ids):
    told = ", ".join(str(pk) for pk in ids[:_SHOWN])
    return told + (_(" và %d hồ sơ nữa") % (len(ids) - _SHOWN) if len(ids) > _SHOWN else "")
