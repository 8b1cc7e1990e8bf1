"""What a package of acts would do, worked out in memory: what a dry run shows and what is then written. No query."""

from dataclasses import dataclass, field
from functools import cached_property

from .packages import Fault, Package
from .register import Register


@dataclass
class Planned:
    """What a package would do. faults: why it may not; warnings: what to look at first. ended_on: {code: the day}, ended_by:
    {code: the act's word}, ended: {code: the heir that answers in the end, None where nobody does}; fresh: codes founded;
    heirs: {code: {heir code: its act}} of those given heirs. register: the rows it comes to; before, after: the
    tree.Structure of now (`origin`) and to be. version: (number, hash) of the database on which it was worked out.
    door: the Access of who acts, None for the operator of the machine."""

    acts: list
    origin: Register
    register: Register
    faults: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    days: list = field(default_factory=list)
    fresh: list = field(default_factory=list)
    heirs: dict = field(default_factory=dict)
    ended_on: dict = field(default_factory=dict)
    ended_by: dict = field(default_factory=dict)
    version: tuple = ()
    door: object = None

    @cached_property
    def before(self):
        return self.origin.structure()

    @cached_property
    def after(self):
        """The tree.Structure to be; what is founded has an id that the database does not know."""
        return self.register.structure()

    @property
    def day(self):
        """The day of the first act; None without any."""
        return min(self.days, default=None)

    @cached_property
    def ended(self):
        after = self.after
        last = max(self.days).toordinal() if self.days else 0
        heirs = {code: after.heir(after.by_code[code], last) for code in self.ended_by}
        return {code: after.codes[heir] if heir >= 0 else None for code, heir in heirs.items()}

    @cached_property
    def touched(self):
        """Codes of the committees that will stand otherwise: those named, those founded, and those under them that
        change their superior."""
        changes = self.register.changes()
        rows = [code for code, *_ in (*changes.dropped, *changes.changed, *changes.made)]
        return sorted({*rows, *changes.founded, *self.heirs})

    def scope(self, today):
        """The id of the lowest committee that is or stands above all that the acts name and that stood before, by the
        tree of the day; None where there is none."""
        known = {
            code for act in self.acts for code in (act.code, act.heir, act.above)
        } & self.origin.ids.keys()
        lines = [self._line(code, today) for code in known]
        if all(lines):
            shared = [codes[0] for codes in zip(*lines, strict=False) if len(set(codes)) == 1]
            return self.origin.ids[shared[-1]] if shared else None
        # Somebody does not stand today: the tree knows who answers.
        tree = self.before.at(today)
        where = {
            int(tree.position[self.before.by_code[code]]) for code in known & self.before.by_code.keys()
        } - {-1}
        p = min(where, default=-1)
        while p >= 0 and tree.end[p] <= max(where):
            p = int(tree.up[p])
        return tree.id(p) if p >= 0 else None

    def _line(self, code, today):
        """Codes from the top down to a committee; None where one of them does not stand today."""
        line = []
        while code is not None:
            row = self.origin.on(code, today)
            if row is None or code in line:
                return None
            line.append(code)
            code = row.parent
        return line[::-1]


def work_out(acts, register, pairs, door=None):
    """The Planned of acts (`acts.Act`) on a Register, which stays as it is: by day, then in order of row; after the last
    act of each day the tree must be lawful. pairs: the lawful (kind above or "", kind below). door: the Access of who
    acts, None for the operator of the machine."""
    planned = Planned(acts, register, register.copy(), door=door)
    planned.faults = [Fault(act.number, text, heading) for act in acts for heading, text in act.faults]
    if planned.faults or not acts:
        return planned
    planned.days = sorted({act.day for act in acts})
    for day in planned.days:
        package = Package(planned.register, day, pairs, door)
        package.carry_out_all([act for act in acts if act.day == day])
        package.judge()
        if not package.faults:
            package.commit()
        planned.faults += package.faults
        if planned.faults:
            break
        planned.fresh += package.fresh
        planned.heirs |= package.heirs
        ended = {code: what for code, what in package.ended.items() if code not in package.standing}
        planned.ended_by |= ended
        planned.ended_on |= dict.fromkeys(ended, day)
    return planned
