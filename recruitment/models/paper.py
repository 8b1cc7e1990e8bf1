"""The dossier of a candidacy: its papers, the verification of the background, what mentors noted each quarter."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Penned

from ..rules import papers
from .candidacy import Candidacy, Mentorship


class Result(models.TextChoices):
    PASS = papers.PASS, _("Đạt")
    WAIT = papers.WAIT, _("Chờ")
    FAIL = papers.FAIL, _("Không đạt")


class Paper(Penned):
    """One paper of the dossier, or one dated thing done: what `rules.papers.KINDS` lists. Of a background check only
    the result, the day and the number: never its content. Written by `pipeline.actions` alone.

    said: what only this kind says, by field name; counts as numbers, days as ISO text. approval: the document that
    allowed it where the rules leave room. rule_set: the code of the set it was judged by.
    """

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("Loại giấy tờ"), max_length=24, choices=papers.choices)
    on = models.DateField(_("Ngày"))
    number = models.CharField(_("Số"), max_length=40, blank=True)
    issuer = models.CharField(_("Nơi ban hành"), max_length=160, blank=True)
    result = models.CharField(_("Kết luận"), max_length=8, choices=Result.choices, blank=True)
    said = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    approval = models.CharField(_("Văn bản cho phép"), max_length=160, blank=True)
    rule_set = models.CharField(max_length=20, blank=True)

    class Meta(Penned.Meta):
        indexes = [models.Index(fields=["candidacy", "on"], name="paper_by_candidacy")]


class Review(Penned):
    """What the mentor noted of the candidate on a day (nhận xét định kỳ)."""

    class Verdict(models.TextChoices):
        GOOD = "good", _("Tiến bộ")
        STEADY = "steady", _("Giữ mức")
        WEAK = "weak", _("Cần giúp thêm")

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="reviews")
    mentorship = models.ForeignKey(Mentorship, null=True, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField(_("Ngày nhận xét"))
    verdict = models.CharField(_("Nhận xét"), max_length=8, choices=Verdict.choices, default=Verdict.STEADY)
    note = models.CharField(_("Ghi thêm"), max_length=300, blank=True)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["candidacy", "on"], name="review_once_a_day")]


class Relative(Penned):
    """Somebody whose background is verified with the candidate's, or need not be (domain.md §1.2(5))."""

    class Relation(models.TextChoices):
        SELF = "self", _("Bản thân")
        FATHER = "father", _("Cha đẻ")
        MOTHER = "mother", _("Mẹ đẻ")
        FOSTER = "foster", _("Người nuôi dưỡng")
        SPOUSE = "spouse", _("Vợ hoặc chồng")
        SPOUSE_FATHER = "spouse_father", _("Cha vợ hoặc cha chồng")
        SPOUSE_MOTHER = "spouse_mother", _("Mẹ vợ hoặc mẹ chồng")
        CHILD = "child", _("Con đã thành niên")
        OTHER = "other", _("Người khác (ông bà, cô dì, chú bác)")

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="relatives")
    relation = models.CharField(_("Quan hệ"), max_length=16, choices=Relation.choices)
    full_name = models.CharField(_("Họ và tên"), max_length=80, blank=True)
    declared = models.BooleanField(_("Đã là đảng viên, khai đầy đủ"), default=False)
    result = models.CharField(_("Kết quả"), max_length=8, choices=Result.choices, blank=True)
    result_on = models.DateField(_("Ngày có kết quả"), null=True)


class Letter(Penned):
    """A letter that asks another body to verify: to whom, who carried it, when it must be and was answered. The result
    alone, never what the answer says."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="letters")
    relative = models.ForeignKey(Relative, null=True, on_delete=models.PROTECT, related_name="letters")
    to = models.CharField(_("Gửi đến"), max_length=160)
    number = models.CharField(_("Số công văn"), max_length=40, blank=True)
    sent_on = models.DateField(_("Ngày gửi"))
    carried_by = models.CharField(_("Người mang đi"), max_length=80, blank=True)
    due_on = models.DateField(_("Hạn trả lời"), null=True)
    answered_on = models.DateField(_("Ngày trả lời"), null=True)
    result = models.CharField(_("Kết quả"), max_length=8, choices=Result.choices, blank=True)


class Wording(Penned):
    """What an office writes on the papers of a candidacy that no other record tells: who presides, what is thought of the
    person, who signs. form: the form it was written for, "" for every paper of the candidacy. said: {field: text}, by the
    names of `papers.terms`."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="wordings")
    form = models.CharField(_("Mẫu"), max_length=40, blank=True)
    said = models.JSONField(default=dict)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["candidacy", "form"], name="wording_once")]
