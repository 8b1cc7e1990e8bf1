"""Putting somebody on a cell's list (đưa vào nguồn): who it is must be settled first, and under the pen, so that nobody
stands there twice however often and by however many a form is sent."""

from types import SimpleNamespace

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.access import PEOPLE
from committees.models import Kind, Placement
from committees.tree import read_structure

from ..models import Candidacy, Certificate, Course, Mentorship, Stage
from . import followed
from .actions import Refused, about, enter_many
from .matching import People, same_human
from .people import learn, meant


class AlreadyFollowed(Refused):
    """The cell follows this person; `candidacy` is how."""

    def __init__(self, candidacy):
        self.candidacy = candidacy
        since, born = vietnamese.day(candidacy.entered_on), vietnamese.day(candidacy.person.born)
        super().__init__(
            _("Chi bộ này đang theo dõi %(name)s, sinh %(born)s, từ %(since)s.")
            % {"name": candidacy.person.full_name, "born": born, "since": since}
        )


def enrol(
    access, *, cell, entered_on, person, same="", offered=(), mentor="", certified_on=None, certificate="", by
):
    """Enter a person on the list of `cell`. Returns the Candidacy.

    person: full_name, citizen_id and traits as typed; what the register lacks of a known person is added, what it says
    otherwise stays. same, offered: as `people.meant` takes them. mentor helps from the day entered on; certified_on: the class was finished by then.
    Raises WhoIsIt, AlreadyFollowed, Refused; nothing is written then. One pen; about fifteen queries.
    """
    with journal.pen(by, "candidacy-enter", committee=cell) as pen:
        standing = Placement.objects.standing_on(
            entered_on
        )  # under the pen: an act may have ended it meanwhile
        if not standing.filter(committee=cell, kind__in=Kind.cells()).exists():
            raise Refused(followed.no_cell(read_structure(), cell.pk, entered_on), field="entered_on")
        if certified_on is not None and certified_on <= person["born"]:
            raise Refused(_("Ngày chứng nhận phải sau ngày sinh."), field="certified_on")
        said = SimpleNamespace(**person)
        cells = followed.together(access.structure, cell.pk, access.today)
        known = known_here(access, said, cells, same, offered)
        if known and Candidacy.objects.filter(person=known, cell=cell, entered_on=entered_on).exists():
            raise Refused(_("Một lần theo dõi trước ở chi bộ này cũng từ ngày ấy."), field="entered_on")
        human = learn(known, said)
        candidacy = Candidacy(person=human, cell=cell, entered_on=entered_on)
        steps = [(Stage.SOURCE, entered_on)]
        if certified_on is not None:
            steps.append((Stage.CLASS, max(certified_on, entered_on)))
        enter_many([(candidacy, steps)], create=_each)
        pen.about = about(candidacy)
        if mentor:
            Mentorship(candidacy=candidacy, mentor=mentor, since=entered_on).save()
        awareness = Certificate.objects.filter(
            person=human, kind=Course.Kind.AWARENESS, issued_on=certified_on
        )
        if certified_on is not None and not awareness.exists():
            Certificate(person=human, cell=cell, number=certificate, issued_on=certified_on).save()
    return candidacy


def _each(model, rows):
    """Saved one by one, so that the journal keeps what each says."""
    for row in rows:
        row.save()


def known_here(access, said, cells, same, offered):
    """The person of the register that was meant, whom none of the cells (ids) follows yet; None for a newcomer."""
    holder, namesakes = People([said]).of(said)
    if holder is None or same_human(said, holder):
        people = [holder] if holder else namesakes
        rows = Candidacy.objects.filter(cell_id__in=cells, stage__in=Stage.open(), person__in=people)
        followed = rows.select_related("person").first()
        if followed is not None:
            raise AlreadyFollowed(followed)
    known, faults = meant(access, said, same, offered)
    for field, message in faults.items():
        raise Refused(message, field=field)
    if known is not None:
        _not_a_member(access, known)
    return known


def _not_a_member(access, person):
    for admission in person.admissions.filter(cancelled_on=None):
        if access.may(PEOPLE, admission.cell_id):
            raise Refused(
                _("Người này đã được kết nạp theo quyết định ngày %s.") % vietnamese.day(admission.decided_on)
            )
