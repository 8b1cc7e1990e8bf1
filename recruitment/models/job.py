from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Penned


class Job(Penned):
    """Something to be done in the background by `manage.py work`: once, after `due_at`, each key at most once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        RUNNING = "running", _("Đang chạy")
        DONE = "done", _("Đã xong")
        FAILED = "failed", _("Không xong")

    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=80, unique=True)
    args = models.JSONField(default=dict)
    due_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)


class Digest(Penned):
    """An account wants its day's counts by e-mail: numbers alone, never a name."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest")
    email = models.EmailField(_("Địa chỉ thư"), max_length=160)
    running = models.BooleanField(_("Đang gửi"), default=True)
