"""The form of a split: who the heirs are, for which share, and to whom each child, dossier and settlement goes."""

import unicodedata
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import vietnamese
from .act_forms import KINDS, CountField, NameField, PackageField, PackageForm, part_of
from .act_words import listed_in
from .acts import FOUND, MEMBERS, MOVE, PROBATIONARY, SPLIT, TAKERS, parse_share
from .reorganise import is_code

FEWEST, MOST = 2, 12
HEIR = ("code", "name", "kind", "above", "share", "members", "probationary")


class ShareField(forms.CharField):
    """A share as people write it, in per cent: gives "60%"; "" where it is empty."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "w-num"})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return ""
        try:
            share = vietnamese.parse_decimal(text)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None
        if not 0 < share <= 100 or share != round(share, 4):
            raise forms.ValidationError(_("Tìm thấy %s. Cần một tỷ lệ trên 0 đến 100 (%%).") % text)
        return f"{format(Decimal(share).normalize(), 'f').replace('.', ',')}%"


class SplitForm(PackageForm):
    """Fields h1_code, h1_name … of each heir, and one choice of heir for each thing to share out: child_<code>,
    and <n of its Parts>_<value> for the rest."""

    takers = forms.MultipleChoiceField(
        label=gettext_lazy("Người tiếp quản"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Vai trò tiếp tục ở tổ chức 1; của những người khác kết thúc ngày ấy."),
    )  # fmt: skip

    def __init__(self, data=None, *, desk, about, heirs=FEWEST):
        self.desk, self.about = desk, about
        told = [desk.record.acts[k] for k in desk.split_rows(about.code)]
        self.told = {row["Mã kế thừa"]: row for row in told if row["Việc"] == SPLIT}
        self.founded = {row["Mã tổ chức"]: row for row in told if row["Việc"] == FOUND}
        self.moved = {row["Mã tổ chức"]: row["Mã cấp trên mới"] for row in told if row["Việc"] == MOVE}
        self.count = min(MOST, max(heirs, FEWEST, len(self.told)))
        super().__init__(data, row=desk.record, initial=self._initial())
        self.fields["takers"].choices = about.mandates
        for n in range(1, self.count + 1):
            self._add_heir(n)
        self.shared = [(_("Tổ chức trực thuộc"), "child", list(about.children.items()))]
        self.shared += [(parts.title, f"part{k}", parts.items) for k, parts in enumerate(about.parts)]
        numbers = [(str(n), _("Tổ chức %d") % n) for n in range(1, self.count + 1)]
        for _title, prefix, items in self.shared:
            for value, label in items:
                self.fields[f"{prefix}_{value}"] = forms.ChoiceField(
                    label=label, choices=[("", _("Chưa chọn")), *numbers],
                    error_messages={"required": _("Chưa chọn tổ chức nhận. Chọn một tổ chức kế thừa.")},
                )  # fmt: skip

    def _add_heir(self, n):
        said = {
            "code": _HeirField(label=_("Tổ chức %d: mã hoặc tên") % n),
            "name": NameField(label=_("Tên tổ chức %d, nếu lập mới") % n, required=False),
            "kind": forms.ChoiceField(label=_("Loại của tổ chức %d, nếu lập mới") % n, choices=KINDS, required=False),
            "above": PackageField(label=_("Cấp trên của tổ chức %d, nếu lập mới") % n, required=False, help_text=""),
            "share": ShareField(label=_("Tỷ lệ của tổ chức %d (%%)") % n),
            "members": CountField(label=_("Số đảng viên của tổ chức %d") % n),
            "probationary": CountField(label=_("Trong đó dự bị của tổ chức %d") % n),
        }  # fmt: skip
        for name, field in said.items():
            self.fields[f"h{n}_{name}"] = field
            if isinstance(field, PackageField):
                field.of(self.desk, but=self.about.code)

    def _initial(self):
        """What the acts that are there already say, the principal heir first."""
        shown, about = {}, self.about
        number = {code: str(n) for n, code in enumerate(self.told, start=1)}
        for n in range(1, self.count + 1):
            shown |= {f"h{n}_kind": str(about.kind_label), f"h{n}_above": self.desk.label(about.above)}
        for code, n in number.items():
            row, made = self.told[code], self.founded.get(code)
            shown |= {
                f"h{n}_code": code if made else self.desk.label(code), f"h{n}_share": _per_cent(row.get("Tỷ lệ", "")),
                f"h{n}_members": row.get(MEMBERS), f"h{n}_probationary": row.get(PROBATIONARY),
            }  # fmt: skip
            if made:
                shown[f"h{n}_name"], shown[f"h{n}_kind"] = made["Tên mới"], made["Loại"]
                shown[f"h{n}_above"] = self.desk.label(made.get("Mã cấp trên mới", ""))
            for k, parts in enumerate(about.parts):
                shown |= {f"part{k}_{value}": n for value in listed_in(row, parts.heading)}
            shown.setdefault("takers", []).extend(listed_in(row, TAKERS))
        shown |= {f"child_{code}": number[heir] for code, heir in self.moved.items() if heir in number}
        return shown

    @property
    def heirs(self):
        """[(number, [its bound fields])]."""
        return [(n, [self[f"h{n}_{name}"] for name in HEIR]) for n in range(1, self.count + 1)]

    @property
    def sharing(self):
        """[(title, [bound fields])] of what there is to share out."""
        return [
            (title, [self[f"{prefix}_{value}"] for value, _label in items])
            for title, prefix, items in self.shared
            if items
        ]

    def clean(self):
        said = super().clean()
        codes, shares = {}, []
        for n in range(1, self.count + 1):
            code = said.get(f"h{n}_code")
            if code in codes:
                self.add_error(
                    f"h{n}_code", _("Trùng với tổ chức %d. Mỗi tổ chức kế thừa ghi một lần.") % codes[code]
                )
            elif code:
                codes[code] = n
                self._check_new(n, code)
            part_of(self, f"h{n}_probationary", f"h{n}_members")
            shares.append(said.get(f"h{n}_share"))
        self._check_shares(shares)
        return said

    def is_new(self, code):
        """Whether the split itself founds that heir."""
        known = (
            code in self.desk.structure.by_code or code in self.desk.names.fresh.keys() - self.founded.keys()
        )
        return not known

    def _check_new(self, n, code):
        wanted = {"name": _("tên"), "kind": _("loại"), "above": _("cấp trên")}
        for name, label in wanted.items():
            field = f"h{n}_{name}"
            if self.is_new(code) and not self.cleaned_data.get(field) and field not in self.errors:
                told = {"label": label, "code": code}
                self.add_error(field, _("Còn trống. Cần %(label)s, vì %(code)s là tổ chức lập mới.") % told)

    def _check_shares(self, shares):
        if not any(shares) or any(f"h{n}_share" in self.errors for n in range(1, self.count + 1)):
            return
        for n, share in enumerate(shares, start=1):
            if not share:
                self.add_error(
                    f"h{n}_share", _("Còn trống. Ghi tỷ lệ cho mọi tổ chức kế thừa, hoặc bỏ trống hết.")
                )
        total = sum(Decimal(share.rstrip("%").replace(",", ".")) for share in shares if share)
        if all(shares) and total != 100:
            self.add_error(
                f"h{len(shares)}_share",
                _("Các tỷ lệ cộng lại là %s %%. Cần đúng 100 %%.") % vietnamese.decimal(total, 2),
            )

    def rows(self):
        """The rows it comes to: each heir's founding where it is new, then its part; then the children's moves."""
        said, founding, parts, moves = self.cleaned_data, [], [], []
        codes = {str(n): said[f"h{n}_code"] for n in range(1, self.count + 1)}
        for n, code in codes.items():
            if self.is_new(code):
                founding.append({
                    "Việc": FOUND, "Mã tổ chức": code, "Tên mới": said[f"h{n}_name"], "Loại": said[f"h{n}_kind"],
                    "Mã cấp trên mới": said[f"h{n}_above"],
                })  # fmt: skip
            row = {
                "Việc": SPLIT, "Mã tổ chức": self.about.code, "Mã kế thừa": code, "Tỷ lệ": said[f"h{n}_share"],
                MEMBERS: said[f"h{n}_members"], PROBATIONARY: said[f"h{n}_probationary"],
                TAKERS: "; ".join(said["takers"]) if n == "1" else "",
            }  # fmt: skip
            for k, offered in enumerate(self.about.parts):
                mine = [str(value) for value, _label in offered.items if said[f"part{k}_{value}"] == n]
                row[offered.heading] = "; ".join(mine)
            parts.append({heading: value for heading, value in row.items() if value not in (None, "")})
        for code in self.about.children:
            moves.append({"Việc": MOVE, "Mã tổ chức": code, "Mã cấp trên mới": codes[said[f"child_{code}"]]})
        return [*founding, *parts, *moves]


class _HeirField(PackageField):
    """An heir: a committee there is, by some words, or the code of one to be founded. One word alone is a code."""

    def __init__(self, **options):
        help_text = gettext_lazy("Tổ chức đang có (gõ vài chữ), hoặc một mã mới để lập.")
        super().__init__(help_text=help_text, max_length=200, **options)

    def clean(self, value):
        text = unicodedata.normalize("NFC", forms.CharField.clean(self, value).strip())
        known = text in self.fresh or text in self.choosable.structure.by_code
        return text if is_code(text) and not known else super().clean(text)


def _per_cent(share):
    """A share as the form asks it, per cent without the sign: "60" of 60%, 0.6, "0,6" and 60; as typed where it is none."""
    try:
        return (
            vietnamese.decimal(parse_share(share) * 100, 4).rstrip("0").rstrip(",")
            if share not in (None, "")
            else ""
        )
    except ValueError:
        return str(share)
