"""What a decision of admission may say: judged by its days and by where its cell stood. No query. Pages and workbooks ask
the same; what its number may be `numbering` says."""

from django.utils.translation import gettext_lazy as _

from committees import vietnamese
from committees.models import Kind
from committees.vietnamese import day as written

from ..rules.deadlines import probation_ends_on

# Charter art. 1: from full 18, counted in months (domain.md §1.1, seen).
YOUNGEST_MONTHS = 18 * 12

DAYS = ("decided_on", "received_on", "ceremony_on", "official_on")
# The decision that recognised, and the documents that allowed what the rules leave room for: said as the road is walked.
RECOGNISED = ("recognised_on", "recognition_number")
APPROVALS = ("approval", "ceremony_approval")
NOT_YET = {
    "decided_on": _("Ngày quyết định %s chưa đến."),
    "received_on": _("Ngày chi bộ nhận %s chưa đến."),
    "ceremony_on": _("Ngày lễ kết nạp %s chưa đến. Để trống, ghi sau khi đã làm lễ."),
    "official_on": _("Ngày chính thức %s chưa đến. Để trống, ghi sau khi đã công nhận."),
}
# (a day, the day it contradicts): the field at which a page says so, and how, the later day of the road first.
CLASHES = {
    ("born", "decided_on"): (
        "born",
        _("Người sinh ngày %(a)s chưa đủ 18 tuổi vào ngày quyết định %(b)s (Điều lệ Đảng, điều 1)."),
    ),
    ("received_on", "decided_on"): (
        "received_on",
        _("Chi bộ nhận ngày %(a)s, trước ngày quyết định %(b)s. Xem lại một trong hai ngày."),
    ),
    ("ceremony_on", "decided_on"): (
        "decided_on",
        _("Ngày quyết định %(b)s sau ngày lễ kết nạp %(a)s. Xem lại một trong hai ngày."),
    ),
    ("ceremony_on", "received_on"): (
        "ceremony_on",
        _("Ngày lễ kết nạp %(a)s trước ngày chi bộ nhận quyết định %(b)s. Xem lại một trong hai ngày."),
    ),
    ("official_on", "decided_on"): (
        "official_on",
        _("Ngày chính thức %(a)s không sau ngày quyết định %(b)s. Xem lại một trong hai ngày."),
    ),
    ("official_on", "ceremony_on"): (
        "official_on",
        _("Ngày chính thức %(a)s không sau ngày lễ kết nạp %(b)s. Xem lại một trong hai ngày."),
    ),
}


def old_enough(born, on):
    """Whether someone may be admitted on a day as far as age goes: 18 years, counted in months. Following may begin
    earlier."""
    return vietnamese.months_between(born.replace(day=1), on) >= YOUNGEST_MONTHS


def clashes(said):
    """[(name, the name it contradicts)] of days that cannot both be true. said: anything with `born` and the DAYS, None
    where not known; without a decision day nothing is judged. Decision ≤ receipt ≤ ceremony < official; 18 years,
    counted in months, on the decision day."""
    born, decided, held, official = said.born, said.decided_on, said.ceremony_on, said.official_on
    received = getattr(said, "received_on", None)  # no workbook names it
    if decided is None:
        return []
    found = []
    if born and not old_enough(born, decided):
        found.append(("born", "decided_on"))
    if received and received < decided:
        found.append(("received_on", "decided_on"))
    if held and held < decided:
        found.append(("ceremony_on", "decided_on"))
    elif held and received and held < received:
        found.append(("ceremony_on", "received_on"))
    if official and official <= (held or decided):
        found.append(("official_on", "ceremony_on" if held else "decided_on"))
    return found


def impossible_days(said, today):
    """{field: message}: days that have not come and days that contradict each other, one message a field."""
    faults = {}
    for name in DAYS:
        on = getattr(said, name)
        if on is not None and on > today:
            faults[name] = NOT_YET[name] % written(on)
    for name, other in clashes(said):
        field, words = CLASHES[name, other]
        days = {"a": written(getattr(said, name)), "b": written(getattr(said, other))}
        faults.setdefault(field, words % days)
    return faults


def recognised_amiss(said, today):
    """{field: message} where the decision that recognised lies before the day it holds from, or names none."""
    on, official = said.recognised_on, said.official_on
    if on is None:
        return {}
    if official is None:
        words = _("Ghi cả ngày chính thức mà quyết định công nhận ngày %s nêu.")
        return {"official_on": words % written(on)}
    if on > today:
        return {"recognised_on": _("Ngày quyết định công nhận %s chưa đến.") % written(on)}
    if on < official:
        words = _("Ngày quyết định công nhận %(a)s trước ngày chính thức %(b)s. Xem lại một trong hai ngày.")
        return {"recognised_on": words % {"a": written(on), "b": written(official)}}
    return {}


def where_it_stood(structure, i, on):
    """(field, message) where committee i was no cell on the day: until or since when it is one, who its heir is. None
    where it was."""
    number, last = on.toordinal(), structure.last_place(i)
    place = structure.place_on(i, number)
    if place is not None:
        if place.kind in Kind.cells():
            return None
        told = {"name": place.name, "on": written(on), "kind": Kind(place.kind).label}
        return "cell", _("Ngày %(on)s, %(name)s là %(kind)s. Kết nạp chỉ ghi ở chi bộ.") % told
    name, on = last.name if last else structure.codes[i], written(on)
    ended = structure.last_day(i, number)
    if ended is None:
        first = structure.first_day(i)
        told = {"name": name, "on": on, "first": written(first) if first else "–"}
        return "decided_on", _(
            "Ngày quyết định %(on)s trước ngày thành lập %(name)s (%(first)s). Xem lại ngày hoặc chi bộ."
        ) % told
    heir = structure.heir(i, number)
    told = {"name": name, "on": on, "last": written(ended)}
    if heir < 0:
        words = _(
            "Ngày quyết định %(on)s: %(name)s chỉ hoạt động đến hết %(last)s. Xem lại ngày hoặc chi bộ."
        )
    else:
        told["heir"] = structure.place_on(heir, number).name
        words = _(
            "Ngày quyết định %(on)s: %(name)s chỉ hoạt động đến hết %(last)s; tổ chức kế thừa là %(heir)s. "
            "Xem lại ngày hoặc chi bộ."
        )
    return "decided_on", words % told


def organisation_type(structure, i, on):
    """Loại hình of committee i on the day, or of the nearest committee above that names one; "" where none does."""
    found = ""
    while i >= 0 and not found:
        place = structure.place_on(i, on.toordinal())
        if place is None:
            break
        found, i = place.organisation_type, place.parent
    return found


def in_force(admissions):
    """The first of a person's admissions that was not cancelled, or None."""
    return next((row for row in admissions if row.cancelled_on is None), None)


def too_early(said, statute):
    """(the day on which the probation ends, the Rule that says so) where the official day lies before it; None where all
    is well. Without a ceremony it counts from the decision, which is never later. statute: rules.statute.Statute."""
    if said.official_on is None:
        return None
    began = said.ceremony_on or said.decided_on
    rules = statute.on(began)
    whole = probation_ends_on(began, rules)
    return (whole, rules["probation"]) if said.official_on < whole else None
