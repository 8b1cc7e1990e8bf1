"""The demo's running year and its year ahead for Bà Rịa – Vũng Tàu: targets handed down and passed on, a remainder to
give out, and for the next year two drafts to compare, one partly adjusted, that nobody has issued yet. Members and the
units' targets are reconstructed, and say so. The year is that of the day the demo was made.
"""

from datetime import date

from committees import journal
from committees.models import Headcount
from committees.vietnamese import today

from .. import columns
from ..fields import Aim
from ..models import DemoMark, Group, Plan
from ..quotas import deeds, drafts, issuing
from ..quotas.below import Below, Method
from .organisations import BRVT, read
from .standing import standing

PROVINCE, DISTRICT = "BRVT", "BRVT-DD"
WHOLE, NEXT, WOMEN = 330, 350, 160
ISSUER = "Ban Thường vụ Tỉnh ủy Bà Rịa – Vũng Tàu"
SAID = "(dựng lại)"
# What the standing committee moved by hand in the second draft, and why.
MOVED = {
    "BRVT-VT": (-6, "tập trung củng cố"),
    "BRVT-K1": (-4, "nguồn giảm"),
    "BRVT-TT": (5, "thêm doanh nghiệp mới"),
}


def play_year():
    """Put both years into the demo, once: False where the running one stands, or its committees do not. Not inside a
    pen: each deed takes its own."""
    units = {row["Mã tổ chức"]: row for row in read(f"{BRVT}/year.csv")}
    mark = DemoMark.objects.first()
    made_on = mark.made_on if mark else today()
    at, year = standing([PROVINCE, *units], made_on), made_on.year
    if len(at) <= len(units) or Plan.objects.filter(code=f"{PROVINCE}-{year}").exists():
        return False
    _count(at, units, year)
    before = Plan.objects.filter(code=f"{PROVINCE}-{year - 1}").first()
    running = _plan(at[PROVINCE], year, WHOLE, previous=before)
    portions = {(at[code].pk, None): int(row["Chỉ tiêu"]) for code, row in units.items()}
    made = drafts.draft(
        running, at[PROVINCE], by=None, name=f"Chỉ tiêu năm {year}", method=Method.HAND, portions=portions
    )
    _issue(made, f"101-QĐ/TU {SAID}", date(year - 1, 12, 20))
    _pass_on(running, at[DISTRICT], year)
    _ahead(at, year + 1, running)
    return True


def _count(at, units, year):
    """Members at the end of the two years before, the earlier ones a thirtieth fewer."""
    with journal.pen(None, "demo", note=f"Số đảng viên từng đơn vị {SAID}"):
        rows = [
            Headcount(committee=at[code], day=date(year - back, 12, 31), members=n - n // 30 * (back - 1))
            for code, row in units.items()
            for n in [int(row["Đảng viên"])]
            for back in (2, 1)
        ]
        Headcount.objects.bulk_create(rows)


def _plan(committee, year, target, previous=None):
    """A plan of one year with the committee's own target."""
    plan = deeds.add_plan(
        by=None, code=f"{PROVINCE}-{year}", committee=committee, name=f"Chỉ tiêu năm {year}", kind=Plan.Kind.ASSIGNED,
        issuer=ISSUER, document=f"Chỉ tiêu năm {year} {SAID}", issued_on=min(date(year - 1, 12, 15), today()),
        since=date(year, 1, 1), until=date(year + 1, 1, 1), counts_by=Plan.CountsBy.DECISION,
        counts=Plan.Counts.ADMISSIONS, previous=previous,
    )  # fmt: skip
    deeds.set_quota(plan, committee, by=None, target=Aim(target), document=f"Chỉ tiêu năm {year} {SAID}")
    return plan


def _issue(made, document, on):
    issuing.issue(
        made, by=None, stamp=made.stamp, document=document, issued_on=on, effective_on=made.plan.since
    )


def _pass_on(plan, district, year):
    """The district hands its share on to its own, by the people its cells have in view: fewer than it has organisations,
    so some are left without a target, which is not a target of 0."""
    below = Below(columns.current(), plan, district.pk, today=today())
    shared = below.suggest(Method.POOL, below.goal())
    made = drafts.draft(
        plan, district, by=None, name=f"Chỉ tiêu năm {year}", method=Method.POOL,
        portions={(pk, None): number or None for pk, number in shared.items()},
    )  # fmt: skip
    _issue(made, f"35-QĐ/HU {SAID}", date(year, 1, 20))


def _ahead(at, year, running):
    """Next year: the whole's target, a part of it women, and two drafts for its units."""
    plan, province = _plan(at[PROVINCE], year, NEXT, previous=running), at[PROVINCE]
    women = Group.objects.get(code="women")
    deeds.set_quota(
        plan, province, by=None, target=Aim(WOMEN), group=women, document=f"Chỉ tiêu năm {year} {SAID}"
    )
    for name, method in (("Theo số đảng viên", Method.MEMBERS), ("Theo nguồn, có điều chỉnh", Method.POOL)):
        below = Below(columns.current(), plan, province.pk, today=today())
        whole = below.suggest(method, NEXT)
        shares = {None: whole, women.pk: below.suggest_group(women, whole)}
        portions = {(u.pk, group): found.get(u.pk) for u in below.units for group, found in shares.items()}
        made = drafts.draft(plan, province, by=None, name=name, method=method, portions=portions)
    drafts.change(
        made, by=None, stamp=made.stamp, name=made.name,
        portions={(at[code].pk, None): (max(0, whole[at[code].pk] + n), note) for code, (n, note) in MOVED.items()},
    )  # fmt: skip
