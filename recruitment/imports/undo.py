"""Undo a load: what it made goes, what it changed is put back, what was edited or built upon since is kept and
listed."""

from dataclasses import dataclass, field

from django.apps import apps

from committees import access, journal
from committees.models import Committee

from ..models import Batch
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


# Parts that have no sense without their whole: a committee kept keeps its name and place, a candidacy its road.
PARTS = {"committees.placement": "committee", "recruitment.step": "candidacy"}
EDITED = "đã sửa sau khi nạp"
BUILT_UPON = "đã có dữ liệu khác dựa vào"


def unload(number, *, actor=None):
    """Undo batch `number`. Raises NoSuchBatch. One pen; a few queries per 500 rows.

    A row counts as edited when a later entry wrote it, and as built upon when a row from outside the batch refers to
    it; both are kept, with whatever of the batch they themselves refer to.
    """
    with journal.pen(actor, "unload", about=f"batch:{number}") as pen:
        batch = Batch.objects.filter(pk=number, undone=False).first()
        if batch is None:
            raise NoSuchBatch(f"Không có lô nạp số {number}, hoặc lô đã được hoàn tác.")
        stamp = batch.stamp
        entry = journal.entry_of(stamp)
        pen.committee = Committee(id=entry.committee_id) if entry.committee_id else None
        if actor is not None and not _may(actor, KINDS[batch.kind].right, entry.committee_id):
            raise NoSuchBatch(f"Không có lô nạp số {number} trong phạm vi tài khoản này.")
        done = Undone(batch.pk)
        going = {label: _untouched(label, spans, stamp, done) for label, spans in batch.made.items()}
        _keep_what_others_use(going, {label: _within(spans) for label, spans in batch.made.items()}, done)
        for label in reversed(list(batch.made)):
            model = apps.get_model(label)
            for some in _some(sorted(going[label])):
                done.removed += model.objects.filter(pk__in=some).delete()[0]
        _restore(batch, stamp, done)
        batch.undone = True
        batch.save()
        pen.rows.clear()
        pen.note(
            batch=batch.pk, kind=batch.kind, removed=done.removed, restored=done.restored, kept=len(done.kept)
        )
    return done


def _may(actor, right, committee_id):
    return committee_id is not None and access.Access(actor).may(right, committee_id)


def _some(ids):
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))


def _untouched(label, spans, stamp, done):
    """Ids of the rows the batch made and nobody wrote since."""
    model, found = apps.get_model(label), set()
    for first, last in spans:
        for pk, number in model.objects.filter(pk__range=(first, last)).values_list("pk", "stamp"):
            if number == stamp:
                found.add(pk)
            else:
                done.kept.append((label, pk, EDITED))
    return found


def _within(spans):
    """Whether an id lies in the spans a batch made."""
    return lambda pk: any(first <= pk <= last for first, last in spans)


def _keep_what_others_use(going, made, done):
    """Take from `going` every row that a row which stays refers to, until nothing more changes."""
    again = True
    while again:
        again = False
        for label, ids in going.items():
            for relation in apps.get_model(label)._meta.related_objects:
                if relation.field.remote_field.on_delete.__name__ == "DO_NOTHING":
                    continue
                child = relation.related_model
                leaving = going.get(child._meta.label_lower, set())
                used = set()
                for some in _some(sorted(ids)):
                    rows = child._base_manager.filter(**{f"{relation.field.name}__in": some})
                    used |= {
                        on for pk, on in rows.values_list("pk", relation.field.attname) if pk not in leaving
                    }
                if used:
                    again = True
                    ids -= used
                    done.kept.extend((label, pk, BUILT_UPON) for pk in sorted(used))
        again = _keep_parts(going, made) or again


def _keep_parts(going, made):
    """Take from `going` the parts of a whole that the batch made too, and that stays. Returns whether there were any."""
    found = False
    for label, name in PARTS.items():
        parts = going.get(label)
        if not parts:
            continue
        relation = apps.get_model(label)._meta.get_field(name)
        whole = relation.related_model._meta.label_lower
        leaving, of_batch = going.get(whole, set()), made.get(whole, _within([]))
        for some in _some(sorted(parts)):
            rows = relation.model.objects.filter(pk__in=some).values_list("pk", relation.attname)
            staying = {pk for pk, on in rows if of_batch(on) and on not in leaving}
            found = found or bool(staying)
            parts -= staying
    return found


def _restore(batch, stamp, done):
    for label, rows in batch.changed.items():
        model = apps.get_model(label)
        for pk, before in rows.items():
            row = model.objects.filter(pk=pk, stamp=stamp).first()
            if row is None:
                done.kept.append((label, int(pk), EDITED))
                continue
            for name, value in before.items():
                setattr(row, name, model._meta.get_field(name).to_python(value))
            row.save()
            done.restored += 1
