"""The deeds on the texts of forms: put right from a day on, and taken back. Nothing is overwritten: each is a row of its
own, and the files of the program stay as they came."""

import unicodedata

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import Overtaken

from ..models import FormText
from ..rulebook.deeds import Refused
from . import catalogue
from .template import Unreadable, parse

# What others rely on: which form it is, the day it is dated by, one a record or one a candidacy, whose layout.
_KEPT = ("form", "on", "each", "layout")
LONGEST = 20_000


def put_right(snapshot, form, *, text, citation, since, by, stamp=None):
    """Keep a text of a form, for papers dated `since` or later (inclusive). Returns the FormText.

    text: the whole file, as `template` reads it. citation: where the right text was seen. stamp: of the text the page
    showed last for this form (0: none), None not asked.
    Raises Refused with every fault at once, a wrong line by its number; Overtaken; KeyError for no such form. Cost: one
    query and the pen's.
    """
    row = _row(form, text, citation, since)
    with journal.pen(by, "form-text-put", about=f"form:{form}"):
        last = last_of(form)
        if stamp is not None and (last.stamp if last else 0) != stamp:
            raise Overtaken(last)
        if faults := _faults(snapshot, row, last):
            raise Refused(*faults)
        row.save()
    return row


def judged(snapshot, form, *, text, citation, since):
    """The FormText that `put_right` would keep; nothing is written. Raises Refused. One query."""
    row = _row(form, text, citation, since)
    if faults := _faults(snapshot, row, last_of(form)):
        raise Refused(*faults)
    return row


def _row(form, text, citation, since):
    tidy = "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", text).splitlines()).strip() + "\n"
    return FormText(form=form, text=tidy, citation=citation or "", since=since)


def last_of(form):
    """The text of a form written last, taken back or not; None where the program's own stands alone. One query."""
    return FormText.objects.filter(form=form).order_by("-stamp", "-pk").first()


def _faults(snapshot, row, last):
    before = catalogue.delivered(row.form, row.since, snapshot.statute)
    faults = []
    if not row.citation.strip():
        faults.append(("citation", _("văn bản đã thấy lời văn này: số, ngày, nơi ban hành")))
    if len(row.text) > LONGEST:
        return [*faults, ("text", _("nhiều nhất 20.000 ký tự"))]
    try:
        template = parse(row.text)
        catalogue.ruled(template)
    except Unreadable as fault:
        return [*faults, ("text", str(fault))]
    faults += [
        ("text", _("mục “%(key)s” giữ nguyên là “%(value)s”") % {"key": key, "value": getattr(before, key)})
        for key in _KEPT
        if getattr(template, key) != getattr(before, key)
    ]
    stands = last is not None and last.taken_back_on is None
    if stands and (last.text, last.citation, last.since) == (row.text, row.citation, row.since):
        faults.append(("", _("ít nhất một thay đổi; lời văn, căn cứ và ngày đang như vậy rồi")))
    return faults


def take_back(row, *, by):
    """A text no longer holds, from now on, for any paper; what was issued by it stays as issued. Raises Refused where it
    was taken back before."""
    with journal.pen(by, "form-text-take-back", about=f"form:{row.form}"):
        fresh = FormText.objects.get(pk=row.pk)
        if fresh.taken_back_on is not None:
            raise Refused(("", _("một lời văn còn dùng; lời văn này đã được rút lại trước")))
        fresh.taken_back_on = vietnamese.today()
        fresh.save()
    return fresh
