"""By which document an act was done: told by the reorganisations that are kept, and by the journal's entries of those
done before these were."""

import json
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext as _

from . import access as door
from . import vietnamese
from .models import Entry, Reorganisation


@dataclass(frozen=True)
class Paper:
    """An act (its word in `acts`) and what names its decision; `record`: (id, name, committee id) of the reorganisation it
    belongs to."""

    what: str
    words: str
    record: tuple | None = None

    def shown_to(self, access):
        """The same for a page: without the word, and the reorganisation only where its page opens for the account."""
        if self.record is None or not access.may(door.STRUCTURE, self.record[2]):
            return replace(self, what="", record=None)
        return replace(self, what="", words=self.words or _("Sắp xếp tổ chức"))


def papers(stamps, days):
    """{(day, code): [Paper]} of the acts that wrote rows of these stamps or took effect on these days. One query, and one
    where a row was written by none of the reorganisations kept."""
    stamps = {stamp for stamp in stamps if stamp}
    if not stamps and not days:
        return {}
    found, told = {}, set()
    records = Reorganisation.objects.filter(state=Reorganisation.State.APPLIED)
    for one in records.filter(Q(kept__stamp__in=sorted(stamps)) | Q(day__in=days)).order_by("day", "pk"):
        told.add(one.kept.get("stamp"))
        _read(one.acts, found, (one.pk, one.name, one.committee_id), one.document)
    if older := stamps - told:
        entries = Entry.objects.filter(chain=Entry.WRITES, number__in=older, deed="reorganise")
        for payload in entries.order_by("number").values_list("payload", flat=True):
            _read(json.loads(payload or "{}").get("acts", []), found)
    return found


def _read(acts, found, record=None, document=""):
    for act in acts:
        try:
            day = vietnamese.parse_day(act.get("Ngày", ""))
        except ValueError:  # an erased or foreign entry
            continue
        paper = Paper(act.get("Việc", ""), str(act.get("Số quyết định") or document), record)
        found.setdefault((day, act.get("Mã tổ chức")), []).append(paper)
