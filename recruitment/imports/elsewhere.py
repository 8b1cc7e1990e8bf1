"""Rows of a load that lie today where whoever takes it back does not hold the right of its KIND: a load is undone under
today's reach, not under that of the day it came in."""

from django.apps import apps

from committees.models import Coverage

from ..models import Admission, Candidacy, Certificate
from ..pipeline.matching import chunks

# The committee a row lies in. What lies in none (an account) stays with the rows that refer to it.
WHERE = {
    "committees.committee": "pk",
    "committees.coverage": "committee_id",
    "committees.headcount": "committee_id",
    "committees.mandate": "committee_id",
    "committees.placement": "committee_id",
    "recruitment.admission": "cell_id",
    "recruitment.candidacy": "cell_id",
    "recruitment.certificate": "cell_id",
    "recruitment.mentorship": "candidacy__cell_id",
    "recruitment.plan": "committee_id",
    "recruitment.quota": "committee_id",
    "recruitment.reportedfigure": "committee_id",
    "recruitment.step": "candidacy__cell_id",
}


class Reach:
    """Where an account holds a right today; without an access, that of the machine's operator: everywhere."""

    def __init__(self, access, right):
        self.access, self.right = access, right
        self._everywhere = access is None or access.may(right, None)
        self._known = {}

    def beyond(self, label, ids):
        """Those of the rows of that table that lie beyond it. One query for each 500 rows, three of persons."""
        if self._everywhere:
            return set()
        found = set()
        for some in chunks(sorted(ids)):
            for pk, lies in _committees(label, some):
                if not any(self.holds(committee) for committee in lies):
                    found.add(pk)
        return found

    def holds(self, committee_id):
        """Whether the right is held there; each committee is asked of once."""
        if committee_id not in self._known:
            self._known[committee_id] = self.access.may(self.right, committee_id)
        return self._known[committee_id]


def _committees(label, ids):
    """[(id, the committees it lies in: it is out of reach where none of them is within)]."""
    if label == "recruitment.person":  # who records a person anywhere may write of them
        lies = {}
        for model in (Certificate, Candidacy, Admission):
            for pk, cell in model.objects.filter(person_id__in=ids).values_list("person_id", "cell_id"):
                lies.setdefault(pk, set()).add(cell)
        return list(lies.items())
    if label == "committees.settlement":
        rows = Coverage.objects.filter(settlement_id__in=ids).order_by("since", "pk")
        return [(pk, (on,)) for pk, on in dict(rows.values_list("settlement_id", "committee_id")).items()]
    if label not in WHERE:
        return []
    rows = apps.get_model(label)._base_manager.filter(pk__in=ids).values_list("pk", WHERE[label])
    return [(pk, (on,)) for pk, on in rows]
