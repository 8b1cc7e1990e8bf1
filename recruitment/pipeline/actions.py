"""The only writer of a candidacy's stage (invariant 6), of its mentors and certificates, and of what is known of the
person. Deeds hold the pen; `enter_many`, `advance` and `retell` share the pen of a deed that already holds it.

A candidacy is one thing with its steps and mentors: whoever writes a part writes the candidacy too, so that its stamp
tells two editors apart whatever each of them changed.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged

from ..models import Candidacy, Certificate, Course, Mentorship, Person, Stage, Step

_RANK = {stage.value: k for k, stage in enumerate(Stage.road())}


# What someone may report by hand; further the days of an admission alone lead.
BY_HAND = (Stage.CLASS, Stage.DOSSIER, Stage.CELL, Stage.SUBMITTED)
# Who is still helped by an official member: everybody on the road until recognised.
HELPED = (*Stage.open(), Stage.PROBATION)


class Refused(ValueError):
    """The deed is not done; `reasons` says all that stands against it, in Vietnamese; `field` what it is about, where
    it is one thing asked."""

    def __init__(self, *reasons, field=None):
        super().__init__(" ".join(reasons))
        self.reasons, self.field = reasons, field


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


def next_by_hand(stage):
    """The next stage that someone reports by hand; None where the road goes on with an admission, or ended."""
    return next((there for there in BY_HAND if rank(there) > rank(stage) >= 0), None)


def road(candidacy):
    """Its steps in order of day. One query, none where they were prefetched."""
    return sorted(candidacy.steps.all(), key=lambda step: (step.on, step.pk))


def last_step(candidacy):
    """The step that says where the candidacy stands. As `road`."""
    return road(candidacy)[-1]


def _deed(candidacy, deed, by, **details):
    return journal.pen(by, deed, about=about(candidacy), committee=candidacy.cell, **details)


def about(candidacy):
    """How the journal calls it."""
    return f"recruitment.candidacy:{candidacy.pk}"


def _seen(candidacy, fresh):
    """The row the caller holds tells what stands now."""
    candidacy.stage, candidacy.stamp = fresh.stage, fresh.stamp
    return candidacy


def move(candidacy, stage, *, by, on, stamp=None):
    """The candidacy reaches a later stage on that day. Refused names every objection and changes nothing; Overtaken
    where someone wrote it after entry `stamp` (None: not asked)."""
    with _deed(candidacy, "candidacy-move", by, stage=stage):
        # Read under the pen: the page may have shown a road that someone walked on meanwhile.
        fresh = unchanged(candidacy, stamp)
        reasons = objections(fresh, stage, on=on, last_step=last_step(fresh))
        if Stage(stage) not in {*BY_HAND, *Stage.road()[: rank(fresh.stage) + 1]}:
            reasons.append(f"Bước “{Stage(stage).label}” chỉ ghi được từ quyết định kết nạp.")
        if reasons:
            raise Refused(*reasons)
        advance(fresh, stage, on=on)
    return _seen(candidacy, fresh)


def close(candidacy, *, by, on, reason, stamp=None):
    """Stop following (rút, không xét); the reason stands in the journal. Refused and Overtaken as `move`."""
    if not reason.strip():
        raise Refused("Ghi lý do dừng hồ sơ.")
    with _deed(candidacy, "candidacy-close", by, reason=reason):
        fresh = unchanged(candidacy, stamp)
        if reasons := objections(fresh, Stage.CLOSED, on=on, last_step=last_step(fresh)):
            raise Refused(*reasons)
        advance(fresh, Stage.CLOSED, on=on)
    return _seen(candidacy, fresh)


def retractable(candidacy, steps):
    """Every reason why the last of `steps` may not be taken back: it is the first, or follows from an admission, or
    the cell has begun to follow the person anew. One query, for a road that was stopped."""
    if len(steps) < 2:
        return [
            _("Bước đầu tiên không rút lại được. Nếu người này không thuộc danh sách, hãy dừng theo dõi.")
        ]
    if steps[-1].stage not in {*BY_HAND, Stage.CLOSED}:
        return [_("Bước này do quyết định kết nạp ghi. Sửa ngày hoặc hủy ở lần kết nạp ấy.")]
    again = Candidacy.objects.filter(
        person_id=candidacy.person_id, cell_id=candidacy.cell_id, stage__in=Stage.open()
    )
    if steps[-1].stage == Stage.CLOSED and again.exists():
        return [_("Chi bộ đã theo dõi lại người này ở một hồ sơ khác.")]
    return []


def retract(candidacy, *, by, reason, stamp=None):
    """Take back the last step, recorded by mistake; a stop too. The step is deleted, the journal keeps it. Refused,
    and Overtaken as `move`."""
    if not reason.strip():
        raise Refused("Ghi lý do rút lại bước này.")
    with _deed(candidacy, "candidacy-retract", by, reason=reason) as pen:
        fresh = unchanged(candidacy, stamp)
        steps = road(fresh)
        if reasons := retractable(fresh, steps):
            raise Refused(*reasons)
        pen.note(stage=steps[-1].stage, on=steps[-1].on)
        # Rows that go make the next snapshot read everything anew: rare enough.
        steps[-1].delete()
        _change(fresh, stage=steps[-2].stage)
    return _seen(candidacy, fresh)


def assign_mentor(candidacy, *, mentor, since, by, stamp=None):
    """`mentor` helps from the day `since`; whoever helped until then stops the day before. On the day on which the
    present one began it corrects the name. Refused, and Overtaken as `move`."""
    with _deed(candidacy, "mentor-assign", by):
        fresh = unchanged(candidacy, stamp)
        running = running_mentorship(fresh)
        reasons = _mentor_objections(fresh, running, since)
        if running and running.mentor == mentor:
            reasons.append(f"{mentor} đang giúp đỡ người này, từ {vietnamese.day(running.since)}.")
        if reasons:
            raise Refused(*reasons)
        if running and running.since == since:
            _change(running, mentor=mentor)
        else:
            if running:
                _change(running, until=since)
            Mentorship(candidacy=fresh, mentor=mentor, since=since).save()
        fresh.save()
    return _seen(candidacy, fresh)


def end_mentor(candidacy, *, on, by, stamp=None):
    """The present mentor helps until the day `on`, inclusive; nobody follows. Refused, and Overtaken as `move`."""
    with _deed(candidacy, "mentor-end", by):
        fresh = unchanged(candidacy, stamp)
        running = running_mentorship(fresh)
        reasons = _mentor_objections(fresh, running, on)
        if running is None:
            reasons.append("Người này chưa có đảng viên giúp đỡ.")
        if reasons:
            raise Refused(*reasons)
        _change(running, until=on + timedelta(days=1))
        fresh.save()
    return _seen(candidacy, fresh)


def running_mentorship(candidacy):
    """Who helps, no end said; None. One query, none where they were prefetched."""
    running = [mentorship for mentorship in candidacy.mentorships.all() if mentorship.until is None]
    return max(running, key=lambda mentorship: (mentorship.since, mentorship.pk), default=None)


def _mentor_objections(candidacy, running, on):
    reasons, earliest = [], running.since if running else candidacy.entered_on
    if candidacy.stage not in HELPED:
        reasons.append(f"Hồ sơ đang ở bước “{Stage(candidacy.stage).label}”, không cần người giúp đỡ nữa.")
    if on > vietnamese.today():
        reasons.append(f"Ngày {vietnamese.day(on)} chưa đến.")
    if on < earliest:
        since = "người đang giúp đỡ bắt đầu" if running else "đưa vào nguồn"
        reasons.append(f"Ngày {vietnamese.day(on)} trước ngày {since} ({vietnamese.day(earliest)}).")
    return reasons


def add_certificate(candidacy, *, kind, number, issued_on, by, stamp=None):
    """That the candidate finished a class, on the day of its certificate. Whoever stood in the source has thereby been
    to the class. Refused where a certificate of that class and day stands; Overtaken as `move`."""
    with _deed(candidacy, "certificate-add", by):
        fresh = unchanged(candidacy, stamp)
        person = fresh.person
        if issued_on > vietnamese.today():
            raise Refused(f"Ngày {vietnamese.day(issued_on)} chưa đến.", field="issued_on")
        if issued_on <= person.born:
            raise Refused("Ngày chứng nhận phải sau ngày sinh.", field="issued_on")
        if Certificate.objects.filter(person=person, kind=kind, issued_on=issued_on).exists():
            raise Refused("Người này đã có chứng nhận ngày ấy trong sổ.", field="issued_on")
        Certificate(
            person=person, cell_id=fresh.cell_id, kind=kind, number=number, issued_on=issued_on
        ).save()
        if kind == Course.Kind.AWARENESS and fresh.stage == Stage.SOURCE:
            advance(fresh, Stage.CLASS, on=max(issued_on, last_step(fresh).on))
        else:
            fresh.save()
    return _seen(candidacy, fresh)


def edit_person(person, *, by, committee, stamp=None, **said):
    """Write what is known of a person now: full_name, citizen_id, traits. Admissions keep what was true on their day.
    committee: where the account may record them. Refused where the citizen ID is another's; Overtaken as `move`."""
    with journal.pen(by, "person-edit", about=f"recruitment.person:{person.pk}", committee=committee):
        fresh = unchanged(person, stamp)
        number = said.get("citizen_id")
        if number and Person.objects.filter(citizen_id=number).exclude(pk=fresh.pk).exists():
            raise Refused("Số này đã ghi cho một người khác. Xem lại số.", field="citizen_id")
        if fresh.candidacies.filter(entered_on__lte=said.get("born", fresh.born)).exists():
            raise Refused("Ngày sinh phải trước ngày đưa vào nguồn.", field="born")
        _change(fresh, **said)
    return fresh


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


def retell(candidacy, days):
    """The end of the road as an admission tells it: each stage of {stage: day} was reached on that day, or never
    (None). An earlier stage was then reached by the first of these days at the latest. Needs the pen held.

    The stage becomes the furthest of the road; a stopped candidacy stays stopped. Rows are saved one by one, so that
    the journal can take them back.
    """
    journal.require_pen()
    first = min(filter(None, days.values()), default=None)
    steps = {step.stage: step for step in candidacy.steps.order_by("on", "pk")}
    for stage, step in list(steps.items()):
        if stage in days and days[stage] is None:
            steps.pop(stage).delete()
        elif stage in days and step.on != days[stage]:
            _change(step, on=days[stage])
        elif first and step.on > first and -1 < rank(stage) < min(map(rank, days)):
            _change(step, on=first)
    for stage, on in days.items():
        if on is not None and stage not in steps:
            steps[stage] = Step(candidacy=candidacy, stage=stage, on=on)
            steps[stage].save()
    reached = max(steps, key=rank, default=candidacy.stage)
    _change(candidacy, stage=candidacy.stage if candidacy.stage == Stage.CLOSED else reached)
