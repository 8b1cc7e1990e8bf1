"""What is typed of a department's own group: a fixed set of conditions, each of which may be left open."""

import re
import unicodedata

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.access import TARGETS
from committees.editing import VersionedForm
from committees.picking import CommitteeField

from .. import fields
from ..inputs import Parsed
from . import group_terms as terms
from .forms import OneOf
from .plan_forms import Refusable

_WIDE = {"class": "w-name", "autocomplete": "off"}
_FEW = {"class": "w-num", "inputmode": "numeric", "autocomplete": "off"}
MOST_WORDS, LONGEST_WORD = 20, 60
ANY, ONE_OF, OTHER, WITH, WITHOUT = "", "in", "not_in", "any", "none"
YES, NO = "yes", "no"
MOST_TYPES = 12


def words(separators):
    """A reader of several words, told apart by any of these characters: [text], each once; None for nothing."""

    @fields.empty_is_none
    def parse(value):
        parts = [" ".join(part.split()) for part in re.split(f"[{separators}]", value)]
        found = list(dict.fromkeys(unicodedata.normalize("NFC", part) for part in parts if part))
        if not found or len(found) > MOST_WORDS or max(map(len, found)) > LONGEST_WORD:
            raise ValueError(f"từ 1 đến {MOST_WORDS} từ, mỗi từ không quá {LONGEST_WORD} ký tự")
        return found

    return parse


@fields.empty_is_none
def age(value):
    found = fields.count(value)
    if found > terms.OLDEST:
        raise ValueError(f"một số tuổi từ 0 đến {terms.OLDEST}")
    return found


def _lines(**options):
    return Parsed(
        words(";\n"), max_length=1000, widget=forms.Textarea({"rows": 2, "class": "w-name"}), **options
    )


def _rows(label, name):
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(row, row) for row in terms.ROWS[name]],
        widget=forms.CheckboxSelectMultiple,
    )


