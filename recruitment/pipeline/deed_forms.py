"""What each deed about one candidacy asks. The forms carry its stamp: whoever comes second is told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.access import RECORD
from committees.editing import VersionedForm
from committees.models import Kind
from committees.picking import CommitteeField
from committees.vietnamese import day, today

from .. import fields
from ..inputs import Day, Parsed
from ..models import Course, Stage
from ..rules import deadlines
from ..rules.papers import KINDS
from . import actions
from .rights import may_record


class OfCandidacy(VersionedForm):
    """A deed about one candidacy. `do(by)` does it and returns the sentence that says so; `warnings` are Objections
    that did not stand in its way, `of_number` sentences about a number that was written.

    The field `stage` is where the candidacy stands once the deed is done: the versions of two editors are two stages.
    snapshot: read before the pen is taken; access: the reader's door."""

    stage = forms.ChoiceField(
        label=_("Bước"), choices=Stage.choices, widget=forms.HiddenInput, required=False
    )

    other_buttons, warnings, of_number = (), (), ()

    def __init__(self, data=None, *, row, snapshot=None, access=None, **options):
        self.snapshot, self.access, self.objections = snapshot, access, ()
        options["initial"] = self.proposed(row) | (options.get("initial") or {})
        super().__init__(data, row=row, **options)

    @property
    def about(self):
        """The candidacy it concerns."""
        return self.row

    def forbidden(self, objections):
        """Note every Objection that stands in the way; what was typed stays in the fields."""
        self.objections = objections

    @property
    def shown(self):
        """The fields to be seen."""
        return self.visible_fields()

    @property
    def headline(self):
        return self.heading % self.row.person.full_name

    @property
    def standing(self):
        """Where the candidacy stands, in words."""
        last = actions.last_step(self.row)
        return _("Đang ở bước “%(stage)s”, từ ngày %(on)s.") % {
            "stage": Stage(last.stage).label, "on": day(last.on),
        }  # fmt: skip

    def overtaken(self, fresh):
        self.row = fresh
        super().overtaken(fresh)

    def proposed(self, row):
        """What the fields hold before anyone typed."""
        return {"stage": row.stage, "on": day(today())}

    def values_of(self, row):
        return {"stage": row.stage}


class CloseForm(OfCandidacy):
    """A way out: the candidacy stops, with the reason."""

    title, heading, button = _("Dừng theo dõi"), _("Dừng theo dõi %s"), _("Dừng theo dõi")
    help = _("Hồ sơ vẫn còn, chỉ không tính là đang theo dõi nữa. Dừng nhầm thì rút lại được.")
    way = forms.ChoiceField(label=_("Vì sao dừng"))
    on = Day(fields.past_day, label=_("Từ ngày"), required=True)
    number = Parsed(fields.text(40), label=_("Số văn bản, nếu có"))
    reason = Parsed(fields.text(300), label=_("Lý do"), help_text=_("Một câu, không chép nội dung thẩm tra."))

    def __init__(self, data=None, *, row, access, **options):
        super().__init__(data, row=row, access=access, **options)
        self.fields["way"].choices = ways_out(access, row)

    def proposed(self, row):
        return super().proposed(row) | {"stage": Stage.CLOSED}

    def clean(self):
        said = super().clean()
        if not said.get("reason") and said.get("way") != "died" and "reason" not in self.errors:
            self.add_error("reason", _("Ghi lý do dừng hồ sơ."))
        return said

    def do(self, by):
        said = self.cleaned_data
        actions.leave(
            self.row, said["way"], on=said["on"], reason=said["reason"] or "", number=said["number"] or "",
            snapshot=self.snapshot, by=by, stamp=said["stamp"],
        )  # fmt: skip
        return _("Đã ghi: %(what)s, từ ngày %(on)s.") % {
            "what": KINDS[said["way"]].label, "on": day(said["on"]),
        }  # fmt: skip


def ways_out(access, candidacy):
    """[(kind, label)] of the ways out open to a candidacy where it stands and to the account; moving away has its own
    page."""
    open_ways = actions.ways_out(candidacy.stage) - {"moved"}
    return [
        (kind.code, kind.label)
        for kind in KINDS.values()
        if kind.code in open_ways and may_record(access, kind.code, candidacy.cell_id)
    ]


