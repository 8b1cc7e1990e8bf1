"""Undo a load: what it made goes, what it changed is put back, what was edited or built upon since is kept and
listed."""

import json
from dataclasses import dataclass, field

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DO_NOTHING, QuerySet

from committees import access, journal
from committees.models import Committee

from ..models import Batch
from ..models.batch import COUNTED
from .elsewhere import Reach
from .kinds import KINDS

CHUNK = 500


class NoSuchBatch(ValueError):
    """There is no such batch, it was undone already, or it lies outside the account's reach."""


@dataclass
class Undone:
    """What an undo removed and what it had to keep: [(model label, id, why)]."""

    batch: int
    removed: int = 0
    restored: int = 0
    kept: list = field(default_factory=list)

    def as_json(self):
        """The document of contracts §1 `unload`."""
        kept = [{"model": label, "id": pk, "why": why} for label, pk, why in self.kept]
        return {"batch": self.batch, "removed": self.removed, "kept": kept}


# Parts that have no sense without their whole: a committee kept keeps its name and place, a candidacy its road and its
# mentor, a person their certificates.
PARTS = {
    "committees.placement": "committee",
    "committees.coverage": "settlement",
    "recruitment.step": "candidacy",
    "recruitment.mentorship": "candidacy",
    "recruitment.certificate": "person",
}
EDITED = "đã sửa sau khi nạp"
ELSEWHERE = "nay thuộc nơi khác"
BUILT_UPON = "đã có dữ liệu khác dựa vào"
PART_OF_KEPT = "thuộc về bản ghi được giữ lại"


def unload(number, *, actor=None):
    """Undo batch `number`. Raises NoSuchBatch. One pen; a few queries per 500 rows.

    A row counts as edited when a later entry wrote it, and as built upon when a row from outside the batch refers to
    it; both are kept, with whatever of the batch they themselves refer to and with their own parts. So is what lies
    today where the actor does not hold the right of the KIND.
    """
    with journal.pen(actor, "unload", about=f"batch:{number}") as pen:
        batch = Batch.objects.filter(pk=number, undone=False).first()
        if batch is None:
            raise NoSuchBatch(f"Không có lần nhập số {number}, hoặc đã được hoàn tác.")
        stamp = batch.stamp
        entry = journal.entry_of(stamp)
        pen.committee = Committee(id=entry.committee_id) if entry.committee_id else None
        door = None if actor is None else access.Access(actor)
        # A load of a whole register names no committee: it belongs to whoever holds the right everywhere.
        if door is not None and not door.may(KINDS[batch.kind].right, entry.committee_id):
            raise NoSuchBatch(f"Không có lần nhập số {number} trong phạm vi tài khoản này.")
        done = Undone(batch.pk)
        if whole := getattr(KINDS[batch.kind], "take_back", None):
            done.removed, done.kept = whole(pen, batch)
            if done.removed:
                batch.undone = True
                batch.save()
                pen.rows.clear()
            pen.note(batch=batch.pk, kind=batch.kind, removed=done.removed, kept=len(done.kept))
            return done
        # First what was changed: once put back, it no longer refers to what the batch made.
        pen.whole = True
        taken = {}
        reach = Reach(door, KINDS[batch.kind].right)
        beyond = {label: reach.beyond(label, map(int, rows)) for label, rows in batch.changed.items()}
        going = {label: _untouched(label, spans, stamp, reach, done) for label, spans in batch.made.items()}
        edited = _restore(batch, stamp, beyond, done, taken)
        _keep_what_others_use(going, _Batch(batch.made, edited), done)
        for label in reversed(list(batch.made)):
            rows = apps.get_model(label)._base_manager
            for some in _some(sorted(going[label])):
                _remember(taken, label, some)
                # Past Django's own search for references: they were all looked at, and a reference between two rows
                # that both go (a plan and the plan before it) is no reason to stay.
                done.removed += rows.filter(pk__in=some)._raw_delete(rows.db)
        # Where nothing could go it may be tried again, once what was built upon it has gone.
        if done.removed or done.restored or not done.kept:
            batch.undone = True
            batch.taken = json.loads(json.dumps(taken, cls=DjangoJSONEncoder))
            batch.kept = [[label, pk, str(why)] for label, pk, why in done.kept]
            batch.save()
        pen.rows.clear()
        pen.note(
            batch=batch.pk, kind=batch.kind, removed=done.removed, restored=done.restored, kept=len(done.kept)
        )
    return done


@dataclass
class Outlook:
    """What an undo would do now: how many rows of each table would go and be put back, and what it would have to keep."""

    going: dict
    restored: dict
    kept: list


def look(batch, door=None):
    """The Outlook of an undo by whose Access it is, else by the machine's operator; None of a package of acts, which is undone whole or not at all and has its own page. Reads
    only, as many queries as the undo."""
    if getattr(KINDS[batch.kind], "take_back", None):
        return None
    done, put_back, edited = Undone(batch.pk), {}, {}
    reach = Reach(door, KINDS[batch.kind].right)
    going = {label: _untouched(label, spans, batch.stamp, reach, done) for label, spans in batch.made.items()}
    for label, rows in batch.changed.items():
        beyond = reach.beyond(label, map(int, rows))
        there = _bearing(label, [int(pk) for pk in rows], batch.stamp) - beyond
        put_back[label] = {int(pk): before for pk, before in rows.items() if int(pk) in there}
        edited[label] = {int(pk) for pk in rows} - there
        done.kept.extend((label, int(pk), _why(pk, beyond)) for pk in rows if int(pk) not in there)
    _keep_what_others_use(going, _Batch(batch.made, edited), done, put_back)
    return Outlook(
        {label: len(ids) for label, ids in going.items() if ids},
        {label: len(rows) for label, rows in put_back.items() if rows},
        done.kept,
    )


