import unicodedata
from io import BytesIO
from pathlib import PurePath

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.access import TREE
from committees.picking import CommitteeField
from committees.vietnamese import number

from ..sheets.package import LARGEST_FILE, MB
from ..sheets.read import HeadingError, SheetError
from . import arranging, desk
from .desk import MOST_LINES
from .kinds import KINDS
from .load import read
from .sight import Sight

LONGEST_NAME = 120


class UploadForm(forms.Form):
    """Which KIND, the file, and who sent it. Valid once the file was read: `source` holds its rows (desk.Unread where its
    headings say nothing), `content` its bytes, `choices` how it was read, `layout` what was remembered of such files."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại dữ liệu"),
        error_messages={
            "required": gettext_lazy("Chưa chọn loại dữ liệu. Chọn một loại trong danh sách."),
            "invalid_choice": gettext_lazy(
                "Loại này không có trong danh sách của anh chị. Chọn lại một loại."
            ),
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        max_length=400,
        error_messages={
            "required": gettext_lazy("Chưa chọn tệp. Chọn một tệp Excel (.xlsx) trên máy của anh chị."),
            "max_length": gettext_lazy("Tên tệp dài quá. Đặt tên ngắn hơn rồi chọn lại."),
        },
    )

    sender = CommitteeField(
        label=gettext_lazy("Nơi gửi tệp"),
        required=False,
        help_text=gettext_lazy("Để trống nếu là của đơn vị anh chị. Cách ghép cột được nhớ theo nơi gửi."),
    )

    source = content = choices = layout = None

    def __init__(self, data=None, files=None, *, access, kinds, **options):
        """kinds: the KINDs the account may load somewhere."""
        super().__init__(data, files, **options)
        self.access = access
        self.fields["kind"].choices = [("", _("Chọn…")), *((kind.name, kind.title) for kind in kinds)]
        self.fields["sender"].within(access, TREE)
        self.fields["sender"].initial = None

    @property
    def unmatched(self):
        """Whether columns have to be matched before the file can be checked."""
        return isinstance(self.source, desk.Unread) or bool(self.source.missing)

    def clean_file(self):
        """Refused by its size before anything of it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("Tệp nặng hơn %(most)s MB, mức lớn nhất nhận được. Chia tệp rồi nhập từng phần.")
                % {"most": LARGEST_FILE // MB}
            )
        return file

    def clean(self):
        kind, file = self.cleaned_data.get("kind"), self.cleaned_data.get("file")
        if not kind or not file:
            return
        right, sender = KINDS[kind].right, self.cleaned_data.get("sender")
        if sender is not None and not self.access.may(right, sender.pk):
            self.add_error(
                "sender", _("Anh chị không được giao nhập loại dữ liệu này ở tổ chức đó. Chọn nơi khác.")
            )
            return
        sender = sender or desk.home(self.access, right)
        file.seek(0)
        self.content = file.read()
        try:
            self._read(kind, tidy_name(file.name), sender.pk if sender else None)
        except SheetError as problem:
            self.add_error("file", str(problem))
        else:
            if not isinstance(self.source, desk.Unread):
                self._bounded()

    def _read(self, kind, name, sender):
        """Read the file as remembered for its sender, else by its words; where these say nothing it is kept unread."""
        self.choices = {"sender": sender}
        found = arranging.remembered(sender, kind, self.content)
        if found is not None and found.asks:
            self.layout, self.choices["proposed"] = found.layout, found.choices
            self.source = desk.Unread(name, self.content)
            return
        if found is not None:
            said = {**found.choices, "sender": sender}
            try:
                self.source = read(kind, BytesIO(self.content), name, said)
            except SheetError:  # the headings are the same, the sheets are not
                pass
            else:
                self.layout, self.choices = found.layout, said
                return
        try:
            self.source = read(kind, BytesIO(self.content), name)
        except HeadingError:
            if Sight(self.content).empty:
                raise
            self.source = desk.Unread(name, self.content)

    def _bounded(self):
        """Refuse a table without rows, or with more than a request bears."""
        table = self.source.table
        if not table.rows:
            self.add_error(
                "file",
                _(
                    "Trang “%(sheet)s” không có dòng nào dưới dòng tiêu đề (dòng %(row)s). Chọn lại tệp có dữ liệu."
                )
                % {"sheet": table.sheet, "row": table.heading_row},
            )
        elif len(table.rows) > MOST_LINES:
            self.add_error(
                "file",
                _(
                    "Tệp có %(found)s dòng; ở đây nhận nhiều nhất %(most)s dòng một lần. Chia tệp rồi nhập từng phần."
                )
                % {"found": number(len(table.rows)), "most": number(MOST_LINES)},
            )


def tidy_name(name):
    """A file's name as it is shown and kept: NFC, without folders and control characters, its ending kept."""
    plain = "".join(sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", name))
    path = PurePath(" ".join(plain.split()) or "tệp.xlsx")
    return path.name if len(path.name) <= LONGEST_NAME else path.stem[: LONGEST_NAME - 5] + path.suffix[:5]
