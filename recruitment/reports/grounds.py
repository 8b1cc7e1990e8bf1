"""Exports of the lists of the ground (tree, journal, accounts) and of the published figures: the rows of their pages,
by the same right."""

from django.utils.translation import gettext as _

from committees import access as door
from committees import deeds
from committees.browse import Browser
from committees.filters import JournalFilter, readable
from committees.finding import find
from committees.forms import AccountForm, TreeForm
from committees.models import Entry, Kind
from committees.roster import Roster

from .. import columns
from ..figures.board import board
from .exports import Export, Unanswered, home


def _said(params):
    return {name: value for name, value in params.items() if value and name not in {"page", "before"}}


def tree(access, params):
    """Committees of one level of the tree, or those of a kind or that match some words, as they stood on a day."""
    access.require(door.TREE)
    form = TreeForm(params)
    day, words, kind, code = form.asked()
    if form.errors:
        raise Unanswered
    browser, committee, here = Browser(access, day), home(access, door.TREE), -1
    if code:
        committee = access.committee(code, door.TREE)
        here = browser.find(committee.code)
    found = find(browser, words=words, kind=kind, here=here)
    members = browser.members(found.indexes)

    def rows():
        for i in found.indexes:
            node, counted, once = browser.node(i, heir=True, path=True), members.get(i), found.once.get(i)
            above = node.path[-1].name if node.path else ""
            heir = node.heir.name if node.heir else ""
            yield [
                node.name, node.code, node.kind, node.type, above, node.since, node.last, node.children,
                counted.number if counted else None, counted.day if counted else None, once.name if once else "", heir,
            ]  # fmt: skip

    headings = [
        _("Tổ chức đảng"), _("Mã tổ chức"), _("Loại"), _("Loại hình"), _("Thuộc"), _("Từ ngày"), _("Ngày cuối cùng"),
        _("Số tổ chức trực thuộc"), _("Số đảng viên"), _("Đếm ngày"), _("Tên trước đây"), _("Kế thừa"),
    ]  # fmt: skip
    conditions = [f"“{words}”"] if words else []
    conditions += [str(Kind(kind).label)] if kind else []
    return Export(
        name="tree", title=_("Tổ chức đảng"), headings=headings, rows=rows(), count=len(found),
        conditions=conditions, said=_said(params), committee=committee,
        place=browser.node(here).name if code else "", on=day,
    )  # fmt: skip


def journal(access, params):
    """Entries of both chains within reach, newest first."""
    access.require(door.JOURNAL)
    chosen = JournalFilter(params, readable(access), access=access)
    if not chosen.is_valid():
        raise Unanswered
    # Up to the last entry there is now: the export's own is not among its rows.
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    entries, structure = chosen.qs.filter(pk__lte=last), access.structure

    def called(pk):
        i = structure.index.get(pk)
        place = None if i is None else structure.last_place(i)
        return place.name if place else ""

    def rows():
        for entry in entries.select_related("actor").order_by("-pk").iterator(chunk_size=500):
            yield [
                entry.at, deeds.word(entry.deed),
                entry.actor.username if entry.actor_id else _("Người vận hành máy"),
                called(entry.committee_id), deeds.concerned(entry.about),
                _("Ghi") if entry.chain == Entry.WRITES else _("Xem"), entry.number,
            ]  # fmt: skip

    headings = [_("Lúc"), _("Việc"), _("Ai"), _("Ở đâu"), _("Về"), _("Chuỗi"), _("Bút ký")]
    return Export(
        name="journal", title=_("Nhật ký"), headings=headings, rows=rows(), count=entries.count(),
        conditions=[f"{chosen.form[name].label}: {value}" for name, value in _said(params).items() if name in chosen.form.fields],
        said=_said(params), committee=home(access, door.JOURNAL),
    )  # fmt: skip


def accounts(access, params):
    """Accounts within reach, one row a mandate."""
    access.require(door.ACCOUNTS)
    words = AccountForm(params).words()
    found = Roster(access).rows(words)

    def rows():
        for row in found:
            state = _("Đang dùng") if row.account.is_active else _("Đã khóa")
            who = [row.account.username, row.account.full_name, state]
            for held in row.mandates:
                yield [*who, str(held.role), held.name, held.code, held.since, held.last]
            if not row.mandates:
                yield [*who, "", "", "", None, None]

    headings = [
        _("Tên đăng nhập"), _("Họ và tên"), _("Tình trạng"), _("Vai trò"), _("Tổ chức đảng"), _("Mã tổ chức"),
        _("Từ ngày"), _("Ngày cuối cùng"),
    ]  # fmt: skip
    return Export(
        name="accounts", title=_("Tài khoản và phân quyền"), headings=headings, rows=rows(),
        count=sum(max(1, len(row.mandates)) for row in found), conditions=[f"“{words}”"] if words else [],
        said=_said(params), committee=home(access, door.ACCOUNTS),
    )  # fmt: skip


def claims(access, params):
    """Every published figure beside its recomputation. The page is open to all; a file only to who signed in, because
    every export is journalled under a name."""
    access.self_service()
    found = board(columns.current(), lambda code: False)
    lines = [(article, line) for article, lines in found.articles for line in lines]
    headings = [
        _("Mã"), _("Nguồn"), _("Nguyên văn"), _("Công bố"), _("Phép tính"), _("Số của ứng dụng"), _("Kết luận"),
        _("Ghi chú"),
    ]  # fmt: skip
    rows = (
        [
            line.claim.code, article.heading, line.claim.quote, line.claim.published, line.formula,
            line.ours.text if line.ours else "", str(line.tag.word), " ".join(filter(None, [line.hint, line.claim.note])),
        ]
        for article, line in lines
    )  # fmt: skip
    return Export(
        name="claims", title=_("Nguồn số liệu"), headings=headings, rows=rows, count=len(lines), conditions=[], said={},
    )  # fmt: skip
