import unicodedata
from pathlib import PurePath

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.vietnamese import number

from ..sheets.package import LARGEST_FILE, MB
from ..sheets.read import SheetError
from .load import read

LONGEST_NAME = 120
# A request checks or loads so many in seconds; longer files go through `load` on the machine, which nobody waits for.
MOST_LINES = 50_000


class UploadForm(forms.Form):
    """Which KIND, and the file. Valid once the file was read: `source` holds its rows, `content` its bytes."""

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

    source = content = None

    def __init__(self, data=None, files=None, *, kinds, **options):
        """kinds: the KINDs the account may load somewhere."""
        super().__init__(data, files, **options)
        self.fields["kind"].choices = [("", _("Chọn…")), *((kind.name, kind.title) for kind in kinds)]

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
        if kind and file:
            try:
                self.source = read(kind, file, tidy_name(file.name))
            except SheetError as problem:
                self.add_error("file", str(problem))
                return
            table = self.source.table
            if not table.rows:
                self.add_error(
                    "file",
                    _(
                        "Trang “%(sheet)s” không có dòng nào dưới dòng tiêu đề (dòng %(row)s). Chọn lại tệp có dữ liệu."
                    )
                    % {"sheet": table.sheet, "row": table.heading_row},
                )
                return
            if len(table.rows) > MOST_LINES:
                self.add_error(
                    "file",
                    _(
                        "Tệp có %(found)s dòng; ở đây nhận nhiều nhất %(most)s dòng một lần. Chia tệp rồi nhập từng phần."
                    )
                    % {"found": number(len(table.rows)), "most": number(MOST_LINES)},
                )
                return
            file.seek(0)
            self.content = file.read()


def tidy_name(name):
    """A file's name as it is shown and kept: NFC, without folders and control characters, its ending kept."""
    plain = "".join(sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", name))
    path = PurePath(" ".join(plain.split()) or "tệp.xlsx")
    return path.name if len(path.name) <= LONGEST_NAME else path.stem[: LONGEST_NAME - 5] + path.suffix[:5]
