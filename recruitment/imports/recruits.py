"""The demo's admissions and candidacies: how many, where and when is given, who is invented. Pure; no clock.

Everything dated is dated for good: the same rows come out on every machine and day, or a second `demo` would
load the people again.
"""

from bisect import bisect
from collections import defaultdict
from datetime import date, timedelta
from itertools import accumulate

from .organisations import BRVT, SECRETARY_CELL, Organisation, read
from .people import NORTH, Population, dice, full_name

# Admissions a year under Kế hoạch 02: behind an even pace until 2014, ahead after (the article prints the end only).
YEARS = {2011: 1330, 2012: 1850, 2013: 2300, 2014: 2150, 2015: 2071}
# Decisions come before the days on which ceremonies are liked: 3/2, 26/3, 19/5, 2/9.
MONTHS = (1.25, 0.75, 1.2, 0.95, 1.4, 0.8, 0.85, 1.35, 0.75, 0.85, 1.0, 0.85)
FAVOURITES = {(2, 3), (3, 26), (5, 19), (9, 2)}
CLOSED_DAYS = {(1, 1), (4, 30), (5, 1), (9, 2)}
# Organisations without a source, and those that rest, decide nothing after this: no ceremony of theirs in 2013.
LAST_OF_THE_QUIET = date(2012, 10, 31)
LATE = date(2013, 1, 1)
NEW_TERM = date(2015, 9, 1)

SOURCE, CLASS, DOSSIER, CELL_VOTED, SUBMITTED, DECIDED = STAGES = (
    "Trong danh sách nguồn",
    "Đã học lớp nhận thức",
    "Đang lập, thẩm tra hồ sơ",
    "Chi bộ đã biểu quyết",
    "Chờ quyết định",
    "Chờ lễ kết nạp",
)
STAGE_SHARES = (45.6, 32.2, 13.4, 4.8, 3.1, 0.9)


def working_day(day):
    """The day itself, or the next one that offices work (weekends and four fixed holidays are skipped)."""
    while day.weekday() > 4 or (day.month, day.day) in CLOSED_DAYS:
        day += timedelta(days=1)
    return day


class Calendar:
    """Spreads events over months by weight, inclusive of both bounds; months of a year share its weight."""

    def __init__(self, since: date, until: date, years=None):
        self.since, self.until, self.months, weights = since, until, [], []
        year, month = since.year, since.month
        while (year, month) <= (until.year, until.month):
            self.months.append(date(year, month, 1))
            weights.append((years or {}).get(year, 1) * MONTHS[month - 1])
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        self.totals = list(accumulate(weights))

    def days(self, rng, count):
        """`count` working days in order, one in each of `count` equal slices of the whole."""
        found = []
        for i in range(count):
            at = (i + rng.random()) / count * self.totals[-1]
            first = self.months[min(bisect(self.totals, at), len(self.months) - 1)]
            day = working_day(max(self.since, first + timedelta(days=rng.randrange(26))))
            if day > self.until:
                day = self.until
                while working_day(day) != day:
                    day -= timedelta(days=1)
            found.append(day)
        return sorted(found)


def ceremony(rng, decided):
    """A working day 7–42 days (5–30 working days) after the decision; a favourite day if one lies there."""
    window = [decided + timedelta(days=i) for i in range(7, 43)]
    liked = [day for day in window if (day.month, day.day) in FAVOURITES]
    if liked and rng.random() < 0.7:
        return liked[0]
    return working_day(decided + timedelta(days=rng.randint(7, 38)))


def a_year_later(day):
    """The day on which twelve months of probation are full."""
    return date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


class Numbers:
    """Decision numbers of one committee: its general series, so with gaps; a new term starts again at 1."""

    def __init__(self, rng, suffix, first, term=None):
        self.rng, self.suffix, self.last, self.term = rng, suffix, first, term

    def next(self, day):
        """The number of the next decision; days must not go back."""
        if self.term and day >= self.term:
            self.last, self.term = 0, None
        self.last += self.rng.choice((1, 1, 1, 2, 4))
        return f"{self.last:02d}-QĐ/{self.suffix}"


