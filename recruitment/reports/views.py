from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..census.lists import settlements, small_cells
from ..courses.register import register
from ..pipeline.lists import admissions, candidacies
from ..pipeline.still import still
from ..quality import lists as faults
from ..quotas.listing import LISTS
from ..quotas.lists import idle, quotas, sourceless, units
from . import (
    census_exports,
    declared_exports,
    desk_exports,
    gap_exports,
    grounds,
    plan_exports,
    quality_exports,
    rule_exports,
    target_exports,
)
from .exports import Unanswered, of, sent

# What each list is asked of, and its page.
LISTINGS = {
    "admissions": admissions,
    "certificates": admissions,
    "candidacies": candidacies,
    "forecast": still,
    "register": register,
    "units": units,
    "sourceless": sourceless,
    "idle": idle,
    "quotas": quotas,
    "settlements": settlements,
    "smallcells": small_cells,
    "candidacyfaults": faults.candidates,
    "admissionfaults": faults.admissions,
    "committeefaults": faults.committees,
}
EXPORTS = {
    "plans": (plan_exports.plans, "recruitment:plan-list"),
    "targets": (plan_exports.targets, "recruitment:plan-list"),
    "declared": (declared_exports.declared, "recruitment:plan-list"),
    "alltargets": (target_exports.alltargets, "recruitment:unit-targets"),
    "versions": (target_exports.versions, "recruitment:plan-list"),
    "years": (target_exports.years, "recruitment:plan-list"),
    "sidebyside": (target_exports.sidebyside, "recruitment:unit-targets"),
    "flows": (census_exports.flows, "recruitment:flow-sheet"),
    "flowunits": (census_exports.flowunits, "recruitment:flow-sheet"),
    "quality": (quality_exports.quality, "recruitment:quality"),
    "gaps": (gap_exports.gaps, "recruitment:gap-list"),
    "tree": (grounds.tree, "committees:tree"),
    "journal": (grounds.journal, "committees:journal"),
    "accounts": (grounds.accounts, "committees:account-list"),
    "claims": (grounds.claims, "recruitment:sources"),
    "courses": (desk_exports.courses, "recruitment:course-list"),
    "learners": (desk_exports.learners, "recruitment:course-list"),
    "mentors": (desk_exports.mentors, "recruitment:mentor-list"),
    "queue": (desk_exports.queue, "recruitment:desk"),
    "rules": (rule_exports.rules, "recruitment:rule-set-list"),
    "holidays": (rule_exports.holidays, "recruitment:calendar"),
    "criteria": (rule_exports.asked, "recruitment:criterion-list"),
}


@never_cache
@require_safe
def list_export(request, name, form):
    """Any list as a file: asked as its page is, with the same parameters; without an answer, the page says why."""
    if name in LISTINGS:
        export, page = _of_listing(LISTINGS[name]), LISTS[name].address
    elif name in EXPORTS:
        export, page = EXPORTS[name]
    else:
        raise Http404
    try:
        return sent(request.user, export(request.access, request.GET), form)
    except Unanswered:
        return redirect(f"{reverse(page)}?{request.GET.urlencode()}")


def _of_listing(listing):
    return lambda access, params: of(listing(access, params))
