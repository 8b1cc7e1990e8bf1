"""Drafts of reorganisations: made, their acts put in, taken out and put in order, put away and brought back. Nothing of
structure is written here; `reorganise` does that.

A draft's acts are rows of the workbook `reorganisations` without day and number: those are the draft's own, one for all
(`rows_of`).
"""

from django.utils.translation import gettext as _

from . import journal, reorganise, vietnamese
from .access import STRUCTURE, Access
from .act_words import act_of
from .editing import unchanged
from .models import Committee, Reorganisation
from .tree import STRUCTURAL, structure

# What one package may hold: a province's reform has some hundreds, the country's some thousands.
MOST_ACTS = 5000
_AWAY = "away"


class Closed(ValueError):
    """The draft takes no more changes; the message says why, in Vietnamese."""


class Unseen(RuntimeError):
    """The structure was written after the dry run that was looked at."""


def about(record):
    return f"committees.reorganisation:{record.pk}"


def is_away(record):
    """Whether a draft was put away."""
    return bool(record.kept.get(_AWAY))


def rows_of(record):
    """The acts as the workbook has them, each with its day and decision: those of its own, else the draft's."""
    said = {"Ngày": vietnamese.day(record.day) if record.day else "", "Số quyết định": record.document}
    return [{**said, **row} for row in record.acts]


def _covering(committee, acts, by):
    """The committee to which a draft belongs: the lowest that is or stands above the one it belonged to and all that its
    acts name, so that nobody reads there of committees beyond their reach. Closed where who acts does not reach that one;
    as it was where the machine's operator acts and there is none. Read before the pen. Two queries beside those of the
    structure."""
    door = Access(by) if by is not None else None
    tree = door.tree if door else structure().at(vietnamese.today())
    index = tree.structure.by_code
    named = {row.get(heading) for row in acts for heading in ("Mã tổ chức", "Mã kế thừa", "Mã cấp trên mới")}
    where = {int(tree.position[index[code]]) for code in named & index.keys()} - {-1}
    p = tree.of(committee.pk) if committee is not None else -1
    while p >= 0 and where and not p <= min(where) <= max(where) < tree.end[p]:
        p = int(tree.up[p])
    if door is not None and committee is not None and (p < 0 or not door.may(STRUCTURE, tree.id(p))):
        raise Closed(
            _(
                "Các tổ chức này không cùng một cấp trên trong phạm vi của anh chị. Lập từng đợt, hoặc nhờ cấp trên chung lập."
            )
        )
    if p < 0:
        return committee
    return Committee(id=tree.id(p), code=tree.code(p))


def draft(*, by, committee, name, day, document="", documents=(), acts=()):
    """A new draft of a committee (None: of the whole register), or of the one above it that covers its acts. documents: as
    `Reorganisation.documents`."""
    committee = _covering(committee, acts, by)
    with journal.pen(by, "reorganisation-draft", committee=committee, name=name) as pen:
        made = Reorganisation(
            name=name, day=day, document=document, documents=list(documents), committee=committee,
            acts=_few(list(acts)),
        )  # fmt: skip
        made.save()
        pen.about = about(made)
    return made


def copy(record, *, by):
    """A new draft of the same acts: of what was undone, or of what shall be done elsewhere in the same way. Acts of one day
    take the draft's; where there are several days each keeps its own."""
    own = (
        {"Số quyết định"} if len({row.get("Ngày") for row in record.acts}) > 1 else {"Ngày", "Số quyết định"}
    )
    acts = [
        {heading: value for heading, value in row.items() if heading not in own} | {"Việc": act_of(row)}
        for row in record.acts
    ]
    return draft(
        by=by, committee=record.committee, name=(_("%s, bản sao") % record.name)[:200], day=record.day,
        document=record.document, documents=record.documents, acts=acts,
    )  # fmt: skip


def describe(record, *, by, stamp, name, day, document, documents):
    """Another name, day, decision, linked documents. Raises Overtaken if the draft was written since `stamp`, Closed."""
    with journal.pen(by, "reorganisation-change", about(record), committee=record.committee):
        fresh = open_draft(record, stamp)
        fresh.name, fresh.day, fresh.document, fresh.documents = name, day, document, list(documents)
        fresh.save()
    return fresh


