from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned

from .candidacy import Candidacy
from .person import Person, Traits


class Admission(Traits, Penned):
    """The fact that is counted: a person was admitted at a cell. Counted once, there, in the period of its counting
    date, whoever moves where afterwards (invariant 1). Its traits are the person as of the decision day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="admissions")
    candidacy = models.OneToOneField(Candidacy, null=True, on_delete=models.PROTECT, related_name="admission")
    cell = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="admissions")
    decided_on = models.DateField(_("Ngày quyết định"))
    decision_number = models.CharField(_("Số quyết định"), max_length=40, blank=True)
    received_on = models.DateField(_("Ngày nhận quyết định"), null=True)
    ceremony_on = models.DateField(_("Ngày kết nạp"), null=True)
    official_on = models.DateField(_("Ngày chính thức"), null=True)
    # The decision that recognised it, mostly later than the day from which it holds; null where it was not said.
    recognised_on = models.DateField(_("Ngày quyết định công nhận"), null=True)
    recognition_number = models.CharField(_("Số quyết định công nhận"), max_length=40, blank=True)
    # The probation ended without recognition on that day; the admission stays counted.
    left_on = models.DateField(_("Ngày thôi dự bị"), null=True)
    left_as = models.CharField(max_length=12, blank=True)
    # The superior's documents that allowed what the rules leave room for: a late decision or an age, a late ceremony.
    approval = models.CharField(_("Văn bản cho phép quyết định"), max_length=160, blank=True)
    ceremony_approval = models.CharField(_("Văn bản cho phép tổ chức lễ muộn"), max_length=160, blank=True)
    # "Loại hình" of the cell, or of the nearest committee above that has one, on the decision day.
    organisation_type = models.CharField(_("Loại hình"), max_length=80, blank=True)
    # Decided outside the tree, by `issuer`, of somebody who came that day with the cell: never counted in our figures,
    # while the probation goes on here.
    arrived_on = models.DateField(_("Ngày về cùng tổ chức"), null=True)
    issuer = models.CharField(_("Cấp ra quyết định"), max_length=160, blank=True)
    cancelled_on = models.DateField(_("Ngày hủy"), null=True)
    cancel_reason = models.CharField(_("Lý do hủy"), max_length=300, blank=True)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "cell", "decided_on"], name="admission_once"),
            models.CheckConstraint(
                condition=Q(ceremony_on=None) | Q(ceremony_on__gte=F("decided_on")),
                name="ceremony_after_decision",
            ),
        ]
