"""How long things hold and when they are due. Pure: every term is read from the RuleSet the caller chose by the day.

A term counted in months ends on the same day of its last month, or on that month's last day where it has no such day:
issued 29/02/2020, a certificate lapses on 28/02/2025. A term counted in working days begins on the working day after
its event. Either way the day given back is the term's last: it still belongs to it. KeyError for a rule no set knows.
"""

from datetime import timedelta

from committees.vietnamese import add_months

# Days before an end from which it is shown; both that day and the end itself count. Ours, not the rule book's.
NOTICE = 90


def certificate_lapses_on(issued, rules):
    """The last day on which a certificate of the class on awareness of the Party is valid: 60 months after its issue
    (15/01/2020 gives 15/01/2025). Source: domain.md §1.2(2), point 5.4."""
    return add_months(issued, rules["certificate"].value)


def papers_lapse_on(day, rules):
    """The last day on which the cell may meet over a paper of the dossier dated `day` (the introducer's letter, the
    union's resolution, the summary of opinions): 12 months. Source: domain.md §1.7."""
    return add_months(day, rules["papers"].value)


def decision_due_on(resolved, rules, calendar):
    """The last day for deciding an admission, 60 working days from the cell's resolution of the day `resolved`.
    Source: domain.md §1.2(11)."""
    return calendar.after(resolved, rules["decision"].value)


def decision_latest_on(resolved, rules, calendar):
    """The same with the extension of special cases, 30 working days more. Source: domain.md §1.2(11)."""
    return calendar.after(resolved, rules["decision"].value + rules["decision_extension"].value)


def ceremony_due_on(received, rules, calendar):
    """The last day for the ceremony without a superior's consent, 30 working days from the day the cell received the
    decision. Source: domain.md §1.2(12)."""
    return calendar.after(received, rules["ceremony"].value)


def member_file_due_on(ceremony, rules, calendar):
    """The last day for the new member's own file, 30 working days from the ceremony. Source: domain.md §1.2(13)."""
    return calendar.after(ceremony, rules["member_file"].value)


def probation_ends_on(ceremony, rules):
    """The last day of the 12 months of probation, which count from the ceremony; the cell's resolution must be dated
    later. Source: domain.md §1.3."""
    return add_months(ceremony, rules["probation"].value)


def recognition_due_on(ceremony, rules, calendar):
    """The last day for the cell to propose recognition, or striking off: the 30th working day after the 12 months of
    probation that began on the day of the ceremony. Source: domain.md §1.3."""
    return calendar.after(probation_ends_on(ceremony, rules), rules["recognition"].value)


def recognition_decision_due_on(resolved, rules, calendar):
    """The last day for deciding a recognition, 30 working days from the cell's resolution. Source: domain.md §1.3."""
    return calendar.after(resolved, rules["recognition_decision"].value)


def transfer_due_on(moved, rules, calendar):
    """The last day for a probationary member's transfer of party activity, 60 working days from the move (or the
    decision on it). Source: domain.md §1.8."""
    return calendar.after(moved, rules["transfer"].value)


def review_due_on(since, rules):
    """The last day for the next review of a candidate helped, or last reviewed, since that day: 3 months unless the
    rules say otherwise. Source: office_practice.md §1.1."""
    return add_months(since, rules["review"].value)


def answer_due_on(sent, rules, calendar, abroad=False):
    """The last day for answering a letter of verification: 30 working days from its sending, 90 abroad. Source:
    domain.md §1.2(5), unconfirmed."""
    return calendar.after(sent, rules["verification_abroad" if abroad else "verification_answer"].value)


def class_certificate_due_on(completed, rules):
    """The last day for the certificate, 15 calendar days from the decision that recognised completion. Source:
    office_practice.md §0."""
    return completed + timedelta(days=rules["class_certificate"].value)
