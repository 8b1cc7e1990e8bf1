from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned

from .person import Person


class Stage(models.TextChoices):
    """Where a candidacy stands on the road of domain.md §1.2; the words are the `Bước` of the workbooks."""

    SOURCE = "source", _("Trong danh sách nguồn")
    CLASS = "class", _("Đã học lớp nhận thức")
    DOSSIER = "dossier", _("Đang lập, thẩm tra hồ sơ")
    CELL = "cell", _("Chi bộ đã biểu quyết")
    SUBMITTED = "submitted", _("Chờ quyết định")
    DECIDED = "decided", _("Chờ lễ kết nạp")
    PROBATION = "probation", _("Đảng viên dự bị")
    OFFICIAL = "official", _("Đảng viên chính thức")
    CLOSED = "closed", _("Đã dừng")

    @classmethod
    def road(cls):
        """The stages in the order of the procedure, without the way out."""
        return [stage for stage in cls if stage is not cls.CLOSED]

    @classmethod
    def open(cls):
        """Stages in which something is still to be done before an admission is decided or celebrated."""
        return [cls.SOURCE, cls.CLASS, cls.DOSSIER, cls.CELL, cls.SUBMITTED, cls.DECIDED]


class Candidacy(Penned):
    """One attempt of a person to join, in one cell. Its stage is written by `pipeline.actions` alone."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidacies")
    cell = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="candidacies")
    entered_on = models.DateField(_("Ngày đưa vào nguồn"))
    stage = models.CharField(
        _("Bước"), max_length=12, choices=Stage.choices, default=Stage.SOURCE, editable=False
    )
    # The candidacy it goes on with, where the person moved here while being considered (domain.md §1.8).
    origin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="onward")
    # It came that day with its cell from outside the tree: no figure of an earlier day is ours.
    arrived_on = models.DateField(_("Ngày về cùng tổ chức"), null=True)
    # It went that day with its cell out of the tree, and is closed here.
    departed_on = models.DateField(_("Ngày chuyển ra ngoài cùng tổ chức"), null=True)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "cell", "entered_on"], name="candidacy_once")
        ]

    def began_on(self):
        """The first day any cell followed it, along the moves it made. A query for each move."""
        first = self
        while first.origin is not None:
            first = first.origin
        return first.entered_on


class FormerCell(Penned):
    """`cell` followed the candidacy until the day `until` (half-open); then the act of that document, which split it,
    gave the dossier to the heir that its candidacy names now. No personal move: nothing of the dossier changes, and what
    it was on an earlier day is told by this row."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="former_cells")
    cell = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="former_candidacies")
    until = models.DateField(_("Đến trước ngày"))
    document = models.CharField(_("Số quyết định"), max_length=120, blank=True)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "until"], name="one_cell_left_a_day"),
        ]


class Step(Penned):
    """The candidacy reached a stage on a day: the road so far, from which any past day can be told. A stage that a
    paper leads to bears that paper's day (`pipeline.actions`)."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    on = models.DateField()

    class Meta(Penned.Meta):
        indexes = [models.Index(fields=["candidacy", "on"], name="step_by_candidacy")]


class Mentorship(Penned):
    """An official member assigned to help a candidate (đảng viên giúp đỡ), from a day until a day (half-open)."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="mentorships")
    mentor = models.CharField(_("Đảng viên giúp đỡ"), max_length=80)
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)
    document = models.CharField(_("Số nghị quyết phân công"), max_length=80, blank=True)
    # From that day on not able to help: moved away, disciplined, no official member.
    unable_on = models.DateField(_("Không còn đủ điều kiện từ ngày"), null=True)
    unable_why = models.CharField(_("Lý do"), max_length=160, blank=True)
