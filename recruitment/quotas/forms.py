"""How a question is asked in an address or a form: plan, day, tree, group. Bad values are faults of their field."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from committees import vietnamese
from committees.forms import DayField

from ..models import Plan
from .groups import choices
from .progress import Unanswerable, tree_day
from .two_views import NOW, offered


class Menu(forms.Select):
    """A plain select written in one go: Django's own asks the template engine once for every option."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        options = ((key, " selected" if str(key) == chosen else "", label) for key, label in self.choices)
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html(
            "<select{}>{}</select>",
            attributes,
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class OneOf(forms.ChoiceField):
    """A choice that says what was found when it is none of them."""

    widget = Menu

    default_error_messages = {"invalid_choice": _("Không có lựa chọn “%(value)s” ở đây.")}


class TreeField(forms.CharField):
    """By which tree: that of the day asked (None), today's, or that of another day. `offer` before it is bound."""

    def __init__(self, **options):
        super().__init__(label=_("Cây tổ chức"), required=False, **options)

    def offer(self, given, today):
        """given: what the address says; today: what "now" means."""
        self.today, self.widget = today, Menu(choices=offered(given or ""))

    def clean(self, value):
        value = super().clean(value)
        if value in {"", NOW}:
            return self.today if value else None
        try:
            return vietnamese.parse_day(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class Answering:
    """A form that asks a question; `heirs` answer for the committee asked where it had ended by the tree asked for."""

    heirs = ()

    def refused(self, error):
        """Say why there is no answer (an Unanswerable)."""
        self.add_error(None, str(error))
        self.heirs = getattr(error, "heirs", ())


def plans_for(snapshot, code, today, among=None):
    """(plans that concern a committee, the one to begin with or None).

    They belong to the committee, to one above or below it, by today's tree (or that of its last day), or to nobody in
    particular. To begin with: the nearest committee's, this one first, of those the last that has begun, a congress's
    before a standing committee's before the unit's own. among(plan): which plans come into question at all.
    """
    structure = snapshot.structure
    i = structure.by_code[code]
    tree = snapshot.tree(tree_day(snapshot, i, today))
    p = int(tree.position[i])
    found, with_target = [], {plan_id for plan_id, _group in snapshot.small.quotas}
    for plan in filter(among, snapshot.small.plans.values()):
        at = tree.of(plan.committee_id) if plan.committee_id else -1
        if at >= 0 and p >= 0 and (at <= p < tree.end[at] or p <= at < tree.end[p]):
            found.append((plan, at))
        elif plan.committee_id is None and plan.pk in with_target:
            found.append((plan, -1))
    begun = [(at, plan) for plan, at in found if at <= p and plan.since <= today]
    counted = [row for row in begun if row[1].counts == Plan.Counts.ADMISSIONS] or begun
    first = max(counted, key=_nearest)[1] if counted else None
    return sorted((plan for plan, _ in found), key=lambda plan: (plan.since, plan.code), reverse=True), first


_KINDS = {kind: -k for k, kind in enumerate(Plan.Kind)}


def _nearest(row):
    at, plan = row
    return at, plan.since, _KINDS[plan.kind], plan.code


class QuestionForm(Answering, forms.Form):
    """Bound to the address. `asked` are the arguments of `progress` and `ask` beside snapshot and committee."""

    plan = OneOf(label=_("Kế hoạch"), required=False)
    group = OneOf(label=_("Nhóm"), required=False)
    tree_on = TreeField()
    tree_day = DayField(label=_("Cây tổ chức của một ngày khác"))
    on = DayField(label=_("Đến hết ngày"))

    # Pages of one plan begin with the nearest; lists may be asked without any.
    needs_plan = True

    def __init__(self, data, *, snapshot, code, today):
        super().__init__(data)
        self.snapshot, self.code, self.today = snapshot, code, today
        self.plans, self.first_plan = plans_for(snapshot, code, today)
        anything = [] if self.needs_plan else [("", _("Mọi kế hoạch, mọi thời gian"))]
        self.fields["plan"].choices = anything + [(plan.code, plan.name) for plan in self.plans]
        groups = choices(snapshot, code, today, given=self.data.get("group", ""))
        self.fields["group"].choices = [("", _("Tất cả")), *groups]
        self.fields["tree_on"].offer(self.data.get("tree_on"), today)
        if self.needs_plan and not self.data.get("plan") and self.first_plan:
            self.data = {**self.data.dict(), "plan": self.first_plan.code}

    @property
    def no_plan(self):
        """Nothing to compare with: no plan concerns this committee yet."""
        return self.needs_plan and not self.data.get("plan")

    @property
    def _plan(self):
        return self.snapshot.small.plans.get(self.cleaned_data.get("plan"))

    @property
    def asked(self):
        """{plan, on, tree_on, group} as read; None where the address names none."""
        said, plan = self.cleaned_data, self._plan
        on, tree_on = said["on"], said.get("tree_day") or said.get("tree_on")
        if on is None and plan is not None and plan.since > self.today:
            # A plan that has not begun is seen as of its first day, when its targets hold; today's tree is not that day's.
            on, tree_on = plan.since, None if tree_on == self.today else tree_on
        return {
            "plan": said.get("plan") or None,
            "on": on,
            "tree_on": tree_on or self._only_later_tree(),
            "group": said.get("group") or None,
        }

    def _only_later_tree(self):
        """Today, for a committee founded after the day asked: its past is that of those whose heir it is, and only a
        tree in which it stands can show it."""
        plan = self._plan
        on = self.cleaned_data["on"] or (min(plan.last_day, self.today) if plan else self.today)
        founded = self.snapshot.structure.first_day(self.snapshot.structure.by_code[self.code])
        return self.today if founded is not None and on < founded <= self.today else None

    def answer(self, question):
        """question(**asked), or None with the form's errors telling why there is no answer."""
        if not self.is_valid() or self.no_plan:
            return None
        try:
            return question(**self.asked)
        except Unanswerable as error:
            self.refused(error)
            return None
