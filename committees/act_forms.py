"""One form a kind of act: what is typed becomes a row of the workbook `reorganisations`, and a row fills the form."""

import unicodedata

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from . import vietnamese
from .access import STRUCTURE
from .act_words import listed_in
from .acts import (
    CHANGE,
    DISSOLVE,
    FOUND,
    HAND_OVER,
    MEMBERS,
    MERGE,
    MOVE,
    PROBATIONARY,
    RECEIVE,
    RENAME,
    TAKERS,
    TYPE,
)
from .editing import VersionedForm
from .models import Kind
from .picking import SEPARATOR, CommitteeField
from .reorganise import is_code
from .vietnamese import fold

KINDS = [("", _("Chọn loại")), *((str(kind.label), kind.label) for kind in Kind)]


class PackageField(CommitteeField):
    """A committee within reach, or one that the package itself founds. Gives its code, "" where none is named."""

    def __init__(self, **options):
        options.setdefault("help_text", _("Gõ vài chữ hoặc mã; tổ chức lập trong đợt này cũng chọn được."))
        super().__init__(**options)

    def of(self, desk, *, but=None):
        """Bind the field to a desk. but: a code that may not be chosen."""
        self.within(desk.access, STRUCTURE)
        self.initial, self.fresh, self.but = None, desk.names.fresh, but

    def clean(self, value):
        text = forms.CharField.clean(self, value)
        if not text:
            return ""
        code = self._fresh(text) or super().clean(value).code
        if code == self.but:
            raise forms.ValidationError(_("Chọn một tổ chức khác chính nó."))
        return code

    def _fresh(self, text):
        own, wanted = text.rpartition(SEPARATOR)[2].strip(), fold(text)
        return next((code for code, name in self.fresh.items() if code == own or fold(name) == wanted), None)


class NameField(forms.CharField):
    """A committee's name, single-spaced and composed."""

    def __init__(self, **options):
        super().__init__(max_length=200, widget=forms.TextInput(attrs={"class": "w-name"}), **options)

    def to_python(self, value):
        return unicodedata.normalize("NFC", " ".join(super().to_python(value).split()))


class CodeField(forms.CharField):
    """The code of a committee to be."""

    def __init__(self, **options):
        options.setdefault("help_text", _("1–40 chữ cái, chữ số, dấu . - _; không dùng lại mã cũ."))
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"class": "w-code"}), **options)

    def clean(self, value):
        code = unicodedata.normalize("NFC", super().clean(value).strip())
        if code and not is_code(code):
            raise forms.ValidationError(
                _("Tìm thấy “%s”. Cần 1–40 chữ cái, chữ số, dấu . - _ (không có dấu cách).") % code
            )
        return code


