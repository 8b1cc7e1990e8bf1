"""What a data sheet to copy by hand holds against what else the register says of the person, so that nobody writes the
background twice: name, birth date, native place, and what the party organisations were called on which day."""

from django.utils.translation import gettext as _

from committees.vietnamese import day as written
from committees.vietnamese import fold


def headings():
    """Of the table `rows` fills."""
    return _("Nội dung"), _("Chép như sau"), _("Đã đối chiếu")


def rows(case):
    """([row of a table], [what contradicts, in words]). A row: what, as it stands, with what it was compared."""
    person, told, against = case.person, [], []
    others = list(person.merged.all())
    admissions = [row for row in person.admissions.all() if row.cancelled_on is None]
    _hold(
        told,
        against,
        _("Họ và tên"),
        person.full_name,
        [(_("hồ sơ đã gộp"), one.full_name) for one in others],
        fold,
    )
    births = [(_("hồ sơ đã gộp"), one.born) for one in others] + [
        (_("quyết định ngày %s") % written(row.decided_on), row.born) for row in admissions
    ]
    _hold(told, against, _("Sinh ngày"), person.born, births, str, written)
    if person.citizen_id:
        said = _("sinh năm %(year)s, %(sex)s") % {"year": person.born.year, "sex": person.get_sex_display()}
        agrees = _of_citizen_id(person)
        told.append(
            (_("Số định danh cá nhân"), person.citizen_id, said if agrees else _("không khớp: %s") % said)
        )
        if not agrees:
            against.append(
                _("Số định danh cá nhân %(id)s không khớp với: %(said)s")
                % {"id": person.citizen_id, "said": said}
            )
    if person.native_place:
        places = [(_("hồ sơ đã gộp"), one.native_place) for one in others if one.native_place]
        _hold(told, against, _("Quê quán"), person.native_place, places, fold)
    return told + _names(case), against


def _hold(told, against, what, value, others, key, show=str):
    differs = [(where, other) for where, other in others if key(other) != key(value)]
    for where, other in differs:
        words = _("%(what)s: hồ sơ ghi “%(value)s”, %(where)s ghi “%(other)s”")
        against.append(words % {"what": what, "value": show(value), "where": where, "other": show(other)})
    looked = ", ".join(dict.fromkeys(str(where) for where, _other in others))
    told.append(
        (
            what,
            show(value),
            _("khớp: %s") % looked
            if looked and not differs
            else _("chỉ có trong hồ sơ này")
            if not looked
            else _("không khớp"),
        )
    )


def _of_citizen_id(person):
    """Whether a number of twelve digits agrees with sex and year of birth: its fourth digit tells the century and the sex,
    the next two the year. A number of another length says nothing."""
    number = person.citizen_id
    if len(number) != 12 or not number.isdigit():
        return True
    century, woman = divmod(int(number[3]), 2)
    return 1900 + 100 * century + int(number[4:6]) == person.born.year and (person.sex == "F") == bool(woman)


def _names(case):
    """What the cell and the bodies above it were called, and until when: a paper names them as of its day."""
    found = []
    for old, last, new in case.renamed():
        words = _("đến hết ngày %(last)s; từ hôm sau là %(new)s") % {"last": written(last), "new": new}
        found.append((_("Tên tổ chức theo ngày"), old, words))
    return found
