"""The one door: what an account may see and do, and where (design invariant 7).

A mandate is a role in a committee from a day until a day; it reaches the committee's subtree on today's tree, in
which an ended committee stands where its heir stands. Rights are asked for afresh at each request, so a mandate that
ended is gone at the next click. Outside one's reach: 404, as if it did not exist. Inside without the right: 403.
A view that never asks is refused by the middleware.
"""

import unicodedata
from hashlib import blake2b

import numpy as np
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404
from django.utils.functional import cached_property

from . import vietnamese
from .models import Committee, Mandate, Role
from .sending import sending
from .tree import structure

TREE = "tree"  # see which committees there are
FIGURES = "figures"  # see counts, targets, percentages
PEOPLE = "people"  # see persons
RECORD = "record"  # write persons, candidacies, admissions
OFFICE = "office"  # work the department's desk: queues, criteria, the day's e-mail
TARGETS = "targets"  # set plans and quotas
STRUCTURE = "structure"  # found, rename, merge committees; headcounts
JOURNAL = "journal"  # read the journal
ACCOUNTS = "accounts"  # open accounts, give and end mandates
RULES = "rules"  # change rule sets and calendars

RIGHTS = {
    Role.STAFF: {TREE, FIGURES, PEOPLE, RECORD, OFFICE, TARGETS, STRUCTURE},
    Role.SECRETARY: {TREE, FIGURES, PEOPLE, RECORD},
    Role.STANDING: {TREE, FIGURES, TARGETS},
    Role.INSPECTOR: {TREE, FIGURES, PEOPLE, JOURNAL},
    Role.ADMINISTRATOR: {TREE, ACCOUNTS, RULES},
}


class SignInFirst(Exception):
    """Nobody has signed in: the middleware leads to the sign-in page and back."""


class Access:
    """What one account may do today. One query for its mandates, one for the head of the journal."""

    def __init__(self, account):
        self.account = account
        self.asked = False

    @cached_property
    def today(self):
        return vietnamese.today()

    @cached_property
    def mandates(self):
        """The account's mandates in force today, the highest committee first."""
        if not self.account.is_authenticated:
            return []
        return list(
            Mandate.objects.filter(account_id=self.account.pk).in_force_on(self.today).order_by("since", "pk")
        )

    @cached_property
    def structure(self):
        return structure()

    @cached_property
    def tree(self):
        return self.structure.at(self.today)

    def _sign_in(self):
        self.asked = True
        if not self.account.is_authenticated:
            raise SignInFirst

    def spans(self, right):
        """[(first, end)] positions on today's tree over which the right is held, outermost only, in tree order; the
        end is exclusive. The mask of every list (invariant 7)."""
        self.asked = True
        spans = []
        for mandate in self.mandates:
            if right in RIGHTS[Role(mandate.role)]:
                if mandate.committee_id is None:
                    return [(0, len(self.tree))]
                p = self.tree.of(mandate.committee_id)
                if p >= 0:
                    spans.append((p, int(self.tree.end[p])))
        outer = []
        for first, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not outer or first >= outer[-1][1]:
                outer.append((first, end))
        return outer

    def may(self, right, committee_id):
        """Whether the right is held in that committee. A committee not yet founded answers as the one above it."""
        p = self.tree.of(committee_id)
        if p < 0:
            i = self.structure.index.get(committee_id)
            first = self.structure.places[i][0] if i is not None and self.structure.places[i] else None
            if first is None or first.since <= self.today.toordinal() or first.parent < 0:
                return self._everywhere(right)
            return self.may(right, self.structure.ids[first.parent])
        return any(first <= p < end for first, end in self.spans(right))

    def speaks(self, right, committee_id):
        """Whether the right is held by a mandate in that very committee, or one whose heir it is: who answers in its
        name. A mandate further up reaches it, and speaks for the level above."""
        p = self.tree.of(committee_id)
        self.asked = True
        return p >= 0 and any(
            right in RIGHTS[Role(m.role)] and m.committee_id is not None and self.tree.of(m.committee_id) == p
            for m in self.mandates
        )

    def mark(self):
        """The reach as a text that tells whether it is another one now: the mandates, and every committee that answers to
        each right today. What was read under one reach is not given out under another (S7)."""
        told = blake2b(digest_size=16)
        told.update(repr(sorted((m.pk, m.role, m.committee_id or 0) for m in self.mandates)).encode())
        ids, position = np.array(self.structure.ids, np.int64), self.tree.position
        for right in sorted(set().union(*RIGHTS.values())):
            told.update(right.encode())
            for first, end in self.spans(right):
                told.update(ids[(position >= first) & (position < end)].tobytes())
        return told.hexdigest()

    def _everywhere(self, right):
        self.asked = True
        return any(m.committee_id is None and right in RIGHTS[Role(m.role)] for m in self.mandates)

    def holds(self, right):
        """Whether the right is held anywhere: for menus."""
        return any(right in RIGHTS[Role(mandate.role)] for mandate in self.mandates)

    def require(self, right):
        """Refuse (403) unless the right is held somewhere: for pages that then list only what it reaches."""
        self._sign_in()
        if not self.holds(right):
            raise PermissionDenied
        return self.spans(right)

    def committee(self, code, right):
        """The committee of that code. Http404 outside one's reach, PermissionDenied inside without the right."""
        self._sign_in()
        # An address typed on a Mac may compose its letters otherwise than the code as stored.
        i = self.structure.by_code.get(unicodedata.normalize("NFC", code))
        if i is None:
            raise Http404
        return self._within(self.structure.ids[i], self.structure.codes[i], right)

    def check(self, committee_id, right):
        """The same door for an object that belongs to a committee, known by id."""
        self._sign_in()
        i = self.structure.index.get(committee_id)
        if i is None:
            raise Http404
        self._within(committee_id, self.structure.codes[i], right)

    def _within(self, committee_id, code, right):
        if not any(self.may(held, committee_id) for held in {right, TREE}):
            raise Http404
        if not self.may(right, committee_id):
            raise PermissionDenied
        return Committee(id=committee_id, code=code)

    def public(self):
        """Declares a page open to everyone, signed in or not."""
        self.asked = True

    def self_service(self):
        """Declares a page every signed-in account has for itself (its own password)."""
        self._sign_in()

    def home(self):
        """(role, committee code or None) of the mandate the account works under; (None, None) without any."""
        self._sign_in()
        order = [Role.STAFF, Role.SECRETARY, Role.STANDING, Role.INSPECTOR, Role.ADMINISTRATOR]
        for role in order:
            for mandate in self.mandates:
                if mandate.role == role:
                    p = self.tree.of(mandate.committee_id) if mandate.committee_id else -1
                    return role, self.tree.code(p) if p >= 0 else None
        return None, None


class AccessMiddleware:
    """Gives every request its door, and refuses the answer of a view that never asked it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.access = Access(request.user)
        with sending(request):
            response = self.get_response(request)
        # A request no view answered (an unknown address, a refusal by CSRF) has nothing to hide.
        answered = getattr(request, "resolver_match", None) is not None and response.status_code < 400
        if answered and not request.access.asked:
            if settings.DEBUG or settings.TESTING:
                raise ImproperlyConfigured(f"The view of {request.resolver_match.route} never asked access.")
            raise PermissionDenied
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, SignInFirst):
            return redirect_to_login(request.get_full_path())
        return None