class CountField(forms.CharField):
    """A whole number of people as people write it; None where it is empty."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-num"})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            number = vietnamese.parse_number(text)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None
        if not 0 <= number <= 10_000_000:
            raise forms.ValidationError(_("Tìm thấy %s. Cần một số từ 0 trở lên.") % text)
        return number


class PackageForm(VersionedForm):
    """A form on a draft as a whole: where somebody wrote the draft meanwhile, what was typed stays in the fields, and
    saving again goes on top of what stands by then."""

    def values_of(self, row):
        return {}


class ActForm(PackageForm):
    """An act on `about` (a draft_desk.About; None where it makes its committee). `headings`: {field: heading}."""

    what, headings = "", {}

    def __init__(self, data=None, *, desk, about=None, row=None):
        self.desk, self.about = desk, about
        super().__init__(data, row=desk.record, initial=self.of_row(row or {}))
        for field in self.fields.values():
            if isinstance(field, PackageField):
                field.of(desk, but=about and about.code)

    def of_row(self, row):
        """What the fields show of a row."""
        shown = {name: row[heading] for name, heading in self.headings.items() if heading in row}
        for name, field in self.base_fields.items():
            if isinstance(field, PackageField) and name in shown:
                shown[name] = self.desk.label(shown[name])
        return shown

    def rows(self):
        """The rows it comes to."""
        said = {heading: self.cleaned_data.get(name) for name, heading in self.headings.items()}
        said = {heading: value for heading, value in said.items() if value not in (None, "", [])}
        return [{"Việc": self.what, "Mã tổ chức": self.subject, **said}]

    @property
    def subject(self):
        """The code of the committee it is about."""
        return self.about.code if self.about else self.cleaned_data["code"]


class _Makes(ActForm):
    code = CodeField(label=_("Mã tổ chức"))
    name = NameField(label=_("Tên"))
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    above = PackageField(label=_("Trực thuộc"))
    type = forms.CharField(
        label=_("Loại hình"), required=False, max_length=80,
        help_text=_("Nếu cần: doanh nghiệp nhà nước, trường học, công an…"),
    )  # fmt: skip
    headings = {"name": "Tên mới", "kind": "Loại", "above": "Mã cấp trên mới", "type": TYPE}

    def of_row(self, row):
        return super().of_row(row) | ({"code": row["Mã tổ chức"]} if row else {})

    def clean_code(self):
        code, record = self.cleaned_data["code"], self.desk.record
        mine = self.initial.get("code")
        if code != mine and code in self.desk.names.fresh:
            raise forms.ValidationError(_("Mã này đã có một tổ chức khác của đợt này. Chọn mã khác."))
        i = self.desk.structure.by_code.get(code)
        if i is not None and not self.may_return(i):
            told = {"code": code, "name": self.desk.structure.name_on(i, record.day or self.desk.day)}
            raise forms.ValidationError(
                _("Mã %(code)s đã dùng cho %(name)s. Chọn mã khác.") % told
                if self.desk.access.may(STRUCTURE, self.desk.structure.ids[i])
                else _("Mã %s đã dùng. Chọn mã khác.") % code
            )
        return code

    def may_return(self, i):
        return False


class FoundForm(_Makes):
    what = FOUND


class ReceiveForm(_Makes):
    """Its members come along with it, and are told as its headcount of that day."""

    what = RECEIVE
    members = CountField(label=_("Số đảng viên"))
    probationary = CountField(label=_("Trong đó dự bị"))
    headings = {**_Makes.headings, "members": MEMBERS, "probationary": PROBATIONARY}

    def may_return(self, i):
        """One that was handed over from within reach may come back under its own code."""
        return self.desk.mine[i] and self.desk.structure.place_on(i, self.desk.day.toordinal()) is None

    def clean(self):
        said = super().clean()
        part_of(self, "probationary", "members")
        return said


class RenameForm(ActForm):
    what, headings = RENAME, {"name": "Tên mới"}
    name = NameField(label=_("Tên mới"))


class ChangeForm(ActForm):
    what, headings = CHANGE, {"kind": "Loại", "name": "Tên mới"}
    kind = forms.ChoiceField(label=_("Loại mới"), choices=KINDS)
    name = NameField(label=_("Tên mới"), required=False, help_text=_("Để trống nếu tên giữ nguyên."))

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if kind == str(self.about.kind_label):
            raise forms.ValidationError(_("Tổ chức này đang là loại ấy. Chọn loại khác."))
        return kind


class MoveForm(ActForm):
    what, headings = MOVE, {"above": "Mã cấp trên mới"}
    above = PackageField(label=_("Cấp trên mới"))


class _Ends(ActForm):
    """It ends: whose mandate goes on in the heir is named, every other one ends that day."""

    takers = forms.MultipleChoiceField(
        label=_("Người tiếp quản"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["takers"].choices = self.about.mandates

    def of_row(self, row):
        return super().of_row(row) | {"takers": listed_in(row, TAKERS)}

    def rows(self):
        (row,) = super().rows()
        if self.cleaned_data["takers"]:
            row.setdefault(
                "Mã kế thừa", self.about.above
            )  # their mandates go on in a committee that is named
            row[TAKERS] = "; ".join(dict.fromkeys(self.cleaned_data["takers"]))
        return [row]


class MergeForm(_Ends):
    what, headings = MERGE, {"heir": "Mã kế thừa"}
    heir = PackageField(label=_("Sáp nhập vào"))
    field_order = ["heir", "takers"]


class DissolveForm(_Ends):
    what, headings = DISSOLVE, {"heir": "Mã kế thừa"}
    heir = PackageField(
        label=_("Tổ chức kế thừa"), required=False, help_text=_("Để trống thì cấp trên của nó kế thừa.")
    )
    field_order = ["heir", "takers"]


class HandOverForm(ActForm):
    what = HAND_OVER


def part_of(form, part, whole):
    """Note an error where a part is more than its whole."""
    said = form.cleaned_data
    n, every = said.get(part), said.get(whole)
    if n is not None and every is None and not form.errors.get(whole):
        form.add_error(whole, _now("Còn trống. Cần số đảng viên, vì đã ghi số dự bị."))
    elif n is not None and every is not None and n > every:
        told = {"n": vietnamese.number(n), "all": vietnamese.number(every)}
        form.add_error(part, _now("Tìm thấy %(n)s. Cần không quá %(all)s, số đảng viên.") % told)


FORMS = {form.what: form for form in (
    FoundForm, RenameForm, ChangeForm, MoveForm, MergeForm, DissolveForm, ReceiveForm, HandOverForm,
)}  # fmt: skip
