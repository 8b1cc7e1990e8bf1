"""New members by ethnic group and religion, women among them: what form 2B-BTCTW asks. Names are words as typed; those
that differ in accents, case or spaces only are one."""

from collections import Counter
from functools import cached_property

from committees.filters import among
from committees.vietnamese import fold, sort_key

from ..models import Admission, Sex
from ..rules import form2

# As the group "religious" leaves out.
NONE = {"", "khong", "khong ton giao"}


class Names:
    """Of both periods of a report, asked when the first figure is: two queries."""

    def __init__(self, report):
        self.report = report

    @cached_property
    def _traits(self):
        """{period: {(ethnic group, religion, sex): people}}."""
        found = {}
        for name in ("now", "before"):
            selection = getattr(self.report, name).selection
            ids = selection.rows["id"][selection.chosen].tolist()
            rows = Admission.objects.filter(pk__in=among(ids))
            found[name] = Counter(rows.values_list("ethnicity", "religion", "sex"))
        return found

    @cached_property
    def _counts(self):
        """{(period, "ethnicity" or "religion", folded name): (people, women among them)}."""
        people, women = Counter(), Counter()
        for period, rows in self._traits.items():
            for (ethnicity, religion, sex), n in rows.items():
                for which, name in (("ethnicity", ethnicity), ("religion", religion), ("", "")):
                    people[period, which, fold(name)] += n
                    women[period, which, fold(name)] += n if sex == Sex.FEMALE else 0
        return {key: (n, women[key]) for key, n in people.items()}

    def found(self, each):
        """[(folded name, name as most write it)] of those there are in one of the periods, in alphabetical order."""
        spelt = {}
        at = ("ethnicity", "religion").index(each)
        for rows in self._traits.values():
            for row, n in rows.items():
                spelt.setdefault(fold(row[at]), Counter())[" ".join(row[at].split())] += n
        left_out = NONE if each == "religion" else {""}
        names = [(name, words.most_common(1)[0][0]) for name, words in spelt.items() if name not in left_out]
        return sorted(names, key=lambda pair: sort_key(pair[1]))

    def people(self, period, asks):
        return self._figure(period, asks, 0)

    def women(self, period, asks):
        return self._figure(period, asks, 1)

    def _figure(self, period, asks, which):
        if not getattr(self.report, period).known:
            return None
        if asks == ("total",):
            return self._counts.get((period, "", ""), (0, 0))[which]
        if asks[0] != "line" or asks[1] not in ("ethnicity", "religion"):
            return None
        name = "" if asks[2] == form2.UNKNOWN else asks[2]
        return self._counts.get((period, asks[1], name), (0, 0))[which]
