"""What every deed on a candidacy shares: the refusal, the pen with its words, how far along a stage lies."""

from committees import journal

from ...models import Stage

_ORDER = {stage.value: k for k, stage in enumerate(Stage)}
_RANK = {stage.value: k for k, stage in enumerate(Stage.road())}


# What may stand without papers: a workbook told it, or somebody before papers were kept.
BY_HAND = (Stage.CLASS, Stage.DOSSIER, Stage.CELL, Stage.SUBMITTED)
# Who is still helped by an official member: everybody on the road until recognised.
HELPED = (*Stage.open(), Stage.PROBATION)


class Refused(ValueError):
    """The deed is not done; `reasons` says all that stands against it, in Vietnamese; `field` what it is about, where
    it is one thing asked."""

    def __init__(self, *reasons, field=None):
        super().__init__(" ".join(reasons))
        self.reasons, self.field = reasons, field


class Forbidden(Refused):
    """The rules stand against the deed: `objections` is every one that forbids it, each with its citation."""

    def __init__(self, objections):
        super().__init__(*(objection.said for objection in objections))
        self.objections = objections


def rank(stage):
    """How far along the road a stage lies, from 0; a stopped candidacy lies nowhere (-1)."""
    return _RANK.get(stage, -1)


def road(candidacy):
    """Its steps in order of day, those of one day in the order of the procedure. One query, none where they were
    prefetched."""
    return sorted(candidacy.steps.all(), key=lambda step: (step.on, _ORDER[step.stage], step.pk))


def last_step(candidacy):
    """The step that says where the candidacy stands. As `road`."""
    return road(candidacy)[-1]


def deed_on(candidacy, deed, by, **details):
    return journal.pen(by, deed, about=about(candidacy), committee=candidacy.cell, **details)


def about(candidacy):
    """How the journal calls it."""
    return f"recruitment.candidacy:{candidacy.pk}"


def seen(candidacy, fresh):
    """The row the caller holds tells what stands now."""
    candidacy.stage, candidacy.stamp = fresh.stage, fresh.stamp
    return candidacy


def create_rows(model, rows):
    return model.objects.bulk_create(rows)


def change_row(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
