"""What is asked to put right what stands beside the papers of a dossier, or to take it away: each with its reason."""

from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day

from .. import fields
from ..inputs import Day, Parsed
from ..models import Review
from . import actions
from .candidate_forms import NearForm
from .verifying_forms import called


class AmendForm(NearForm):
    """One row as it stands, to be put right; the second button takes it away. `about`: the candidacy it belongs to, or
    the person and the cell of one that belongs to none. `do(by)` does it and says so."""

    CORRECT, DROP = "correct", "drop"
    button, help = (
        _("Lưu chỗ đã sửa"),
        _("Nhật ký giữ bản cũ và lý do. Bước nào dựa vào điều này vẫn phải đứng được."),
    )
    drop_label = _("Bỏ, vì ghi nhầm")
    reason = Parsed(fields.text(300), label=_("Lý do"), required=True)
    do_what = forms.ChoiceField(choices=[(CORRECT, ""), (DROP, "")], required=False, widget=forms.HiddenInput)

    warnings = of_number = ()

    def __init__(self, data=None, *, row, snapshot, access, **options):
        self.snapshot, self.objections = snapshot, ()
        super().__init__(data, row=row, access=access, **options)
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def full_clean(self):
        """What goes is not judged by what stands in its fields."""
        super().full_clean()
        if self.drops:
            for name in self._errors.keys() - {"reason", "stamp"}:
                del self._errors[name]

    @property
    def drops(self):
        return self.is_bound and self.data.get("do_what") == self.DROP

    @property
    def about(self):
        return self.row.candidacy

    @property
    def other_buttons(self):
        return [(self.DROP, self.drop_label)]

    def forbidden(self, objections):
        """Note every Objection that stands in the way; what was typed stays in the fields."""
        self.objections = objections

    @property
    def shown(self):
        return self.visible_fields()

    def values_of(self, row):
        known = self.known(row)
        return {name: value for name, value in known.items() if name in getattr(self, "fields", known)}

    def do(self, by):
        said = self.cleaned_data
        told = {"reason": said["reason"], "snapshot": self.snapshot, "by": by, "stamp": said["stamp"]}
        if self.drops:
            self.drop(self.row, **told)
            return _("Đã bỏ; nhật ký giữ lại.")
        self.correct(self.row, **self.typed(said), **told)
        return _("Đã sửa.")


class CertificateAmendForm(AmendForm):
    """The number and the day of a certificate."""

    title = _("Sửa chứng nhận")
    number = Parsed(fields.text(40), label=_("Số chứng nhận"))
    issued_on = Day(fields.past_day, label=_("Ngày chứng nhận"), required=True)
    correct, drop = staticmethod(actions.correct_certificate), staticmethod(actions.drop_certificate)

    @property
    def about(self):
        row = self.row
        found = row.person.candidacies.filter(cell=row.cell_id).select_related("person", "cell")
        beside = SimpleNamespace(pk=None, person=row.person, cell=row.cell, cell_id=row.cell_id)
        return found.order_by("entered_on", "pk").last() or beside

    @property
    def other_buttons(self):
        return [] if self.row.course_id else super().other_buttons

    @property
    def headline(self):
        return _("Sửa chứng nhận của %s") % self.row.person.full_name

    @property
    def standing(self):
        return self.row.get_kind_display()

    def known(self, row):
        return {"number": row.number, "issued_on": day(row.issued_on)}

    def typed(self, said):
        return {"number": said["number"] or "", "issued_on": said["issued_on"]}


