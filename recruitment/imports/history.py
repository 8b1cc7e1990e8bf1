"""How candidates went through in Bà Rịa – Vũng Tàu after 2018: for each of the fifteen units every year how many came
into the source, how long each step took, who fell out on the way. Invented and said to be; the same on every machine.

Pure; no clock. Roads are dated for good: whoever asks for them up to a day gets those of an earlier day, gone on. They
are not made of the rates that the forecast estimates: times are gamma-distributed, classes end on four days a year, cells
meet once a month and standing committees when they do, and a year may be slow for a whole unit.
"""

from collections import defaultdict
from datetime import date, timedelta
from itertools import accumulate
from math import exp
from typing import NamedTuple

from committees.vietnamese import add_months

from .organisations import BRVT, SECRETARY_CELL, read
from .people import dice
from .recruits import MONTHS, Calendar, a_year_later, ceremony, working_day
from .road import CELLS

FIRST_YEAR = 2018
# How a year went, for everybody: how many came in, how fast dossiers moved. 2021 is the year of the epidemic.
MOOD = {2018: 1, 2019: 1.05, 2020: 0.95, 2021: 0.84, 2022: 1.1, 2023: 1.04, 2024: 1, 2025: 0.94}
# New candidates a year for each dossier that profile.csv has open: some 500 in the province, half of whom are admitted.
A_YEAR = 0.56
# How much one unit's years differ beside that: the standard deviation of the logarithm of its pace, and of its number.
PACE, NUMBER = 0.08, 0.12
# Of a hundred, how many leave at each stage, and after how many days on average.
LEAVE = {"source": (13, 240), "class": (11, 300), "dossier": (9, 200), "cell": (3, 60), "submitted": (4, 60)}
STUCK, SLOWER = 0.09, 6  # of those who finish the class, whose dossier then lies so many times as long
LAPSES = 60  # months after the class ended; whoever was not voted on by then is taken off the list
CLASS_ENDS = ((3, 22), (6, 12), (8, 24), (11, 6))
KEPT_AWAY = {SECRETARY_CELL, *CELLS}  # cells whose list is written by hand


class Road(NamedTuple):
    """One candidacy: where, and [(stage, day)] of its steps in order; when the cell received the decision, if there is
    one."""

    unit: str
    cell: str
    form: str
    steps: list
    received: date | None = None

    @property
    def entered(self):
        return self.steps[0][1]

    def day(self, stage):
        return next((day for step, day in self.steps if step == stage), None)

    def until(self, last):
        """The road as it was known at the end of a day."""
        received = self.received if self.received and self.received <= last else None
        return self._replace(steps=[step for step in self.steps if step[1] <= last], received=received)


def roads(seed, organisations, last):
    """Every Road that began by the day `last`, as far as it went by then, in order of day and cell."""
    below = defaultdict(list)
    for organisation in organisations:
        cells = [cell for cell in organisation.cells if cell not in KEPT_AWAY]
        if organisation.source == "open" and cells:
            below[organisation.unit].append((organisation, cells))
    found = []
    for unit in read(f"{BRVT}/profile.csv"):
        code, size = unit["Mã tổ chức"], int(unit["Hồ sơ đang mở"])
        pace = {
            year: MOOD.get(year, 1) * exp(dice(seed, code, "pace", year).gauss(0, PACE))
            for year in range(FIRST_YEAR, last.year + 1)
        }
        for year in pace:
            found += _of_year(seed, code, year, size, pace, below[code])
    found = [road.until(last) for road in found if road.entered <= last]
    return sorted(found, key=lambda road: (road.entered, road.cell))


