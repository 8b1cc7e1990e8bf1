"""What the demo's cells and departments say themselves: groups of a department's own with targets, cells without source,
candidates declared for next year. Which cells they are is worked out from what the demo holds, the same on any machine.
"""

from datetime import date, timedelta

import numpy as np

from committees import vietnamese
from committees.models import Committee

from .. import columns
from ..fields import Aim
from ..models import Candidacy, Declaration, DemoMark, Group, Plan, Sourceless, Stage
from ..pipeline.declaring import declare
from ..quotas import deeds, group_deeds, sourceless_deeds
from ..quotas.declared import Declared
from ..quotas.ground_rows import CELLS, IdleRows
from ..quotas.group_terms import is_, of_age, one_of
from ..quotas.question import ask
from ..quotas.sourceless import CAUSES
from .standing import standing

PROVINCE, DISTRICT = "BRVT", "BRVT-DD"
QUIET = "BRVT-DD-008-01"  # the demo's secretary is asked, and answers herself
GROUPS = (
    (PROVINCE, "Nữ thanh niên", [{"field": "sex", "in": ["f"]}, of_age(18, 30)]),
    (DISTRICT, "Lao động nông thôn trẻ", [one_of("occupation_row", ["Nông, lâm, ngư nghiệp"]), of_age(None, 35)]),
    (PROVINCE, "Trí thức ngoài đoàn", [one_of("qualification_row", ["Thạc sỹ", "Tiến sỹ"]), is_("union_member", False)]),
)  # fmt: skip
# Targets of the running year for groups, reconstructed like the others.
WANTED = (("women", 150), ("youth", 200), ("ethnic_minority", 12), ("nu-thanh-nien", 95))
MEASURES = (
    "Sinh hoạt ghép với chi bộ bên cạnh",
    "Gặp thanh niên về quê dịp Tết",
    "Phân công đảng viên theo dõi công nhân mới",
    "",
)
MOST_MARKED, SPREAD = 12, 9
LATELY = 200  # days


def play_bottom_up():
    """Put all of it into the demo, once: False where the running year's plan is not there, or somebody said something
    already. Not inside a pen: each deed takes its own."""
    mark = DemoMark.objects.first()
    made_on = mark.made_on if mark else vietnamese.today()
    at = standing((PROVINCE, DISTRICT), made_on)
    plans = {plan.code: plan for plan in Plan.objects.filter(committee=at.get(PROVINCE))}
    running = plans.get(f"{PROVINCE}-{made_on.year}")
    if running is None or len(at) < 2 or _said_already():
        return False
    for code, name, predicate in GROUPS:
        group_deeds.define(by=None, committee=at[code], name=name, predicate=predicate)
    for code, number in WANTED:
        group = Group.objects.get(code=code)
        deeds.set_quota(
            running, at[PROVINCE], by=None, target=Aim(number), group=group, document="101-QĐ/TU (dựng lại)"
        )
    _mark(made_on)
    if ahead := plans.get(f"{PROVINCE}-{made_on.year + 1}"):
        _declare(ahead, made_on)
    return True


def _said_already():
    return Sourceless.objects.exists() or Group.objects.exclude(committee=None).exists()


def _mark(made_on):
    """Every SPREAD-th of the cells in which nobody was admitted for five years and nobody is in view, and one in which
    somebody was admitted afterwards."""
    snapshot = columns.current()
    question, _progress = ask(snapshot, PROVINCE, on=made_on)
    rows = IdleRows(snapshot, question, level=CELLS, years=5)
    idle = rows.chosen[rows.open[rows.positions[rows.chosen]] == 0]
    for k, row in enumerate(rows.fetch(idle[::SPREAD][:MOST_MARKED])):
        since = date(made_on.year, 1 + k % 6, 3 + k)
        _say(row.code, min(since, made_on), k)
    last = rows.last[rows.positions]
    busy = np.flatnonzero(last > made_on.toordinal() - LATELY).tolist()
    codes = ((rows.tree.code(int(rows.positions[k])), date.fromordinal(int(last[k]))) for k in busy)
    code, day = next((one for one in codes if one[0] != QUIET), (None, None))
    if code:
        _say(code, day - timedelta(days=30), 1)


def _say(code, since, k):
    committee = Committee.objects.get(code=code)
    cause, measure = CAUSES[k % len(CAUSES)], MEASURES[k % len(MEASURES)]
    sourceless_deeds.mark(by=None, committee=committee, since=since, cause=cause, measure=measure)


def _declare(plan, made_on):
    """Two of three cells with candidates name those furthest on the road, two at most. Whoever has been decided since the
    demo was made, or is followed no longer, is named by nobody."""
    if Declaration.objects.filter(plan=plan).exists():
        return
    snapshot = columns.current()
    facts, stages = snapshot.candidacies, snapshot.stages_on(made_on.toordinal())
    tree, places = snapshot.tree(made_on), snapshot.places(snapshot.candidacies)
    where = tree.position[places]
    p = int(tree.position[snapshot.structure.by_code[PROVINCE]])
    may = Declared(snapshot, plan, made_on).open & (where >= p) & (where < tree.end[p])
    said_on = made_on - timedelta(days=4)
    may &= (facts["entered"] <= said_on.toordinal()) & (tree.order[where] == places)
    followed = Candidacy.objects.filter(stage__in=Stage.open()).values_list("pk", flat=True)
    may &= np.isin(facts["id"], list(followed))
    cells = np.unique(places[may])
    for k, i in enumerate(cells.tolist()):
        if k % 3 == 2 or snapshot.structure.codes[i] == QUIET:
            continue
        here = np.flatnonzero(may & (places == i))
        first = here[np.argsort(-stages[here], kind="stable")][: 1 + k % 2]
        cell = Committee(id=snapshot.structure.ids[i], code=snapshot.structure.codes[i])
        declare(plan, cell, by=None, on=said_on, ticked=facts["id"][first].tolist())
