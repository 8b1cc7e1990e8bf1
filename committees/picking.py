"""Choosing a committee by a few words: a text field that finds it among those within reach, and offers where several
fit. Works without script; with htmx the list fills while one types (`committees:suggest`)."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Committee
from .vietnamese import fold

MOST_OFFERED = 20
SEPARATOR = " · "


class Choosable:
    """Committees within reach of a right on today's tree, of some kinds. No query beyond access's own."""

    def __init__(self, access, right, kinds=None, *, ended=False):
        """kinds: Kind values, None for all; ended: also those that ended, where their heir lies within reach, and those
        that were of the kinds once."""
        self.access, self.tree, self.structure = access, access.tree, access.structure
        self.kinds, self.ended, self.spans = kinds, ended, access.spans(right)

    def __iter__(self):
        """Indexes into the structure, in tree order."""
        position = self.tree.position
        for first, end in self.spans:
            if not self.ended:
                found = (int(self.tree.order[p]) for p in range(first, end))
            else:
                found = (i for i in range(len(self.structure)) if first <= position[i] < end)
            for i in found:
                if self._place(i) is not None:
                    yield i

    def _place(self, i):
        """As what the committee may be chosen: its last placement, or where past ones count the last of the kinds; None
        where it may not."""
        last = self.structure.last_place(i)
        if last is None or self.kinds is None or last.kind in self.kinds:
            return last
        if not self.ended:
            return None
        return next((p for p in reversed(self.structure.places[i]) if p.kind in self.kinds), None)

    def label(self, i):
        """ "Chi bộ ấp Phước Trung · BRVT-DD-014": what stands in the field once chosen."""
        place = self._place(i) or self.structure.last_place(i)
        return f"{place.name}{SEPARATOR}{self.structure.codes[i]}"

    def only(self):
        """The index of the only one there is, or None: then nothing need be asked."""
        found = iter(self)
        first = next(found, None)
        return first if first is not None and next(found, None) is None else None

    def find(self, words):
        """Indexes that fit, best first: exactly the code or the name; else every word within name or code."""
        code = words.rpartition(SEPARATOR)[2].strip()
        wanted, parts = fold(words), fold(words).split()
        exact, begins, within = [], [], []
        for i in self:
            name, own = self._place(i).search, self.structure.codes[i]
            if own == code or fold(own) == wanted:
                return [i]
            told = f"{name} {fold(own)}"
            if name == wanted:
                exact.append(i)
            elif all(part in told for part in parts):
                (begins if wanted in name else within).append(i)
        return exact or begins + within


class CommitteeField(forms.CharField):
    """Gives a Committee. `choosable` is set by the form; `offers` are the labels to choose from where several fit."""

    def __init__(self, **options):
        options.setdefault("max_length", 200)
        options.setdefault("help_text", _("Gõ vài chữ, không cần dấu: “phuoc trung”, hoặc mã tổ chức."))
        super().__init__(**options)
        self.choosable, self.offers = None, []

    def within(self, access, right, kinds=None, *, ended=False):
        """Bind the field to what the account may choose. Where there is only one, it is chosen already."""
        self.choosable = Choosable(access, right, kinds, ended=ended)
        only = self.choosable.only()
        if only is not None:
            self.initial = self.choosable.label(only)
        self.widget.attrs.update({
            "class": "w-name", "autocomplete": "off",
            "hx-get": f"{reverse('committees:suggest')}?right={right}&cells={int(kinds is not None)}&ended={int(ended)}",
            "hx-trigger": "input changed delay:250ms", "hx-target": "next datalist",
        })  # fmt: skip

    def get_bound_field(self, form, field_name):
        bound = super().get_bound_field(form, field_name)
        self.widget.attrs["list"] = f"{bound.auto_id}_list"  # without it a browser shows none of the options
        return bound

    def clean(self, value):
        text = super().clean(value)  # its checks are those of a text, so they come first
        if not text:
            return None
        found = self.choosable.find(text)
        if not found:
            raise forms.ValidationError(
                _("Không có tổ chức đảng nào khớp “%s” trong phạm vi của anh chị.") % text
            )
        if len(found) > 1:
            self.offers = [self.choosable.label(i) for i in found[:MOST_OFFERED]]
            raise forms.ValidationError(
                _("Có %(n)d tổ chức khớp “%(text)s”. Chọn một ở danh sách bên dưới, hoặc gõ thêm.")
                % {"n": len(found), "text": text}
            )
        i = found[0]
        return Committee(id=self.choosable.structure.ids[i], code=self.choosable.structure.codes[i])

    def prepare_value(self, value):
        if isinstance(value, Committee) and self.choosable is not None:
            i = self.choosable.structure.index.get(value.pk)
            return self.choosable.label(i) if i is not None else value.code
        return value
