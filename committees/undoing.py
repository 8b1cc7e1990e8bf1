"""Undoing a reorganisation: what was built on it since, and the structure put back as it stood."""

import json

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DO_NOTHING, QuerySet
from django.utils.translation import gettext as _

from . import vietnamese
from .lawful import amiss
from .models import Committee, Kind, LawfulPair, Placement, Reorganisation, Succession
from .register import Register, Row

CHUNK = 500
_SAID = ("since", "until", "name", "kind", "organisation_type")
# What was recorded since, as a reader calls it; a model without a word here is "dữ liệu khác".
WORDS = {
    "committees.coverage": _("lần ghi chi bộ của thôn"),
    "committees.flow": _("biến động đảng viên"),
    "committees.headcount": _("số đảng viên"),
    "committees.mandate": _("phân quyền"),
    "committees.placement": _("tổ chức trực thuộc"),
    "committees.succession": _("tổ chức được kế thừa"),
    "recruitment.admission": _("kết nạp"),
    "recruitment.allotment": _("phương án giao chỉ tiêu"),
    "recruitment.candidacy": _("hồ sơ"),
    "recruitment.certificate": _("giấy chứng nhận"),
    "recruitment.course": _("lớp"),
    "recruitment.group": _("nhóm"),
    "recruitment.plan": _("kế hoạch"),
    "recruitment.quota": _("chỉ tiêu"),
    "recruitment.reportedfigure": _("số liệu báo cáo"),
    "recruitment.sourceless": _("ghi chép không còn nguồn"),
}
# What may be written at an heir without leaning on what it inherited: who stands under it, who works there.
INDEPENDENT = {"committees.mandate", "committees.placement", "committees.succession"}


