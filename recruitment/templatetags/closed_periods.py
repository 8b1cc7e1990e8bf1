"""On live pages: that a period is closed, and where the register says otherwise by now."""

from django import template

from ..periods.closed import closed

register = template.Library()


@register.inclusion_tag("recruitment/periods/_closed.html")
def closed_notice(page):
    """Of an annual report's page (`found`, `report`, `committee`): nothing where its period runs, is asked by another tree
    or against another plan than the closed one's, or nobody closed it. Two queries at most."""
    found = page.found
    if found is None or found.running or found.by_choice:
        return {}
    first, last = found.period.first, found.period.last
    said = closed(page.committee, first, last, page.report, people=found.people)
    return {} if said and said.other_plan and page.form.cleaned_data["plan"] else {"closed": said}