class MoveForm(OfCandidacy):
    """The candidate moved: to another cell of the register, where they are followed on, or beyond it."""

    title, heading, button = _("Chuyển đi"), _("%s chuyển đi"), _("Ghi chuyển đi")
    help = _(
        "Chọn chi bộ nơi đến nếu có trong sổ: hồ sơ được nối tiếp ở đó. Nơi khác thì ghi tên; hồ sơ ở đây dừng lại."
    )
    on = Day(fields.past_day, label=_("Chuyển từ ngày"), required=True)
    to_cell = CommitteeField(label=_("Chi bộ nơi đến, trong phạm vi của anh chị"), required=False)
    to = Parsed(fields.text(160), label=_("Hoặc nơi đến khác"), help_text=_("Tên tổ chức đảng nơi đến."))
    number = Parsed(
        fields.text(40), label=_("Số giấy chứng nhận hoặc giấy giới thiệu"),
        help_text=_("Giấy nơi đi cấp: đang được xem xét, giúp đỡ; hoặc chuyển sinh hoạt đảng."),
    )  # fmt: skip

    def __init__(self, data=None, *, row, access, **options):
        super().__init__(data, row=row, access=access, **options)
        self.standing_at = row.stage  # before the deed ends the dossier here
        self.fields["to_cell"].within(access, RECORD, Kind.cells())
        if self.fields["to_cell"].choosable.only() is not None:
            # The one cell there is to choose is the one that is left.
            del self.fields["to_cell"]
            self.fields["to"].label, self.help = _("Nơi đến"), _("Hồ sơ ở đây dừng lại.")

    def clean(self):
        said = super().clean()
        cell, to = said.get("to_cell"), said.get("to")
        if not self.errors and bool(cell) == bool(to):
            one = _("Ghi một nơi đến: chi bộ trong sổ, hoặc tên nơi khác.")
            self.add_error("to", one if "to_cell" in self.fields else _("Ghi tên tổ chức đảng nơi đến."))
        if cell is not None and cell.pk == self.row.cell_id:
            self.add_error("to_cell", _("Đây là chi bộ hiện nay. Chọn chi bộ nơi đến."))
        return said

    def do(self, by):
        said = self.cleaned_data
        actions.move_away(
            self.row, on=said["on"], to_cell=said.get("to_cell"), to=said["to"] or "", number=said["number"] or "",
            snapshot=self.snapshot, by=by, stamp=said["stamp"],
        )  # fmt: skip
        told = _("Đã ghi chuyển đi từ ngày %s.") % day(said["on"])
        return f"{told} {self._transfer(said['on'])}".strip()

    def _transfer(self, on):
        """By when a probationary member's party activity is to be transferred; "" for everybody else."""
        if self.standing_at != Stage.PROBATION:
            return ""
        rules = self.snapshot.statute.on(on)
        due = deadlines.transfer_due_on(on, rules, self.snapshot.calendar)
        words = _(
            "Chuyển sinh hoạt đảng chậm nhất ngày %(due)s; nộp giấy giới thiệu ở nơi đến trong %(days)s ngày."
        )
        return words % {"due": day(due), "days": rules["transfer_arrival"].value}


class RetractForm(OfCandidacy):
    """Take back the last step, recorded by mistake."""

    title, heading, button = (
        _("Rút lại bước ghi nhầm"),
        _("Rút lại bước ghi nhầm của %s"),
        _("Rút lại bước này"),
    )
    help = _("Hồ sơ trở về bước trước đó. Nhật ký giữ lại bước đã rút và lý do.")
    reason = Parsed(fields.text(300), label=_("Lý do"), required=True)

    def proposed(self, row):
        steps = actions.road(row)
        return {"stage": steps[-2].stage if len(steps) > 1 else row.stage}

    def do(self, by):
        actions.retract(self.row, by=by, reason=self.cleaned_data["reason"], stamp=self.cleaned_data["stamp"])
        return _("Đã rút lại. Hồ sơ trở về bước “%s”.") % Stage(self.row.stage).label


class CertificateForm(OfCandidacy):
    """A class finished."""

    title, heading, button = _("Ghi chứng nhận"), _("Ghi chứng nhận của %s"), _("Ghi chứng nhận")
    help = _(
        "Ghi theo giấy chứng nhận. Người đang ở danh sách nguồn được chuyển sang bước đã học lớp nhận thức."
    )
    kind = forms.ChoiceField(label=_("Lớp"), choices=Course.Kind.choices)
    number = Parsed(fields.text(40), label=_("Số chứng nhận"))
    issued_on = Day(fields.past_day, label=_("Ngày chứng nhận"), required=True)

    def proposed(self, row):
        member = actions.rank(row.stage) >= actions.rank(Stage.PROBATION)
        return super().proposed(row) | {"kind": Course.Kind.NEW_MEMBER if member else Course.Kind.AWARENESS}

    def do(self, by):
        said = self.cleaned_data
        actions.add_certificate(
            self.row, kind=said["kind"], number=said["number"] or "", issued_on=said["issued_on"], by=by,
            stamp=self.cleaned_data["stamp"],
        )  # fmt: skip
        return _("Đã ghi chứng nhận ngày %s.") % day(said["issued_on"])
