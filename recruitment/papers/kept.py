"""What a Word file somebody corrected must still say of the paper it is: whom it is about, its number, its day. Pure."""

import re

from django.utils.translation import gettext as _

from committees.vietnamese import day

from ..sheets.document import Sides
from ..sheets.word_in import says
from .filling import long_day

# Lines a hand may have put into the head of the draft.
_ADDED = 2


def lost(prepared, text):
    """[words] of what the text of a corrected file no longer says, [] where all of it stands: the name and nothing that makes
    it another's, the day of birth where the draft tells it, number and day where its head bears them. text: a paragraph a
    line, without the note of a correction."""
    person, number, on = prepared.candidacy.person, prepared.number, prepared.on
    lines, head = [line for line in text.split("\n") if line], _head(prepared.document)
    found = _of_name(person.full_name, text, "\n".join(prepared.document.texts()))
    if born := prepared.said.get("person.born"):
        found += _missing(_("ngày sinh %s") % born, [born, long_day(person.born)], lines)
    found += _missing(_("ngày %s") % day(on), [day(on), long_day(on)], lines, head)
    if number:
        found += _missing(_("số %s") % number, [f"số {number}", f"số: {number}"], lines, head)
    return found


def _of_name(name, text, draft):
    if not says(text, name):
        return [_("họ tên “%s”") % name]
    if more := _longer(name, text) - _longer(name, draft):
        words = _("họ tên “%(name)s” mà không có chữ viết hoa nối liền sau (“%(more)s”)")
        return [words % {"name": name, "more": "”, “".join(sorted(more))}]
    return []


def _longer(name, text):
    """{word} in capitals at its head that follow the name with nothing but a space between: the name of somebody else."""
    follow = re.findall(rf"(?<!\w){re.escape(name)} (\w+)", text, re.IGNORECASE)
    return {word for word in follow if word[0].isupper()}


def _head(document):
    """The lines at the head of the draft, those at the left, then those at the right."""
    first = document.blocks[0]
    both = (*first.left, *first.right) if isinstance(first, Sides) else ()
    return [one.text for one in both if one.text.strip()]


def _missing(words, forms, lines, head=()):
    """[words] where none of the forms stands in the lines; in those at the head where the draft's head has one."""
    if any(says("\n".join(head), one) for one in forms):
        lines, words = lines[: len(head) + _ADDED], _("%s ở phần đầu") % words
    return [] if any(says("\n".join(lines), one) for one in forms) else [words]
