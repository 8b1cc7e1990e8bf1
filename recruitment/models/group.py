from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned


class Group(Penned):
    """A named predicate over the snapshot of an admission. Groups overlap and are never summed (invariant 5).

    predicate: a list of conditions that must all hold, each {"field": …} with "in", "not_in" (folded words), "from"
    and "to" (inclusive), or "is". Fields: sex, age, ethnicity, religion, occupation, occupation_row, education_row,
    qualification_row, union_member, organisation_type. "said" keeps the words as a department typed them.
    `committee`: whose own group it is; None for those every department has. `ended_on`: from that day on it is offered
    no more; figures that name it keep it.
    """

    code = models.CharField(_("Mã nhóm"), max_length=40, unique=True)
    name = models.CharField(_("Tên nhóm"), max_length=80)
    predicate = models.JSONField()
    order = models.PositiveSmallIntegerField(default=100)
    committee = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="groups")
    ended_on = models.DateField(null=True)

    def __str__(self):
        return self.name

    def offered_on(self, day):
        """Whether it may be chosen on a day; those ended stay readable where figures name them."""
        return self.ended_on is None or day < self.ended_on
