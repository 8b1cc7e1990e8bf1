"""Putting somebody on a cell's list (đưa vào nguồn): who it is must be settled first, and under the pen, so that nobody
stands there twice however often and by however many a form is sent."""

from types import SimpleNamespace

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.access import PEOPLE
from committees.models import Kind, Placement

from ..models import Candidacy, Certificate, Course, Mentorship, Person, Stage
from .actions import Refused, enter_many
from .admissible import YOUNGEST_MONTHS
from .matching import People, same_human
from .people import SOMEBODY_ELSE, alike


def old_enough(born, on):
    """Whether someone may be admitted on a day as far as age goes: 18 years, counted in months. Following may begin
    earlier."""
    return vietnamese.months_between(born.replace(day=1), on) >= YOUNGEST_MONTHS


class AlreadyFollowed(Refused):
    """The cell follows this person; `candidacy` is how."""

    def __init__(self, candidacy):
        self.candidacy = candidacy
        since, born = vietnamese.day(candidacy.entered_on), vietnamese.day(candidacy.person.born)
        super().__init__(
            _("Chi bộ này đang theo dõi %(name)s, sinh %(born)s, từ %(since)s.")
            % {"name": candidacy.person.full_name, "born": born, "since": since}
        )


class WhoIsIt(Exception):
    """Someone within reach may be the same human being: `offers` ([people.Alike]) are to be chosen from."""

    def __init__(self, offers):
        super().__init__()
        self.offers = offers


def enrol(
    access, snapshot, *, cell, entered_on, person, same="", offered=(), mentor="", certified_on=None,
    certificate="", by,
):  # fmt: skip
    """Enter a person on the list of `cell`. Returns the Candidacy.

    person: full_name, citizen_id and traits as typed; what the register lacks of a known person is added, what it says
    otherwise stays. same: the id of one of the `offered` (ids of people shown), or SOMEBODY_ELSE, or "" where nobody
    was offered. mentor helps from the day entered on; certified_on: the class was finished by then.
    Raises WhoIsIt, AlreadyFollowed, Refused; nothing is written then. One pen; about fifteen queries.
    """
    with journal.pen(by, "candidacy-enter", committee=cell):
        if (
            not Placement.objects.standing_on(entered_on)
            .filter(committee=cell, kind__in=Kind.cells())
            .exists()
        ):
            raise Refused(_("Chi bộ chưa có hoặc không còn vào ngày này."), field="entered_on")
        if certified_on is not None and certified_on <= person["born"]:
            raise Refused(_("Ngày chứng nhận phải sau ngày sinh."), field="certified_on")
        known = _known(access, snapshot, SimpleNamespace(**person), cell, same, offered)
        if known and Candidacy.objects.filter(person=known, cell=cell, entered_on=entered_on).exists():
            raise Refused(_("Một lần theo dõi trước ở chi bộ này cũng từ ngày ấy."), field="entered_on")
        human = _remembered(known, person)
        candidacy = Candidacy(person=human, cell=cell, entered_on=entered_on)
        steps = [(Stage.SOURCE, entered_on)]
        if certified_on is not None:
            steps.append((Stage.CLASS, max(certified_on, entered_on)))
        enter_many([(candidacy, steps)], create=_each)
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


def _known(access, snapshot, line, cell, same, offered):
    """The person of the register that was meant; None for a newcomer. As the imports settle it: the citizen ID decides,
    also where its holder lies beyond the reach, of whom nothing is told then."""
    holder, namesakes = People([line]).of(line)
    if holder is not None and not same_human(line, holder):
        raise Refused(
            _("Số này đã ghi cho người có họ tên hoặc ngày sinh khác. Xem lại số, họ tên và ngày sinh."),
            field="citizen_id",
        )
    followed = (
        Candidacy.objects.filter(
            cell=cell, stage__in=Stage.open(), person__in=[holder] if holder else namesakes
        )
        .select_related("person")
        .first()
    )
    if followed is not None:
        raise AlreadyFollowed(followed)
    offers = alike(access, snapshot, line.full_name, line.born, line.citizen_id)
    chosen = {str(offer.person.pk): offer.person for offer in offers}.get(same)
    if chosen is None and {offer.person.pk for offer in offers} - set(offered):
        raise WhoIsIt(offers)
    if chosen is None and offers and (same != SOMEBODY_ELSE or any(offer.certain for offer in offers)):
        raise WhoIsIt(offers)
    known = chosen or holder
    if known is not None:
        _not_a_member(access, known)
    return known


def _not_a_member(access, person):
    for admission in person.admissions.filter(cancelled_on=None):
        if access.may(PEOPLE, admission.cell_id):
            raise Refused(
                _("Người này đã được kết nạp theo quyết định ngày %s.") % vietnamese.day(admission.decided_on)
            )


def _remembered(known, said):
    """The person, saved: a newcomer as typed, someone known with what the register lacked."""
    if known is None:
        human = Person(**said)
        human.save()
        return human
    lacking = {name: value for name, value in said.items() if value and not getattr(known, name)}
    if lacking:
        for name, value in lacking.items():
            setattr(known, name, value)
        known.save()
    return known