def as_told(row):
    """A row's values as JSON, its stamp included."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def restore(model, rows):
    """Give rows that are there the values they once had (`as_told`), their stamp included. Under the pen, whose holder
    tells snapshots to read all anew."""
    for values in rows:
        # Django's own queryset, because ours would stamp the row.
        QuerySet(model).filter(pk=values["id"]).update(**_typed(model, values))


def remove(model, ids):
    """Take rows away that nothing refers to. Under the pen."""
    for at in range(0, len(ids), CHUNK):
        rows = model._base_manager.filter(pk__in=ids[at : at + CHUNK])
        rows._raw_delete(rows.db)


def _typed(model, values):
    return {name: model._meta.get_field(name).to_python(value) for name, value in values.items()}


def altered(model, ids, stamp):
    """Ids of those rows that somebody wrote after the entry `stamp`, or took away. One query for 500."""
    found = set()
    for at in range(0, len(ids), CHUNK):
        some = ids[at : at + CHUNK]
        found |= set(some) - set(model.objects.filter(pk__in=some, stamp=stamp).values_list("pk", flat=True))
    return found


def built_upon(record):
    """What of a reorganisation's own rows was changed since; what was recorded since at the committees that stand, or may
    admit, by its acts alone, and at those that answer for the ended ones; whom the undo would leave where nobody may
    stand: in words, one a committee and kind of record. A query or two a model."""
    kept = record.kept
    stamp, heirs = kept["stamp"], kept["successions"]
    placements = [*kept["placements"], *map(int, kept["changed"])]
    changed = altered(Placement, placements, stamp)
    touched = set(Placement.objects.filter(pk__in=placements).values_list("committee_id", flat=True))
    touched |= {row["committee_id"] for row in kept["dropped"]}
    later = Placement.objects.filter(committee_id__in=touched, stamp__gt=stamp).exclude(pk__in=changed)
    moved = set(later.values_list("committee_id", flat=True))
    moved |= set(Placement.objects.filter(pk__in=changed).values_list("committee_id", flat=True))
    succeeded = altered(Succession, heirs, stamp)
    moved |= set(Succession.objects.filter(pk__in=succeeded).values_list("old_id", flat=True))
    named = _codes(moved)
    found = [_("Tổ chức %s đã được sắp xếp tiếp sau đó.") % named[pk] for pk in sorted(moved, key=named.get)]
    back = Back(record)
    leaning = back.leaning()
    inherited = set(Succession.objects.filter(pk__in=heirs).values_list("heir_id", flat=True)) - leaning
    for relation in _references():
        label = relation.model._meta.label_lower
        found += _recorded(relation, leaning, stamp)
        if label not in INDEPENDENT:
            found += _recorded(relation, inherited, stamp)
    return found or back.unlawful()


class Back:
    """The register as it is (`now`) and as it would be after the undo (`then`), from the day of the reorganisation on.
    Three queries."""

    def __init__(self, record):
        kept = record.kept
        self.now = Register.read()
        self.then = self.now.copy()
        self._codes = {pk: code for code, pk in self.now.ids.items()}
        made, changed = set(kept["placements"]), kept["changed"]
        for rows in self.then.rows.values():
            rows[:] = [
                self._row(changed[str(row.pk)]) if str(row.pk) in changed else row
                for row in rows
                if row.pk not in made
            ]
        for told in kept["dropped"]:
            self.then.put(self._codes[told["committee_id"]], self._row(told))
        self._first = record.day
        self._touched = [code for code, rows in self.now.rows.items() if rows != self.then.rows[code]]

    def _edges(self, codes):
        """The days from the first on on which anything changes for these committees, the first among them."""
        rows = [row for told in (self.now, self.then) for code in codes for row in told.rows[code]]
        edges = {edge for row in rows for edge in (row.since, row.until) if edge and edge > self._first}
        return sorted({self._first, *edges})

    def _row(self, told):
        said = _typed(Placement, told)
        above = self._codes.get(said.pop("parent_id"))
        return Row(said["id"], parent=above, **{name: said[name] for name in _SAID})

    def leaning(self):
        """Ids of the committees that stand on some day, or stand as a cell, and would not."""
        found, cells = set(), Kind.cells()
        for code in self._touched:
            for day in self._edges([code]):
                now, then = self.now.on(code, day), self.then.on(code, day)
                if now and (then is None or (now.kind in cells and then.kind not in cells)):
                    found.add(self.now.ids[code])
        return found

    def unlawful(self):
        """Who would be left where it may not stand, in words."""
        touched = set(self._touched)
        pairs, found = set(LawfulPair.objects.values_list("parent_kind", "child_kind")), {}
        # On the days of those whose superior, or who themselves, would stand otherwise, and in the end.
        near = {
            code
            for told in (self.now, self.then)
            for code, rows in told.rows.items()
            for row in rows
            if code in touched or row.parent in touched
        }
        near |= {row.parent for code in touched for row in self.then.rows[code]} & self.now.ids.keys()
        for day in sorted({*self._edges(near), self._edges(self.now.rows)[-1]}):
            known = amiss(self.now.standing(day), pairs)
            for code, why in amiss(self.then.standing(day), pairs).items():
                if known.get(code) != why and code not in found:
                    said = {"code": code, "day": vietnamese.day(day), "why": why}
                    found[code] = _("Sau khi hoàn tác, %(code)s từ ngày %(day)s: %(why)s") % said
        return [found[code] for code in sorted(found)]


def own_codes(kept):
    """Codes of the committees that a reorganisation founded, ended or placed otherwise. Two queries."""
    placements = [*kept["placements"], *map(int, kept["changed"])]
    own = set(Placement.objects.filter(pk__in=placements).values_list("committee_id", flat=True))
    return set(
        _codes(own | {*kept["committees"]} | {row["committee_id"] for row in kept["dropped"]}).values()
    )


def _recorded(relation, committees, stamp):
    """Rows later than the entry `stamp` that refer to the committees, counted a committee."""
    rows = relation.model._base_manager.filter(**{f"{relation.name}__in": committees}, stamp__gt=stamp)
    counts = {}
    for pk in rows.values_list(relation.attname, flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    word, named = WORDS.get(relation.model._meta.label_lower, _("dữ liệu khác")), _codes(counts)
    return [
        _("Ghi tại %(code)s sau đó: %(n)d %(what)s.") % {"code": named[pk], "n": n, "what": word}
        for pk, n in sorted(counts.items(), key=lambda one: named[one[0]])
    ]


def _codes(ids):
    return dict(Committee.objects.filter(pk__in=ids).values_list("pk", "code")) if ids else {}


def _references():
    """The foreign keys of journalled rows that point at a committee."""
    for model in apps.get_models():
        if not hasattr(model, "stamp"):
            continue
        for one in model._meta.concrete_fields:
            # Another placement of the committee is told as such, and a later package by what it did.
            told = (model, one.name) == (Placement, "committee") or model is Reorganisation
            if one.related_model is Committee and one.remote_field.on_delete is not DO_NOTHING and not told:
                yield one


def put_back(pen, kept, scope):
    """The structure as it stood before: the rows made go, those changed and taken away come back as they were. Packages
    that belonged to a committee it founded (undone ones, drafts) belong to `scope` (its id) from then on."""
    pen.whole = True
    Reorganisation.objects.filter(committee_id__in=kept["committees"]).update(committee_id=scope)
    remove(Succession, kept["successions"])
    remove(Placement, kept["placements"])
    QuerySet(Placement).bulk_create([Placement(**_typed(Placement, row)) for row in kept["dropped"]])
    restore(Placement, kept["changed"].values())
    remove(Committee, kept["committees"])
