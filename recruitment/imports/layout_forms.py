from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..sheets import heads
from . import words
from .blanks import note
from .kinds import KINDS
from .layout import EVERY, SECTION, SHEET, TITLE, Choices, head_texts

VALUE = "="
MOST_SHOWN = 120  # characters of a row in the list of rows
_GIVEN = {
    SHEET: gettext_lazy("tên trang tính"),
    TITLE: gettext_lazy("dòng tựa phía trên (chi bộ, đảng bộ…)"),
    SECTION: gettext_lazy("dòng mục đứng trên nhóm"),
}


class HeadForm(forms.Form):
    """Which sheet, and where its headings stand; sent by GET, so that the columns below are shown anew."""

    sheet = forms.ChoiceField(label=gettext_lazy("Trang tính"), required=False)
    row = forms.TypedChoiceField(
        label=gettext_lazy("Dòng tiêu đề"), required=False, coerce=int, empty_value=None
    )
    rows = forms.TypedChoiceField(
        label=gettext_lazy("Tiêu đề gồm"),
        required=False,
        coerce=int,
        empty_value=1,
        choices=[(n, gettext_lazy("%d dòng") % n) for n in range(1, heads.DEEPEST + 1)],
    )

    def __init__(self, data, *, sight, **options):
        super().__init__(data, **options)
        every = [(EVERY, _("Mọi trang tính, cùng một kiểu bảng"))] if len(sight.sheets) > 1 else []
        self.fields["sheet"].choices = [(name, name) for name in sight.sheets] + every
        self.fields["row"].choices = [
            (number, _("Dòng %(n)d: %(text)s") % {"n": number, "text": text[:MOST_SHOWN]})
            for number, text in sight.shown_rows()
        ]


class ColumnsForm(forms.Form):
    """Which column of the file, or which value, gives each of ours. Valid with every required one given: `choices`."""

    remember = forms.BooleanField(
        label=gettext_lazy("Nhớ cách ghép này cho tệp sau của nơi gửi"), required=False, initial=True
    )
    skip = forms.BooleanField(
        label=gettext_lazy("Bỏ qua dòng của người không còn sinh hoạt (đã chuyển, ra khỏi Đảng, từ trần)"),
        required=False,
    )

    def __init__(self, data=None, *, kind, sight, head, sender, stands, **options):
        """head: (sheet, row, rows); sender: whether there is anybody to remember it for; stands: the Choices shown."""
        super().__init__(data, **options)
        self.kind, self.head = KINDS[kind], head
        self.block = heads.block(sight.first, *head[1:])
        self.file_columns = sight.columns(*head[1:])
        gives, told = heads.told_by_column(self.block, words.synonyms(self.kind))
        self._pairs = [",".join(letters) for letters in (*gives.values(), *map(list, told.values()))]
        self._told = told
        if not sender:
            del self.fields["remember"]
        if words.STATUS not in head_texts(self.block).values():
            del self.fields["skip"]
        else:
            self.fields["skip"].initial = stands.skip
        for k, column in enumerate(self.kind.columns):
            self.fields[f"from-{k}"] = forms.ChoiceField(
                label=column.heading,
                required=False,
                choices=self._offers(column),
                initial=_standing(stands, column.heading),
                error_messages={"invalid_choice": _("Cột này không có trong tệp. Chọn lại một cột.")},
            )
            self.fields[f"value-{k}"] = forms.CharField(
                label=_("%s, một giá trị cho cả tệp") % column.heading,
                required=False,
                max_length=200,
                initial=stands.values.get(column.heading, ""),
            )

    def _offers(self, column):
        found = [("", _("không có trong tệp")), (VALUE, _("một giá trị cho cả tệp:"))]
        if column.heading in self._told:
            pair = self._told[column.heading]
            said = ", ".join(f"{letter} = {word}" for letter, word in pair.items())
            found.append((f"?{column.heading}", _("theo cột có chữ: %s") % said))
        for pair in dict.fromkeys(self._pairs):
            found.append((pair, _("cột %s, ô nào có chữ") % pair.replace(",", " hoặc ")))
        if column.names:
            found += [(f"@{name}", words_) for name, words_ in _GIVEN.items()]
        return found + [
            (one.letter, f"{one.letter}: {one.heading or _('(không có tiêu đề)')}")
            for one in self.file_columns
        ]

    def lines(self):
        """[(column, its choice, its value, what may stand in it)] in our order, for the page."""
        return [
            (column, self[f"from-{k}"], self[f"value-{k}"], note(column))
            for k, column in enumerate(self.kind.columns)
        ]

    def clean(self):
        cleaned = super().clean()
        sheet, row, rows = self.head
        found = Choices(sheet, row, rows, head_texts(self.block), skip=bool(cleaned.get("skip")))
        for k, column in enumerate(self.kind.columns):
            self._say(found, k, column, cleaned.get(f"from-{k}", ""), cleaned.get(f"value-{k}", ""))
        self.choices = found
        return cleaned

    def _say(self, found, k, column, source, value):
        """Lay one of our columns into the Choices."""
        name = column.heading
        if f"from-{k}" in self.errors or f"value-{k}" in self.errors:
            return
        if source == VALUE or (not source and value):
            self._one_value(found, k, column, value)
        elif source.startswith("?"):
            found.words[name] = self._told[name]
        elif source.startswith("@"):
            found.given[name] = source[1:]
        elif source:
            found.columns[name] = source.split(",")
        elif column.required:
            self.add_error(
                f"from-{k}", _("Bắt buộc. Chọn cột của tệp, hoặc ghi một giá trị cho cả tệp ở ô bên cạnh.")
            )

    def _one_value(self, found, k, column, value):
        if not value:
            self.add_error(f"value-{k}", _("Chưa ghi giá trị. Ghi vào ô này, hoặc chọn một cột của tệp."))
            return
        try:
            if not column.names:
                column.parse(value)
        except ValueError as problem:
            self.add_error(
                f"value-{k}", _("“%(value)s”; cần %(wanted)s.") % {"value": value, "wanted": problem}
            )
            return
        found.values[column.heading] = value


def _standing(stands, heading):
    """The choice that stands for one of our columns."""
    if heading in stands.values:
        return VALUE
    if heading in stands.words:
        return f"?{heading}"
    if heading in stands.given:
        return f"@{stands.given[heading]}"
    return ",".join(stands.columns.get(heading, ()))
