"""What the pages of reorganisations ask beside the acts themselves: a package's head, what to add next, many at once,
and the last word before it is carried out."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from . import vietnamese
from .access import STRUCTURE
from .act_forms import KINDS, CodeField, NameField, PackageField, PackageForm
from .act_words import SLUGS
from .editing import VersionedForm
from .forms import DayField
from .models import Kind, Reorganisation
from .picking import CommitteeField

LINKED = range(1, Reorganisation.MOST_DOCUMENTS + 1)


class HeadForm(VersionedForm):
    """Name, decision, day and linked documents of a package. committee: asked of a new one alone."""

    name = NameField(label=_("Tên đợt"), help_text=_("Ví dụ: Sắp xếp các đảng bộ xã của huyện Thanh Liêm."))
    committee = CommitteeField(label=_("Lập tại"))
    day = DayField(label=_("Ngày hiệu lực"), help_text=_("Mọi việc có hiệu lực từ đầu ngày này."))
    document = forms.CharField(
        label=_("Số quyết định"), required=False, max_length=120, widget=forms.TextInput({"class": "w-name"}),
        help_text=_("Chưa có thì để trống; cần trước khi thực hiện."),
    )  # fmt: skip

    def __init__(self, data=None, *, access, row=None):
        super().__init__(data, row=row)
        if row is not None:
            del self.fields["committee"]
        else:
            self.fields["committee"].within(access, STRUCTURE)
        self.fields["day"].required = True
        for n in LINKED:
            self.fields[f"number{n}"] = forms.CharField(
                label=_now("Văn bản liên quan %d") % n, required=False, max_length=120
            )
            self.fields[f"day{n}"] = DayField(label=_now("Ngày văn bản %d") % n)
            self.fields[f"issuer{n}"] = forms.CharField(
                label=_now("Cơ quan ban hành %d") % n, required=False, max_length=120
            )
        if row is not None and not self.is_bound:
            self.initial |= self.values_of(row)

    def values_of(self, row):
        shown = super().values_of(row)
        shown.pop("committee", None)
        for n in LINKED:
            linked = row.documents[n - 1] if n <= len(row.documents) else {}
            shown |= {f"{name}{n}": linked.get(name, "") for name in ("number", "issuer")}
            shown[f"day{n}"] = vietnamese.parse_day(linked["day"]) if linked.get("day") else None
        return shown

    @property
    def linked(self):
        """[(number, [bound fields])] of the linked documents."""
        return [(n, [self[f"{name}{n}"] for name in ("number", "day", "issuer")]) for n in LINKED]

    def clean(self):
        said = super().clean()
        for n in LINKED:
            if (said.get(f"day{n}") or said.get(f"issuer{n}")) and not said.get(f"number{n}"):
                self.add_error(
                    f"number{n}", _now("Còn trống. Cần số của văn bản, hoặc bỏ ngày và cơ quan ban hành.")
                )
        return said

    def values(self):
        """What `drafting` asks for."""
        said = self.cleaned_data
        documents = [
            {"number": said[f"number{n}"], "day": day.isoformat() if (day := said[f"day{n}"]) else "",
             "issuer": said[f"issuer{n}"]}
            for n in LINKED if said[f"number{n}"]
        ]  # fmt: skip
        return {name: said[name] for name in ("name", "day", "document")} | {"documents": documents}


# What each act comes to, beside its name.
MEANT = {
    "found": _("một tổ chức mới"), "rename": _("tên khác, mọi thứ khác giữ nguyên"),
    "change": _("ví dụ chi bộ cơ sở thành đảng bộ cơ sở"), "move": _("về một cấp trên khác"),
    "merge": _("kết thúc, nhập vào một tổ chức khác"), "split": _("kết thúc, chia cho nhiều tổ chức"),
    "dissolve": _("kết thúc, cấp trên hoặc tổ chức được nêu kế thừa"), "receive": _("một tổ chức từ nơi khác đến"),
    "hand-over": _("đi khỏi cây tổ chức này"),
}  # fmt: skip
# Acts that make their committee; all others are about one that stands.
MAKING = ("found", "receive")


class ChooseForm(forms.Form):
    """Which act next, and on whom: asked by the address."""

    what = forms.ChoiceField(
        label=_("Việc"), choices=[(slug, f"{what}: {MEANT[slug]}") for slug, what in SLUGS.items()], widget=forms.RadioSelect,
        error_messages={"required": _("Chưa chọn. Chọn một việc."), "invalid_choice": _("Chọn một việc.")},
    )  # fmt: skip
    committee = CommitteeField(
        label=_("Tổ chức đảng"), required=False,
        help_text=_("Gõ vài chữ hoặc mã. Để trống khi thành lập hoặc tiếp nhận."),
    )  # fmt: skip

    def __init__(self, data=None, *, desk):
        self.desk = desk
        super().__init__(data)
        self.fields["committee"].within(desk.access, STRUCTURE)

    def clean(self):
        said = super().clean()
        if said.get("what") in MAKING:
            said["committee"] = None
        elif said.get("what") and "committee" not in self.errors:
            if said.get("committee") is None:
                self.add_error("committee", _now("Còn trống. Cần tổ chức mà việc này nói đến."))
            elif self.desk.standing(said["committee"].code) is None:
                told = {"code": said["committee"].code, "day": vietnamese.day(self.desk.day)}
                self.add_error(
                    "committee", _now("Tổ chức %(code)s không hoạt động vào ngày %(day)s của đợt này.") % told
                )
        return said


class LevelForm(PackageForm):
    """Abolish a whole level: every committee of a kind below one."""

    committee = CommitteeField(label=_("Ở đâu"))
    kind = forms.ChoiceField(label=_("Bỏ cấp nào"), choices=[("", _("Chọn loại")), *Kind.choices])
    heir = PackageField(
        label=_("Các tổ chức bên dưới chuyển về"), required=False,
        help_text=_("Để trống thì về cấp trên của từng tổ chức bị bỏ."),
    )  # fmt: skip

    def __init__(self, data=None, *, desk):
        self.desk = desk
        super().__init__(data, row=desk.record)
        self.fields["committee"].within(desk.access, STRUCTURE)
        self.fields["heir"].of(desk)


class ManyForm(forms.Form):
    """What to do with the committees ticked on the tree, in which draft. `heir_*`: where it is a new one."""

    DO = [
        ("merge", _("Sáp nhập các tổ chức này thành một")),
        ("move", _("Chuyển các tổ chức này về một cấp trên")),
    ]
    do = forms.ChoiceField(label=_("Làm gì"), choices=DO, widget=forms.RadioSelect, initial="merge")
    draft = forms.ChoiceField(label=_("Ghi vào"), required=False)
    name = NameField(label=_("Tên đợt mới"), required=False)
    day = DayField(label=_("Ngày hiệu lực"))
    target = CommitteeField(label=_("Vào tổ chức đang có"), required=False)
    code = CodeField(label=_("Mã mới"), required=False)
    called = NameField(label=_("Tên"), required=False)
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS, required=False)
    above = CommitteeField(label=_("Trực thuộc"), required=False)

    def __init__(self, data=None, *, access, drafts, initial=None):
        super().__init__(data, initial=initial)
        self.access = access
        self.fields["draft"].choices = [("", _("Một đợt mới")), *((str(one.pk), one.name) for one in drafts)]
        for name in ("target", "above"):
            self.fields[name].within(access, STRUCTURE)
            self.fields[name].initial = (initial or {}).get(name)

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code and code in self.access.structure.by_code:
            raise forms.ValidationError(_("Mã %s đã dùng. Chọn mã khác.") % code)
        return code

    def clean(self):
        said = super().clean()
        if not said.get("draft"):
            for name in ("name", "day"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _now("Còn trống. Cần cho một đợt mới."))
        if said.get("target") and said.get("code"):
            self.add_error("code", _now("Đã chọn một tổ chức đang có. Bỏ một trong hai."))
        elif not said.get("target") and not said.get("code") and not {"target", "code"} & self.errors.keys():
            self.add_error(
                "target", _now("Còn trống. Chọn một tổ chức đang có, hoặc ghi mã của tổ chức mới.")
            )
        if said.get("code"):
            for name in ("called", "kind", "above"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _now("Còn trống. Cần để lập tổ chức mới."))
        return said


class ApplyForm(PackageForm):
    """The last word: so many acts, from that day, on the tree that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)
    sure = forms.BooleanField(
        error_messages={"required": _("Chưa đánh dấu. Đọc lại đợt này, đánh dấu rồi bấm thực hiện.")}
    )

    def __init__(self, data=None, *, page):
        super().__init__(data, row=page.record)
        self.initial |= {"seen": page.planned.version[0]}
        told = {"n": vietnamese.number(len(page.record.acts)), "day": vietnamese.day(page.day)}
        self.fields["sure"].label = _now("Thực hiện đủ %(n)s việc, có hiệu lực từ ngày %(day)s") % told
