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


class Certificate(Penned):
    """That a person finished a class. `cell` is where the person belonged then: it decides whose figure it is."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    cell = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="certificates")
    course = models.ForeignKey(Course, null=True, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=12, choices=Course.Kind.choices, default=Course.Kind.AWARENESS)
    number = models.CharField(_("Số chứng nhận"), max_length=40, blank=True)
    issued_on = models.DateField(_("Ngày chứng nhận"))

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "issued_on"], name="certificate_once")
        ]
