"""The completeness of a period as a file."""

from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee

from ..reports.exports import Export


def listed(page):
    """The Export of a PeriodPage: its units in the order of the tree, of every state or of the one asked for."""
    lines = sorted(page.shown, key=lambda line: line.duty.position)
    headings = [
        _("Mã tổ chức"), _("Đơn vị"), _("Tình trạng"), _("Hạn nộp"), _("Nộp ngày"), _("Người nộp"),
        _("Muộn (ngày)"), _("Kiểm tra ngày"), _("Người kiểm tra"), _("Lý do trả lại"),
    ]  # fmt: skip
    said = {"period": str(page.period.pk), "state": page.state}
    return Export(
        name="completeness",
        title=page.period.name,
        headings=headings,
        rows=[_row(line) for line in lines],
        count=len(lines),
        conditions=[str(page.chosen.words)] if page.chosen else [],
        said={name: value for name, value in said.items() if value},
        committee=Committee(id=page.here.pk, code=page.here.code),
        place=page.here.name,
        on=page.today,
    )


def _row(line):
    sent = line.latest
    told = ["" if line.away else line.duty.code, line.duty.name, str(line.state.words), line.due_on]
    if sent is None:
        return [*told, *[None] * 6]
    return [
        *told,
        timezone.localdate(sent.sent_at),
        str(sent.sent_by) if sent.sent_by else "",
        line.duty.days_late,
        sent.judged_at and timezone.localdate(sent.judged_at),
        str(sent.judged_by) if sent.judged_by else "",
        sent.reason,
    ]
