"""The page that tells why a figure shown on a day differs today: form, lines, addresses, the moment."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import deeds
from committees.access import FIGURES, JOURNAL, PEOPLE
from committees.forms import DayField

from .. import columns
from ..models import Admission, Certificate, Plan
from . import since_words, veil
from .former_structure import acted
from .forms import QuestionForm
from .links import Links
from .listing import where
from .past import past
from .place import crumbs, name_on
from .progress import REPORTED
from .question import ask, counting_column
from .since import EFFECT, since
from .targets import base_words, target_words
from .two_views import by_tree

LINES = 25
# Facts that one deed changed together stand in one line once there are so many.
TOGETHER = 6


class SinceForm(QuestionForm):
    """The question of a figure of everybody, and the day at whose end it was known."""

    since = DayField(label=gettext_lazy("Đã xem vào ngày"))

    def __init__(self, data, **about):
        super().__init__(data, **about)
        group = self.fields["group"]
        group.choices, group.widget = group.choices[:1], forms.HiddenInput()
        group.error_messages["invalid_choice"] = _("Trang này xem số chung của mọi nhóm. Bỏ nhóm để xem.")

    def clean_since(self):
        day = self.cleaned_data["since"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Ngày này chưa đến. Cần một ngày đã qua, là ngày đã xem con số."))
        return day


@dataclass(frozen=True)
class ShiftLine:
    """One deed's line. told: its entry, None where none says who; opens: whether the reader may open it; name: of the
    person, "" where it may not be told or nobody knows it any more; count: facts it stands for."""

    told: object
    opens: bool
    kind: str
    person: object
    words: str
    count: int

    @property
    def who(self):
        return deeds.doer(self.told) if self.told else "–"

    @property
    def deed(self):
        return deeds.word(self.told.deed) if self.told else _("Không rõ")

    @property
    def effect(self):
        return EFFECT[self.kind] * self.count


class SincePage:
    """`found` (a Since) is None where the address asked for what has no answer. 404, 403 as the door."""

    def __init__(self, access, params):
        self.access, self.params = access, params
        self.committee = where(access, FIGURES, params.get("committee"))
        self.snapshot = columns.current()
        self.people = access.may(PEOPLE, self.committee.pk)
        self.moment = timezone.localtime()
        about = {"snapshot": self.snapshot, "code": self.committee.code, "today": access.today}
        self.form = SinceForm(params, **about)
        self.found = self.form.answer(self._answer)

    def _answer(self, **asked):
        question, found = ask(self.snapshot, self.committee.code, **asked)
        yesterday = self.access.today - timedelta(days=1)
        self.since = self.form.cleaned_data["since"] or min(question.on, yesterday)
        known = past(self.snapshot, question.plan, since=self.since, tree_on=question.tree_on)
        return since(self.snapshot, known, question, found)

    @property
    def status(self):
        return 400 if self.form.errors else 200

    @property
    def question(self):
        return self.found.question

    @cached_property
    def name(self):
        if self.found:
            return self.found.found.name
        return name_on(self.snapshot, self.committee.code, self.access.today)

    @cached_property
    def crumbs(self):
        return crumbs(self.access, self.question.tree, self.question.position) if self.found else []

    @property
    def view(self):
        """Which of the two views it is."""
        return by_tree(self.question.on, self.question.tree_on)

    @cached_property
    def links(self):
        reported = self.found and self.found.found.basis == REPORTED
        return self.found and Links(self.question, people=self.people, reported=reported)

    @property
    def said(self):
        """{parameter: value} as asked: what the journal keeps."""
        told = {"plan": self.question.plan.code, "on": self.question.on, "since": self.since}
        return {name: str(value) for name, value in told.items()}

    # What it comes to -----------------------------------------------------------------------------------

    @property
    def sentence(self):
        return since_words.sentence(self.found.reconciliation, self.people)

    @property
    def terms(self):
        return since_words.terms(self.found.reconciliation, self.people)

    @property
    def same(self):
        """Whether nothing of the figure, nor of its target, is to be told."""
        before, after = self.found.former.node, self.found.found.node
        return self.found.reconciliation.same and before.target == after.target

    @property
    def untold(self):
        """Sentences: what of the past nobody can tell any more, with how much it is."""
        number, known = since_words.vietnamese.number, self.found.past
        if known.untold:
            yield _(
                "%s dòng đã bỏ hoặc sửa hàng loạt mà sổ không giữ nội dung cũ: không tính vào số khi ấy."
            ) % number(known.untold)
        if known.erased:
            yield _(
                "%s bút ký trong thời gian này đã xóa nội dung: thay đổi của chúng không dựng lại được."
            ) % number(known.erased)

    # What was done --------------------------------------------------------------------------------------

    @cached_property
    def page(self):
        """One page of the lines: of each fact to who may see persons; to others only deeds on many at once."""
        return Paginator(self._grouped, LINES).get_page(self.params.get("page"))

    @cached_property
    def _grouped(self):
        """[[Shift]] that stand in one line: of one deed and kind where they are many, else each its own."""
        of_deed = {}
        for shift in self.found.reconciliation.shifts:
            of_deed.setdefault((shift.told and shift.told.number, shift.kind), []).append(shift)
        lines = []
        for shifts in of_deed.values():
            if len(shifts) >= TOGETHER:
                lines.append(shifts)
            elif self.people:
                lines += [[shift] for shift in shifts]
        return lines

    @cached_property
    def lines(self):
        """[ShiftLine] of the page. One query for the persons."""
        return self._told(self.page)

    def every(self):
        """Each ShiftLine of all pages. A query a page."""
        pages = self.page.paginator
        for number in pages.page_range:
            yield from self._told(pages.page(number))

    def _told(self, page):
        rows = [shifts[0].pk for shifts in page if len(shifts) == 1 and shifts[0].row is not None]
        persons = {}
        if self.people and rows:
            model = Certificate if self.question.plan.counts == Plan.Counts.TRAINED else Admission
            found = model.objects.filter(pk__in=rows).select_related("person")
            # Who belongs elsewhere by now is nobody's here any more.
            persons = {row.pk: row.person for row in found if self.access.may(PEOPLE, row.cell_id)}
        return [self._line(shifts, persons) for shifts in page]

    def _line(self, shifts, persons):
        first = shifts[0]
        told, alone = first.told, len(shifts) == 1
        opens = bool(told) and told.committee_id is not None and self.access.may(JOURNAL, told.committee_id)
        words = self._words(first) if alone else self._bulk(told, len(shifts))
        return ShiftLine(
            told, opens, first.kind, persons.get(first.pk) if alone else None, words, len(shifts)
        )

    def _words(self, shift):
        return since_words.shift_words(shift, self._table, counting_column(self.question.plan), self._place)

    def _bulk(self, told, n):
        load = told and self.found.past.load(told)
        said = _("%s người") % since_words.vietnamese.number(n)
        return f"{said}; {_('tệp “%s”') % load.name}" if load else said

    @property
    def _table(self):
        trained = self.question.plan.counts == Plan.Counts.TRAINED
        return self.snapshot.certificates if trained else self.snapshot.admissions

    def _place(self, cell_id, day):
        """What a committee was called, to who may know of it."""
        if not self.access.may(FIGURES, cell_id):
            return _("nơi khác")
        structure = self.snapshot.structure
        return structure.name_on(structure.index[cell_id], day or self.question.on)

    # Unit by unit, and the target -----------------------------------------------------------------------

    @cached_property
    def units(self):
        """[(name, code, facts that changed, their net effect)] of the direct children; for figures alone small counts
        are merged and no effect is told."""
        tree, rows = self.question.tree, []
        for at, counts in self.found.units:
            name = tree.name(at) if at is not None else _("Ghi ngay tại đây, hoặc nay thuộc nơi khác")
            net = sum(EFFECT[kind] * n for kind, n in counts.items())
            rows.append((name, tree.code(at) if at is not None else "", sum(counts.values()), net))
        if self.people:
            return rows
        away = veil.hidden([n for _name, _code, n, _net in rows])
        shown = [(name, code, n, None) for k, (name, code, n, _net) in enumerate(rows) if k not in away]
        merged = sum(rows[k][2] for k in away)
        return [*shown, (_("Các đơn vị còn lại, gộp"), "", merged, None)] if merged else shown

    @cached_property
    def targets(self):
        """[(Told or None, words)] of the committee's targets under the plan that were entered since and hold by the day
        asked."""
        found, tree = [], self.question.tree
        bears = {
            pk: rows
            for pk, rows in self.snapshot.small.quotas.get((self.question.plan.pk, None), {}).items()
            if any(
                tree.position[i] == self.question.position for i in tree.bearers.of(tree.structure.index[pk])
            )
        }
        for pk, rows in bears.items():
            name = self._place(pk, self.question.on)
            for quota in rows:
                if quota.stamp > self.found.past.number and quota.effective_on <= self.found.found.day:
                    told = self.found.past.tellings.get(quota.stamp)
                    found.append((told, since_words.quota_words(quota, name)))
        return found

    @property
    def targets_said(self):
        """(the target then, the target now), as they count, in words."""
        return tuple(target_words(one.node.target) for one in (self.found.former, self.found.found))

    @property
    def around(self):
        """[(Told, words)] of what else moved the figure: the plan put right, organisations put under others."""
        plan, known = self.question.plan, self.found.past
        for told in known.tellings.values():
            if told.deed == "plan-change" and told.about == f"plan:{plan.code}":
                yield told, (told.said or {}).get("reason", "")
            elif acted(told) and known.restructured:
                yield told, ""

    @property
    def bases(self):
        """What a rate was taken of then and now, where that differs; None otherwise."""
        before, after = (base_words(one.node.target) for one in (self.found.former, self.found.found))
        return (before, after) if before != after and (before or after) else None
