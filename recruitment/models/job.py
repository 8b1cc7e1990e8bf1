from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Penned


class Job(Penned):
    """Something to be done in the background by `manage.py work`: once, after `due_at`, each key at most once.

    account: who asked for it and may see how it goes; None for what the program plans itself. done, total: how far it
    is, in units of its own, heard_at: when its worker last gave a sign of life; both written outside the pen, since they
    are no facts (`recruitment.background`). result: what came of it, as ids and counts, never a name.
    """

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
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="jobs"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)

    @property
    def ended(self):
        return self.state in {self.State.DONE, self.State.FAILED}


class PreparedFile(Penned):
    """A file made in the background for whoever asked, until it is fetched or a week old. Made by `bulk_create`, so that
    the journal keeps no copy."""

    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="file")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()


class Digest(Penned):
    """An account wants its day's counts by e-mail: numbers alone, never a name."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest")
    email = models.EmailField(_("Địa chỉ thư"), max_length=160)
    running = models.BooleanField(_("Đang gửi"), default=True)
