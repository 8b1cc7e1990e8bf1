"""The deeds about a pair: merge them, say that they are two people, take that back. The only writers of Merge and Apart."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import journal
from committees.editing import Overtaken, unchanged
from committees.undoing import as_told

from ..models import Apart, Merge
from ..pipeline.actions import Refused, settle
from ..pipeline.admitting import structure_now
from .finding import apart, ordered
from .joining import join, of_a_person
from .sides import Side, above_all
from .widening import key, widened


class Widens(Refused):
    """Readers of one record would learn what they do not know, and nobody said that they may: `found` ([Widened])."""

    def __init__(self, found):
        self.found = found
        super().__init__(
            _("Gộp xong, có nơi biết thêm về người này. Xem rồi đánh dấu là nơi ấy được biết, hoặc thôi.")
        )


BEYOND = gettext_lazy("Một phần của hai hồ sơ này do nơi khác ghi. Cấp ủy chung của các nơi ấy gộp.")


def merge(access, snapshot, kept, gone, *, values, known="", stamp=None, other_stamp=None, by):
    """Make one record of two (Persons): what points at `gone` points at `kept`, which says `values` ({field: value} of
    choosing.FIELDS) from then on; the number it does not take stays with the record gone, whose address, name and number
    lead to the kept one. Returns the Merge.

    Whoever merges must be able to record persons wherever anything of the two lies; known: `widening.key` of what readers
    of only one of them may learn, who do not know it yet. stamp, other_stamp: the versions shown. Raises Refused (every reason),
    Widens, Overtaken; nothing is written then. One pen; about thirty queries and two for each row that moves.
    """
    with journal.pen(by, "people-merge", about=f"recruitment.person:{kept.pk}") as pen:
        one, other = Side.read(unchanged(kept, stamp)), Side.read(unchanged(gone, other_stamp))
        for side in (one, other):
            if side.person.merged_into_id is not None:
                raise Overtaken(side.person)
        pen.committee = above_all(access, one.cells | other.cells)
        if one.beyond(access) or other.beyond(access):
            raise Refused(str(BEYOND))
        joining = join(one, other, structure_now(snapshot), access.today)
        if reasons := [*_against(one, other, values), *joining.reasons]:
            raise Refused(*reasons)
        found = widened(access, one, other, values)
        if known != key(found) and found:
            raise Widens(found)
        if found:
            pen.note(known=[label for each in found for label in map(str, each.fields)])
        return _Writing(one.person, other.person).write(joining, values)


def _against(one, other, values):
    """What stands against it besides their rows."""
    if ordered(one.person.pk, other.person.pk) in apart():
        yield _("Hai hồ sơ này đã được đánh dấu không phải một người. Bỏ dấu ấy trước.")
    born = values["born"]
    if any(row.entered_on <= born for side in (one, other) for row in side.candidacies):
        yield _("Ngày sinh được chọn không trước ngày đưa vào nguồn. Xem lại.")


class _Writing:
    """Writes a merge and keeps what stood before. Under the pen."""

    def __init__(self, kept, gone):
        self.kept, self.gone = kept, gone
        self.was, self.made = {}, []

    def write(self, joining, values):
        dropped = [[row._meta.label_lower, as_told(row)] for row in reversed(joining.dropped)]
        for row, learnt in joining.filled:
            self._change(row, **learnt)
        for row in joining.dropped:
            row.delete()
        self._persons(values)
        for relation in of_a_person():
            rows = relation.model._base_manager.filter(**{relation.name: self.gone.pk}).order_by("pk")
            for row in rows:
                self._change(row, **{relation.attname: self.kept.pk})
        if joining.admitted is not None:
            self._link(*joining.admitted)
        merge = Merge(
            kept=self.kept, gone=self.gone, dropped=dropped, made=self.made,
            was=[[label, told] for (label, _pk), told in self.was.items()],
        )  # fmt: skip
        Merge.objects.bulk_create(
            [merge]
        )  # the rows' own entries tell what was: the journal keeps no second copy
        return merge

    def _keep(self, row):
        self.was.setdefault((row._meta.label_lower, row.pk), as_told(row))

    def _change(self, row, **values):
        self._keep(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    def _persons(self, values):
        """Numbers are unique: the record gone lets go of its own before the other takes it, and keeps the one not taken."""
        numbers = [row.citizen_id for row in (self.kept, self.gone)]
        values = values | {"citizen_id": values["citizen_id"] or None}
        left = next((number for number in numbers if number and number != values["citizen_id"]), None)
        self._keep(self.kept)
        self._change(self.gone, citizen_id=None, merged_into_id=self.kept.pk)
        self._change(self.kept, **values)
        if left:
            self._change(self.gone, citizen_id=left)

    def _link(self, admission, candidacy):
        """The dossier is the one that led to the admission: it goes as far as that says."""
        candidacy.refresh_from_db()
        admission.refresh_from_db()
        before = {step.pk: (step.stamp, as_told(step)) for step in candidacy.steps.all()}
        self._keep(candidacy)
        self._change(admission, candidacy_id=candidacy.pk)
        settle(candidacy)
        for step in candidacy.steps.all():
            if step.pk not in before:
                self.made.append([step._meta.label_lower, step.pk])
            elif step.stamp != before[step.pk][0]:
                self.was[step._meta.label_lower, step.pk] = before[step.pk][1]


def tell_apart(access, one, other, *, by):
    """Say that two records (Persons) are two people; said twice it stands once. Refused where they are one by now."""
    with journal.pen(by, "people-apart", about=f"recruitment.person:{one.pk}") as pen:
        sides = _both(access, one, other, pen)
        first, second = ordered(*(side.person.pk for side in sides))
        if (first, second) not in apart():
            Apart(one_id=first, other_id=second).save()


def take_back(access, one, other, *, by):
    """They may be one human being after all: the mark goes, also one that speaks of records merged into these since."""
    with journal.pen(by, "people-apart-undo", about=f"recruitment.person:{one.pk}") as pen:
        sides = _both(access, one, other, pen)
        wanted = ordered(*(side.person.pk for side in sides))
        for mark in Apart.objects.select_related("one", "other"):
            humans = (mark.one.merged_into_id or mark.one_id, mark.other.merged_into_id or mark.other_id)
            if ordered(*humans) == wanted:
                mark.delete()


def _both(access, one, other, pen):
    """Both Sides under the pen, which learns where they lie."""
    sides = [Side.read(unchanged(person, None)) for person in (one, other)]
    if any(side.person.merged_into_id for side in sides):
        raise Refused(_("Một trong hai hồ sơ vừa được gộp. Mở lại danh sách."))
    pen.committee = above_all(access, sides[0].cells | sides[1].cells)
    return sides
