"""Two at once: a form that somebody else overtook comes back with both versions side by side, nothing lost.

The page carries the stamp of the row it showed. The deed asks `unchanged` under the pen, where nobody else can write;
if the row was written since, `Overtaken` carries it back to the form, which keeps what was typed and shows what stands.
"""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import vietnamese
from .journal import entry_of, require_pen, sent_before


class Overtaken(Exception):
    """The row was written after the page showed it. `fresh` is the row as it stands now."""

    def __init__(self, fresh):
        super().__init__(f"{fresh._meta.label_lower}:{fresh.pk}")
        self.fresh = fresh


def unchanged(row, stamp):
    """The row read anew under the pen; raises Overtaken if an entry later than `stamp` wrote it. stamp None asks
    nothing (a deed without a page). One query."""
    require_pen()
    fresh = type(row)._base_manager.get(pk=row.pk)
    if stamp is not None and fresh.stamp != stamp:
        raise Overtaken(fresh)
    return fresh


@dataclass(frozen=True)
class Difference:
    """One field of which two people say different things, as they would read it."""

    label: str
    mine: str
    theirs: str


class VersionedForm(forms.Form):
    """A form about one row. Give it `row` (unbound: its values are shown); on Overtaken call `overtaken(fresh)` and
    render it again with status 409: template part includes/overtaken.html. What does not say which version of the row
    it was written over is refused: every page of ours does."""

    stamp = forms.IntegerField(
        widget=forms.HiddenInput, label=gettext_lazy("Trang này"),
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            gettext_lazy("Trang này thiếu dấu của bản đang sửa. Mở lại trang rồi ghi lần nữa."),
        ),
    )  # fmt: skip

    def __init__(self, data=None, *, row=None, **options):
        self.row, self.rival, self.differences, self.repeated = row, None, None, False
        if row is not None:
            options["initial"] = {"stamp": row.stamp, **self.values_of(row), **(options.get("initial") or {})}
        super().__init__(data, **options)
        self.fields["stamp"].required = row is not None

    def values_of(self, row):
        """{field name: value} of the row; a field named as the row's needs nothing more."""
        return {
            name: getattr(row, name) for name in self.base_fields if name != "stamp" and hasattr(row, name)
        }

    def overtaken(self, fresh):
        """Note that the row stands otherwise by now. What was typed stays in the fields; saving again takes the place
        of what stands. Where this very sending was the one that wrote it, nothing is to be said but that (`repeated`)."""
        self.rival = entry_of(fresh.stamp)
        self.repeated = self.rival is not None and self.rival == sent_before(self.rival.actor)
        if self.repeated:
            return
        theirs = self.values_of(fresh)
        self.differences = [
            Difference(str(self.fields[name].label), self._said(name, mine), self._said(name, value))
            for name, value in theirs.items()
            if self._said(name, mine := self.cleaned_data.get(name)) != self._said(name, value)
        ]
        self.data = self.data.copy()
        self.data[self.add_prefix("stamp")] = fresh.stamp

    def _said(self, name, value):
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("có") if value else _("không")
        if hasattr(value, "toordinal"):
            return vietnamese.day(value)
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value))

    @property
    def status(self):
        """Of the answer that shows the form: 200 asked for or done already, 400 refused, 409 overtaken."""
        if self.repeated:
            return 200
        if self.differences is not None:
            return 409
        return 400 if self.is_bound else 200

    @property
    def rival_name(self):
        """Who wrote what stands; the operator of the machine has no account."""
        if self.rival is None or self.rival.actor_id is None:
            return _("người vận hành máy")
        return str(self.rival.actor)
