"""Undoing a merge: both records exactly as they stood, stamps included, or every reason why not."""

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import journal
from committees.undoing import as_told, remove, restore

from ..models import Merge, Person
from ..pipeline.actions import Refused
from .joining import of_a_person
from .merging import BEYOND
from .sides import Side, above_all

# What was written since, as a reader calls it.
WORDS = {
    "recruitment.admission": gettext_lazy("kết nạp"),
    "recruitment.candidacy": gettext_lazy("hồ sơ theo dõi"),
    "recruitment.certificate": gettext_lazy("chứng nhận"),
    "recruitment.mentorship": gettext_lazy("người giúp đỡ"),
    "recruitment.participant": gettext_lazy("học viên của lớp"),
    "recruitment.person": gettext_lazy("thông tin cá nhân"),
    "recruitment.step": gettext_lazy("bước của hồ sơ"),
}
OTHER = gettext_lazy("dữ liệu khác")


def part(access, merge, *, by):
    """Undo a Merge: what it moved, changed and dropped is again as it stood; the Merge goes. Refused with every reason,
    also where it was undone already. One pen; a query or two for each row."""
    with journal.pen(by, "people-merge-undo", about=f"recruitment.person:{merge.kept_id}") as pen:
        fresh = Merge.objects.select_related("kept", "gone").filter(pk=merge.pk).first()
        if fresh is None:
            raise Refused(_("Lần gộp này đã được hoàn tác."))
        side = Side.read(fresh.kept)
        pen.committee = above_all(access, side.cells)
        if side.beyond(access):
            raise Refused(str(BEYOND))
        if reasons := prevents(fresh):
            raise Refused(*reasons)
        pen.whole = True  # snapshots read anew: rows go back to stamps they had
        fresh.delete()
        pen.rows[:] = _as_undone(fresh)
        for label, pk in reversed(fresh.made):
            remove(apps.get_model(label), [pk])
        # Numbers are unique: both let go of theirs before either has its own again.
        QuerySet(Person).filter(pk__in=[fresh.kept_id, fresh.gone_id]).update(citizen_id=None)
        for label, told in fresh.was:
            restore(apps.get_model(label), [told])
        for label, told in fresh.dropped:
            _bring_back(apps.get_model(label), told)
        pen.note(restored=len(fresh.was) + len(fresh.dropped))


def _as_undone(merge):
    """What the entry tells of each row that the undo writes, as of any other deed: a figure of a past day is told by it."""
    rows = []
    for label, pk in reversed(merge.made):
        old = as_told(apps.get_model(label)._base_manager.get(pk=pk))
        rows.append({"model": label, "id": pk, "deleted": 1, "old": _said(old)})
    for label, told in merge.was:
        now = as_told(apps.get_model(label)._base_manager.get(pk=told["id"]))
        names = [name for name in _said(told) if now[name] != told[name]]
        old, new = ({name: values[name] for name in names} for values in (now, told))
        rows.append({"model": label, "id": told["id"], "old": old, "new": new})
    rows += [{"model": label, "id": told["id"], "new": _said(told)} for label, told in merge.dropped]
    return rows


def _said(told):
    return {name: value for name, value in told.items() if name not in {"id", "stamp"}}


def prevents(merge):
    """[reason]: what was written since that an undo would take away or leave with nobody knows whom. A query a row, and
    one for each kind of row that points at a person."""
    changed = {}
    for label, pk in [*((label, told["id"]) for label, told in merge.was), *merge.made]:
        if not apps.get_model(label)._base_manager.filter(pk=pk, stamp=merge.stamp).exists():
            changed[label] = changed.get(label, 0) + 1
    found = [
        _("Sau khi gộp đã sửa: %(n)d %(what)s.") % {"n": n, "what": WORDS.get(label, OTHER)}
        for label, n in changed.items()
    ]
    for relation in of_a_person():
        label = relation.model._meta.label_lower
        rows = relation.model._base_manager.filter(
            **{f"{relation.name}__in": [merge.kept_id, merge.gone_id]}, stamp__gt=merge.stamp
        )
        if n := rows.exclude(pk__in=[told["id"] for kind, told in merge.was if kind == label]).count():
            words = _("Sau khi gộp đã ghi thêm cho người này: %(n)d %(what)s.")
            found.append(words % {"n": n, "what": WORDS.get(label, OTHER)})
    for label, told in merge.dropped:
        model = apps.get_model(label)
        lost = any(
            told[field.attname] is not None
            and not field.related_model._base_manager.filter(pk=told[field.attname]).exists()
            for field in model._meta.concrete_fields
            if field.is_relation and _comes_back(merge, field, told) is False
        )
        if lost:
            found.append(_("Nơi ghi %s đã bỏ khi gộp không còn trong sổ.") % WORDS.get(label, OTHER))
    return found


def _comes_back(merge, field, told):
    """Whether what a dropped row points at was dropped with it."""
    wanted = field.related_model._meta.label_lower, told[field.attname]
    return any((label, row["id"]) == wanted for label, row in merge.dropped)


def _bring_back(model, told):
    """A row that went, with its id and stamp. Django's own queryset, because ours would stamp it."""
    values = {name: model._meta.get_field(name).to_python(value) for name, value in told.items()}
    QuerySet(model).bulk_create([model(**values)])