def put(record, rows, *, by, stamp, instead=()):
    """Put acts into a draft: at its end, or in the stead of those at the indexes `instead` (where the first of them was).
    rows may be empty: then those are taken out. Raises Overtaken, Closed.

    Returns the draft as it stands: it belongs where its acts are covered. The journal keeps the acts that went and those
    that came.
    """
    belongs = _covering(record.committee, rows, by)
    with journal.pen(by, "reorganisation-change", about(record), committee=record.committee) as pen:
        fresh = open_draft(record, stamp)
        gone = sorted(set(instead))
        place = gone[0] if gone else len(fresh.acts)
        old = [fresh.acts[k] for k in gone]
        left = [row for k, row in enumerate(fresh.acts) if k not in set(gone)]
        fresh.acts = _few([*left[:place], *rows, *left[place:]])
        if fresh.committee_id == record.committee_id:
            fresh.committee = belongs
        fresh.save()
        pen.committee = fresh.committee  # what the acts name is told where they are covered
        pen.rows.clear()  # else every change would repeat the whole package
        pen.note(old=old, new=list(rows))
    return fresh


def move(record, index, to, *, by, stamp):
    """Give an act another place: both indexes from 0. Raises Overtaken, Closed."""
    with journal.pen(by, "reorganisation-change", about(record), committee=record.committee) as pen:
        fresh = open_draft(record, stamp)
        fresh.acts.insert(max(0, to), row := fresh.acts.pop(index))
        fresh.save()
        pen.rows.clear()
        pen.note(new=[row], places=[index + 1, to + 1])
    return fresh


def put_away(record, *, by):
    """Put a draft away; it can be brought back. A deleted row would make every process read its snapshot anew."""
    with journal.pen(by, "reorganisation-drop", about(record), committee=record.committee):
        fresh = open_draft(record, None)
        fresh.kept = {_AWAY: True}
        fresh.save()


def bring_back(record, *, by):
    """Bring back a draft that was put away."""
    with journal.pen(by, "reorganisation-restore", about(record), committee=record.committee):
        fresh = unchanged(record, None)
        if not is_away(fresh):
            raise Closed(_("Đợt này đang dùng, không cần lấy lại."))
        fresh.kept = {}
        fresh.save()


def open_draft(record, stamp):
    """The draft read anew under the pen. Raises Overtaken by its stamp, Closed where it is carried out or away."""
    fresh = unchanged(record, stamp)
    if fresh.state != Reorganisation.State.DRAFT:
        raise Closed(_("Đợt này đã thực hiện, không sửa được nữa."))
    if is_away(fresh):
        raise Closed(_("Đợt này đã cất. Lấy lại ở danh sách rồi sửa."))
    return fresh


def _few(acts):
    if len(acts) > MOST_ACTS:
        told = vietnamese.number(MOST_ACTS)
        raise Closed(_("Một đợt có nhiều nhất %s việc. Chia làm hai đợt, hoặc nhập từ tệp.") % told)
    return acts


def carry_out(record, planned, *, by, stamp, seen, told=()):
    """Do what a draft says: `reorganise.write` under this pen, on the draft of that stamp. planned: its dry run; seen: the
    number of the entry up to which the dry run that was looked at had read; told: what it said would move, kept beside
    what an undo needs. Raises Overtaken, Closed, Unseen, and reorganise.Refused."""
    if not record.document:
        raise Closed(_("Chưa ghi số quyết định. Sửa phần chung của đợt rồi thực hiện."))
    door = Access(by)
    door.spans(STRUCTURE)  # read before the pen: inside, the head does not yet tell of what is written
    with journal.pen(by, "reorganise", about(record), committee=record.committee) as pen:
        fresh = open_draft(record, stamp)
        if journal.written_since(seen, STRUCTURAL):
            raise Unseen
        reorganise.write(pen, planned, fresh, door)
        fresh.kept = fresh.kept | {"told": list(told)}
        fresh.save()
        pen.rows.clear()
    return fresh
