"""What a list of candidacies may be asked about classes: which are offered, and who is on the list of one."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from committees import vietnamese

from ..models import Course, Participant

# The latest of the classes are offered; whoever looks for an older one opens it among the classes.
MOST = 200


def class_choices(snapshot, committee_id, today):
    """The classes that people under a committee may have been sent to: of a committee at, above or below it on today's
    tree, the latest first. One query; classes are few."""
    tree = snapshot.tree(today)
    p, found = tree.of(committee_id), []
    rows = Course.objects.order_by("-opened_on", "-pk").values_list("pk", "name", "opened_on", "committee_id")
    for pk, name, opened_on, committee in rows if p >= 0 else ():
        at = tree.of(committee)
        if at >= 0 and (at <= p < tree.end[at] or p <= at < tree.end[p]):
            found.append((str(pk), f"{name} ({vietnamese.day(opened_on)})"))
        if len(found) == MOST:
            break
    return [("", _("Mọi lớp")), *found]


def learners(course, on, today):
    """Person ids of those on the list of a class (its id) by the day `on`: on a day that is past, of a class that had
    begun by then. One query."""
    rows = Participant.objects.filter(course_id=course)
    if on < today:
        rows = rows.filter(course__opened_on__lte=on)
    return np.array(list(rows.values_list("person_id", flat=True)), np.int64)
