from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned

from .candidacy import Candidacy
from .group import Group
from .plan import Plan


class Allotment(Penned):
    """A draft of how a committee hands its target down to its children (phương án giao chỉ tiêu). Several may stand
    beside each other; one is issued, with a document, and becomes rows of `Quota`; `dropped_on` puts one away."""

    class Method(models.TextChoices):
        """By what the first numbers were shared out."""

        MEMBERS = "members", _("Theo số đảng viên")
        POOL = "pool", _("Theo nguồn quần chúng đang có")
        DECLARED = "declared", _("Theo danh sách đơn vị đăng ký")
        LAST = "last", _("Theo kết quả kỳ trước")
        HAND = "hand", _("Nhập tay")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="allotments")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="allotments")
    name = models.CharField(_("Tên phương án"), max_length=120)
    method = models.CharField(_("Cách chia"), max_length=10, choices=Method.choices)
    issued_on = models.DateField(_("Ngày ban hành"), null=True)
    effective_on = models.DateField(_("Hiệu lực từ"), null=True)
    document = models.CharField(_("Số văn bản"), max_length=200, blank=True)
    reason = models.CharField(_("Lý do"), max_length=400, blank=True)
    dropped_on = models.DateField(null=True)


class Portion(Penned):
    """What a draft gives one child, in all or for a group. `number` None: nothing is handed to it by this draft, and
    what it has stays. `suggested`: what the draft's method came to, whatever was typed over it since."""

    allotment = models.ForeignKey(Allotment, on_delete=models.CASCADE, related_name="portions")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("Chỉ tiêu"), null=True)
    suggested = models.PositiveIntegerField(null=True)
    note = models.CharField(_("Ghi chú"), max_length=200, blank=True)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["allotment", "committee"], condition=models.Q(group=None), name="portion_once"
            ),
            models.UniqueConstraint(fields=["allotment", "committee", "group"], name="group_portion_once"),
        ]


class Declaration(Penned):
    """A cell names a candidate whom it expects to admit under a plan, before targets are set (đăng ký nguồn kết nạp).
    Taken back by a day, never deleted."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="declarations")
    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="declarations")
    on = models.DateField(_("Ngày đăng ký"))
    withdrawn_on = models.DateField(_("Ngày rút"), null=True)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "candidacy"], name="declared_once")]


class Sourceless(Penned):
    """An organisation that has nobody left to recruit (không còn nguồn), since a day, until a day (exclusive): why, and
    what is done about it. A target of 0 there is no failure."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="sourceless")
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)
    cause = models.CharField(_("Nguyên nhân"), max_length=200)
    measure = models.CharField(_("Biện pháp"), max_length=400, blank=True)
    document = models.CharField(_("Số văn bản"), max_length=200, blank=True)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["committee"], condition=models.Q(until=None), name="sourceless_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="sourceless_ends_after_it_began",
            ),
        ]
