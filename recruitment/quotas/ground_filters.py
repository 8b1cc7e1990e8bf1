"""What may be asked of the lists of organisations without source, and of those that admitted nobody for years."""

from django.utils.translation import gettext_lazy as _

from committees.filters import DayFilter

from .filters import MOST_UNITS, AnytimeForm, Choice, Conditions, Words
from .ground_rows import CELLS, GRASSROOTS

RUNNING, DOUBTFUL, ENDED, EVERY = "", "review", "ended", "all"
YEARS = (1, 2, 3, 5)
MOST_USUAL = 3
MARKED, UNMARKED = "marked", "unmarked"


class GroundForm(AnytimeForm):
    """Of organisations themselves only the day is asked, not a plan nor a group; by that day's tree or today's."""

    def __init__(self, data, **options):
        super().__init__(data, **options)
        for name in ("plan", "group", "tree_day"):
            del self.fields[name]
        self.fields["on"].label = _("Vào ngày")


class GroundConditions(Conditions):
    """A unit directly below."""

    unit = Choice(label=_("Đơn vị"), choices=[], method="in_unit")

    class Meta(Conditions.Meta):
        form = GroundForm

    def prepare(self):
        tree = self.snapshot.tree(self.access.today)
        p = tree.of(self.committee.pk)
        children = tree.children(p) if p >= 0 else []
        units = [(tree.code(child), tree.name(child)) for child in children[:MOST_UNITS]]
        self.filters["unit"].extra["choices"] = [("", _("Tất cả đơn vị")), *units]

    def in_unit(self, rows, name, code):
        p = int(rows.tree.position[self.snapshot.structure.by_code[code]])
        where = rows.tree.position[rows.places]
        return rows.narrow((where >= p) & (where < rows.tree.end[p]))


class MarkConditions(GroundConditions):
    """Marks by what they are today, why, and since when. Those in force, unless others are asked for."""

    state = Choice(
        label=_("Tình trạng"),
        choices=[
            (RUNNING, _("Đang không còn nguồn")),
            (DOUBTFUL, _("Cần xem lại: có kết nạp sau đó")),
            (ENDED, _("Đã có nguồn trở lại")),
            (EVERY, _("Mọi lần đánh dấu")),
        ],
        method="in_state",
    )
    cause = Words(label=_("Nguyên nhân"), method="caused_by")
    since_from = DayFilter(label=_("Đánh dấu từ ngày"), method="marked_since")
    since_to = DayFilter(label=_("Đánh dấu đến hết ngày"), method="marked_until")

    class Meta(GroundConditions.Meta):
        pass  # not inherited by itself

    def narrow(self, rows):
        rows.narrow(rows.begun)
        if not self.form.cleaned_data["state"]:
            rows.narrow(rows.running)
        return super().narrow(rows)

    def in_state(self, rows, name, state):
        if state == DOUBTFUL:
            return rows.narrow(rows.doubtful)
        return rows.narrow(~rows.running) if state == ENDED else rows

    def caused_by(self, rows, name, words):
        return rows.narrow(rows.caused_by(words))

    def marked_since(self, rows, name, day):
        return rows.narrow(rows.since >= day.toordinal())

    def marked_until(self, rows, name, day):
        return rows.narrow(rows.since <= day.toordinal())


class IdleConditions(GroundConditions):
    """Organisations without an admission, of a level, for so many years."""

    level = Choice(
        label=_("Cấp"),
        choices=[("", _("Tổ chức cơ sở đảng")), (CELLS, _("Chi bộ"))],
        method="as_asked",
    )
    years = Choice(
        label=_("Không kết nạp trong"),
        choices=[("" if n == MOST_USUAL else str(n), _("%d năm") % n) for n in YEARS],
        method="as_asked",
    )
    mark = Choice(
        label=_("Nguồn"),
        choices=[
            ("", _("Mọi trường hợp")),
            (UNMARKED, _("Chưa đánh dấu hết nguồn")),
            (MARKED, _("Đã đánh dấu hết nguồn")),
        ],
        method="by_mark",
    )

    class Meta(GroundConditions.Meta):
        pass  # not inherited by itself

    @property
    def asked(self):
        """{level, years} as read; the defaults where nothing valid was said."""
        said = self.form.cleaned_data
        return {"level": said["level"] or GRASSROOTS, "years": int(said["years"] or MOST_USUAL)}

    def as_asked(self, rows, name, value):
        return rows  # the rows were made so

    def by_mark(self, rows, name, value):
        return rows.narrow(rows.without_source if value == MARKED else ~rows.without_source)
