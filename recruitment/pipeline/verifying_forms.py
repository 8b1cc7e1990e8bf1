"""What is asked about the background check: whom it concerns, the letters, their answers; never what an answer says."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day, today

from .. import fields
from ..inputs import Day, Parsed
from ..models import Relative, Result
from ..numbering import telling
from ..numbering.offers import next_for, offer
from . import actions
from .deed_forms import OfCandidacy

RESULTS = [("", _("Chưa có kết luận")), *Result.choices]


class OfVerification(OfCandidacy):
    """A deed of the background check. Its stage stays as it is."""

    title, heading = _("Thẩm tra lý lịch"), _("Thẩm tra lý lịch của %s")

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        del self.fields["stage"]

    def proposed(self, row):
        return {}

    def values_of(self, row):
        return {}


class RelativeForm(OfVerification):
    """Somebody whose background is checked with the candidate's."""

    what, button = "relative", _("Thêm vào danh sách")
    relation = forms.ChoiceField(label=_("Quan hệ"), choices=Relative.Relation.choices)
    full_name = Parsed(fields.name(80), label=_("Họ và tên"), help_text=_("Có thể để trống."))
    declared = forms.BooleanField(label=_("Đã là đảng viên, khai đầy đủ: không thẩm tra lại"), required=False)

    def do(self, by):
        said = self.cleaned_data
        actions.add_relative(
            self.row, relation=said["relation"], full_name=said["full_name"] or "", declared=said["declared"],
            by=by, stamp=said["stamp"],
        )  # fmt: skip
        return _("Đã thêm vào danh sách thẩm tra.")


class _About(OfVerification):
    """A deed that may name one of the relatives."""

    relative = forms.ChoiceField(label=_("Về ai"), required=False)

    def __init__(self, data=None, *, row, **options):
        super().__init__(data, row=row, **options)
        self.known = {str(relative.pk): relative for relative in row.relatives.all()}
        named = [(pk, called(relative)) for pk, relative in self.known.items()]
        everybody = (
            [] if self.fields["relative"].required else [("", _("Tất cả những người trong danh sách"))]
        )
        self.fields["relative"].choices = [*everybody, *named]


class LetterForm(_About):
    """A letter that asks another body to verify."""

    what, button = "letter", _("Ghi công văn đã gửi")
    to = Parsed(
        fields.text(160), label=_("Gửi đến"), required=True, help_text=_("Cấp ủy hoặc cơ quan được hỏi.")
    )
    number = Parsed(fields.text(40), label=_("Số công văn"))
    sent_on = Day(fields.past_day, label=_("Ngày gửi"), required=True)
    carried_by = Parsed(fields.text(80), label=_("Người mang đi"))
    due_on = Day(
        fields.day,
        label=_("Hạn trả lời"),
        help_text=_("Để trống thì lấy thời hạn trong quy tắc, cần xác nhận. Ở nước ngoài thì ghi."),
    )

    made = None

    def __init__(self, data=None, *, row, **options):
        super().__init__(data, row=row, **options)
        offer(self.fields["number"], next_for(self.snapshot.structure, "letter", row.cell_id, today()))

    @property
    def of_number(self):
        """[sentence] about the number of the letter that was written."""
        letter = self.made
        return letter and telling.told_of(
            self.snapshot.structure, "letter", letter.number, letter.sent_on, self.row.cell_id, but=letter,
            address=reverse("recruitment:letter-correct", args=[letter.pk]), access=self.access,
        )  # fmt: skip

    def do(self, by):
        said = self.cleaned_data
        letter = self.made = actions.ask_letter(
            self.row, to=said["to"], sent_on=said["sent_on"], number=said["number"] or "",
            carried_by=said["carried_by"] or "", relative=self.known.get(said["relative"]), due_on=said["due_on"],
            snapshot=self.snapshot, by=by, stamp=said["stamp"],
        )  # fmt: skip
        return _("Đã ghi công văn; hạn trả lời %s.") % day(letter.due_on)


class SettleForm(_About):
    """The result for one of the relatives."""

    what, button = "settle", _("Ghi kết quả")
    relative = forms.ChoiceField(label=_("Về ai"))
    result = forms.ChoiceField(label=_("Kết quả"), choices=RESULTS, required=False)
    on = Day(fields.past_day, label=_("Ngày có kết quả"))

    def clean(self):
        said = super().clean()
        if said.get("result") and not said.get("on") and "on" not in self.errors:
            self.add_error("on", _("Ghi ngày có kết quả."))
        return said

    def do(self, by):
        said = self.cleaned_data
        actions.settle_relative(
            self.known[said["relative"]], result=said["result"], on=said["on"], by=by, stamp=said["stamp"]
        )
        return _("Đã ghi kết quả thẩm tra.")


class DropForm(_About):
    """Somebody put on the list by mistake, or who need not be verified."""

    what, button = "drop", _("Bỏ khỏi danh sách")
    relative = forms.ChoiceField(label=_("Về ai"))

    def do(self, by):
        said = self.cleaned_data
        actions.drop_relative(self.known[said["relative"]], by=by, stamp=said["stamp"])
        return _("Đã bỏ khỏi danh sách thẩm tra.")


class AnswerForm(OfVerification):
    """The answer to a letter came: its day and the result, nothing of what it says."""

    button = _("Ghi đã trả lời")
    help = _("Chỉ ghi ngày và kết luận. Nội dung trả lời nằm trong hồ sơ giấy, không gõ vào đây.")
    on = Day(fields.past_day, label=_("Ngày trả lời"), required=True)
    result = forms.ChoiceField(label=_("Kết quả"), choices=RESULTS, required=False)

    def __init__(self, data=None, *, letter, **options):
        self.letter = letter
        super().__init__(data, row=letter.candidacy, **options)

    @property
    def headline(self):
        return _("Trả lời của %s") % self.letter.to

    @property
    def standing(self):
        letter = self.letter
        words = _("Công văn %(number)s gửi ngày %(sent)s.")
        if letter.due_on:
            words = _("Công văn %(number)s gửi ngày %(sent)s, hạn trả lời %(due)s.")
        return words % {
            "number": letter.number, "sent": day(letter.sent_on), "due": letter.due_on and day(letter.due_on),
        }  # fmt: skip

    def proposed(self, row):
        answered = self.letter.answered_on
        return {"on": day(answered) if answered else "", "result": self.letter.result}

    def values_of(self, row):
        fresh = row.letters.get(pk=self.letter.pk)
        return {"on": fresh.answered_on and day(fresh.answered_on), "result": fresh.result}

    def do(self, by):
        said = self.cleaned_data
        actions.answer_letter(self.letter, on=said["on"], result=said["result"], by=by, stamp=said["stamp"])
        return _("Đã ghi trả lời ngày %s.") % day(said["on"])


def called(relative):
    """ "Cha đẻ: Trần Văn Sáu"; the relation alone where no name was said."""
    words = relative.get_relation_display()
    return f"{words}: {relative.full_name}" if relative.full_name else words