def spread(rng, days, organisations):
    """(day, organisation) for each day: every open organisation has one from 2013 on where days go that far, the
    quiet ones have only days up to LAST_OF_THE_QUIET, the rest goes by weight."""
    open_ones = [o for o in organisations if o.source == "open"]
    free = list(days)
    rng.shuffle(free)
    free.sort(key=lambda day: day >= LATE)  # stable: early first, each part shuffled
    taken = []
    for organisation in open_ones:
        taken.append((free.pop(), organisation))
    quiet_days = [day for day in free if day <= LAST_OF_THE_QUIET]
    for organisation in organisations:
        if organisation.source != "open" and quiet_days:
            for day in (quiet_days.pop() for _ in range(min(rng.randint(1, 3), len(quiet_days)))):
                free.remove(day)
                taken.append((day, organisation))
    weights = list(accumulate(o.weight for o in open_ones))
    taken += [(day, rng.choices(open_ones, cum_weights=weights)[0]) for day in free]
    return sorted(taken, key=lambda pair: (pair[0], pair[1].code))


def admission(rng, cell, decided, number, person):
    """A row of `load admissions`; official twelve months after the ceremony."""
    held = ceremony(rng, decided)
    return person | {
        "Mã tổ chức": cell,
        "Ngày quyết định": decided,
        "Số quyết định": number,
        "Ngày kết nạp": held,
        "Ngày chính thức": a_year_later(held),
    }


def brvt_admissions(seed, organisations, people: Population):
    """The 9.701 of Kế hoạch 02, unit by unit as reconstructed in profile.csv, decided 2011–2015."""
    below = defaultdict(list)
    for organisation in organisations:
        below[organisation.unit].append(organisation)
    calendar = Calendar(date(2011, 1, 4), date(2015, 12, 31), YEARS)
    rows = []
    for unit in read(f"{BRVT}/profile.csv"):
        code = unit["Mã tổ chức"]
        rng = dice(seed, code, "admissions")
        numbers = Numbers(rng, unit["Ký hiệu"], rng.randint(60, 160), NEW_TERM)
        women = int(unit["Nữ (%)"]) / 100
        for day, organisation in spread(rng, calendar.days(rng, int(unit["Kết nạp"])), below[code]):
            woman = rng.random() < women
            person = people.person(day, organisation.form, woman=woman)
            rows.append(admission(rng, rng.choice(organisation.cells), day, numbers.next(day), person))
    return rows


# Thanh Liêm's 539: what the article prints as shares, as the whole numbers behind them.
TL_ALL, TL_WOMEN, TL_YOUNG, TL_UNION, TL_RELIGIOUS, TL_SCHOOLED = 539, 391, 251, 250, 24, 518
KK, KK_BEFORE, KK_2023, KK_RELIGIOUS = "HN-TL-KK", 24, 12, 9
TL_SINCE, TL_UNTIL = date(2020, 7, 1), date(2023, 10, 31)


def _pick(rng, places, count):
    return set(rng.sample(list(places), count))


