"""The page on which a meeting's decisions are entered at once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from committees import journal
from committees.access import RECORD
from committees.models import Kind
from committees.vietnamese import day, number

from .. import columns
from ..models import Candidacy
from ..numbering import telling
from ..quotas.listing import where
from ..quotas.question import ask
from . import decision_batch, rights
from .decision_batch import MODES
from .decision_forms import Batch, begun, kept, meeting_day
from .decision_numbers import Givers
from .lists import Names
from .queue_pages import Row, Waiting
from .things import way

# Lines on one page: the longest waiting. A unit's own page shows the rest.
LINES = 100
# The form that comes of a batch.
ISSUED = {"decide": "9-knd", "recognise": "16-knd"}
# Numbers of a batch about which something is told one by one.
TOLD = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision_batch_new(request):
    """Tick dossiers, type a day and their numbers, save all or nothing. `?mode=` is one of decision_batch.MODES, `?line=`
    ticks dossiers beforehand. Journalled as a list of people."""
    access, asked = request.access, request.GET
    mode = MODES.get(asked.get("mode", "decide"))
    if mode is None:
        raise Http404
    committee = where(access, RECORD, asked.get("committee"))
    if access.tree.kind(access.tree.of(committee.pk)) in Kind.cells():
        rights.require(access, mode.kind, committee.pk)
    snapshot = columns.current()
    question, _progress = ask(snapshot, committee.code, on=access.today)
    waiting = Waiting(access, snapshot, question, mode.queue)
    posted, ticked = (_numbers(said.getlist("line")) for said in (request.POST, asked))
    rows = _rows(waiting, mode, posted)
    data = request.POST if request.method == "POST" else None
    begin = begun(asked)
    reserved = _reserved(
        mode, rows, Givers(snapshot, committee, meeting_day(data or begin)), data or {}, ticked
    )
    batch = Batch(mode, rows, data, initial=begin, sent=posted, chosen=ticked, reserved=reserved)
    if data is not None and batch.is_valid():
        on, members, lines, confirmed = batch.asked()
        try:
            made = decision_batch.write(
                mode, lines, on=on, members=members, confirmed=confirmed, access=access, snapshot=snapshot,
                committee=committee, by=request.user,
            )  # fmt: skip
        except decision_batch.Unwritten as unwritten:
            if journal.sent_before(request.user) is not None:
                messages.success(request, _("Đã ghi. Trang được gửi hai lần, lần thứ hai không ghi thêm gì."))
                return redirect(_address(mode, committee, **kept(on, members)))
            batch.refuse(unwritten, decision_batch.standing_now)
        else:
            messages.success(request, _done(mode, committee, lines, on))
            _tell_numbers(request, mode, snapshot.structure, lines, on, made)
            return redirect(_address(mode, committee, **kept(on, members)))
    journal.read_entry(
        request.user, "list", about=f"queue:{mode.queue}", committee=committee, count=len(rows)
    )
    context = {
        "batch": batch, "mode": mode, "question": question, "waiting": waiting, "all": waiting.count,
        "units": _units(waiting, mode) if waiting.count > LINES else (),
        "modes": [(other.title, _address(other, committee), other is mode) for other in MODES.values()],
    }  # fmt: skip
    return render(request, "recruitment/pipeline/decision_batch.html", context, status=batch.status)


def _tell_numbers(request, mode, structure, lines, on, made):
    """How numbers were written, where that is not as the committee that decides writes them: the first TOLD of them."""
    found = [
        words
        for line, admission in zip(lines, made, strict=True)
        for words in telling.told_of(
            structure, mode.kind, line.number, on, admission.cell_id, doubled=False, name=f"{mode.kind}_number",
            address=reverse("recruitment:admission-edit", args=[admission.pk]),
        )
    ]  # fmt: skip
    for words in found[:TOLD]:
        messages.warning(request, words)
    if len(found) > TOLD:
        more = _("Còn %s số nữa không đúng cách ghi, xem ở trang Số văn bản.") % number(len(found) - TOLD)
        messages.warning(request, more)


def _done(mode, committee, lines, on):
    """What was written, with the way to its papers where each has one."""
    said = mode.done % {"n": number(len(lines)), "on": day(on)}
    if mode.code not in ISSUED:
        return said
    picks = [line.candidacy.pk for line in lines]
    where = way("issuing", committee=committee.code, form=ISSUED[mode.code], line=picks)
    return format_html('{} <a href="{}">{}</a>', said, where, _("Phát hành, in các quyết định này"))


def _address(mode, committee, **said):
    return way("decision-batch", mode=mode.code, committee=committee.code, **said)


def _units(waiting, mode):
    """[(name, count, address of this page there)] of the units below."""
    return [
        (name, count, way("decision-batch", mode=mode.code, committee=code))
        for code, name, count in waiting.by_unit
    ]


def _reserved(mode, rows, givers, data, ticked):
    """What `Batch` takes as reserved: for the lines ticked before others."""
    if not mode.numbered:
        return (), 0
    first = [row.of.pk for row in rows if f"d{row.of.pk}-chosen" in data] or ticked
    return givers.offers([row.of for row in rows], first=first, pressed=data.get("reserved", ""))


def _numbers(texts):
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19]


def _rows(waiting, mode, posted):
    """Queue rows, each with its Candidacy as `of`: the longest waiting for whom the account may record the step, then
    those the page was sent with that wait no more. 404 for one it may not write. Four queries."""
    window = waiting.chosen.window(rows=LINES).records
    rows = {row.candidacy: row for row in waiting.rows(window) if row.candidacy is not None}
    gone = [pk for pk in posted if pk not in rows]
    found = Candidacy.objects.select_related("person", "cell").in_bulk([*rows, *gone])
    called = Names(waiting.snapshot, waiting.question.tree)
    for pk in gone:
        if pk not in found or not rights.may_record(waiting.access, mode.kind, found[pk].cell_id):
            raise Http404
        candidacy = found[pk]
        cell = called.of(candidacy, waiting.question.on)
        rows[pk] = Row(candidacy, candidacy.person, cell)
    for pk, row in rows.items():
        row.of = found[pk]
    return [row for row in rows.values() if rights.may_record(waiting.access, mode.kind, row.of.cell_id)]
