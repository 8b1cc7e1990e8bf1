"""What a cell's next meeting is to consider: one page of paper, who, which papers, how many votes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import vietnamese

from ..facts import NEVER
from ..models import Admission, Candidacy, Stage
from ..rules import eligibility, votes
from ..rules.papers import KINDS as PAPERS
from . import kinds
from .kinds import ADMISSIONS, CANDIDACIES
from .obstacles import facts_of
from .things import Things

# What stands on one sheet in large type.
MOST_ROWS, MOST_LACKS = 9, 3
# Before the cell's vote and before recognition: where nothing was recorded, these are the papers to bring.
_RECOGNITION = ("self_review", "mentor_remarks", "probation_opinions")


@dataclass(frozen=True)
class Row:
    """One matter of one person. papers: what is to be brought, or lacks; votes: how many are needed, "" for none."""

    name: str
    matter: str
    papers: str
    votes: str


class Meeting:
    """The matters of a meeting on a day in one committee, votes first. A fixed number of queries, whatever its size."""

    def __init__(self, access, snapshot, question, on):
        self.access, self.snapshot, self.question, self.on = access, snapshot, question, on
        self.things, self.moment = Things(access, snapshot, question), timezone.localtime()
        self.work = self.things.work

    @cached_property
    def matters(self):
        """[(kind of matter, table, index)] in the order of the sheet."""
        found = [("admit", CANDIDACIES, k) for k in self._to_admit]
        found += [("recognise", ADMISSIONS, k) for k in self._to_recognise]
        for kind in (
            kinds.RETURNED, kinds.NO_MENTOR, kinds.UNABLE, kinds.REVIEW, kinds.LAPSED, kinds.LAPSING, kinds.CEREMONY_DUE,
        ):  # fmt: skip
            found += [(kind, kinds.KINDS[kind].table, k) for k in self.things.of(kind)[0].tolist()]
        return found

    @property
    def count(self):
        return len(self.matters)

    @property
    def not_printed(self):
        return self.count - len(self.rows)

    @cached_property
    def _to_admit(self):
        """Dossiers being made that the cell has not voted on."""
        table = self.work.tables[CANDIDACIES]
        mask = table.considering & table.road.at(Stage.DOSSIER)
        return np.flatnonzero(mask & self.things.seen(CANDIDACIES)).tolist()

    @cached_property
    def _to_recognise(self):
        """Whose 12 months are over by then; the resolution must bear a later day."""
        ends = self.work.tables[ADMISSIONS].ends
        mask = (ends < self.on.toordinal()) & (ends != NEVER)
        mask &= ~self.work.recommended
        return np.flatnonzero(mask & self.things.seen(ADMISSIONS)).tolist()

    @cached_property
    def rows(self):
        """[Row], at most MOST_ROWS."""
        found = []
        for matter, table, k in self.matters[:MOST_ROWS]:
            record = self._records[table].get(k)
            if record is not None:
                found.append(self._row(matter, record))
        return found

    def _row(self, matter, record):
        name = record.person.full_name
        if matter == "admit":
            papers = self._missing(record.pk, "cell_vote")
            return Row(name, _("Xét đề nghị kết nạp"), papers, self._votes(record.cell_id, "cell_vote"))
        if matter == "recognise":
            papers = self._missing(record.candidacy_id, "recognition_vote")
            cell = record.candidacy.cell_id if record.candidacy else record.cell_id
            return Row(name, _("Xét công nhận chính thức"), papers, self._votes(cell, "recognition_vote"))
        told = {
            kinds.RETURNED: (_("Bổ sung hồ sơ bị trả lại"), _("Giấy tờ cấp trên yêu cầu")),
            kinds.NO_MENTOR: (_("Phân công đảng viên giúp đỡ"), _("Nghị quyết phân công")),
            kinds.UNABLE: (_("Phân công người giúp đỡ khác"), _("Nghị quyết phân công")),
            kinds.REVIEW: (_("Nghe nhận xét của người giúp đỡ"), _("Nhận xét định kỳ")),
            kinds.LAPSED: (_("Cử đi học lại lớp nhận thức"), _("Danh sách đề nghị học")),
            kinds.LAPSING: (_("Cử đi học lại lớp nhận thức"), _("Danh sách đề nghị học")),
            kinds.CEREMONY_DUE: (_("Chuẩn bị lễ kết nạp"), _("Quyết định kết nạp")),
        }
        return Row(name, *told[matter], "")

    def _missing(self, candidacy, step):
        """What lacks for a vote on that day, as the rules foresee it; the papers of the step where no road is kept."""
        facts = self._facts.get(candidacy)
        if facts is None:
            return "; ".join(_form(code) for code in _RECOGNITION)
        against = eligibility.foreseen(facts, step, self.on, self.snapshot.book)
        told = [
            _form(one.paper) if one.verdict == "need" and one.paper != step else one.said.rstrip(".")
            for one in against
            if one.forbids
        ]
        if not told:
            return _("Đủ giấy tờ")
        told = list(dict.fromkeys(told))
        rest = len(told) - MOST_LACKS
        lacks = _("Còn thiếu: %s") % "; ".join(told[:MOST_LACKS])
        return lacks + (_("; và %s điều nữa") % rest if rest > 0 else "")

    def _votes(self, cell, step):
        """How many in favour it takes, of the official members the latest headcount of the cell tells of."""
        counts = [row for row in self.snapshot.small.headcounts.get(cell, ()) if row.day <= self.on]
        rules = self.snapshot.statute.on(self.on)
        if not counts:
            return _("%s đảng viên chính thức") % rules["cell_vote"].value
        official = counts[-1].members - (counts[-1].probationary or 0)
        try:
            needed = votes.needed(step, official, rules)
        except votes.TooFew:
            return _("Chi bộ có %s đảng viên chính thức, chưa đủ để xét") % vietnamese.number(official)
        told = {"needed": vietnamese.number(needed), "all": vietnamese.number(official)}
        return _("%(needed)s trên %(all)s") % told

    @cached_property
    def _facts(self):
        """{candidacy: Facts} of those who are voted on."""
        asked = set()
        for matter, table, k in self.matters[:MOST_ROWS]:
            record = self._records[table].get(k)
            if matter == "admit" and record:
                asked.add(record.pk)
            elif matter == "recognise" and record and record.candidacy_id:
                asked.add(record.candidacy_id)
        return facts_of(sorted(asked), self.snapshot.structure, self.on) if asked else {}

    @cached_property
    def _records(self):
        """{table: {index: record with its person}}. Two queries."""
        sources = {
            CANDIDACIES: Candidacy.objects.select_related("person"),
            ADMISSIONS: Admission.objects.select_related("person", "candidacy"),
        }
        found = {}
        for name, source in sources.items():
            indexes = {k for _matter, table, k in self.matters[:MOST_ROWS] if table == name}
            found[name] = self.things.read(source, name, indexes)
        return found

    @property
    def message(self):
        """The agenda in a few lines to pass on: counts and no name."""
        place = {"name": self.question.name, "day": vietnamese.day(self.on)}
        told = {}
        for matter, _table, _k in self.matters:
            told[matter] = told.get(matter, 0) + 1
        words = {"admit": _("Xét đề nghị kết nạp"), "recognise": _("Xét công nhận chính thức")}
        lines = [_("%(name)s, họp dự kiến ngày %(day)s:") % place]
        for matter, n in told.items():
            label = words.get(matter) or kinds.KINDS[matter].label
            lines.append(f"- {label}: {vietnamese.number(n)}")
        return "\n".join(lines if told else [*lines, _("Không có việc nào phải đưa ra họp.")])


def _form(code):
    """A paper as the cell calls it: the number of its form, where it has one."""
    return PAPERS[code].form or str(PAPERS[code].label)
