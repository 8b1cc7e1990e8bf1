from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Penned


class Article(Penned):
    """A published text that states figures (bài báo, báo cáo). Nothing of it is ever corrected here."""

    code = models.CharField(_("Mã bài"), max_length=40, unique=True)
    heading = models.CharField(_("Phạm vi"), max_length=120, help_text=_("Nơi và thời gian bài viết nói tới"))
    title = models.CharField(_("Tên bài"), max_length=300)
    publisher = models.CharField(_("Nơi đăng"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta(Penned.Meta):
        ordering = ["order", "code"]

    def __str__(self):
        return self.title


class Claim(Penned):
    """One figure as an article prints it, how it can be recomputed, and where this register shows its own.

    Verdicts are not stored: `figures.checks` derives them from operation, terms and published. Codes of
    committee, plan and group are kept as text, because an article may speak of units that are not loaded.
    """

    class Ours(models.TextChoices):
        """Where our own figure comes from."""

        NONE = "", _("Không có")
        ATTAINMENT = "attainment", _("Kết nạp so với chỉ tiêu")
        SHARE = "share", _("Tỷ lệ của nhóm trong số kết nạp")
        REPORTED = "reported", _("Số liệu báo cáo")
        HEADCOUNT = "headcount", _("Số đảng viên")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims")
    code = models.CharField(_("Mã"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    quote = models.TextField(_("Nguyên văn"))
    operation = models.CharField(_("Phép tính"), max_length=20, blank=True)
    terms = models.CharField(_("Số hạng"), max_length=200, blank=True)
    published = models.CharField(_("Công bố"), max_length=80, blank=True)
    note = models.TextField(_("Ghi chú"), blank=True)
    # What no arithmetic can find: two units with one odd percentage, a base the sentence leaves open.
    doubtful = models.BooleanField(_("Cần làm rõ"), default=False)
    ours = models.CharField(_("Số của ứng dụng"), max_length=12, choices=Ours.choices, blank=True)
    field = models.CharField(_("Trường"), max_length=80, blank=True)
    committee_code = models.CharField(_("Mã tổ chức"), max_length=40, blank=True)
    plan_code = models.CharField(_("Mã kế hoạch"), max_length=40, blank=True)
    on = models.DateField(_("Đến ngày"), null=True)
    group_code = models.CharField(_("Nhóm"), max_length=40, blank=True)

    class Meta(Penned.Meta):
        ordering = ["article__order", "order"]

    def __str__(self):
        return self.code
