"""What each deed about one candidacy asks. The forms carry its stamp: whoever comes second is told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.editing import VersionedForm
from committees.vietnamese import day, today

from .. import fields
from ..inputs import Day, Parsed
from ..models import Course, Stage
from . import actions


class OfCandidacy(VersionedForm):
    """A deed about one candidacy. `do(by)` does it and returns the sentence that says so.

    The field `stage` is where the candidacy stands once the deed is done: the versions
    of two editors are two stages."""

    stage = forms.ChoiceField(label=_("Bước"), choices=Stage.choices, widget=forms.HiddenInput)

    def __init__(self, data=None, *, row, **options):
        options["initial"] = self.proposed(row) | (options.get("initial") or {})
        super().__init__(data, row=row, **options)

    other_buttons = ()

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


class StepForm(OfCandidacy):
    """The next step, or one further on, with its day."""

    title, heading, button = _("Ghi bước tiếp theo"), _("Ghi bước tiếp theo của %s"), _("Ghi bước này")
    help = _(
        "Chọn bước đã xong và ngày xong. Từ quyết định kết nạp trở đi, bước theo các ngày của lần kết nạp."
    )
    on = Day(fields.past_day, label=_("Ngày"), required=True)

    def __init__(self, data=None, *, row, **options):
        super().__init__(data, row=row, **options)
        here = actions.rank(row.stage)
        typed = self.data.get(self.add_prefix("stage"))
        self.fields["stage"].widget = forms.Select(
            choices=[
                (stage.value, stage.label)
                for stage in actions.BY_HAND
                if actions.rank(stage) > here >= 0 or stage == typed
            ]
        )

    @property
    def led_by_admission(self):
        """Whether no step is left that someone reports by hand."""
        return actions.next_by_hand(self.row.stage) is None

    @property
    def awaits_decision(self):
        return self.row.stage == Stage.SUBMITTED

    def proposed(self, row):
        return super().proposed(row) | {"stage": actions.next_by_hand(row.stage) or row.stage}

    def values_of(self, row):
        return super().values_of(row) | {"on": actions.last_step(row).on}

    def do(self, by):
        said = self.cleaned_data
        stage = Stage(said["stage"])
        actions.move(self.row, stage, by=by, on=said["on"], stamp=self.cleaned_data["stamp"])
        return _("Đã ghi bước “%(stage)s” ngày %(on)s.") % {"stage": stage.label, "on": day(said["on"])}


class CloseForm(OfCandidacy):
    """Stop following, with the reason."""

    title, heading, button = _("Dừng theo dõi"), _("Dừng theo dõi %s"), _("Dừng theo dõi")
    help = _("Hồ sơ vẫn còn, chỉ không tính là đang theo dõi nữa. Lý do nằm trong nhật ký.")
    on = Day(fields.past_day, label=_("Dừng từ ngày"), required=True)
    reason = Parsed(fields.text(300), label=_("Lý do"), required=True)

    def proposed(self, row):
        return super().proposed(row) | {"stage": Stage.CLOSED}

    def do(self, by):
        said = self.cleaned_data
        actions.close(self.row, by=by, on=said["on"], reason=said["reason"], stamp=self.cleaned_data["stamp"])
        return _("Đã dừng theo dõi từ ngày %s.") % day(said["on"])


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


class MentorForm(OfCandidacy):
    """Who helps from which day; or that nobody does any more."""

    ASSIGN, END = "assign", "end"
    title, heading, button = _("Người giúp đỡ"), _("Người giúp đỡ của %s"), _("Phân công")
    help = _("Ghi đảng viên chính thức được phân công. Người trước đó, nếu có, thôi giúp đỡ từ ngày này.")
    mentor = Parsed(fields.name(80), label=_("Đảng viên giúp đỡ"))
    since = Day(fields.past_day, label=_("Từ ngày"), required=True)
    do_what = forms.ChoiceField(choices=[(ASSIGN, ""), (END, "")], required=False, widget=forms.HiddenInput)

    @property
    def running(self):
        return actions.running_mentorship(self.row)

    def proposed(self, row):
        return super().proposed(row) | {"mentor": "", "since": day(today())}

    def values_of(self, row):
        running = actions.running_mentorship(row)
        return super().values_of(row) | {
            "mentor": running and running.mentor,
            "since": running and running.since,
        }

    @property
    def standing(self):
        if self.running is None:
            return _("Hiện chưa có người giúp đỡ.")
        return _("Hiện nay: %(name)s, từ ngày %(since)s.") % {
            "name": self.running.mentor, "since": day(self.running.since),
        }  # fmt: skip

    @property
    def other_buttons(self):
        return [(self.END, _("Thôi giúp đỡ sau ngày này, chưa có người thay"))] if self.running else []

    @property
    def ends(self):
        return self.cleaned_data.get("do_what") == self.END

    def clean(self):
        said = super().clean()
        if not self.ends and not said.get("mentor") and "mentor" not in self.errors:
            self.add_error("mentor", _("Ghi họ và tên đảng viên giúp đỡ."))
        return said

    def do(self, by):
        said = self.cleaned_data
        if self.ends:
            actions.end_mentor(self.row, on=said["since"], by=by, stamp=self.cleaned_data["stamp"])
            return _("Đã ghi thôi giúp đỡ sau ngày %s.") % day(said["since"])
        actions.assign_mentor(
            self.row, mentor=said["mentor"], since=said["since"], by=by, stamp=self.cleaned_data["stamp"]
        )
        return _("Đã phân công %(name)s giúp đỡ từ ngày %(since)s.") % {
            "name": said["mentor"], "since": day(said["since"]),
        }  # fmt: skip


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
