"""The forms of the site itself: signing in and the password. Rooms keep their own."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import accounts
from committees.editing import VersionedForm


class SignInForm(AuthenticationForm):
    def confirm_login_allowed(self, user):
        """Refuses an account that is closed, and a one-time code that nobody used in time."""
        super().confirm_login_allowed(user)
        if user.must_change_password and user.code_until and user.code_until < timezone.now():
            raise forms.ValidationError(
                _("Mã dùng một lần đã quá hạn. Gọi quản trị viên để nhận mã mới."), code="code_expired"
            )


class NewPasswordForm(PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _(
            "Từ 10 ký tự, không toàn chữ số, không giống tên của anh chị, không phải mật khẩu nhiều người dùng. "
            "Vài từ ghép lại thì dễ nhớ và khó đoán."
        )
        self.fields["new_password2"].label = _("Ghi lại mật khẩu mới")
        self.fields["new_password2"].help_text = ""

    def save(self, commit=True):
        """Writes under the pen, as every write; Django's own save would be refused by the model."""
        return accounts.set_password(self.user, self.cleaned_data["new_password1"], by=self.user)


class DigestForm(VersionedForm):
    """The account's own e-mail of the day."""

    email = forms.EmailField(
        label=gettext_lazy("Địa chỉ thư"),
        max_length=160,
        widget=forms.EmailInput({"class": "w-name", "autocomplete": "email"}),
        help_text=gettext_lazy("Hộp thư công vụ của anh chị."),
        error_messages={
            "required": gettext_lazy("Còn trống. Cần một địa chỉ thư, ví dụ can-bo@example.vn."),
            "invalid": gettext_lazy("Chưa phải một địa chỉ thư. Cần dạng can-bo@example.vn."),
        },
    )
    running = forms.BooleanField(
        label=gettext_lazy("Gửi thư mỗi sáng ngày làm việc"), required=False, initial=True
    )
