"""What the forms of the papers ask: one field a name of `rules.papers.Kind.fields`, with plain words."""

from copy import deepcopy

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day

from .. import fields
from ..inputs import Day, Parsed
from ..models.paper import Result
from ..rules import papers

# Papers that bear no number of their own: handwritten, spoken, or a thing that happened.
UNNUMBERED = {
    "application", "declaration", "criterion", "introduction", "opinion_home", "opinion_union", "receipt", "ceremony",
    "member_file", "self_review", "mentor_remarks", "withdrawn", "died",
}  # fmt: skip
# Papers others wrote: the form asks who.
ISSUED = {
    "readmission", "verification", "opinion_union", "opinion_home", "youth", "union", "section_appraisal", "base_vote",
    "appraisal", "returned", "decision", "ceremony_consent", "section_recognition", "base_recognition",
}  # fmt: skip


def _count(label, hint=""):
    attrs = {"inputmode": "numeric", "class": "w-num", "autocomplete": "off"}
    return Parsed(fields.count, label=label, help_text=hint, widget=forms.TextInput(attrs=attrs))


def _day(label, hint=""):
    return Day(fields.past_day, label=label, help_text=hint)


def _text(label, hint="", longest=160, required=False):
    return Parsed(fields.text(longest), label=label, help_text=hint, required=required)


FIELDS = {
    "criterion": forms.TypedChoiceField(label=_("Tiêu chí"), coerce=int),
    "left_on": _day(_("Ngày ra khỏi Đảng trước đây")),
    "left_as": forms.ChoiceField(label=_("Vì sao ra khỏi Đảng"), required=False),
    "expunged_on": _day(_("Ngày được xóa án tích"), _("Để trống nếu không có án.")),
    "introducer": _text(_("Đảng viên giới thiệu"), _("Họ và tên đảng viên chính thức."), 80, required=True),
    "together_since": _day(
        _("Cùng công tác, học tập hoặc cư trú từ ngày"), _("Người giới thiệu phải ở cùng ít nhất 12 tháng.")
    ),
    "members": _count(_("Tổng số người có quyền biểu quyết")),
    "probationers": _count(_("Đảng viên dự bị"), _("Không biểu quyết, không tính vào tổng số.")),
    "away": _count(_("Chuyển sinh hoạt tạm thời nơi khác"), _("Đảng viên chính thức, trừ khỏi tổng số.")),
    "exempt": _count(_("Được miễn sinh hoạt và vắng mặt"), _("Trừ khỏi tổng số; người được miễn mà đến họp vẫn tính.")),
    "present": _count(_("Số người có mặt")),
    "in_favour": _count(_("Số phiếu tán thành")),
    "in_favour_of": _count(_("Số phiếu tán thành")),
    "against": _count(_("Số phiếu không tán thành")),
    "agree": _count(_("Số người đồng ý")),
    "disagree": _count(_("Số người không đồng ý")),
    "to": _text(_("Gửi đến"), _("Cơ quan nhận hồ sơ.")),
    "carried_by": _text(_("Người mang đi"), longest=80),
    "missing": _text(_("Còn thiếu hoặc cần sửa"), _("Ghi rõ để chi bộ biết phải làm lại giấy nào."), 300, required=True),
    "reason": _text(_("Lý do"), longest=300, required=True),
} | {name: forms.BooleanField(label=label, required=False) for name, label in papers.TICKS.items()}  # fmt: skip
# What a field is called on one kind of paper, where the common words would mislead.
WORDS = {
    ("cell_vote", "members"): _("Tổng số đảng viên chính thức"),
    ("recognition_vote", "members"): _("Tổng số đảng viên chính thức"),
    ("cell_vote", "present"): _("Đảng viên chính thức có mặt"),
    ("recognition_vote", "present"): _("Đảng viên chính thức có mặt"),
    ("base_vote", "members"): _("Tổng số đảng ủy viên"),
    ("base_recognition", "members"): _("Tổng số đảng ủy viên"),
    ("youth", "members"): _("Tổng số ủy viên ban chấp hành Đoàn cơ sở"),
    ("union", "members"): _("Tổng số ủy viên ban chấp hành Công đoàn cơ sở"),
}  # fmt: skip


def own_fields(kind, criteria=()):
    """{name: form field} of what only this kind of paper says. criteria: [(id, text)] to choose from."""
    found = {name: deepcopy(FIELDS[name]) for name in kind.fields}
    for name, field in found.items():
        field.label = WORDS.get((kind.code, name), field.label)
    if "criterion" in found:
        found["criterion"].choices = criteria
    if "left_as" in found:
        found["left_as"].choices = [("", _("Chưa rõ")), *papers.LEFT_AS.items()]
    return found


def result_field(kind):
    words = dict(Result.choices)
    return forms.ChoiceField(label=_("Kết luận"), choices=[(code, words[code]) for code in kind.results])


def stored(value):
    """A value as the paper keeps it: days as ISO text."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def shown(name, value):
    """A kept value as the form shows it."""
    if value and name in {"left_on", "expunged_on", "together_since"}:
        return day(fields.day(value))
    return value
