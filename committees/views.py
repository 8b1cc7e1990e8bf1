"""The tree on any day, and the journal. Each view asks the door first; the rest knows no HTTP."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import access as door
from . import charting, deeds, history, journal
from .browse import Browser
from .entries import told
from .filters import JournalFilter, readable
from .finding import find, kinds_below
from .forms import ChartForm, TreeForm
from .models import Committee, Entry, Kind
from .picking import MOST_OFFERED, Choosable
from .tables import JournalTable, clock

LEVEL_ROWS = 50
ENTRY_ROWS = 50


@require_safe
def tree(request):
    """Committees within reach as they stood on a day: one level a page, or those of a kind or that match some words."""
    access = request.access
    access.require(door.TREE)
    form = TreeForm(request.GET)
    day, words, kind, code = form.asked()
    browser = Browser(access, day)
    node, here = None, -1
    if code:
        code = access.committee(code, door.TREE).code
        here = browser.find(code)
        [node] = browser.lines([here], heir=True, path=True)
    found, looking = find(browser, words=words, kind=kind, here=here), bool(words or kind)
    page = Paginator(found.indexes, LEVEL_ROWS).get_page(request.GET.get("page"))
    page.object_list = browser.lines(
        page.object_list, found.once, heir=looking, path=looking, folded=not looking
    )
    ended = browser.ended_under(here) if node and not looking else []
    context = {
        "form": form,
        "day": day,
        "today": access.today,
        "words": words,
        "kind": Kind(kind) if kind else None,
        "looking": looking,
        "node": node,
        "stands": here >= 0 and browser.tree.stands(here),
        "kinds": kinds_below(browser, here) if not looking else [],
        "line": history.line(browser, here, access) if node and not looking else [],
        "nodes": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "ended": [browser.node(i, heir=True) for i in ended[:LEVEL_ROWS]],
        "ended_count": len(ended),
        "arrange": bool(
            node
            and not looking
            and day == access.today
            and access.may(door.STRUCTURE, access.structure.ids[here])
        ),
    }
    return render(request, "committees/tree.html", context)


@require_safe
def chart(request):
    """The organisation chart of a committee as it stood on a day, to print; without a code, of the only one that is the
    highest within reach, else a choice of these."""
    access = request.access
    access.require(door.TREE)
    form = ChartForm(request.GET)
    day, levels, code = form.asked()
    browser = Browser(access, day)
    roots = [] if code else browser.roots()
    if code:
        here = browser.find(access.committee(code, door.TREE).code)
    else:
        here = roots[0] if len(roots) == 1 else -1
    drawn = charting.chart(browser, here, levels) if here >= 0 and browser.tree.stands(here) else None
    context = {
        "form": form,
        "day": day,
        "today": access.today,
        "levels": levels,
        "node": browser.node(here, path=True, heir=True) if here >= 0 else None,
        "chart": drawn,
        "roots": [browser.node(i) for i in roots[:LEVEL_ROWS]] if here < 0 else [],
    }
    return render(request, "committees/chart.html", context)


@require_safe
def suggest(request):
    """Options for a CommitteeField, while one types: committees within reach of the right the field asks for."""
    right = request.GET.get("right", "")
    if right not in {door.PEOPLE, door.RECORD, door.OFFICE, door.TARGETS, door.STRUCTURE, door.ACCOUNTS}:
        right = door.TREE
    request.access.require(right)
    kinds = Kind.cells() if request.GET.get("cells") == "1" else None
    choosable = Choosable(request.access, right, kinds, ended=request.GET.get("ended") == "1")
    words = request.GET.get(request.htmx.trigger_name or "q", "")
    found = choosable.find(words)[:MOST_OFFERED] if words.strip() else []
    labels = [choosable.label(i) for i in found]
    return render(request, "committees/_options.html", {"labels": labels})


def _named(access):
    """committee id -> its name on today's tree, for lists of entries that are already cut to the reach."""

    def named(committee_id):
        i = access.structure.index.get(committee_id)
        place = None if i is None else access.structure.last_place(i)
        return f"#{committee_id}" if place is None else place.name

    return named


@require_safe
def journal_list(request):
    """Entries of both chains within reach, newest first; each page continues after the last entry of the one before."""
    access = request.access
    access.require(door.JOURNAL)
    chosen = JournalFilter(request.GET, readable(access), access=access)
    entries = chosen.qs if chosen.is_valid() else chosen.qs.none()
    before = request.GET.get("before", "")
    if before.isdecimal():
        entries = entries.filter(pk__lt=int(before[:18]))
    rows = list(entries.select_related("actor").order_by("-pk")[: ENTRY_ROWS + 1])
    older = rows[ENTRY_ROWS - 1].pk if len(rows) > ENTRY_ROWS else None
    query = request.GET.copy()
    query["before"] = older
    context = {
        "filter": chosen,
        "table": JournalTable(rows[:ENTRY_ROWS], named=_named(access)),
        "older": query.urlencode() if older else "",
        "newest": not before,
        "heads": journal.heads() if access.may(door.JOURNAL, None) else {},
    }
    return render(request, "committees/journal.html", context)


@require_safe
def entry(request, chain, number):
    """One entry with old and new values. Those of people's records only for who may see people there; that such
    values were shown is itself an entry of the reads chain."""
    access = request.access
    access.require(door.JOURNAL)
    found = get_object_or_404(readable(access).select_related("actor"), chain=chain, number=number)
    people = access.may(door.PEOPLE, found.committee_id)
    lines = told(found, people)
    if any(line.personal and line.values for line in lines):
        # By id: an undone load took its committees away again, their entries stay.
        where = Committee(pk=found.committee_id) if found.committee_id else None
        journal.read_entry(request.user, "journal-read", about=f"journal:{chain}:{number}", committee=where)
    context = {
        "entry": found,
        "at": clock(found.at),
        "doer": deeds.doer(found),
        "deed": deeds.word(found.deed),
        "about": deeds.concerned(found.about),
        "where": _named(access)(found.committee_id) if found.committee_id else "",
        "lines": lines,
        "people": people,
        "writes": found.chain == Entry.WRITES,
    }
    return render(request, "committees/entry.html", context)
