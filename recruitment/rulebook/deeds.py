"""The deeds of the statute book: rule sets added, values corrected. Nothing is overwritten: a correction is a row with
its own day and document, and the rule set of the files stays as it was laid down."""

import re

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import Overtaken

from ..models import AddedRuleSet, Mark, RuleChange
from . import values

RESERVED = {"new"}  # addresses of pages of their own
_NUMBERED = re.compile(r"[0-9]")


class Refused(ValueError):
    """Nothing was written. `faults`: (name of the value, what is wanted there), in Vietnamese; no name: of the whole."""

    def __init__(self, *faults):
        super().__init__("; ".join(wanted for _name, wanted in faults))
        self.faults = faults


def following(statute, chosen):
    """The rule set in force after `chosen`, or None: its own corrections begin before that one does."""
    return next((one for one in statute.sets if one.since > chosen.since), None)


def correct_rule(statute, rule_set, rule, *, by, since, value, citation, mark, document, stamp=None):
    """Correct one value of a rule set, for steps dated `since` or later (inclusive). Returns the RuleChange.

    statute: as the page showed it (`snapshot.statute`). rule_set, rule: codes it knows, else KeyError. value: of the
    sort that stands (`values.valid`). mark: a Mark; SEEN is what a document with its number confirms. stamp: of the
    correction the page showed last for this rule (0: none), None not asked.
    Raises Refused with every fault at once, and Overtaken. Cost: one query and the pen's.
    """
    chosen = statute.named(rule_set)
    chosen[rule]
    with journal.pen(by, "rule-correct", about=f"rule:{rule_set}/{rule}"):
        last = RuleChange.objects.filter(rule_set=rule_set, rule=rule).order_by("-stamp", "-pk").first()
        if stamp is not None and last is not None and last.stamp != stamp:
            raise Overtaken(last)
        change = RuleChange(
            rule_set=rule_set,
            rule=rule,
            value=value,
            citation=citation,
            mark=mark,
            document=document,
            since=since,
        )
        if faults := _change_faults(statute, chosen, change):
            raise Refused(*faults)
        change.save()
    return change


def _change_faults(statute, chosen, change):
    after = following(statute, chosen)
    standing = (
        statute.on(max(change.since, chosen.since))[change.rule]
        if _within(chosen, after, change.since)
        else None
    )
    faults = []
    if standing is None:
        told = {"since": vietnamese.day(chosen.since), "end": after and vietnamese.day(after.since)}
        wanted = _("một ngày từ %(since)s và trước %(end)s, khi bộ quy tắc sau có hiệu lực")
        faults.append(("since", (wanted if after else _("một ngày từ %(since)s trở đi")) % told))
    if not values.valid(chosen[change.rule], change.value):
        faults.append(("value", _("giá trị cùng loại với giá trị đang có")))
    if not change.citation:
        faults.append(("citation", _("căn cứ: điểm, điều của văn bản")))
    if change.mark not in Mark.values:
        faults.append(("mark", _("mức tin cậy")))
    faults += _document_faults(change.document)
    said = ("value", "citation", "mark")
    if standing is not None and not faults and all(getattr(standing, n) == getattr(change, n) for n in said):
        faults.append(("", _("ít nhất một thay đổi; giá trị, căn cứ và mức tin cậy đang như vậy rồi")))
    return faults


def _within(chosen, after, day):
    return chosen.since <= day and (after is None or day < after.since)


def _document_faults(document):
    if _NUMBERED.search(document or ""):
        return []
    return [("document", _("số văn bản, ví dụ 12-HD/BTCTW"))]


def take_back_correction(change, *, by):
    """A correction made by mistake goes: the same day, by who made it, while none followed it. The journal keeps it.
    Raises Refused."""
    with journal.pen(by, "rule-take-back", about=f"rule:{change.rule_set}/{change.rule}"):
        fresh = RuleChange.objects.filter(pk=change.pk).first()
        if fresh is None:
            raise Refused(("", _("một lần sửa còn đó; lần này đã được rút lại trước")))
        entry = journal.entry_of(fresh.stamp)
        if entry is None or not entry.is_todays("rule-correct", by):
            raise Refused(
                ("", _("lần sửa do chính anh chị ghi hôm nay; lần sửa cũ hơn thì ghi một lần sửa mới"))
            )
        same = RuleChange.objects.filter(rule_set=fresh.rule_set, rule=fresh.rule)
        if same.filter(stamp__gt=fresh.stamp).exists():
            raise Refused(("", _("lần sửa cuối cùng; sau lần này đã có lần sửa khác")))
        fresh.delete()


def add_rule_set(statute, *, by, code, name, since, document):
    """A rule set in force from `since` on, which says what the one in force before it says until corrected. Returns the
    AddedRuleSet. Raises Refused, also where corrections of the one before begin later, which would be silenced. Cost:
    three queries and the pen's."""
    with journal.pen(by, "rule-set-add", about=f"rules:{code}"):
        faults = []
        if (
            code in {one.code for one in statute.sets} | RESERVED
            or AddedRuleSet.objects.filter(code=code).exists()
        ):
            faults.append(("code", _("mã chưa dùng cho bộ quy tắc nào")))
        if since in {one.since for one in statute.sets} or AddedRuleSet.objects.filter(since=since).exists():
            faults.append(("since", _("một ngày chưa có bộ quy tắc nào bắt đầu")))
        elif since < statute.sets[0].since:
            day = vietnamese.day(statute.sets[0].since)
            faults.append(("since", _("một ngày sau %s, ngày bắt đầu của bộ đầu tiên") % day))
        elif silenced := _last_correction(statute.on(since).code, since):
            faults.append(("since", _("một ngày sau %s, ngày của lần sửa cuối bộ trước nó") % silenced))
        faults += _document_faults(document)
        if faults:
            raise Refused(*faults)
        added = AddedRuleSet(code=code, name=name, since=since, document=document)
        added.save()
    return added


def _last_correction(rule_set, since):
    """The day, as written, of the last correction of a set on `since` or later, which a set from `since` on would
    silence; None where there is none. One query."""
    after = RuleChange.objects.filter(rule_set=rule_set, since__gte=since).order_by("-since").first()
    return after and vietnamese.day(after.since)


def take_back_rule_set(added, *, by):
    """A rule set added by mistake goes: the same day, by who added it, before anything of it was corrected. Raises
    Refused."""
    with journal.pen(by, "rule-set-take-back", about=f"rules:{added.code}"):
        fresh = AddedRuleSet.objects.filter(pk=added.pk).first()
        if fresh is None:
            raise Refused(("", _("một bộ quy tắc còn đó; bộ này đã được rút lại trước")))
        entry = journal.entry_of(fresh.stamp)
        if entry is None or not entry.is_todays("rule-set-add", by):
            raise Refused(("", _("bộ quy tắc do chính anh chị thêm hôm nay")))
        if RuleChange.objects.filter(rule_set=fresh.code).exists():
            raise Refused(("", _("bộ quy tắc chưa sửa giá trị nào; rút lại các lần sửa trước")))
        fresh.delete()
