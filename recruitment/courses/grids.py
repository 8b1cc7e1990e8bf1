"""Forms with a line for each learner of a class, sent in one go: attendance, marks, certificates."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.editing import VersionedForm
from committees.vietnamese import day, today

from .. import fields
from ..inputs import Day, Parsed
from ..numbering.series import Block, skipped

_NUM = {"class": "w-num", "inputmode": "decimal", "autocomplete": "off"}
_CODE = {"class": "w-code", "autocomplete": "off"}
# A class has some hundred learners at most; a stamp that was not sent would let an empty page clear them all.
STALE = gettext_lazy("Trang này mở đã lâu hoặc gửi thiếu. Mở lại trang rồi ghi.")


@fields.empty_is_none
def mark(value):
    """A mark on the scale of ten, two decimals at most."""
    try:
        found = fields.amount(value)
    except ValueError:
        found = None
    if found is None or not 0 <= found <= 10 or found != round(found, 2):
        raise ValueError(_("điểm từ 0 đến 10, nhiều nhất hai số lẻ, như 7,5"))
    return round(Decimal(found), 2)


class Mark(Parsed):
    """A mark as written: 7,5."""

    def __init__(self, **options):
        super().__init__(mark, widget=forms.TextInput(dict(_NUM)), **options)

    def prepare_value(self, value):
        return written(value)


def written(value):
    """A mark as people write it: 7,5, and 8 for 8.00."""
    return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class Grid(VersionedForm):
    """A field or two for each learner; `lines` are [(Learner, [bound fields])]. The stamp is that of the class."""

    names = ()

    def __init__(self, data=None, *, row, learners, initial=None):
        self.learners = {one.participant.pk: one for one in learners if self.asks(one)}
        super().__init__(data, row=row, initial=initial)
        for pk, one in self.learners.items():
            for name in self.names:
                self.fields[f"{name}_{pk}"] = self.field(name, one)

    def asks(self, learner):
        """Whether this page asks anything of a learner."""
        return True

    def values_of(self, row):
        """What stands now: read anew, since the row may have been overtaken."""
        rows = row.participants.filter(pk__in=self.learners)
        return {f"{name}_{one.pk}": getattr(one, name) for one in rows for name in self.names}

    def clean(self):
        said = super().clean()
        if said.get("stamp") is None:
            raise forms.ValidationError(STALE)
        return said

    @property
    def lines(self):
        return [(one, [self[f"{name}_{pk}"] for name in self.names]) for pk, one in self.learners.items()]

    def rows(self, said):
        """{participant id: (value of each name)} of what was sent."""
        return {pk: tuple(said.get(f"{name}_{pk}") for name in self.names) for pk in self.learners}

    def _said(self, name, value):
        return super()._said(name, written(value))


class AttendanceForm(Grid):
    """How many periods each learner attended."""

    names = ("attended",)

    def field(self, name, learner):
        widget = forms.TextInput({"class": "w-num", "inputmode": "numeric", "autocomplete": "off"})
        return Parsed(fields.count, label=learner.person.full_name, widget=widget)

    def fill(self):
        """Every empty field as if that learner attended the whole class; nothing is saved by it."""
        self.data = self.data.copy()
        for pk in self.learners:
            name = f"attended_{pk}"
            if not self.data.get(name, "").strip():
                self.data[name] = str(self.row.periods)


class MarksForm(Grid):
    """The marks of the first and the second essay, of whoever attended enough."""

    names = ("mark", "second_mark")

    def asks(self, learner):
        marked = learner.participant.mark is not None or learner.participant.second_mark is not None
        return learner.may_write or marked

    def field(self, name, learner):
        words = _("%s, điểm thu hoạch") if name == "mark" else _("%s, điểm viết lại")
        return Mark(label=words % learner.person.full_name)


class CertificatesForm(Grid):
    """Numbers of certificates and lines of the permanent register: typed one by one, or written out from a block the
    office reserved. Whoever is left without a number gets none now."""

    names = ("number", "line")

    issued_on = Day(fields.past_day, label=gettext_lazy("Ngày cấp"), required=True)
    confirmed = forms.BooleanField(label=gettext_lazy("Vẫn cấp với các số này"), required=False)
    prefix = Parsed(fields.text(20), label=gettext_lazy("Phần trước số"), widget=forms.TextInput(_CODE))
    first = Parsed(fields.text(9), label=gettext_lazy("Từ số"), widget=forms.TextInput(dict(_NUM)))
    suffix = Parsed(fields.text(20), label=gettext_lazy("Phần sau số"), widget=forms.TextInput(_CODE))
    without = Parsed(
        skipped, label=gettext_lazy("Bỏ qua các số"), widget=forms.TextInput(_CODE),
        help_text=gettext_lazy("Ví dụ: 105, 107-109."),
    )  # fmt: skip
    first_line = Parsed(
        fields.text(9), label=gettext_lazy("Số vào sổ gốc từ"), widget=forms.TextInput(dict(_NUM))
    )

    def __init__(self, data=None, *, row, learners):
        super().__init__(data, row=row, learners=learners, initial={"issued_on": day(today())})
        self.in_use = {}  # numbers that stand in the register already, to be confirmed

    def asks(self, learner):
        return learner.passed and learner.certificate is None

    def values_of(self, row):
        return {}

    def field(self, name, learner):
        words = _("%s, số chứng nhận") if name == "number" else _("%s, số vào sổ gốc")
        return Parsed(
            fields.text(40), label=words % learner.person.full_name, widget=forms.TextInput(dict(_CODE))
        )

    def clean(self):
        said = super().clean()
        for name in ("first", "first_line"):
            if said.get(name) and not re.fullmatch("[0-9]+", said[name]):
                self.add_error(
                    name, _("Tìm thấy “%s”. Cần một số, như 105 hoặc 0105.") % self.data.get(name, "")
                )
        if self.fills:
            return said
        numbers = self.rows(said)
        for pk, (number, line) in numbers.items():
            if line and not number and f"number_{pk}" not in self.errors:
                self.add_error(f"number_{pk}", _("Có số vào sổ gốc mà chưa có số chứng nhận."))
        if not self.errors and not any(number for number, _line in numbers.values()):
            raise forms.ValidationError(
                _("Chưa có số nào. Gõ số từng người, hoặc gõ dãy số văn thư đã cấp rồi bấm “Điền số”.")
            )
        return said

    @property
    def fills(self):
        """Whether the page asks for numbers to be written out of a block, not for certificates."""
        return self.data.get("do") == "fill"

    def fill(self):
        """Write out the block into the empty fields, in order; nothing is saved by it. False where the block is none."""
        if not self.is_valid():
            return False
        said = self.cleaned_data
        if not said["first"] and not said["first_line"]:
            self.add_error("first", _("Gõ số đầu của dãy văn thư đã cấp."))
            return False
        self.data = self.data.copy()
        if said["first"]:
            left_out = said["without"] or frozenset()
            self._write("number", Block(said["first"], said["prefix"] or "", said["suffix"] or "", left_out))
        if said["first_line"]:
            self._write("line", Block(said["first_line"]))
        return True

    def _write(self, name, block):
        typed = {pk: self.data.get(f"{name}_{pk}", "").strip() for pk in self.learners}
        # A line of the register belongs to a certificate: who gets no number gets no line.
        wanted = [pk for pk in typed if typed[pk] or name == "number" or self.data.get(f"number_{pk}")]
        for pk, number in zip(wanted, block.fill([typed[pk] for pk in wanted]), strict=True):
            self.data[f"{name}_{pk}"] = number

    def numbers(self, said):
        """{participant id: (number, line)} of whoever has a number."""
        return {pk: (number, line or "") for pk, (number, line) in self.rows(said).items() if number}
