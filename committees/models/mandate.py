from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .committee import Committee
from .penned import Penned, PennedQuerySet


class Role(models.TextChoices):
    STAFF = "staff", _("Cán bộ ban tổ chức")
    SECRETARY = "secretary", _("Bí thư chi bộ")
    STANDING = "standing", _("Ban thường vụ")
    INSPECTOR = "inspector", _("Kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị")


class MandateQuerySet(PennedQuerySet):
    def in_force_on(self, day):
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))

    def overlapping(self, since, until):
        """Those in force on any day of [since, until); until None: for ever."""
        running = self.filter(Q(until=None) | Q(until__gt=since)).exclude(until=F("since"))
        return running if until is None else running.filter(since__lt=until)


class Mandate(Penned):
    """An account's role in a committee and all below it, from a day until a day (half-open).

    No committee means the whole register: only the first administrator is given that, by the machine's operator.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates")
    committee = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(_("Vai trò"), max_length=20, choices=Role.choices)
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)

    objects = MandateQuerySet.as_manager()

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["account", "committee", "role", "since"], name="mandate_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="mandate_ends_after_it_began"
            ),
        ]