def _bearing(label, ids, stamp):
    """Which of the rows the load wrote last."""
    model, found = apps.get_model(label), set()
    for some in _some(ids):
        found |= set(model._base_manager.filter(pk__in=some, stamp=stamp).values_list("pk", flat=True))
    return found


def _why(pk, beyond):
    """Why a row that the batch changed is not put back."""
    return ELSEWHERE if int(pk) in beyond else EDITED


def _some(ids):
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))


def _remember(taken, label, ids):
    """Keep what counts of rows about to go or to be put back. One query, none of rows that no figure is made of."""
    if label in COUNTED:
        rows = apps.get_model(label).objects.filter(pk__in=ids).values("pk", *COUNTED[label])
        taken.setdefault(label, {}).update({row.pop("pk"): row for row in rows})


def _restore(batch, stamp, beyond, done, taken):
    """Put back what the batch changed, its stamp included: a row that is again as an earlier batch left it can be
    undone with that one. beyond: {label: ids} that are out of reach. Returns {label: ids} of rows that stay as they are:
    those, and what somebody changed again, or removed."""
    edited = {}
    for label, rows in batch.changed.items():
        model = apps.get_model(label)
        for some in _some([pk for pk in rows if int(pk) not in beyond[label]]):
            _remember(taken, label, some)
        for pk, before in rows.items():
            values = {name: model._meta.get_field(name).to_python(value) for name, value in before.items()}
            # Django's own queryset, because ours would stamp the row; the caller tells snapshots to read all anew.
            mine = int(pk) not in beyond[label]
            if mine and QuerySet(model).filter(pk=pk, stamp=stamp).update(**values):
                done.restored += 1
            else:
                edited.setdefault(label, set()).add(int(pk))
                done.kept.append((label, int(pk), _why(pk, beyond[label])))
    return edited


def _untouched(label, spans, stamp, reach, done):
    """Ids of the rows the batch made, nobody wrote since, and that lie within reach."""
    model, found = apps.get_model(label), set()
    for first, last in spans:
        for pk, number in model.objects.filter(pk__range=(first, last)).values_list("pk", "stamp"):
            if number == stamp:
                found.add(pk)
            else:
                done.kept.append((label, pk, EDITED))
    beyond = reach.beyond(label, found)
    done.kept.extend((label, pk, ELSEWHERE) for pk in sorted(beyond))
    return found - beyond


@dataclass
class _Batch:
    """Which rows the batch made ({label: spans}), and which it changed and somebody else after it ({label: ids})."""

    made: dict
    edited: dict

    def holds(self, label, pk):
        """Whether the row came with the batch, or was changed by it and cannot be put back."""
        spans = self.made.get(label, ())
        return any(first <= pk <= last for first, last in spans) or pk in self.edited.get(label, ())


def _keep_what_others_use(going, batch, done, put_back=None):
    """Take from `going` every row that a row which stays refers to, and the parts of what stays, until nothing more
    changes. put_back: {label: {id: old values}} of rows that are yet to be put back, and will refer to what they did."""
    again, put_back = True, put_back or {}
    while again:
        again = False
        for label, ids in going.items():
            for relation in _references(apps.get_model(label)):
                by = relation.model._meta.label_lower
                leaving, after = going.get(by, set()), put_back.get(by, {})
                used = set()
                for some in _some(sorted(ids)):
                    rows = relation.model._base_manager.filter(**{f"{relation.name}__in": some})
                    found = rows.values_list("pk", relation.attname)
                    used |= {
                        on
                        for pk, on in found
                        if pk not in leaving and str(after.get(pk, {}).get(relation.attname, on)) == str(on)
                    }
                if used:
                    again = True
                    ids -= used
                    done.kept.extend((label, pk, BUILT_UPON) for pk in sorted(used))
        again = _keep_parts(going, batch, done) or again


def _references(model):
    """The foreign keys that point at the model, those without a way back included; not the journal's, which outlive
    what they tell of, unless they name who wrote."""
    relations = model._meta.get_fields(include_hidden=True)
    fields = [
        r.field for r in relations if r.auto_created and not r.concrete and (r.one_to_many or r.one_to_one)
    ]
    return [f for f in fields if f.remote_field.on_delete is not DO_NOTHING]


def _keep_parts(going, batch, done):
    """Take from `going` the parts of a whole that the batch brought or changed too, and that stays. Returns whether
    there were any."""
    found = False
    for label, name in PARTS.items():
        parts = going.get(label)
        if not parts:
            continue
        relation = apps.get_model(label)._meta.get_field(name)
        whole = relation.related_model._meta.label_lower
        leaving = going.get(whole, set())
        for some in _some(sorted(parts)):
            rows = relation.model.objects.filter(pk__in=some).values_list("pk", relation.attname)
            staying = {pk for pk, on in rows if on not in leaving and batch.holds(whole, on)}
            found = found or bool(staying)
            parts -= staying
            done.kept.extend((label, pk, PART_OF_KEPT) for pk in sorted(staying))
    return found
