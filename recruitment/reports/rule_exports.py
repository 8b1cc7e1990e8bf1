"""Exports of the rule book: one set as it judges a day, the working-day calendar of a year, committees' own criteria;
the rows of their pages, by the same right."""

from django.http import Http404
from django.utils.translation import gettext as _

from committees.access import TREE

from .. import columns
from ..models import Holiday
from ..rulebook import criteria, pages, values
from ..rulebook.forms import DayAsked, YearForm
from .exports import Export, Unanswered, home


def _confirmed(mark):
    return "" if mark == "S" else _("cần xác nhận")


def rules(access, params):
    """One set (`set`: its code), as it stands on the day asked."""
    access.self_service()
    form = DayAsked(params if params.get("on") else None)
    try:
        page = pages.SetPage(columns.current().statute, params.get("set", ""), on=form.day() or access.today)
    except KeyError:
        raise Http404 from None
    if form.errors:
        raise Unanswered
    rows = (
        [rule.title, values.say(rule), rule.citation, _confirmed(rule.mark), rule.document]
        for rule in page.rules.values()
    )
    headings = [_("Quy tắc"), _("Giá trị"), _("Căn cứ"), _("Mức tin cậy"), _("Văn bản sửa")]
    return Export(
        name="rules", title=page.as_begun.name, headings=headings, rows=rows, count=len(page.rules), conditions=[],
        said={"set": page.as_begun.code}, on=page.on,
    )  # fmt: skip


def holidays(access, params):
    """The days off and the days worked of a year."""
    access.self_service()
    form = YearForm(params if params.get("year") else None)
    year = form.cleaned_data["year"] if form.is_valid() else access.today.year
    if form.errors:
        raise Unanswered
    found = Holiday.objects.filter(day__year=year).order_by("day")
    rows = ([row.day, row.get_what_display(), row.name, row.document, _confirmed(row.mark)] for row in found)
    headings = [_("Ngày"), _("Nghỉ hay làm"), _("Tên"), _("Văn bản"), _("Mức tin cậy")]
    return Export(
        name="holidays", title=_("Lịch ngày làm việc năm %d") % year, headings=headings, rows=rows,
        count=found.count(), conditions=[], said={"year": year},
    )  # fmt: skip


def asked(access, params):
    """What the reader's committees ask beyond the rules."""
    found = criteria.seen(access)
    rows = (
        [row.text, access.tree.name(access.tree.of(row.committee_id)), row.since, row.until, row.document]
        for row in found
    )
    headings = [_("Tiêu chí"), _("Của"), _("Từ ngày"), _("Thôi từ ngày"), _("Số văn bản")]
    return Export(
        name="criteria", title=_("Tiêu chí của cấp ủy"), headings=headings, rows=rows, count=len(found),
        conditions=[], said={}, committee=home(access, TREE),
    )  # fmt: skip