class GroupForm(Refusable, forms.Form):
    """A new group: its committee, its name, its conditions. `seen`: the definition of which the page has shown how many
    people it means; only that one is saved."""

    committee = CommitteeField(label=gettext_lazy("Nhóm của tổ chức đảng"))
    name = Parsed(
        fields.name(80), label=gettext_lazy("Tên nhóm"), required=True, widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy("Ví dụ: Ngư dân; Thanh niên dân tộc thiểu số."),
    )  # fmt: skip
    sex = OneOf(
        label=gettext_lazy("Giới tính"), required=False,
        choices=[(ANY, gettext_lazy("Không xét")), ("f", gettext_lazy("Nữ")), ("m", gettext_lazy("Nam"))],
    )  # fmt: skip
    age_from = Parsed(
        age, label=gettext_lazy("Từ tuổi"), widget=forms.TextInput(_FEW),
        help_text=gettext_lazy("Tuổi tròn vào ngày quyết định."),
    )  # fmt: skip
    age_to = Parsed(
        age, label=gettext_lazy("Đến tuổi"), widget=forms.TextInput(_FEW),
        help_text=gettext_lazy("Tính cả tuổi này."),
    )  # fmt: skip
    ethnicity_is = OneOf(
        label=gettext_lazy("Dân tộc"), required=False,
        choices=[
            (ANY, gettext_lazy("Không xét")), (ONE_OF, gettext_lazy("Là một trong")), (OTHER, gettext_lazy("Khác")),
        ],
        help_text=gettext_lazy("Chưa ghi dân tộc thì không thuộc nhóm."),
    )  # fmt: skip
    ethnicity = Parsed(
        words(",;\n"), label=gettext_lazy("Những dân tộc"), widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy("Cách nhau bằng dấu phẩy: Khmer, Chăm."),
    )  # fmt: skip
    religion_is = OneOf(
        label=gettext_lazy("Tôn giáo"), required=False,
        choices=[
            (ANY, gettext_lazy("Không xét")), (WITH, gettext_lazy("Có tôn giáo")),
            (WITHOUT, gettext_lazy("Không tôn giáo")), (ONE_OF, gettext_lazy("Là một trong")),
            (OTHER, gettext_lazy("Có tôn giáo, khác")),
        ],
        help_text=gettext_lazy("Chưa ghi tôn giáo thì không thuộc nhóm."),
    )  # fmt: skip
    religion = Parsed(
        words(",;\n"), label=gettext_lazy("Những tôn giáo"), widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy("Cách nhau bằng dấu phẩy: Công giáo, Phật giáo."),
    )  # fmt: skip
    occupation_rows = _rows(gettext_lazy("Nghề nghiệp, theo dòng của biểu 2-BTCTW"), "occupation_row")
    occupation = _lines(
        label=gettext_lazy("Nghề nghiệp, theo chữ ghi trong hồ sơ"),
        help_text=gettext_lazy("Mỗi dòng một nghề, đúng như đã ghi; không phân biệt chữ hoa, dấu: Ngư dân."),
    )
    education_rows = _rows(gettext_lazy("Học vấn"), "education_row")
    qualification_rows = _rows(gettext_lazy("Trình độ chuyên môn cao nhất"), "qualification_row")
    union_member = OneOf(
        label=gettext_lazy("Đoàn viên"), required=False,
        choices=[
            (ANY, gettext_lazy("Không xét")), (YES, gettext_lazy("Là đoàn viên")),
            (NO, gettext_lazy("Không phải đoàn viên")),
        ],
    )  # fmt: skip
    organisation_type = _lines(label=gettext_lazy("Loại hình của tổ chức nơi kết nạp"))
    seen = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, data=None, *, access):
        super().__init__(data)
        self.fields["committee"].within(access, TARGETS)
        types = _types_in(self.fields["committee"].choosable)
        said = _("Mỗi dòng một loại hình.")
        if types:
            said += " " + _("Đang có: %s.") % "; ".join(types)
        self.fields["organisation_type"].help_text = said

    def clean(self):
        said = super().clean()
        first, last = said.get("age_from"), said.get("age_to")
        if first is not None and last is not None and last < first:
            self.add_error(
                "age_to", _("Đến %(last)d tuổi trước từ %(first)d tuổi.") % {"last": last, "first": first}
            )
        for name, label in (("ethnicity", _("dân tộc")), ("religion", _("tôn giáo"))):
            named, how = said.get(name), said.get(f"{name}_is")
            if how in {ONE_OF, OTHER} and not named and name not in self.errors:
                self.add_error(name, _("Còn trống. Cần ít nhất một %s.") % label)
            elif named and how not in {ONE_OF, OTHER}:
                self.add_error(f"{name}_is", _("Cần chọn những %s đã ghi là một trong, hay là khác.") % label)
        if not self.errors and not self.predicate:
            self.add_error(
                None, _("Chưa có điều kiện nào. Cần ít nhất một điều kiện; các ô để trống thì không xét.")
            )
        return said

    @property
    def predicate(self):
        """The conditions that were not left open, in the order of the form. The form must be valid."""
        said, found = self.cleaned_data, []
        if said["sex"]:
            found.append({"field": "sex", "in": [said["sex"]]})
        if said["age_from"] is not None or said["age_to"] is not None:
            found.append(terms.of_age(said["age_from"], said["age_to"]))
        found += self._words("ethnicity") + self._words("religion")
        for name in terms.ROWS:
            if rows := said[name.removesuffix("_row") + "_rows"]:
                found.append(terms.one_of(name, rows))
        for name in ("occupation", "organisation_type"):
            if said[name]:
                found.append(terms.one_of(name, said[name]))
        if said["union_member"]:
            found.append(terms.is_("union_member", said["union_member"] == YES))
        return found

    def _words(self, name):
        how, named = self.cleaned_data[f"{name}_is"], self.cleaned_data[name]
        if how == WITH:
            return [terms.with_religion()]
        if how == WITHOUT:
            return [terms.without_religion()]
        made = {ONE_OF: terms.one_of, OTHER: terms.other_than}.get(how)
        return [made(name, named)] if made else []

    @property
    def sentence(self):
        """The definition in words, as the page shows it before it is saved."""
        return terms.sentence(self.predicate)

    @property
    def was_seen(self):
        """Whether the page showed this very definition, for this very committee."""
        return self.cleaned_data["seen"] == self.to_see

    @property
    def to_see(self):
        return f"{self.cleaned_data['committee'].code}: {self.sentence}"


def _types_in(choosable):
    """The kinds of organisation that stand within reach, as they are written."""
    tree, found = choosable.tree, set()
    for first, end in choosable.spans:
        found.update(tree.place[p].organisation_type for p in range(first, end))
    return sorted(found - {""})[:MOST_TYPES]


class RenameForm(Refusable, VersionedForm):
    """Another name of a group."""

    name = Parsed(
        fields.name(80), label=gettext_lazy("Tên nhóm"), required=True, widget=forms.TextInput(_WIDE)
    )
