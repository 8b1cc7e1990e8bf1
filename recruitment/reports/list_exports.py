"""Exports of lists that stand on pages of their own: groups, why a figure differs, packages of reorganisation."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from committees.access import FIGURES, STRUCTURE
from committees.reorganisation_page import rows as told
from committees.reorganisation_page import within

from .. import columns
from ..quotas.group_pages import GroupsPage
from ..quotas.listing import CHUNK, where
from ..quotas.since_page import SincePage
from .exports import Export, Unanswered, home


def groups(access, params):
    """The groups that concern a committee, in words, with the year's count; what stands for it where it may not be told."""
    committee = where(access, FIGURES, params.get("committee"))
    page = GroupsPage(access, columns.current(), committee)
    rows = [
        [
            row.name, row.group.code, capfirst(row.sentence), row.said or row.count, row.group.ended_on,
            "; ".join(f"{plan.name} ({n})" for plan, n in row.plans),
        ]
        for row in page.rows
    ]  # fmt: skip
    headings = [
        _("Nhóm"), _("Mã nhóm"), _("Gồm những ai"), _("Kết nạp %d") % page.year, _("Thôi dùng từ"),
        _("Chỉ tiêu đang nêu nhóm"),
    ]  # fmt: skip
    return Export(
        name="groups", title=_("Nhóm"), headings=headings, rows=rows, count=len(rows), conditions=[], said={},
        committee=committee, place=page.question.name, on=page.question.on,
    )  # fmt: skip


def changes(access, params):
    """Every deed that made a figure another since a day, as the page tells them."""
    page = SincePage(access, params)
    if page.found is None:
        raise Unanswered
    rows = (
        [
            line.told.at if line.told else None, line.deed, line.person.full_name if line.person else "", line.count,
            str(line.words), line.effect, line.who,
        ]
        for line in page.every()
    )  # fmt: skip
    headings = [_("Lúc"), _("Việc"), _("Người"), _("Số người"), _("Thay đổi"), _("Số đổi"), _("Ai ghi")]
    return Export(
        name="changes", title=_("Ghi, sửa hoặc hủy sau một ngày"), headings=headings, rows=rows,
        count=page.page.paginator.count, conditions=[page.question.plan.name], said=page.said,
        committee=page.committee, place=page.name, on=page.question.on, view=page.view,
    )  # fmt: skip


def reorganisations(access, params):
    """Packages within reach, the newest first; those put away are left out."""
    access.require(STRUCTURE)
    records = list(within(access).filter(kept__away__isnull=True).defer("kept"))

    def rows():
        for at in range(0, len(records), CHUNK):
            for row in told(access, records[at : at + CHUNK]):
                one = row.record
                yield [
                    one.name, row.where, one.get_state_display(), one.document, one.day, row.count, row.writer, row.at,
                ]  # fmt: skip

    headings = [
        _("Đợt"), _("Tổ chức"), _("Trạng thái"), _("Số quyết định"), _("Ngày hiệu lực"), _("Số việc"), _("Ai ghi"),
        _("Lúc"),
    ]  # fmt: skip
    return Export(
        name="reorganisations", title=_("Sắp xếp tổ chức"), headings=headings, rows=rows(), count=len(records),
        conditions=[], said={}, committee=home(access, STRUCTURE),
    )  # fmt: skip
