"""What of a committee's target its units were given: allotted, unallotted, over-allotted, said in words. The two need
not agree, so the difference is explained, never refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees.vietnamese import number

LEFT, OVER, EVEN, ALONE = "left", "over", "even", "alone"


@dataclass(frozen=True)
class Balance:
    """goal: the committee's own target, None without one; given: what the units' come to."""

    goal: int | None
    given: int

    @property
    def gap(self):
        """What is not given yet (negative: given beyond); None without a target of the whole."""
        return None if self.goal is None else self.goal - self.given

    @property
    def state(self):
        if self.gap is None:
            return ALONE
        return LEFT if self.gap > 0 else OVER if self.gap < 0 else EVEN

    @property
    def fraction(self):
        """ "512/560", or the sum alone where there is nothing to hold it against."""
        return number(self.given) + ("" if self.goal is None else f"/{number(self.goal)}")

    @property
    def distance(self):
        """How far apart the two are; 0 where there is nothing to hold the sum against."""
        return abs(self.gap or 0)

    @property
    def words(self):
        """ "còn 48 chưa giao", "giao hơn 12", "vừa đủ chỉ tiêu chung"."""
        if self.state == ALONE:
            return _("chưa có chỉ tiêu chung để so")
        if self.state == EVEN:
            return _("vừa đủ chỉ tiêu chung")
        return (_("còn %s chưa giao") if self.state == LEFT else _("giao hơn %s")) % number(self.distance)

    @property
    def why(self):
        """Why a difference may stand."""
        return {
            LEFT: _("Phần chưa giao giữ lại để giao bổ sung trong kỳ; không bắt buộc giao hết."),
            OVER: _(
                "Tổng giao cho các đơn vị được phép hơn chỉ tiêu chung, để bù nơi không đạt. Kết quả chung vẫn so với"
                " chỉ tiêu chung, không so với tổng này."
            ),
            EVEN: "",
            ALONE: _(
                "Tổng của các đơn vị không thay cho chỉ tiêu chung; mỗi số giữ nguyên như văn bản giao."
            ),
        }[self.state]
