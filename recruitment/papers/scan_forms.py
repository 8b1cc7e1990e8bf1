"""What is asked of a scan: which files, of which paper; why it is dropped."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..sheets.scan_kinds import MB
from . import folder_scans
from .folder_scans import OTHER

# What one sending may weigh; the server in front lets through a little more.
MOST_SENT = 24 * MB
ACCEPTED = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class Several(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """One or more files; as [(name, bytes)]. Bounded before a byte of them is read."""

    def __init__(self, **options):
        options.setdefault(
            "error_messages",
            {"required": gettext_lazy("Chưa chọn tệp nào. Chọn tệp PDF, hoặc ảnh chụp từng trang.")},
        )
        super().__init__(
            label=gettext_lazy("Tệp quét hoặc ảnh chụp"), widget=Several(attrs={"accept": ACCEPTED}), allow_empty_file=True,
            max_length=400, **options,
        )  # fmt: skip

    def clean(self, data, initial=None):
        one = super().clean
        files = [one(file, initial) for file in data or [None]]
        if len(files) > settings.SCAN_PAGES:
            raise forms.ValidationError(
                _("Chọn %(count)s tệp, nhiều nhất %(most)s tệp một lần. Chia ra rồi tải lên từng phần.")
                % {"count": len(files), "most": settings.SCAN_PAGES}
            )
        for file in files:
            if file.size > settings.SCAN_MB * MB:
                raise forms.ValidationError(
                    _(
                        "“%(name)s” nặng hơn %(most)s MB, mức lớn nhất nhận được. Quét lại ở độ nét thấp hơn hoặc chia tệp."
                    )
                    % {"name": file.name[-60:], "most": settings.SCAN_MB}
                )
        if sum(file.size for file in files) > MOST_SENT:
            raise forms.ValidationError(
                _(
                    "Các tệp nặng cả thảy hơn %s MB, mức lớn nhất của một lần gửi. Tải trang đầu lên trước, rồi thêm trang vào sau."
                )
                % (MOST_SENT // MB)
            )
        return [(file.name, file.read()) for file in files]


class FilesForm(forms.Form):
    """`refuse` says why the files sent were not taken; what else was typed stays."""

    files = Files()

    def refuse(self, fault):
        self.add_error("files", str(fault))

    @property
    def status(self):
        return 400 if self.is_bound else 200


class AddForm(FilesForm):
    """Files for one paper of the folder, one of `things`, or for another one that is named."""

    of = forms.ChoiceField(
        label=gettext_lazy("Là bản quét của"),
        error_messages={
            "required": gettext_lazy("Chưa chọn giấy tờ. Chọn một giấy, hoặc “Giấy tờ khác”."),
            "invalid_choice": gettext_lazy("Giấy này không còn trong hồ sơ. Chọn lại trong danh sách."),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("Tên giấy tờ"), max_length=200, required=False,
        help_text=gettext_lazy("Chỉ cần cho “Giấy tờ khác”, ví dụ: Bằng tốt nghiệp, Giấy khai sinh."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    field_order = ["of", "title", "files"]

    def __init__(self, data=None, files=None, *, access, candidacy, folder, **options):
        super().__init__(data, files, **options)
        self.things = {
            thing.key: thing
            for thing in [*folder.bare, *(one for one in folder.things if one not in folder.bare)]
            if folder_scans.may_add(access, candidacy, thing.kind, thing.issued)
        }
        labels = [(thing.key, thing.label) for thing in self.things.values()]
        self.fields["of"].choices = [("", _("Chọn…")), *labels, (OTHER, _("Giấy tờ khác"))]

    def clean(self):
        of, title = self.cleaned_data.get("of"), self.cleaned_data.get("title", "")
        if of == OTHER and not title and "title" not in self.errors:
            self.add_error("title", _("Chưa ghi tên giấy tờ. Ghi tên như trên giấy, ví dụ: Bằng tốt nghiệp."))
        return self.cleaned_data

    def asked(self):
        """What `scans.add` is told besides the files."""
        thing = self.things.get(self.cleaned_data["of"])
        if thing is None:
            return {"title": self.cleaned_data["title"]}
        return {"title": (self.cleaned_data["title"] or thing.label)[:200], **thing.scan}


class ReplaceForm(FilesForm):
    """Files in the place of a scan, or pages to go behind its own."""

    INSTEAD, AFTER = "instead", "after"

    how = forms.ChoiceField(
        label=gettext_lazy("Cách thay"), initial=AFTER,
        choices=[(AFTER, gettext_lazy("Thêm trang vào sau các trang đã có")), (INSTEAD, gettext_lazy("Thay cả bản quét"))],
        error_messages={"required": gettext_lazy("Chưa chọn cách thay."), "invalid_choice": gettext_lazy("Chọn lại cách thay.")},
    )  # fmt: skip
    field_order = ["how", "files"]


class DropForm(forms.Form):
    """Why a scan is dropped."""

    why = forms.CharField(
        label=gettext_lazy("Lý do bỏ"), max_length=300,
        error_messages={"required": gettext_lazy("Chưa ghi lý do. Ghi vì sao bỏ bản quét này, ví dụ: quét nhầm người.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    @property
    def status(self):
        return 400 if self.is_bound else 200
