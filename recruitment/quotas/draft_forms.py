"""What is typed of a draft: how it is first shared out, then a number a unit and a group, hundreds in one form."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.editing import VersionedForm

from .. import fields
from ..inputs import Parsed
from .allocation import Unshareable, share
from .balance import Balance
from .below import Method
from .drafts import MOST_FIELDS
from .forms import OneOf
from .groups import choices
from .plan_forms import Refusable

_NUM = {"class": "w-num", "inputmode": "numeric", "autocomplete": "off"}


class Count(Parsed):
    """A whole number from 0, shown as written: 1.941."""

    def __init__(self, **options):
        super().__init__(fields.count, widget=forms.TextInput(dict(_NUM)), **options)

    def prepare_value(self, value):
        return vietnamese.number(value) if isinstance(value, int) else value


def _name_field():
    return Parsed(
        fields.name(120), label=gettext_lazy("Tên phương án"), required=True,
        widget=forms.TextInput(attrs={"class": "w-name", "autocomplete": "off"}),
    )  # fmt: skip


class DraftForm(Refusable, forms.Form):
    """A new draft: its name, by what its first numbers are shared out, and for which groups."""

    name = _name_field()
    method = OneOf(label=gettext_lazy("Cách chia gợi ý"))
    total = Count(label=gettext_lazy("Số đem chia"))
    least = Count(
        label=gettext_lazy("Mỗi đơn vị ít nhất"),
        help_text=gettext_lazy("Để trống thì không đặt mức ít nhất."),
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Cột riêng cho nhóm"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, below, drafts):
        """drafts: how many there are already."""
        self.below = below
        goal = below.goal()
        initial = {
            "name": _("Phương án %d") % (drafts + 1),
            "method": Method.MEMBERS if below.members else Method.HAND,
            "total": goal,
            "groups": [group.code for group in below.grouped],
        }
        super().__init__(data, initial=initial)
        self.fields["method"].choices = [(method.value, self._described(method)) for method in Method]
        self.fields["method"].widget.attrs["class"] = "w-name"
        self.fields["groups"].choices = choices(below.snapshot, below.code, below.known)
        wanted = _("Để trống là chỉ tiêu chung: %s.") % vietnamese.number(goal) if goal is not None else _(
            "Tổ chức này chưa có chỉ tiêu chung theo kế hoạch: gõ số đem chia."
        )  # fmt: skip
        self.fields["total"].help_text = wanted

    def _described(self, method):
        """The method with what there is to share out by."""
        if method == Method.HAND:
            return _("%s, bắt đầu từ số đang giao") % method.label
        weights = self.below.weights(method)
        told = {
            "method": method.label, "sum": vietnamese.number(sum(weights.values())),
            "n": vietnamese.number(sum(map(bool, weights.values()))), "all": vietnamese.number(len(self.below.units)),
        }  # fmt: skip
        return _("%(method)s: %(sum)s, ở %(n)s/%(all)s đơn vị") % told

    def clean(self):
        said = super().clean()
        method, chosen = said.get("method"), set(said.get("groups") or ())
        self.groups = [group for group in self.below.snapshot.groups if group.code in chosen]
        if (2 + len(self.groups)) * len(self.below.units) > MOST_FIELDS:
            self.add_error(
                "groups", _("Nhiều nhóm quá cho số đơn vị này. Bỏ bớt nhóm, hoặc lập hai phương án.")
            )
        if method and method != Method.HAND and said.get("total") is None and "total" not in self.errors:
            said["total"] = self.below.goal()
            if said["total"] is None:
                self.add_error("total", _("Còn trống. Cần số đem chia: tổ chức này chưa có chỉ tiêu chung."))
        self.portions = {} if self.errors else self._portions(method, said)
        return said

    def _portions(self, method, said):
        """{(committee id, group id or None): suggested number, or None} of every unit and column."""
        try:
            whole = self.below.suggest(method, said["total"], least=said["least"] or 0)
        except Unshareable as why:
            self.add_error("method", _("Chưa chia được: %s.") % why)
            return {}
        columns = {None: whole} | {group.pk: self.below.suggest_group(group, whole) for group in self.groups}
        return {(u.pk, key): found.get(u.pk) for u in self.below.units for key, found in columns.items()}


class PortionsForm(Refusable, VersionedForm):
    """The numbers of a draft. `columns` are the whole (None) and the groups; `keys` names each number's field."""

    name = _name_field()

    def __init__(self, data=None, *, row, below, groups, portions, strangers=()):
        """portions: {(committee id, group id or None): Portion}; strangers: Units of the draft that are no units of the
        committee any more."""
        self.below, self.columns = below, [None, *groups]
        self.units = [*below.units, *strangers]
        self.portions = portions
        self.keys = {
            (unit.pk, group and group.pk): f"n{unit.pk}" + (f"_{group.code}" if group else "")
            for unit in self.units
            for group in self.columns
        }
        super().__init__(data, row=row)
        for unit in self.units:
            for group in self.columns:
                label = f"{unit.name}, {group.name}" if group else unit.name
                self.fields[self.keys[unit.pk, group and group.pk]] = Count(label=label)
            self.fields[f"note{unit.pk}"] = Parsed(fields.text(200), label=_("%s, ghi chú") % unit.name)

    def values_of(self, row):
        """What stands now: read anew where the draft was overtaken. One query then."""
        if row is not self.row:
            self.portions = {(one.committee_id, one.group_id): one for one in row.portions.all()}
        said = {"name": row.name}
        for key, name in self.keys.items():
            portion = self.portions.get(key)
            said[name] = portion.number if portion else None
            if key[1] is None:
                said[f"note{key[0]}"] = portion.note if portion else ""
        return said

    def clean(self):
        said = super().clean()
        for unit in self.units:
            whole = said.get(self.keys[unit.pk, None])
            for group in self.columns[1:]:
                name = self.keys[unit.pk, group.pk]
                if whole is not None and (part := said.get(name)) is not None and part > whole:
                    told = {"n": vietnamese.number(part), "all": vietnamese.number(whole)}
                    self.add_error(
                        name, _("Tìm thấy %(n)s. Cần không quá %(all)s, chỉ tiêu của cả đơn vị.") % told
                    )
        return said

    def typed(self, unit, group):
        """The number that stands in a field now; None where it is empty or no number."""
        name = self.keys[unit.pk, group and group.pk]
        if not self.is_bound:
            portion = self.portions.get((unit.pk, group and group.pk))
            return portion.number if portion else None
        self.is_valid()
        return self.cleaned_data.get(name)

    def balance(self, group):
        """The Balance of a column: what would be in force were the draft issued, an empty field keeping what is."""
        now = self.below.targets(group)
        given = 0
        for unit in self.below.units:
            number = self.typed(unit, group)
            if number is None and unit.position in now:
                number = now[unit.position].value
            given += number or 0
        return Balance(self.below.goal(group), given)

    def to_write(self):
        """{(committee id, group id or None): (number, note)} as typed, for `drafts.change`."""
        said = self.cleaned_data
        return {
            (unit, group): (said[name], "" if group else said[f"note{unit}"] or "")
            for (unit, group), name in self.keys.items()
        }

    def share_rest(self, method):
        """Share what is left of the whole on top of what is typed, by the draft's method (by hand: by the numbers
        typed); nothing is saved. Returns how many were added, 0 where nothing is left; Unshareable as `share`."""
        gap = self.balance(None).gap
        if not gap or gap < 0:
            return 0
        typed = {unit.position: self._stands(unit) for unit in self.below.units}
        weights = self.below.weights(method) or typed
        asked = [unit for unit in self.below.units if unit.position in weights]
        more = share(gap, [weights[unit.position] for unit in asked])
        self.data = self.data.copy()
        for unit, n in zip(asked, more, strict=True):
            if n:
                self.data[self.keys[unit.pk, None]] = vietnamese.number(typed[unit.position] + n)
        self.full_clean()
        return gap

    def _stands(self, unit):
        number, now = self.typed(unit, None), self.below.targets().get(unit.position)
        return number if number is not None else (now.value if now and now.value else 0)

    def _said(self, name, value):
        return vietnamese.number(value) if isinstance(value, int) else super()._said(name, value)