def thanh_liem_admissions(seed, organisations, people: Population):
    """The 539 of 1/7/2020–31/10/2023, of them 36 at Kiện Khê (12 in 2023), with the article's structure."""
    rng = dice(seed, "HN-TL", "admissions")
    kk = next(o for o in organisations if o.code == KK)
    others = [o for o in organisations if o.code != KK]
    pairs = [(day, kk) for day in Calendar(TL_SINCE, date(2022, 11, 10)).days(rng, KK_BEFORE)]
    pairs += [(day, kk) for day in Calendar(date(2023, 1, 3), date(2023, 9, 29)).days(rng, KK_2023)]
    pairs += spread(rng, Calendar(TL_SINCE, TL_UNTIL).days(rng, TL_ALL - len(pairs)), others)
    everyone, at_kk = range(TL_ALL), range(KK_BEFORE + KK_2023)
    women = _pick(rng, everyone, TL_WOMEN)
    young = _pick(rng, everyone, TL_YOUNG)
    union = _pick(rng, sorted(young), TL_UNION)
    religious = _pick(rng, at_kk, KK_RELIGIOUS) | _pick(
        rng, everyone[len(at_kk) :], TL_RELIGIOUS - KK_RELIGIOUS
    )
    less_schooled = _pick(rng, sorted(set(everyone) - young), TL_ALL - TL_SCHOOLED)
    rows = []
    numbers = Numbers(rng, "HU", 3)
    for i in sorted(everyone, key=lambda i: pairs[i][0]):
        day, organisation = pairs[i]
        person = people.person(
            day,
            organisation.form,
            woman=i in women,
            young=i in young,
            union=i in union,
            faith="Công giáo" if i in religious else "Không",
            schooled=i not in less_schooled,
        )
        rows.append(admission(rng, rng.choice(organisation.cells), day, numbers.next(day), person))
    return rows


def _candidate(rng, people, cell, form, entered, stage, mentor, certified=None, number=""):
    person = people.person(entered, form, woman=rng.random() < 0.5)
    return person | {
        "Mã tổ chức": cell,
        "Ngày đưa vào nguồn": entered,
        "Đảng viên giúp đỡ": mentor,
        "Số chứng nhận": number,
        "Ngày chứng nhận": certified,
        "Bước": stage,
    }


def brvt_candidates(seed, organisations, people: Population):
    """About 900 open candidacies as of 31/12/2015, entered 2014–2015, at every step of the road.

    None at organisations without a source, and none in the secretary's cell, whose list is today's (the file).
    """
    rng = dice(seed, "BRVT", "candidates")
    below = defaultdict(list)
    for organisation in organisations:
        if organisation.source != "closed":
            below[organisation.unit].append(organisation)
    mentors = {}
    rows = []
    for unit in read(f"{BRVT}/profile.csv"):
        places = below[unit["Mã tổ chức"]]
        for i in range(int(unit["Hồ sơ đang mở"])):
            organisation: Organisation = places[i % len(places)]
            cell = rng.choice([cell for cell in organisation.cells if cell != SECRETARY_CELL])
            stage = rng.choices(STAGES, STAGE_SHARES)[0]
            entered = working_day(
                date(2014, 1, 6) + timedelta(days=rng.randrange(500 if stage != SOURCE else 715))
            )
            certified = None
            if stage != SOURCE:
                certified = working_day(entered + timedelta(days=rng.randint(45, 200)))
            mentor = mentors.setdefault(cell, full_name(rng, rng.random() < 0.4))
            if stage == SOURCE and rng.random() < 0.12:
                mentor = ""
            number = f"{rng.randint(1, 1200):04d}/CN-NTVĐ" if certified else ""
            rows.append(
                _candidate(rng, people, cell, organisation.form, entered, stage, mentor, certified, number)
            )
    return rows


TL_TRAINED = 406


def thanh_liem_candidates(seed, organisations, people: Population):
    """The 406 people of Thanh Liêm who have been through the class and are not admitted, as of 31/10/2023."""
    rng = dice(seed, "HN-TL", "candidates")
    places = [o for o in organisations if o.source == "open"]
    weights = list(accumulate(o.weight for o in places))
    rows = []
    for i in range(TL_TRAINED):
        organisation = rng.choices(places, cum_weights=weights)[0]
        entered = working_day(date(2020, 1, 6) + timedelta(days=rng.randrange(1150)))
        certified = working_day(entered + timedelta(days=rng.randint(45, 200)))
        mentor = full_name(rng, rng.random() < 0.4, NORTH)
        number = f"{i + 1:04d}/CN-NTVĐ"
        cell = rng.choice(organisation.cells)
        rows.append(
            _candidate(rng, people, cell, organisation.form, entered, CLASS, mentor, certified, number)
        )
    return rows
