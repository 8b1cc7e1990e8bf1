from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned

from .person import Person


class Course(Penned):
    """A class: on awareness of the Party for candidates, or for new members."""

    class Kind(models.TextChoices):
        AWARENESS = "awareness", _("Lớp bồi dưỡng nhận thức về Đảng")
        NEW_MEMBER = "new_member", _("Lớp đảng viên mới")

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="courses")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.AWARENESS)
    name = models.CharField(_("Tên lớp"), max_length=120)
    opened_on = models.DateField(_("Khai giảng"))
    closed_on = models.DateField(_("Bế giảng"))
    place = models.CharField(_("Địa điểm"), max_length=120, blank=True)
    organiser = models.CharField(_("Đơn vị mở lớp"), max_length=160, blank=True)
    opening_number = models.CharField(_("Số quyết định mở lớp"), max_length=40, blank=True)
    periods = models.PositiveSmallIntegerField(_("Số tiết"), default=50)
    # The decision that recognises who completed the class; certificates are due from its day.
    completion_number = models.CharField(_("Số quyết định công nhận hoàn thành"), max_length=40, blank=True)
    completed_on = models.DateField(_("Ngày quyết định công nhận hoàn thành"), null=True)

    def __str__(self):
        return self.name


class Participant(Penned):
    """Somebody sent to a class, with what decides whether they completed it. `cell`: where they belonged then."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    cell = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="participants")
    attended = models.PositiveSmallIntegerField(_("Số tiết đã dự"), null=True)
    mark = models.DecimalField(_("Điểm thu hoạch"), max_digits=4, decimal_places=2, null=True)
    second_mark = models.DecimalField(_("Điểm viết lại"), max_digits=4, decimal_places=2, null=True)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["course", "person"], name="participant_once")]


class Certificate(Penned):
    """That a person finished a class. `cell` is where the person belonged then: it decides whose figure it is."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    cell = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="certificates")
    course = models.ForeignKey(Course, null=True, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=12, choices=Course.Kind.choices, default=Course.Kind.AWARENESS)
    number = models.CharField(_("Số chứng nhận"), max_length=40, blank=True)
    issued_on = models.DateField(_("Ngày chứng nhận"))
    # The line of the permanent register (sổ gốc) it was written in.
    register_number = models.CharField(_("Số vào sổ gốc"), max_length=40, blank=True)
    grade = models.CharField(_("Xếp loại"), max_length=20, blank=True)
    # Issued outside the tree to somebody who came that day with the cell: no figure of ours counts it.
    arrived_on = models.DateField(_("Ngày về cùng tổ chức"), null=True)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "issued_on"], name="certificate_once")
        ]
