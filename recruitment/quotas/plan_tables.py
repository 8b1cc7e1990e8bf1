import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from committees import deeds, vietnamese

from .links import explained, percentage
from .progress import REPORTED
from .targets import written
from .versions import late

_NUM = {"th": {"class": "num"}, "td": {"class": "num"}}


def who(entry):
    """Who wrote an entry of the journal, and on which day; "–" where a row bears none."""
    return "–" if entry is None else f"{deeds.doer(entry)}, {vietnamese.day(entry.at)}"


def below(*parts):
    """What stands small under a cell's value: the parts that say something."""
    said = [part for part in parts if part]
    return (
        format_html(
            '<br><small class="soft">{}</small>', format_html_join("; ", "{}", ((part,) for part in said))
        )
        if said
        else ""
    )


def share(standing, address=""):
    """A percentage always with its fraction: "103,73 %" over "9.701/9.352". address: of its explanation
    (`links.explained`)."""
    if standing.percent is None:
        return "–"
    fraction = f"{vietnamese.number(standing.admitted)}/{vietnamese.number(standing.goal)}"
    return format_html(
        '{}<br><small class="nb soft">{}</small>',
        percentage(vietnamese.percent_text(standing.percent), address),
        fraction,
    )


def reached(standing, address=""):
    """As `share`; the number alone where there is no share, "–" where there is neither."""
    if standing is None:
        return "–"
    return share(standing, address) if standing.percent is not None else vietnamese.number(standing.admitted)


def opened(links, standing):
    """What was reached, as a link to those behind it where they may be seen."""
    number = vietnamese.number(standing.admitted)
    address = links.admissions(standing.code) if links and standing.admitted else ""
    number = format_html('<a class="n" href="{}">{}</a>', address, number) if address else number
    return format_html("{}{}", number, below(_("theo số báo cáo"))) if standing.basis == REPORTED else number


class PlanTable(tables.Table):
    """Plans that concern the reader, each at the committee from which it is looked at."""

    name = tables.Column(_("Kế hoạch"), accessor="plan__name")
    period = tables.Column(_("Thời gian"), attrs={"td": {"class": "nb"}})
    where = tables.Column(_("Tổ chức đảng"), accessor="found", empty_values=())
    admitted = tables.Column(_("Đã có"), accessor="found", attrs=_NUM, empty_values=())
    target = tables.Column(_("Chỉ tiêu"), attrs=_NUM)
    share = tables.Column(_("Tỷ lệ"), accessor="found", attrs=_NUM, empty_values=())
    on = tables.Column(_("Đến hết ngày"), accessor="found", empty_values=())

    class Meta:
        orderable = False

    def render_name(self, record):
        plan = record.plan
        address = reverse("recruitment:plan", args=[plan.code])
        said = below(plan.get_kind_display(), plan.issuer, plan.document, record.unlike)
        return format_html('<a href="{}">{}</a>{}', address, plan.name, said)

    def render_where(self, record):
        found = record.found
        if found is None:
            return "–"
        return format_html('<a href="{}">{}</a>', record.links.dashboard(found.code), found.name)

    def render_admitted(self, record):
        return opened(record.links, record.found.node) if record.found else "–"

    def render_target(self, record):
        return format_html("{}{}", record.target, below(record.base))

    def render_share(self, record):
        return share(record.found.node, record.links.explained()) if record.found else "–"

    def render_on(self, record):
        return vietnamese.day(record.found.day) if record.found else "–"


