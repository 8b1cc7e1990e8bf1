"""What is typed of blocks of numbers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.access import PEOPLE
from committees.editing import VersionedForm
from committees.picking import CommitteeField
from committees.vietnamese import day, today

from .. import fields
from ..inputs import Day, Parsed
from .series import skipped

_NARROW = {"class": "w-num", "inputmode": "numeric", "autocomplete": "off"}
_CODE = {"class": "w-code", "autocomplete": "off"}
NOTE = {"label": _("Ghi chú"), "help_text": _("Như “Văn phòng giữ cho Ban Tổ chức, quý II”.")}


class PlaceForm(forms.Form):
    """Whose numbers."""

    place = CommitteeField(label=_("Tổ chức đảng"), required=False)

    def __init__(self, data=None, *, access, **options):
        super().__init__(data, **options)
        self.fields["place"].within(access, PEOPLE)


class _Refusable:
    def refuse(self, faults):
        """Say each fault at its field."""
        for name, message in faults.items():
            self.add_error(name if name in self.fields else None, message)


class ReserveForm(_Refusable, forms.Form):
    """A block to be reserved."""

    first = Parsed(fields.count, label=_("Từ số"), required=True, widget=forms.TextInput(attrs=_NARROW))
    last = Parsed(fields.count, label=_("Đến số"), required=True, widget=forms.TextInput(attrs=_NARROW))
    suffix = Parsed(
        fields.text(30), label=_("Phần sau của số"), required=True, widget=forms.TextInput(attrs=_CODE),
        help_text=_("Từ gạch nối trở đi, như -QĐ/HU. Mỗi loại văn bản giữ một dải."),
    )  # fmt: skip
    since = Day(fields.day, label=_("Dùng cho văn bản từ ngày"), required=True)
    note = Parsed(fields.text(200), **NOTE)

    def __init__(self, data=None, *, suffix="", **options):
        super().__init__(data, initial={"since": day(today()), "suffix": suffix}, **options)

    @property
    def status(self):
        return 400 if self.is_bound and self.errors else 200


class BlockForm(_Refusable, VersionedForm):
    """Numbers of a block that went to other documents, and its end."""

    skipped = Parsed(
        skipped, label=_("Bỏ qua các số"), max_length=4000,
        help_text=_("Số đã cấp cho văn bản khác, không ở sổ này: 147, 150-152."),
    )  # fmt: skip
    ended_on = Day(fields.day, label=_("Thôi dùng từ ngày"), help_text=_("Để trống khi dải còn dùng."))
    note = Parsed(fields.text(200), **NOTE)

    def values_of(self, row):
        return {
            "skipped": ", ".join(map(str, row.skipped)), "ended_on": row.ended_on and day(row.ended_on),
            "note": row.note,
        }  # fmt: skip

    def _said(self, name, value):
        if name == "skipped" and not isinstance(value, str):
            value = ", ".join(map(str, sorted(value or ())))
        return super()._said(name, value)
