"""Every list that leaves as a file, by the name in its address: what it is asked of, and the page it is a file of."""

from ..census.lists import settlements, small_cells
from ..papers.registers.books import BOOKS
from ..pipeline.lists import admissions, candidacies
from ..pipeline.still import still
from ..quality import lists as faults
from ..quotas.lists import idle, quotas, sourceless, units
from . import (
    annual_file,
    census_exports,
    declared_exports,
    desk_exports,
    duplicate_exports,
    exchange_page,
    folder_file,
    gap_exports,
    grounds,
    list_exports,
    plan_exports,
    quality_exports,
    registers,
    rule_exports,
    target_exports,
)
from .exports import of

# What each list is asked of, and its page.
LISTINGS = {
    "admissions": admissions,
    "certificates": admissions,
    "candidacies": candidacies,
    "forecast": still,
    **{name: book.listing for name, book in BOOKS.items()},
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
    "exchange": (exchange_page.exchange, "recruitment:exchange"),
    "quality": (quality_exports.quality, "recruitment:quality"),
    "gaps": (gap_exports.gaps, "recruitment:gap-list"),
    "groups": (list_exports.groups, "recruitment:group-list"),
    "changes": (list_exports.changes, "recruitment:change-list"),
    "reorganisations": (list_exports.reorganisations, "committees:reorganisation-list"),
    "tree": (grounds.tree, "committees:tree"),
    "journal": (grounds.journal, "committees:journal"),
    "accounts": (grounds.accounts, "committees:account-list"),
    "claims": (grounds.claims, "recruitment:sources"),
    "courses": (desk_exports.courses, "recruitment:course-list"),
    "learners": (desk_exports.learners, "recruitment:course-list"),
    "mentors": (desk_exports.mentors, "recruitment:mentor-list"),
    "duplicates": (duplicate_exports.duplicates, "recruitment:duplicate-list"),
    "queue": (desk_exports.queue, "recruitment:desk"),
    "rules": (rule_exports.rules, "recruitment:rule-set-list"),
    "holidays": (rule_exports.holidays, "recruitment:calendar"),
    "criteria": (rule_exports.asked, "recruitment:criterion-list"),
}


def _of_listing(listing):
    return lambda access, params: of(listing(access, params))


# Every list as an Export, by its name: a function of an access and what was asked.
FILES = (
    {name: _of_listing(listing) for name, listing in LISTINGS.items()}
    | {name: registers.of(book) for name, book in BOOKS.items()}
    | {name: export for name, (export, _page) in EXPORTS.items()}
)
# What can be made in the background: those, the report of a period, and a dossier.
PREPARED = FILES | {annual_file.NAME: annual_file.of_page, folder_file.NAME: folder_file.of_page}