class MentorshipAmendForm(AmendForm):
    """Who helps, from which day, by which resolution."""

    title = _("Sửa phân công giúp đỡ")
    mentor = Parsed(fields.name(80), label=_("Đảng viên giúp đỡ"), required=True)
    since = Day(fields.past_day, label=_("Từ ngày"), required=True)
    document = Parsed(fields.text(80), label=_("Số nghị quyết phân công"))
    able = forms.BooleanField(
        label=_("Vẫn đủ điều kiện giúp đỡ; ghi “không còn đủ điều kiện” là nhầm"), required=False
    )
    correct, drop = staticmethod(actions.correct_mentorship), staticmethod(actions.drop_mentorship)

    def __init__(self, data=None, *, row, **options):
        super().__init__(data, row=row, **options)
        if row.unable_on is None:
            self.fields.pop("able", None)

    @property
    def headline(self):
        return _("Sửa phân công giúp đỡ %s") % self.about.person.full_name

    @property
    def standing(self):
        row = self.row
        if row.unable_on is not None:
            told = {"name": row.mentor, "on": day(row.unable_on), "why": row.unable_why}
            return _("%(name)s không còn đủ điều kiện từ %(on)s: %(why)s.") % told
        return _("%(name)s, từ ngày %(since)s.") % {"name": row.mentor, "since": day(row.since)}

    def known(self, row):
        return {"mentor": row.mentor, "since": day(row.since), "document": row.document, "able": False}

    def typed(self, said):
        return {
            "mentor": said["mentor"], "since": said["since"], "document": said["document"] or "",
            "able": said.get("able", False),
        }  # fmt: skip


class ReviewAmendForm(AmendForm):
    """What the helping member noted on a day."""

    title = _("Sửa nhận xét")
    on = Day(fields.past_day, label=_("Ngày nhận xét"), required=True)
    verdict = forms.ChoiceField(label=_("Nhận xét"), choices=Review.Verdict.choices)
    note = Parsed(fields.text(300), label=_("Ghi thêm"))
    correct, drop = staticmethod(actions.correct_review), staticmethod(actions.drop_review)

    @property
    def headline(self):
        return _("Sửa nhận xét về %s") % self.about.person.full_name

    @property
    def standing(self):
        return _("Nhận xét ngày %s.") % day(self.row.on)

    def known(self, row):
        return {"on": day(row.on), "verdict": row.verdict, "note": row.note}

    def typed(self, said):
        return {"on": said["on"], "verdict": said["verdict"], "note": said["note"] or ""}


class LetterAmendForm(AmendForm):
    """To whom a letter of verification went, when, and about whom."""

    title = _("Sửa công văn thẩm tra")
    to = Parsed(fields.text(160), label=_("Gửi đến"), required=True)
    number = Parsed(fields.text(40), label=_("Số công văn"))
    sent_on = Day(fields.past_day, label=_("Ngày gửi"), required=True)
    carried_by = Parsed(fields.text(80), label=_("Người mang đi"))
    due_on = Day(
        fields.day, label=_("Hạn trả lời"), help_text=_("Để trống thì lấy thời hạn trong quy tắc, cần xác nhận.")
    )  # fmt: skip
    relative = forms.ChoiceField(label=_("Về ai"), required=False)
    correct, drop = staticmethod(actions.correct_letter), staticmethod(actions.drop_letter)

    def __init__(self, data=None, *, row, **options):
        self.relatives = {str(relative.pk): relative for relative in row.candidacy.relatives.order_by("pk")}
        super().__init__(data, row=row, **options)
        if "relative" in self.fields:
            named = [(pk, called(relative)) for pk, relative in self.relatives.items()]
            self.fields["relative"].choices = [("", _("Tất cả những người trong danh sách")), *named]

    @property
    def headline(self):
        return _("Sửa công văn gửi %s") % self.row.to

    @property
    def standing(self):
        return _("Thẩm tra lý lịch của %s.") % self.about.person.full_name

    def known(self, row):
        return {
            "to": row.to, "number": row.number, "sent_on": day(row.sent_on), "carried_by": row.carried_by,
            "due_on": row.due_on and day(row.due_on), "relative": str(row.relative_id or ""),
        }  # fmt: skip

    def typed(self, said):
        return {
            "to": said["to"], "number": said["number"] or "", "sent_on": said["sent_on"],
            "carried_by": said["carried_by"] or "", "due_on": said["due_on"],
            "relative": self.relatives.get(said["relative"]),
        }  # fmt: skip
