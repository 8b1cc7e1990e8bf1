import unicodedata

from django.core.exceptions import ValidationError

from committees import accounts
from committees.models import Account
from recruitment.management.base import Answer


class Command(Answer):
    """The operator's way to the first administrator, and back in after a lost password; journalled as such."""

    help = "Makes an account, or gives an existing one a new one-time code, printed this once."

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--admin", action="store_true", help="administrator of the whole register")

    def handle(self, *args, username, admin, **options):
        username = unicodedata.normalize("NFC", username.strip())
        try:
            Account._meta.get_field("username").clean(username, None)
        except ValidationError as problem:
            self.stderr.write(f"{username!r}: {' '.join(problem.messages)}")
            raise SystemExit(2) from None
        account, code = accounts.open_account(username, by=None, administrator=admin)
        self.stdout.write(f"Tài khoản: {account.username}")
        self.stdout.write(f"Mã một lần: {code}")
        self.stdout.write(f"Mã dùng được trong {accounts.CODE_DAYS} ngày, chỉ hiện lần này.")
