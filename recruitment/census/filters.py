"""What may be asked of the lists of settlements and of small cells."""

from django.utils.translation import gettext_lazy as _

from committees.models import Settlement

from ..quotas.filters import AnytimeForm, Choice, Conditions, Words
from ..quotas.ground_filters import GroundConditions
from .cell_rows import UNCOUNTED, UNDER
from .land import NONE, OWN, SHARED
from .settlement_rows import COVERAGE_STATES, LACKING


class LandForm(AnytimeForm):
    """A day, and the tree of that day or of today; no plan, no group."""

    def __init__(self, data, **options):
        super().__init__(data, **options)
        for name in ("plan", "group", "tree_day"):
            del self.fields[name]
        self.fields["on"].label = _("Vào ngày")


class LandConditions(GroundConditions):
    """A unit directly below."""

    class Meta(Conditions.Meta):
        form = LandForm


class SettlementConditions(LandConditions):
    """Settlements by their name, sort and who answers for them."""

    q = Words(label=_("Tên hoặc mã thôn"), method="with_words")
    state = Choice(
        label=_("Chi bộ"),
        choices=[
            ("", _("Mọi trường hợp")),
            (OWN, COVERAGE_STATES[OWN]),
            (LACKING, _("Chưa có chi bộ riêng")),
            (SHARED, COVERAGE_STATES[SHARED]),
            (NONE, COVERAGE_STATES[NONE]),
        ],
        method="in_state",
    )
    kind = Choice(label=_("Loại"), choices=[("", _("Mọi loại")), *Settlement.Kind.choices], method="of_kind")

    class Meta(LandConditions.Meta):
        pass  # not inherited by itself

    def with_words(self, rows, name, words):
        return rows.narrow(rows.with_words(words))

    def in_state(self, rows, name, state):
        return rows.narrow(rows.in_state(state)) if state else rows

    def of_kind(self, rows, name, kind):
        return rows.narrow(rows.kinds == kind) if kind else rows


class CellConditions(LandConditions):
    """Cells by their latest headcount. Those under three official members, unless others are asked for."""

    state = Choice(
        label=_("Chi bộ"),
        choices=[
            ("", _("Dưới ba đảng viên chính thức")),
            (UNCOUNTED, _("Chưa có số đảng viên")),
            ("all", _("Mọi chi bộ")),
        ],
        method="in_state",
    )

    class Meta(LandConditions.Meta):
        pass  # not inherited by itself

    def narrow(self, rows):
        if not self.form.cleaned_data["state"]:
            rows.narrow(rows.in_state(UNDER))
        return super().narrow(rows)

    def in_state(self, rows, name, state):
        return rows if state == "all" else rows.narrow(rows.in_state(state))
