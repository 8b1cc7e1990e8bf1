"""The day's counts by e-mail, for staff who ask for it: numbers and an address, never a name of a person or a committee.

Sent by `work` once a day and account, on working days from SEVEN o'clock on, and only where something is to be done.
What it counts is what the account's own desk shows that morning.
"""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from committees import access as door
from committees import journal, vietnamese
from committees.editing import unchanged

from . import columns
from .models import Digest, Job
from .pipeline.desk import Desk
from .quotas.question import ask

KIND = "digest"
SEVEN = timedelta(hours=7)  # after midnight in Vietnam


def set_digest(account, *, by, email, running, stamp=None):
    """The account wants its counts at that address (running), or no longer. Returns the Digest. Raises Overtaken."""
    with journal.pen(by, "digest-set", about="digest"):
        row = Digest.objects.filter(account=account).first()
        row = Digest(account=account) if row is None else unchanged(row, stamp)
        row.email, row.running = email, running
        row.save()
    return row


def due(now):
    """[Job] not yet saved: today's messages, from seven o'clock of a working day on. An account that asked for it after
    seven begins tomorrow. Two queries on such a morning; the snapshot's besides."""
    local = now.astimezone(vietnamese.ZONE)
    today = local.date()
    seven = vietnamese.midnight(today) + SEVEN
    if local < seven:
        return []
    rows = list(Digest.objects.filter(running=True, account__is_active=True))
    if not rows or not columns.current().calendar.works(today):
        return []
    asked = journal.entries_of(rows)
    return [
        Job(
            kind=KIND,
            key=f"{KIND}:{row.account_id}:{today}",
            due_at=seven,
            args={"digest": row.pk, "day": str(today)},
        )
        for row in rows
        if row.stamp not in asked or asked[row.stamp].at < seven
    ]


def send(job):
    """Send the message a Job stands for, if it is still wanted, still its day, and something is to be done."""
    row = Digest.objects.select_related("account").filter(pk=job.args["digest"]).first()
    today = vietnamese.today()
    if row is None or not row.running or not row.account.is_active or job.args["day"] != str(today):
        return
    if counts := standing(row.account):
        message(row.email, today, counts).send()


def standing(account):
    """[(what, how many)] of the account's desk today; nothing where it holds no mandate for one."""
    access = door.Access(account)
    spans = access.spans(door.OFFICE)
    if not spans:
        return []
    snapshot, told = columns.current(), {}
    for first, end in spans:
        p = first
        while p < end:  # several stand side by side where the mandate is the whole register's
            desk = Desk(access, snapshot, ask(snapshot, access.tree.code(p), on=access.today)[0])
            for _title, queues in [("", desk.lines), *desk.groups]:
                for queue in queues:
                    told[queue.label] = told.get(queue.label, 0) + queue.count
            p = int(access.tree.end[p])
    return list(told.items())


def message(email, day, counts):
    """The EmailMessage of a day's [(what, how many)]."""
    lines = [f"- {label}: {vietnamese.number(count)}" for label, count in counts]
    text = [
        _("Việc đang chờ anh chị sáng %s:") % vietnamese.day(day),
        "",
        *lines,
        "",
        _("Mở danh sách: %s") % (settings.SITE_URL + reverse("recruitment:desk")),
        "",
        _("Thư này chỉ có số lượng, không có họ tên. Thôi nhận thư: %s")
        % (settings.SITE_URL + reverse("recruitment:digest")),
    ]
    return EmailMessage(_("Việc trong ngày %s") % vietnamese.day(day), "\n".join(text) + "\n", to=[email])
