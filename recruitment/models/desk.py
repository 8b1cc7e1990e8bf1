"""What an account keeps for itself: lists as it likes to see them, and a workbook between its check and its loading."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Penned


class SavedList(Penned):
    """The address of a list with its conditions, order and columns, under a name of the account's own. Without a name:
    the columns the account last chose for that list."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_lists"
    )
    list = models.CharField(max_length=40)
    name = models.CharField(_("Tên bộ lọc"), max_length=60, blank=True)
    query = models.CharField(max_length=1000, blank=True)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["account", "list", "name"], name="saved_list_once")]


class Upload(Penned):
    """A workbook between its check and its loading, kept in the database so that any worker may go on with it. Made by
    `bulk_create`, so that the journal keeps no copy; deleted once loaded, dropped or a day old.

    choices: how the workbook is to be read, where its user said so (sheet, heading row, which column is which); edits:
    {row number: {heading: what was typed in place of the cell}} (`imports.edits`). job: the one that checks or loads it,
    if any did; checked: what the check of a long file found (`imports.stored`), and of what it was the check.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    made_at = models.DateTimeField()
    choices = models.JSONField(default=dict)
    edits = models.JSONField(default=dict)
    checked = models.JSONField(default=dict)
    job = models.ForeignKey("recruitment.Job", null=True, on_delete=models.SET_NULL, related_name="uploads")


class Layout(Penned):
    """How workbooks of a KIND that one committee sends were read last time; proposed when the same headings come again.

    signature: fingerprint of the headings as they stand in their columns; choices: as in `Upload.choices`, without the
    sender. It holds headings, and values only where one was given for a whole file.
    """

    committee = models.ForeignKey("committees.Committee", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    signature = models.CharField(max_length=64)
    choices = models.JSONField(default=dict)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["committee", "kind", "signature"], name="layout_once")]
