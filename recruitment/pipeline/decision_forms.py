"""What the page of a meeting's decisions asks: one day, the board, a block of numbers; then a line for each dossier."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day, number, today

from .. import fields
from ..inputs import Day, Parsed
from ..numbering.series import Block, skipped
from .admission_forms import NUMBER, Confirmed
from .decision_batch import Line
from .decision_numbers import told_filled

NOT_THAT_DAY = _("Chưa lưu. Dải ấy không dùng cho ngày đã ghi ở trên: chưa điền số nào.")
_NARROW = {"class": "w-num", "inputmode": "numeric", "autocomplete": "off"}


class MeetingForm(forms.Form):
    """What is the same for all. mode: one of decision_batch.MODES."""

    on = Day(fields.past_day, required=True)
    members = Parsed(fields.count, label=_("Số ủy viên ban thường vụ"), widget=forms.TextInput(attrs=_NARROW))
    first = Parsed(fields.count, label=_("Dải số bắt đầu từ"), widget=forms.TextInput(attrs=_NARROW))
    suffix = Parsed(fields.text(20), label=_("Phần sau của số"))
    skip = Parsed(skipped, label=_("Bỏ qua các số"))
    confirmed = Confirmed()

    def __init__(self, data=None, *, mode, **options):
        super().__init__(data, **options)
        self.fields["on"].label = mode.day
        self.fields["on"].help_text = _("Gõ ngày, tháng, năm: 24/04/2026 hay 240426 đều được.")
        self.fields["suffix"].widget.attrs["placeholder"] = "-QĐ/HU"
        if not mode.numbered:
            for name in ("members", "first", "suffix", "skip"):
                del self.fields[name]

    @property
    def block(self):
        """The Block named, its numbers padded below 10 as offices write them; None where none was."""
        said = self.cleaned_data
        if said.get("first") is None:
            return None
        return Block(
            f"{said['first']:02d}", suffix=said.get("suffix") or "", skipped=said.get("skip") or frozenset()
        )


class LineForm(forms.Form):
    """One dossier: whether it is of the batch, its number, who of the board agreed."""

    chosen = forms.BooleanField(required=False)
    number = Parsed(NUMBER, label=_("Số quyết định"))
    in_favour = Parsed(fields.count, label=_("Phiếu tán thành"), widget=forms.TextInput(attrs=_NARROW))
    stamp = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, row, mode, **options):
        self.row, self.candidacy = row, row.of
        super().__init__(data, prefix=f"d{self.candidacy.pk}", **options)
        self.said = []  # what stands against the line, beside its fields' own faults
        self.fields["chosen"].label = row.person.full_name
        if not mode.numbered:
            del self.fields["number"], self.fields["in_favour"]

    @property
    def faults(self):
        """Everything wrong with the line, in words."""
        return [*self.said, *(error for errors in self.errors.values() for error in errors)]


class Batch:
    """The whole page: `form`, and a LineForm for each dossier that waits, in order. status: of the answer."""

    def __init__(self, mode, rows, data=None, *, initial=None, sent=(), chosen=(), reserved=((), 0)):
        """rows: queue rows whose `of` is the Candidacy; sent: ids of the lines the page was sent with; chosen: ids
        ticked beforehand; reserved: ([decision_numbers.Offer] to take numbers from on the day of the meeting, how many
        bodies more reserved some)."""
        self.reserved, self.more = reserved
        self.mode, self.bound, self.status = mode, data is not None, 200 if data is None else 400
        self.form = MeetingForm(data, mode=mode, initial=initial)
        self.lines = [
            LineForm(
                data if row.of.pk in sent else None, row=row, mode=mode,
                initial={"stamp": row.of.stamp, "chosen": row.of.pk in chosen},
            )
            for row in rows
        ]  # fmt: skip
        self.doubts, self.filled, self.none = [], "", False

    @property
    def chosen(self):
        """The lines ticked."""
        return [line for line in self.lines if line["chosen"].value()]

    @property
    def wrong(self):
        """The ticked lines against which something stands."""
        return [line for line in self.chosen if line.faults] if self.bound else []

    def is_valid(self):
        """Whether the deed can be asked. A block of numbers is filled in first, and shown before anything is saved."""
        said = [self.form.is_valid(), *(line.is_valid() for line in self.chosen)]
        self.none = not self.chosen
        if not all(said) or self.none:
            return False
        return not self._fill()

    def _fill(self):
        """Give the lines without a number those of the block; whether that was asked for. `filled` says what came of it."""
        if not self.mode.numbered:
            return False
        if pressed := self.form.data.get("reserved"):
            offer = next((one for one in self.reserved if str(one.left.block.pk) == pressed), None)
            self.filled = self._given(offer.left, offer) if offer else NOT_THAT_DAY
        elif self.form.block and not all(line.cleaned_data["number"] for line in self.chosen):
            self.filled = self._given(self.form.block)
        if self.filled:
            self.status = 200
        return bool(self.filled)

    def _given(self, block, offer=None):
        """Write numbers of a block into the lines without one, of an Offer into those of its body; what came of it, in
        words."""
        there = [line for line in self.chosen if offer is None or line.candidacy.pk in offer.picks]
        numbers = [line.cleaned_data["number"] or "" for line in there]
        filled = block.fill(numbers)
        for line, given in zip(there, filled, strict=True):
            line.data = line.data.copy()
            line.data[line.add_prefix("number")] = given
            if not given:
                line.said.append(_("Dải đã giữ hết số, dòng này chưa có số."))
        empty, short = numbers.count(""), filled.count("")
        elsewhere = [line for line in self.chosen if line not in there and not line.cleaned_data["number"]]
        return told_filled(empty - short, short, len(elsewhere))

    def asked(self):
        """(day, members, [Line], keys confirmed) of what was typed."""
        said = self.form.cleaned_data
        lines = [
            Line(
                line.candidacy, line.cleaned_data["stamp"], line.cleaned_data.get("number") or "",
                line.cleaned_data.get("in_favour"),
            )
            for line in self.chosen
        ]  # fmt: skip
        return said["on"], said.get("members"), lines, said["confirmed"]

    def refuse(self, unwritten, standing):
        """Take over what `decision_batch.write` said. standing(row): what somebody else wrote, in words; the next saving
        knows of it."""
        by_pk = {line.candidacy.pk: line for line in self.lines}
        for pk, reasons in unwritten.faults.items():
            by_pk[pk].said += reasons
        for pk, fresh in unwritten.overtaken.items():
            line = by_pk[pk]
            line.said.append(standing(fresh))
            line.data = line.data.copy()
            line.data[line.add_prefix("stamp")] = fresh.stamp
            self.status = 409
        if not unwritten.faults and not unwritten.overtaken:
            confirmed = self.form.cleaned_data["confirmed"]
            told = {pk: by_pk[pk].row.person.full_name for pk, _doubt in unwritten.doubts}
            self.doubts = [(told[pk], doubt, doubt.key in confirmed) for pk, doubt in unwritten.doubts]


def kept(on, members):
    """What the next batch keeps of the one before."""
    return {"on": day(on), "members": "" if members is None else number(members)}


def begun(params):
    """How the page begins: with what the address keeps, else today."""
    return {"on": params.get("on") or day(today()), "members": params.get("members", "")}


def meeting_day(said):
    """The day of the meeting that was typed or kept; today where there is none."""
    try:
        return fields.past_day(said.get("on")) or today()
    except ValueError:
        return today()
