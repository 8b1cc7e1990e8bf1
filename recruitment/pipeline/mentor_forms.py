"""What is asked about who helps a candidate: assigned, handed over, no longer able, and what they noted."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day, today

from .. import fields
from ..inputs import Day, Parsed
from ..models import Review
from ..numbering import telling
from ..numbering.offers import next_for, offer
from . import actions
from .deed_forms import OfCandidacy


class MentorForm(OfCandidacy):
    """Who helps from which day; or that nobody does any more."""

    ASSIGN, END = "assign", "end"
    title, heading, button = _("Người giúp đỡ"), _("Người giúp đỡ của %s"), _("Phân công")
    help = _("Ghi đảng viên chính thức được phân công. Người trước đó, nếu có, thôi giúp đỡ từ ngày này.")
    mentor = Parsed(fields.name(80), label=_("Đảng viên giúp đỡ"))
    since = Day(fields.past_day, label=_("Từ ngày"), required=True)
    document = Parsed(
        fields.text(80),
        label=_("Số nghị quyết phân công"),
        help_text=_("Số nghị quyết hoặc biên bản họp chi bộ."),
    )
    do_what = forms.ChoiceField(choices=[(ASSIGN, ""), (END, "")], required=False, widget=forms.HiddenInput)

    made = None

    def __init__(self, data=None, *, row, **options):
        super().__init__(data, row=row, **options)
        offer(self.fields["document"], next_for(self.snapshot.structure, "mentorship", row.cell_id, today()))

    @property
    def running(self):
        return actions.running_mentorship(self.row)

    @property
    def of_number(self):
        """[sentence] about the number of the resolution that was written."""
        made = self.made
        return made and telling.told_of(
            self.snapshot.structure, "mentorship", made.document, made.since, self.row.cell_id, but=made,
            address=reverse("recruitment:mentorship-correct", args=[made.pk]), name="document", access=self.access,
        )  # fmt: skip

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
        words = _("Hiện nay: %(name)s, từ ngày %(since)s.")
        if not self.running.document:
            words = _(
                "Hiện nay: %(name)s, từ ngày %(since)s, chưa có số nghị quyết. "
                "Để ghi thêm số: gõ lại tên và ngày ấy, kèm số."
            )
        return words % {"name": self.running.mentor, "since": day(self.running.since)}

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
            self.row, mentor=said["mentor"], since=said["since"], document=said["document"] or "", by=by,
            stamp=said["stamp"],
        )  # fmt: skip
        self.made = self.running
        return _("Đã phân công %(name)s giúp đỡ từ ngày %(since)s.") % {
            "name": said["mentor"], "since": day(said["since"]),
        }  # fmt: skip


class UnableForm(OfCandidacy):
    """The helping member can help no more: moved away, disciplined, no official member."""

    title, button = _("Người giúp đỡ không còn đủ điều kiện"), _("Ghi không còn đủ điều kiện")
    help = _("Sau đó phân công người khác; người mới không cần đủ 12 tháng cùng nơi.")
    on = Day(fields.past_day, label=_("Từ ngày"), required=True)
    why = Parsed(
        fields.text(160), label=_("Lý do"), required=True,
        help_text=_("Ví dụ: chuyển sinh hoạt, bị kỷ luật, thôi là đảng viên chính thức."),
    )  # fmt: skip

    def __init__(self, data=None, *, mentorship, **options):
        self.mentorship = mentorship
        super().__init__(data, row=mentorship.candidacy, **options)

    @property
    def headline(self):
        return _("%s không còn đủ điều kiện giúp đỡ") % self.mentorship.mentor

    @property
    def standing(self):
        return _("Đang giúp đỡ %(who)s, từ ngày %(since)s.") % {
            "who": self.row.person.full_name, "since": day(self.mentorship.since),
        }  # fmt: skip

    def do(self, by):
        said = self.cleaned_data
        actions.declare_unable(self.mentorship, on=said["on"], why=said["why"], by=by, stamp=said["stamp"])
        return _("Đã ghi. Phân công người khác giúp đỡ %s.") % self.row.person.full_name


class ReviewForm(OfCandidacy):
    """What the helping member noted this quarter."""

    title, heading, button = _("Nhận xét định kỳ"), _("Nhận xét về %s"), _("Ghi nhận xét")
    help = _("Một nhận xét mỗi quý là đủ. Ghi điều chi bộ cần biết, không ghi chuyện riêng.")
    on = Day(fields.past_day, label=_("Ngày nhận xét"), required=True)
    verdict = forms.ChoiceField(label=_("Nhận xét"), choices=Review.Verdict.choices)
    note = Parsed(fields.text(300), label=_("Ghi thêm"))

    def proposed(self, row):
        return super().proposed(row) | {"verdict": Review.Verdict.STEADY}

    def values_of(self, row):
        last = max(row.reviews.all(), key=lambda review: review.on, default=None)
        told = {} if last is None else {"on": day(last.on), "verdict": last.verdict, "note": last.note}
        return super().values_of(row) | told

    def do(self, by):
        said = self.cleaned_data
        actions.review(
            self.row,
            on=said["on"],
            verdict=said["verdict"],
            note=said["note"] or "",
            by=by,
            stamp=said["stamp"],
        )
        return _("Đã ghi nhận xét ngày %s.") % day(said["on"])
