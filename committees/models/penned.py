"""The base of every journalled row: it cannot be written unless a pen is held (design invariant 8).

The pen itself lives in `committees.journal`; only the knowledge "who holds it in this thread" stands here, so that
models can ask without importing the journal (which imports them).
"""

from contextvars import ContextVar

from django.db import models
from django.utils.functional import cached_property

held = ContextVar("held_pen", default=None)


class PenRequired(RuntimeError):
    """A write was tried without holding `journal.pen`: a fault of the program, never of the user."""


def require_pen():
    """The pen held in this thread; raises PenRequired if there is none."""
    pen = held.get()
    if pen is None:
        raise PenRequired("No write without the pen: wrap the deed in `with journal.pen(...)`.")
    return pen


class PennedQuerySet(models.QuerySet):
    def update(self, **values):
        pen = require_pen()
        changed = super().update(**{**values, "stamp": pen.number})
        pen.rows.append({"model": self.model._meta.label_lower, "updated": changed, "fields": sorted(values)})
        return changed

    def bulk_create(self, objs, *args, **kwargs):
        pen = require_pen()
        objs = list(objs)
        for obj in objs:
            obj.stamp = pen.number
        if kwargs.get("update_fields"):  # update_conflicts: the row that stood there is written too
            kwargs["update_fields"] = {*kwargs["update_fields"], "stamp"}
        created = super().bulk_create(objs, *args, **kwargs)
        pen.rows.append({"model": self.model._meta.label_lower, "created": len(objs)})
        return created

    def bulk_update(self, objs, fields, *args, **kwargs):
        pen = require_pen()
        for obj in objs:
            obj.stamp = pen.number
        return super().bulk_update(objs, fields, *args, **kwargs)  # by way of update(), which stamps

    def delete(self):
        pen = require_pen()
        pen.whole = True
        pen.rows.append({"model": self.model._meta.label_lower, "deleted": self.count()})
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def _raw_delete(self, using):
        require_pen().whole = True
        return super()._raw_delete(using)


class Penned(models.Model):
    """A row whose every change is journalled. `stamp` is the number of the entry that last wrote it: snapshots read
    by it what changed, and two editors are told apart by it."""

    stamp = models.BigIntegerField(default=0, db_index=True, editable=False)

    objects = PennedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        instance._as_read = dict(zip(field_names, values, strict=True))
        return instance

    @cached_property
    def _watched(self):
        return [
            field for field in self._meta.concrete_fields if field.attname not in {"id", "stamp", "password"}
        ]

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        super().refresh_from_db(using, fields, from_queryset)
        self._as_read = {**getattr(self, "_as_read", {}), **self._now(fields)}

    def save(self, *args, **kwargs):
        pen = require_pen()
        before = None if self._state.adding else getattr(self, "_as_read", {})
        self.stamp = pen.number
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "stamp"}
        super().save(*args, **kwargs)
        pen.rows.append(self._change(before, self._now(fields)))

    def delete(self, *args, **kwargs):
        pen = require_pen()
        pen.whole = True
        old = {name: value for name, value in self._now(None).items() if value not in (None, "")}
        pen.rows.append({"model": self._meta.label_lower, "id": self.pk, "deleted": 1, "old": old})
        return super().delete(*args, **kwargs)

    def _now(self, fields):
        """The values that stand in the row now: of these fields, or of all that were loaded."""
        return {
            field.attname: self.__dict__[field.attname]
            for field in self._watched
            if field.attname in self.__dict__ and (not fields or {field.name, field.attname} & {*fields})
        }

    def _change(self, before, now):
        """What the journal keeps of this write: the new values, and for a change the old ones beside them."""
        row = {"model": self._meta.label_lower, "id": self.pk}
        if before is None:
            row["new"] = {name: value for name, value in now.items() if value not in (None, "")}
        else:
            row["old"] = {n: before[n] for n, v in now.items() if n in before and before[n] != v}
            row["new"] = {n: v for n, v in now.items() if n not in before or before[n] != v}
        self._as_read = {**(before or {}), **now, "id": self.pk, "stamp": self.stamp}
        return row
