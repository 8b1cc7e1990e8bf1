"""The one small form of every paper of the road: recorded, put right, taken back. A refusal names its rules."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day, decimal, number, today

from .. import fields
from ..inputs import Day, Parsed
from ..models import Stage
from ..numbering import telling
from ..numbering.offers import next_for, offer
from ..rules import votes
from ..rules.papers import KINDS
from . import actions, paper_fields
from .deed_forms import OfCandidacy

# Fields of an admission as this form calls them.
NAMED = {"decided_on": "on", "ceremony_on": "on", "received_on": "on", "decision_number": "number"}


class PaperForm(OfCandidacy):
    """One paper recorded: its day, its number, what only it says. `actions` judges it."""

    button = _("Ghi vào hồ sơ")
    help = _(
        "Ghi đúng ngày trên giấy, kể cả khi ghi muộn. Sổ tự xét giấy này theo quy định có hiệu lực ngày ấy."
    )

    def __init__(self, data=None, *, row, kind, criteria=(), members=None, **options):
        self.kind, self.members, self.doubts, self.question = KINDS[kind], members, [], None
        self.made = None
        super().__init__(data, row=row, **options)
        self.fields |= self._asked(criteria)
        if "number" in self.fields:
            cell_id, structure = self.row.cell_id, self.snapshot.structure
            offer(self.fields["number"], next_for(structure, kind, cell_id, today()))

    def _asked(self, criteria):
        """The fields in the order of the paper."""
        kind = self.kind
        asked = {"on": Day(fields.past_day, label=_("Ngày"), required=True)}
        if kind.code not in paper_fields.UNNUMBERED:
            asked["number"] = Parsed(fields.text(40), label=_("Số văn bản"))
            asked["number"].widget.attrs["class"] = "w-code"
        if kind.code in paper_fields.ISSUED:
            asked["issuer"] = Parsed(fields.text(160), label=_("Nơi ban hành"))
        if kind.results:
            asked["result"] = paper_fields.result_field(kind)
        asked |= paper_fields.own_fields(kind, criteria)
        asked["approval"] = Parsed(
            fields.text(160), label=_("Văn bản của cấp trên cho phép"),
            help_text=_("Số, ngày, nơi ban hành. Chỉ ghi khi cấp trên đã đồng ý bằng văn bản."),
        )  # fmt: skip
        return asked

    @property
    def title(self):
        return self.kind.label

    @property
    def headline(self):
        return f"{self.kind.label}: {self.row.person.full_name}"

    def proposed(self, row):
        return {"stage": row.stage, "on": "", "members": self.members}

    def values_of(self, row):
        """The last paper of this kind: what another editor may have recorded meanwhile."""
        papers = [paper for paper in row.papers.all() if paper.kind == self.kind.code]
        last = max(papers, key=lambda paper: (paper.on, paper.pk), default=None)
        return {"stage": row.stage} | self._known(last)

    def _known(self, paper):
        """What a recorded paper says of the fields asked here."""
        found = values(paper) if paper else {}
        return {name: value for name, value in found.items() if name in getattr(self, "fields", found)}

    @property
    def asked(self):
        """What `actions.record` takes of what was typed."""
        typed = self.cleaned_data
        said = {name: paper_fields.stored(typed.get(name)) for name in self.kind.fields}
        return {
            "on": typed["on"],
            "number": typed.get("number") or "",
            "issuer": typed.get("issuer") or "",
            "result": typed.get("result") or "",
            "said": {name: value for name, value in said.items() if value not in (None, "")},
            "approval": typed.get("approval") or "",
        }

    def refuse(self, faults):
        """Say each fault of an admission at its field."""
        for name, message in faults.items():
            named = NAMED.get(name, name)
            self.add_error(named if named in self.fields else None, message)

    def ask(self, doubts):
        """Ask about what is unusual; what was confirmed before stays so."""
        self.doubts = [(doubt, doubt.key in self.confirmed) for doubt in doubts]

    @property
    def confirmed(self):
        """Keys of the doubts that were answered."""
        return self.data.getlist("confirmed") if hasattr(self.data, "getlist") else []

    @property
    def shown(self):
        """The fields to be seen: the approval where an objection leaves room for it."""
        hidden = () if self.asks_approval else ("approval",)
        return [field for field in self.visible_fields() if field.name not in hidden]

    @property
    def asks_approval(self):
        typed = self.data.get(self.add_prefix("approval"), "") or self.initial.get("approval")
        return bool(typed) or any(one.approvable for one in self.objections)

    def do(self, by):
        self.warnings = self._doubts()
        stamp, asked = self.cleaned_data["stamp"], self.asked
        if self.kind.stored == "admission":
            self._into_admission(by, stamp, asked)
        else:
            self.made = actions.record(
                self.row, self.kind.code, snapshot=self.snapshot, by=by, stamp=stamp, access=self.access,
                confirmed=self.confirmed, **asked,
            )  # fmt: skip
        return self.told

    def _doubts(self):
        """What is unusual, or to be looked at on the paper, and does not stand in the way."""
        found = actions.objections(self.row, self.kind.code, snapshot=self.snapshot, **self.asked)
        return [one for one in found if not one.forbids]

    def _into_admission(self, by, stamp, asked):
        told = {"snapshot": self.snapshot, "by": by, "stamp": stamp}
        on, approval = asked["on"], asked["approval"]
        if self.kind.code == "decision":
            self.made = actions.decide(
                self.row, decided_on=on, decision_number=asked["number"], access=self.access, approval=approval,
                confirmed=self.confirmed, **told,
            )  # fmt: skip
        elif self.kind.code == "received":
            actions.receive(self.row, on=on, **told)
        elif self.kind.code == "ceremony":
            actions.hold_ceremony(self.row, on=on, approval=approval, **told)
        else:
            self.made = actions.recognise(
                self.row, on=on, number=asked["number"], approval=approval, access=self.access,
                confirmed=self.confirmed, **told,
            )  # fmt: skip

    @property
    def told(self):
        """The sentence that says what was recorded; of a vote, how it ended."""
        typed = self.cleaned_data
        said = _("Đã ghi: %(what)s, %(on)s.") % {"what": self.kind.label, "on": day(typed["on"])}
        return f"{said} {self.vote}".strip()

    @property
    def of_number(self):
        """[sentence] about how the number was written, once the paper stands."""
        if self.made is None:
            return []
        said, code = self.asked, self.kind.code
        stored = self.kind.stored == "admission"
        return telling.told_of(
            self.snapshot.structure, code, said["number"], said["on"], self.row.cell_id, issuer=said["issuer"],
            address=reverse(f"recruitment:{'admission-edit' if stored else 'paper-correct'}", args=[self.made.pk]),
            name=f"{code}_number" if stored else "number", doubled=False,
        )  # fmt: skip

    @property
    def vote(self):
        """ "13/14 = 92,86 % …, cần từ 10", once the vote was judged; empty where nothing was voted."""
        typed, kind = self.cleaned_data, self.kind
        if not kind.is_vote:
            return ""
        entitled = votes.entitled(typed["members"], typed.get("away") or 0, typed.get("exempt") or 0)
        needed = votes.needed(kind.code, entitled, self.snapshot.statute.on(typed["on"]), typed["members"])
        told = _("%(yes)s/%(of)s = %(share)s %% %(whom)s, cần từ %(needed)s.") % {
            "yes": number(typed["in_favour"]),
            "of": number(entitled),
            "share": decimal(typed["in_favour"] * 100 / entitled, 2),
            "whom": _("tổng số đảng viên chính thức") if kind.code in votes.CELLS else _("tổng số đảng ủy viên"),
            "needed": number(needed),
        }  # fmt: skip
        return told if typed["in_favour"] >= needed else f"{told} {_('Không đủ để thông qua.')}"


class CorrectionForm(PaperForm):
    """A paper put right, with the reason; it is judged anew."""

    button = _("Lưu bản đã sửa")
    help = _("Giấy được xét lại như ghi lần đầu. Nhật ký giữ bản cũ và lý do sửa.")

    def __init__(self, data=None, *, paper, **options):
        self.paper = paper
        super().__init__(data, row=paper.candidacy, kind=paper.kind, **options)
        self.fields["reason_of_change"] = Parsed(fields.text(300), label=_("Lý do sửa"), required=True)

    @property
    def headline(self):
        return _("Sửa: %(what)s của %(name)s") % {
            "what": self.kind.label, "name": self.row.person.full_name,
        }  # fmt: skip

    def proposed(self, row):
        return {"stage": row.stage} | values(self.paper)

    def values_of(self, row):
        return {"stage": row.stage} | self._known(row.papers.filter(pk=self.paper.pk).first())

    def do(self, by):
        actions.correct(
            self.paper, reason=self.cleaned_data["reason_of_change"], snapshot=self.snapshot, by=by,
            stamp=self.cleaned_data["stamp"], access=self.access, confirmed=self.confirmed, **self.asked,
        )  # fmt: skip
        self.made = self.paper
        return f"{_('Đã sửa: %s.') % self.kind.label} {self.vote}".strip()


class TakeBackForm(OfCandidacy):
    """A paper recorded by mistake goes."""

    title, button = _("Rút lại giấy ghi nhầm"), _("Rút lại giấy này")
    help = _("Giấy ra khỏi hồ sơ, cùng bước mà chỉ giấy này dẫn đến. Nhật ký giữ lại cả hai.")
    reason = Parsed(fields.text(300), label=_("Lý do"), required=True)

    def __init__(self, data=None, *, paper, **options):
        self.paper = paper
        super().__init__(data, row=paper.candidacy, **options)

    @property
    def headline(self):
        return _("Rút lại: %(what)s ngày %(on)s") % {
            "what": KINDS[self.paper.kind].label, "on": day(self.paper.on),
        }  # fmt: skip

    def do(self, by):
        fresh = actions.take_back(
            self.paper, reason=self.cleaned_data["reason"], snapshot=self.snapshot, by=by,
            stamp=self.cleaned_data["stamp"],
        )  # fmt: skip
        return _("Đã rút lại. Hồ sơ đang ở bước “%s”.") % Stage(fresh.stage).label


def values(paper):
    """{field name: value as shown} of a recorded paper."""
    said = {name: paper_fields.shown(name, value) for name, value in paper.said.items()}
    return {
        "on": day(paper.on), "number": paper.number, "issuer": paper.issuer, "result": paper.result,
        "approval": paper.approval,
    } | said  # fmt: skip