def _of_year(seed, unit, year, size, pace, places):
    rng = dice(seed, unit, "road", year)
    mean = size * A_YEAR * MOOD.get(year, 1) ** 0.5 * exp(rng.gauss(0, NUMBER))
    count = max(0, round(rng.gauss(mean, mean**0.5)))
    weights = list(accumulate(organisation.weight for organisation, _cells in places))
    made = []
    for k, day in enumerate(Calendar(date(year, 1, 4), date(year, 12, 28)).days(rng, count)):
        organisation, cells = rng.choices(places, cum_weights=weights)[0]
        # Dice of its own: how far one road is known must not move the others.
        walk = _Walk(dice(seed, unit, "walk", year, k), unit, pace, day)
        made.append(Road(unit, rng.choice(cells), organisation.form, *walk.walked()))
    return made


class _Walk:
    """One candidate on the road. Days lie in the future of nobody: the caller cuts them."""

    def __init__(self, rng, unit, pace, day):
        self.rng, self.unit, self.pace, self.day = rng, unit, pace, day
        self.steps, self.slow = [("source", day)], 1

    def walked(self):
        """(steps, the day the cell received the decision or None)."""
        for step in (self._class, self._dossier, self._cell, self._submitted, self._decided):
            here, (share, days) = self.steps[-1], LEAVE[self.steps[-1][0]]
            if self.rng.random() * 100 < share:
                self._reach("closed", here[1] + timedelta(days=self._gamma(days)))
                return self.steps, None
            if not step():
                return self.steps, None
        held = ceremony(self.rng, self.day)
        received = min(held, working_day(self.day + timedelta(days=self.rng.randint(2, 6))))
        self._reach("probation", held)
        self._reach("official", a_year_later(held) + timedelta(days=self.rng.randint(10, 42)))
        return self.steps, received

    def _gamma(self, mean):
        """Days, of a gamma distribution with shape 2 about the mean, by the pace of the year in which they begin."""
        pace = self.pace.get(self.day.year, 1)
        return round(self.rng.gammavariate(2, mean / 2) * self.slow / pace)

    def _reach(self, stage, day):
        self.day = working_day(max(day, self.steps[-1][1]))
        self.steps.append((stage, self.day))
        return True

    def _class(self):
        """The first class that ends after the person was ready for one."""
        ready, shift = (
            self.day + timedelta(days=20 + self._gamma(100)),
            dice(self.unit, self.day.year).randint(-6, 6),
        )
        ends = [
            date(year, *end) + timedelta(days=shift)
            for year in (ready.year, ready.year + 1)
            for end in CLASS_ENDS
        ]
        if self.rng.random() < STUCK:
            self.slow = SLOWER
        return self._reach("class", next(end for end in ends if end >= ready))

    def _dossier(self):
        lapse = add_months(self.day, LAPSES)
        ready = self.day + timedelta(days=15 + self._gamma(95))
        return ready < lapse and self._reach("dossier", ready) or self._lapse(lapse)

    def _cell(self):
        """The cell meets in the first days of a month."""
        lapse = add_months(dict(self.steps)["class"], LAPSES)
        ready = self.day + timedelta(days=40 + self._gamma(60))
        meets = date(ready.year + ready.month // 12, ready.month % 12 + 1, 1) + timedelta(
            days=self.rng.randint(2, 8)
        )
        return meets < lapse - timedelta(days=7) and self._reach("cell", meets) or self._lapse(lapse)

    def _lapse(self, day):
        self._reach("closed", day + timedelta(days=self.rng.randint(20, 90)))

    def _submitted(self):
        return self._reach("submitted", self.day + timedelta(days=8 + self.rng.randint(0, 14)))

    def _decided(self):
        """The standing committee decides at its next meeting: two a month before the days on which ceremonies are liked,
        else one. The whole takes less than the sixty working days since the cell's vote."""
        ready = self.day + timedelta(days=8 + min(24, self._gamma(14)))
        meetings = []
        for k in range(2):
            year, month = divmod(ready.year * 12 + ready.month - 1 + k, 12)
            days = (8, 22) if MONTHS[month] > 0.9 else (17,)
            meetings += [working_day(date(year, month + 1, day)) for day in days]
        return self._reach("decided", next(day for day in meetings if day >= ready))
