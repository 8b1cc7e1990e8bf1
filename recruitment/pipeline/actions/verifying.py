"""The background check: whom it asks about, the letters it sends, and results; never what an answer says."""

from django.utils.translation import gettext as _

from committees import vietnamese
from committees.editing import unchanged
from committees.vietnamese import day as written

from ...models import Letter, Relative, Result
from ...rules import deadlines
from .base import Refused, change_row, deed_on, seen


def add_relative(candidacy, *, relation, full_name="", declared=False, by, stamp=None):
    """Somebody whose background is checked with the candidate's; declared: a party member who declared fully, so not
    checked again. Returns the Relative. Refused where the same one stands there; Overtaken."""
    with deed_on(candidacy, "relative-add", by):
        fresh = unchanged(candidacy, stamp)
        if fresh.relatives.filter(relation=relation, full_name=full_name or "").exists():
            raise Refused(_("Người này đã có trong danh sách thẩm tra."), field="full_name")
        relative = Relative(
            candidacy=fresh, relation=relation, full_name=full_name or "", declared=bool(declared)
        )
        relative.save()
        fresh.save()
    seen(candidacy, fresh)
    return relative


def settle_relative(relative, *, result, on, declared=None, by, stamp=None):
    """The result for one relative on a day ("" takes it back). stamp: of the candidacy. Refused for a day to come;
    Overtaken."""
    candidacy = relative.candidacy
    with deed_on(candidacy, "relative-settle", by):
        fresh = unchanged(candidacy, stamp)
        _result(result)
        if result:
            _day(on)
        relative = fresh.relatives.get(pk=relative.pk)
        change_row(
            relative, result=result, result_on=on if result else None,
            declared=relative.declared if declared is None else declared,
        )  # fmt: skip
        fresh.save()
    return relative


def drop_relative(relative, *, by, stamp=None):
    """Take a relative off the list, entered by mistake. Refused where a letter asks about them; Overtaken."""
    candidacy = relative.candidacy
    with deed_on(candidacy, "relative-drop", by):
        fresh = unchanged(candidacy, stamp)
        relative = fresh.relatives.get(pk=relative.pk)
        if relative.letters.exists():
            raise Refused(_("Đã có công văn hỏi về người này, không bỏ khỏi danh sách được."))
        relative.delete()
        fresh.save()
    return fresh


def ask_letter(
    candidacy, *, to, sent_on, number="", carried_by="", relative=None, due_on=None, snapshot, by, stamp=None
):
    """A letter of verification went out. due_on: where the answer takes longer than the rules say (abroad); else the
    term of the rules in force. Returns the Letter. Refused for a day to come or before the list, Overtaken."""
    with deed_on(candidacy, "letter-ask", by):
        fresh = unchanged(candidacy, stamp)
        _day(sent_on, "sent_on")
        if not to.strip():
            raise Refused(_("Ghi nơi gửi đến."), field="to")
        if relative is not None and relative.candidacy_id != fresh.pk:
            raise Refused(_("Chọn người trong danh sách thẩm tra của hồ sơ này."), field="relative")
        due = due_on or deadlines.answer_due_on(sent_on, snapshot.statute.on(sent_on), snapshot.calendar)
        if due < sent_on:
            raise Refused(_("Hạn trả lời trước ngày gửi %s.") % written(sent_on), field="due_on")
        letter = Letter(
            candidacy=fresh, relative=relative, to=to.strip(), number=number or "", sent_on=sent_on,
            carried_by=carried_by or "", due_on=due,
        )  # fmt: skip
        letter.save()
        fresh.save()
    seen(candidacy, fresh)
    return letter


def answer_letter(letter, *, on, result="", by, stamp=None):
    """The answer came on a day; its result is the relative's too, where the letter asks about one. on None: none came,
    the answer was recorded by mistake. stamp: of the candidacy. Returns the Letter. Refused before it was sent, for a
    day to come; Overtaken."""
    candidacy = letter.candidacy
    with deed_on(candidacy, "letter-answer", by):
        fresh = unchanged(candidacy, stamp)
        letter = fresh.letters.get(pk=letter.pk)
        _result(result)
        if on is not None:
            _day(on)
            if on < letter.sent_on:
                raise Refused(
                    _("Ngày %(on)s trước ngày gửi (%(sent)s).")
                    % {"on": written(on), "sent": written(letter.sent_on)},
                    field="on",
                )
        change_row(letter, answered_on=on, result=result if on else "")
        if letter.relative is not None and on is not None and result:
            change_row(letter.relative, result=result, result_on=on)
        fresh.save()
    return letter


def _day(on, field="on"):
    if on > vietnamese.today():
        raise Refused(_("Ngày %s chưa đến.") % written(on), field=field)


def _result(result):
    if result and result not in Result.values:
        raise Refused(_("Chọn kết quả."), field="result")
