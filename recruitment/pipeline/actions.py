"""The only writer of a candidacy's stage (invariant 6). Deeds hold the pen; `enter_many` and `advance` share the pen of
a load that already holds it."""

from committees import journal, vietnamese

from ..models import Candidacy, Stage, Step

_RANK = {stage.value: k for k, stage in enumerate(Stage.road())}


class Refused(ValueError):
    """The step is not taken; `reasons` says all that stands against it, in Vietnamese."""

    def __init__(self, *reasons):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def rank(stage):
    """How far along the road a stage lies, from 0; a stopped candidacy lies nowhere (-1)."""
    return _RANK.get(stage, -1)


def objections(candidacy, stage, *, on, last_step=None):
    """Every reason why the candidacy may not reach `stage` on that day; an empty list means it may.

    The order of the procedure alone; the rules in force that day join in with the rule sets.
    """
    reasons = []
    here, there = Stage(candidacy.stage), Stage(stage)
    if here is Stage.CLOSED:
        reasons.append("Hồ sơ đã dừng; mở lại bằng một lần theo dõi mới.")
    elif here is Stage.OFFICIAL:
        reasons.append("Người này đã là đảng viên chính thức; hồ sơ theo dõi đã xong.")
    elif there is not Stage.CLOSED and rank(there) <= rank(here):
        reasons.append(f"Hồ sơ đang ở bước “{here.label}”, không lùi về bước “{there.label}”.")
    if on > vietnamese.today():
        reasons.append(f"Ngày {vietnamese.day(on)} chưa đến.")
    earliest = last_step.on if last_step else candidacy.entered_on
    if on < earliest:
        reasons.append(f"Ngày {vietnamese.day(on)} trước bước gần nhất ({vietnamese.day(earliest)}).")
    return reasons


def enter(person, cell, *, by, on):
    """Put a person on the cell's list (đưa vào nguồn). Returns the Candidacy; Refused if the cell follows them already
    or the day has not come."""
    with journal.pen(by, "candidacy-enter", about=f"recruitment.person:{person.pk}", committee=cell):
        if on > vietnamese.today():
            raise Refused(f"Ngày {vietnamese.day(on)} chưa đến.")
        if Candidacy.objects.filter(person=person, cell=cell, stage__in=Stage.open()).exists():
            raise Refused("Chi bộ này đang theo dõi người này.")
        candidacy = Candidacy(person=person, cell=cell, entered_on=on)
        candidacy.save()
        Step(candidacy=candidacy, stage=Stage.SOURCE, on=on).save()
    return candidacy


def move(candidacy, stage, *, by, on):
    """The candidacy reaches a later stage on that day. Refused names every objection and changes nothing."""
    with journal.pen(
        by,
        "candidacy-move",
        about=f"recruitment.candidacy:{candidacy.pk}",
        committee=candidacy.cell,
        stage=stage,
    ):
        # Read under the pen: the page may have shown a road that someone walked on meanwhile.
        fresh = Candidacy.objects.get(pk=candidacy.pk)
        last = fresh.steps.order_by("on", "pk").last()
        if reasons := objections(fresh, stage, on=on, last_step=last):
            raise Refused(*reasons)
        advance(fresh, stage, on=on)
    candidacy.stage, candidacy.stamp = fresh.stage, fresh.stamp
    return candidacy


def close(candidacy, *, by, on, reason):
    """Stop following (rút, không xét); the reason stands in the journal."""
    if not reason.strip():
        raise Refused("Ghi lý do dừng hồ sơ.")
    with journal.pen(
        by,
        "candidacy-close",
        about=f"recruitment.candidacy:{candidacy.pk}",
        committee=candidacy.cell,
        reason=reason,
    ):
        fresh = Candidacy.objects.get(pk=candidacy.pk)
        last = fresh.steps.order_by("on", "pk").last()
        if reasons := objections(fresh, Stage.CLOSED, on=on, last_step=last):
            raise Refused(*reasons)
        advance(fresh, Stage.CLOSED, on=on)
    candidacy.stage, candidacy.stamp = fresh.stage, fresh.stamp
    return candidacy


def _create(model, rows):
    return model.objects.bulk_create(rows)


def _change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def enter_many(rows, *, create=_create):
    """Enter candidacies with the road they have behind them. rows: [(unsaved Candidacy, [(stage, day), …])], steps in
    order. Needs the pen held. create(model, rows) inserts (a load passes its ledger, so that it can be undone)."""
    journal.require_pen()
    for candidacy, steps in rows:
        candidacy.stage = steps[-1][0]
    create(Candidacy, [candidacy for candidacy, _ in rows])
    create(Step, [Step(candidacy=c, stage=stage, on=on) for c, steps in rows for stage, on in steps])


def advance(candidacy, stage, *, on, create=_create, change=_change):
    """Write that the candidacy reached `stage` on a day, without asking whether it may: for deeds that asked, and for
    facts that happened (an admission loaded afterwards). Needs the pen held."""
    journal.require_pen()
    change(candidacy, stage=stage)
    create(Step, [Step(candidacy=candidacy, stage=stage, on=on)])
