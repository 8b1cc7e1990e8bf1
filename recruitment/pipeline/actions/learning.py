"""What a person learned, and what is known of them."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged

from ...models import Certificate, Course, Person, Stage
from .base import Refused, change_row, deed_on, last_step, seen
from .stages import advance


def add_certificate(candidacy, *, kind, number, issued_on, by, stamp=None):
    """That the candidate finished a class, on the day of its certificate. Whoever stood in the source has thereby been
    to the class. Refused where a certificate of that class and day stands; Overtaken as `record`."""
    with deed_on(candidacy, "certificate-add", by):
        fresh = unchanged(candidacy, stamp)
        person = fresh.person
        if issued_on > vietnamese.today():
            raise Refused(_("Ngày %s chưa đến.") % vietnamese.day(issued_on), field="issued_on")
        if issued_on <= person.born:
            raise Refused(_("Ngày chứng nhận phải sau ngày sinh."), field="issued_on")
        if Certificate.objects.filter(person=person, kind=kind, issued_on=issued_on).exists():
            raise Refused(_("Người này đã có chứng nhận ngày ấy trong sổ."), field="issued_on")
        Certificate(
            person=person, cell_id=fresh.cell_id, kind=kind, number=number, issued_on=issued_on
        ).save()
        if kind == Course.Kind.AWARENESS and fresh.stage == Stage.SOURCE:
            advance(fresh, Stage.CLASS, on=max(issued_on, last_step(fresh).on))
        else:
            fresh.save()
    return seen(candidacy, fresh)


def edit_person(person, *, by, committee, stamp=None, **said):
    """Write what is known of a person now: full_name, citizen_id, traits. Admissions keep what was true on their day.
    committee: where the account may record them. Refused where the citizen ID is another's; Overtaken as `record`."""
    with journal.pen(by, "person-edit", about=f"recruitment.person:{person.pk}", committee=committee):
        fresh = unchanged(person, stamp)
        if fresh.merged_into_id is not None:  # between the page and the pen
            raise Refused(_("Hồ sơ này vừa được gộp vào một hồ sơ khác. Mở lại trang của người ấy."))
        number = said.get("citizen_id")
        holder = Person.objects.filter(citizen_id=number).exclude(pk=fresh.pk).first() if number else None
        if holder is not None and holder.merged_into_id != fresh.pk:
            raise Refused(_("Số này đã ghi cho một người khác. Xem lại số."), field="citizen_id")
        if fresh.candidacies.filter(entered_on__lte=said.get("born", fresh.born)).exists():
            raise Refused(_("Ngày sinh phải trước ngày đưa vào nguồn."), field="born")
        if holder is not None:  # the other number of the same human being: it moves to the record that stands
            change_row(holder, citizen_id=None)
        change_row(fresh, **said)
    return fresh
