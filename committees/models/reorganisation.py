from django.db import models
from django.utils.translation import gettext_lazy as _

from .committee import Committee
from .penned import Penned


class Reorganisation(Penned):
    """A package of dated acts on committees with one decision (sắp xếp tổ chức): first a draft, then carried out, then
    perhaps undone.

    acts: rows of the workbook `reorganisations`, {heading: value}, in their order. documents: up to MOST_DOCUMENTS linked
    ones, [{"number", "day", "issuer"}]. committee: the lowest above all that the acts name (None: the whole register);
    decides who may see it. kept: what `reorganise.undo` needs, while it is carried out.
    """

    MOST_DOCUMENTS = 3

    class State(models.TextChoices):
        DRAFT = "draft", _("Bản thảo")
        APPLIED = "applied", _("Đã thực hiện")
        UNDONE = "undone", _("Đã hoàn tác")

    name = models.CharField(_("Tên"), max_length=200)
    document = models.CharField(_("Số quyết định"), max_length=120, blank=True)
    documents = models.JSONField(_("Văn bản liên quan"), default=list)
    committee = models.ForeignKey(
        Committee, null=True, on_delete=models.PROTECT, related_name="reorganisations"
    )
    day = models.DateField(_("Ngày hiệu lực"), null=True)
    acts = models.JSONField(_("Các việc"), default=list)
    state = models.CharField(_("Trạng thái"), max_length=8, choices=State.choices, default=State.DRAFT)
    kept = models.JSONField(default=dict, editable=False)

    class Meta(Penned.Meta):
        verbose_name = _("Đợt sắp xếp tổ chức")

    def __str__(self):
        return self.name
