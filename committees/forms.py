"""What the committees' pages ask: every parameter passes a form, so that a bad one is named and never guessed."""

import unicodedata
from datetime import timedelta

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from . import access as door
from . import vietnamese
from .editing import VersionedForm
from .models import Kind, Role
from .picking import CommitteeField


class DayField(forms.CharField):
    """A day as people write it (24/4/2015, 240415, 2015-04-24); gives a date, or None when left empty."""

    def __init__(self, **options):
        options |= {"required": False}
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-date"}), **options)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return vietnamese.parse_day(text)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None


class TreeForm(forms.Form):
    """The tree page: which day, which words, below whom."""

    q = forms.CharField(
        label=_("Tìm tên hoặc mã"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    on = DayField(label=_("Cây tổ chức ngày"))
    kind = forms.ChoiceField(label=_("Loại"), required=False, choices=[("", _("Mọi loại")), *Kind.choices])
    under = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def asked(self):
        """(day, words, kind, code): what is valid of what was asked; today where no day was."""
        self.is_valid()
        said = self.cleaned_data
        day = said.get("on") or vietnamese.today()
        return day, said.get("q", ""), said.get("kind", ""), said.get("under", "")


class ChartForm(forms.Form):
    """The organisation chart: of whom, on which day, how many levels."""

    on = DayField(label=_("Sơ đồ ngày"))
    levels = forms.ChoiceField(
        label=_("Số cấp"), required=False, choices=[("2", _("Hai cấp")), ("3", _("Ba cấp"))]
    )
    under = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def asked(self):
        """(day, levels, code): what is valid of what was asked; today and two levels where nothing was."""
        self.is_valid()
        said = self.cleaned_data
        return said.get("on") or vietnamese.today(), said.get("levels") or "2", said.get("under", "")


class AccountForm(forms.Form):
    """The search above the list of accounts."""

    q = forms.CharField(
        label=_("Tìm tên, tên đăng nhập hoặc mã tổ chức"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def words(self):
        return self.cleaned_data["q"] if self.is_valid() else ""


class NameField(forms.CharField):
    """A person's name, single-spaced and composed."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "w-name"})
        super().__init__(max_length=120, widget=widget, **options)

    def to_python(self, value):
        return unicodedata.normalize("NFC", " ".join(super().to_python(value).split()))


class HolderForm(VersionedForm):
    """What an account's page changes of it."""

    full_name = NameField(label=_("Họ và tên"))


class MandateForm(forms.Form):
    """A role in a committee from a day until a day, both inclusive as typed."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=[("", _("Chọn vai trò")), *Role.choices])
    committee = CommitteeField(label=_("Ở tổ chức đảng"))
    since = DayField(label=_("Từ ngày"), help_text=_("Để trống là từ hôm nay."))
    last = DayField(label=_("Đến hết ngày"), help_text=_("Để trống nếu chưa định ngày kết thúc."))

    def __init__(self, *args, access, **options):
        super().__init__(*args, **options)
        self.access, self.today = access, access.today
        self.fields["committee"].within(access, door.ACCOUNTS)

    def clean(self):
        said = super().clean()
        since, last = said.get("since") or self.today, said.get("last")
        told = {"last": last and vietnamese.day(last), "since": vietnamese.day(since)}
        if last is not None and last < since:
            self.add_error(
                "last",
                _now("Ngày cuối %(last)s trước ngày bắt đầu %(since)s. Xem lại một trong hai ngày.") % told,
            )
        elif last is not None and last < self.today:
            self.add_error(
                "last", _now("Ngày cuối %(last)s đã qua. Ghi từ hôm nay trở đi, hoặc để trống.") % told
            )
        return said

    def granted(self):
        """What `accounts.grant` asks for, its days half-open."""
        said = self.cleaned_data
        return {
            "role": said["role"],
            "committee": said["committee"],
            "since": said["since"] or self.today,
            "until": said["last"] and said["last"] + timedelta(days=1),
        }

    def held(self, mandate):
        """Note that the account holds the same role there already."""
        last = mandate.until and vietnamese.day(mandate.until - timedelta(days=1))
        told = {"since": vietnamese.day(mandate.since), "last": last or _now("chưa định")}
        self.add_error(
            "role",
            _now(
                "Tài khoản đã giữ vai trò này ở đây: từ %(since)s, ngày cuối %(last)s. Chọn những ngày ngoài khoảng đó."
            )
            % told,
        )

    def ends(self, on):
        """Note that the committee stands no more from the day `on`. An heir out of reach stays unnamed."""
        structure = self.access.tree.structure
        i = structure.index[self.cleaned_data["committee"].pk]
        heir = structure.heir(i, max(on, self.today).toordinal())
        told = {"last": vietnamese.day(on - timedelta(days=1))}
        words = _now("Tổ chức này chỉ hoạt động đến hết %(last)s. Không phân quyền quá ngày đó.")
        if heir not in (-1, i) and self.access.may(door.ACCOUNTS, structure.ids[heir]):
            told["heir"] = f"{structure.name_on(heir, on)} ({structure.codes[heir]})"
            words = _now(
                "Tổ chức này chỉ hoạt động đến hết %(last)s. Không phân quyền quá ngày đó; từ hôm sau, phân quyền ở tổ chức "
                "kế thừa: %(heir)s."
            )
        self.add_error("last", words % told)


class NewAccountForm(MandateForm):
    """Somebody new: the account and its first mandate."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        validators=[
            UnicodeUsernameValidator(
                message=_("Chỉ dùng chữ cái, chữ số và các dấu @ . + - _, không có dấu cách.")
            )
        ],
        help_text=_("Chữ cái, chữ số và các dấu @ . + - _, ví dụ: can-bo-dat-do."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "w-code"}),
    )
    full_name = NameField(label=_("Họ và tên"))

    field_order = ["username", "full_name"]

    def clean_username(self):
        """As signing in reads it: compatible forms are one."""
        return unicodedata.normalize("NFKC", self.cleaned_data["username"])


class EndForm(forms.Form):
    """Until when a mandate still holds; nothing typed ends it now."""

    last = DayField(label=_("Còn hiệu lực đến hết ngày"), help_text=_("Để trống để kết thúc ngay."))

    def __init__(self, *args, access, **options):
        super().__init__(*args, **options)
        self.today = access.today

    def clean_last(self):
        last = self.cleaned_data["last"]
        if last is not None and last < self.today:
            told = {"last": vietnamese.day(last), "today": vietnamese.day(self.today)}
            raise forms.ValidationError(
                _("Ngày %(last)s đã qua. Để trống để kết thúc ngay, hoặc ghi từ hôm nay (%(today)s) trở đi.")
                % told
            )
        return last

    def on(self):
        """The first day on which it no longer holds."""
        last = self.cleaned_data["last"]
        return self.today if last is None else last + timedelta(days=1)