class VersionTable(tables.Table):
    """What each version of a plan's targets changed, committee by committee."""

    on = tables.Column(_("Hiệu lực từ"), accessor="quota__effective_on", attrs={"th": {"class": "nb"}})
    name = tables.Column(_("Tổ chức đảng"))
    group = tables.Column(_("Nhóm"), empty_values=())
    words_before = tables.Column(_("Trước"), attrs=_NUM, empty_values=())
    words = tables.Column(_("Thành"), attrs=_NUM)
    difference = tables.Column(_("Chênh"), attrs=_NUM, empty_values=())
    document = tables.Column(_("Văn bản, lý do"), accessor="quota", attrs={"td": {"class": "small"}})
    writer = tables.Column(
        _("Ai ghi, ngày nào"), accessor="stamp", empty_values=(), attrs={"td": {"class": "small"}}
    )

    class Meta:
        orderable = False

    def __init__(self, *args, plan, writers, **options):
        super().__init__(*args, **options)
        self.plan, self.writers = plan, writers

    def render_on(self, value):
        return vietnamese.day(value)

    def render_name(self, record):
        address = reverse("recruitment:quota-history", args=[self.plan.code, record.code])
        return format_html('<a href="{}">{}</a>', address, record.name)

    def render_group(self, value):
        return value.name if value else ""

    def render_words_before(self, value):
        return value or _("lần đầu")

    def render_difference(self, value):
        return "" if value is None else vietnamese.signed(value)

    def render_document(self, value):
        return format_html("{}{}", value.document or "–", below(value.reason))

    def render_writer(self, record):
        entry = self.writers.get(record.stamp)
        belated = late(record.quota, record.history, entry)
        return format_html("{}{}", who(entry), below(_("ghi muộn") if belated else ""))


class TargetTable(tables.Table):
    """The targets of one plan: in force today, reached, given to the units below, set by whom."""

    name = tables.Column(_("Tổ chức đảng"))
    group = tables.Column(_("Nhóm"), empty_values=())
    target = tables.Column(_("Chỉ tiêu"), attrs=_NUM)
    admitted = tables.Column(_("Đã có"), accessor="standing", attrs=_NUM)
    share = tables.Column(_("Tỷ lệ"), accessor="standing", attrs=_NUM)
    below = tables.Column(_("Cấp dưới cộng lại"), empty_values=(), attrs=_NUM)
    changes = tables.Column(_("Điều chỉnh"), attrs=_NUM)
    writer = tables.Column(
        _("Ai ghi, ngày nào"), accessor="stamp", empty_values=(), attrs={"td": {"class": "small"}}
    )

    class Meta:
        orderable = False

    def __init__(self, *args, plan, links, writers, **options):
        super().__init__(*args, **options)
        self.plan, self.links, self.writers = plan, links, writers

    def render_name(self, record):
        address = reverse("recruitment:quota-history", args=[self.plan.code, record.standing.code])
        return format_html('<a href="{}">{}</a>{}', address, record.name, below(record.above))

    def render_group(self, value):
        return value.name if value else ""

    def render_target(self, record):
        target, later = record.standing.target, record.later
        said = [
            record.base or (target.why_not if target else ""),
            record.inherited,
            _("từ %(day)s: %(value)s") % {"day": vietnamese.day(later.effective_on), "value": written(later)}
            if later
            else "",
        ]
        return format_html("{}{}", record.target, below(*said))

    def render_admitted(self, record):
        # The list behind a group's count is that of the dashboard's group.
        return opened(None if record.group else self.links, record.standing) if record.told else "–"

    def render_share(self, record):
        if not record.told:
            return "–"
        code, group = record.standing.code, record.group.code if record.group else ""
        if self.links is None:
            return share(record.standing, explained(self.plan.code, code, group=group))
        return share(record.standing, self.links.explained(code, **({"group": group} if group else {})))

    def render_below(self, record):
        if record.below is None:
            return ""
        gap = record.gap
        said = "" if not gap else _("hơn %s") if gap > 0 else _("còn %s chưa giao")
        return format_html(
            "{}{}", vietnamese.number(record.below), below(said and said % vietnamese.number(abs(gap)))
        )

    def render_changes(self, value):
        return vietnamese.number(value) if value else ""

    def render_writer(self, value):
        return who(self.writers.get(value)) if value is not None else ""
