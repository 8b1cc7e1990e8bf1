"""What an entry of the journal tells a reader: lines of old and new values, those of people held back without right."""

import json
from dataclasses import dataclass, field

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from .details import DETAILS

# Written many at a time: the entry counts them instead of listing each.
COUNTED = {"created": _("thêm %s dòng"), "updated": _("sửa %s dòng"), "deleted": _("xóa %s dòng")}
SHOWN = 200


@dataclass(frozen=True)
class Line:
    """One written row: its model in words, what it concerns, and (field, old, new) in the order of the model."""

    model: str
    about: str
    personal: bool
    values: list = field(default_factory=list)
    fields: list = field(default_factory=list)


def is_personal(label):
    """Whether rows of a model may tell of people. Only the ground's own models are known not to: fail closed."""
    return not label.startswith("committees.")


def told(entry, people):
    """The lines of an entry's payload. people: whether the reader may see personal data where it happened.

    Without it, values of models outside `committees` and the entry's free details give way to the names of their
    fields. An erased payload tells nothing. No query.
    """
    if not entry.payload:
        return []
    said = json.loads(entry.payload)
    rows = said.pop("rows", [])
    said.pop("sent", None)  # means nothing to a reader
    lines = [_row(row, people) for row in rows[:SHOWN]]
    if said:
        values = [
            (str(DETAILS.get(name, name)), "", _text(value))
            for name, value in sorted(said.items())
            if value != {}
        ]
        lines.insert(
            0, Line(str(_("Chi tiết")), "", True, values if people else [], [name for name, *_ in values])
        )
    return lines


def _row(row, people):
    label = row["model"]
    personal = is_personal(label)
    about = f"#{row['id']}" if "id" in row else ""
    for key, words in COUNTED.items():
        if key in row:
            about = f"{about} {words % row[key]}".strip()
    old, new = row.get("old", {}), row.get("new", {})
    names = list(dict.fromkeys([*old, *new]))
    titles = {name: _title(label, name) for name in names}
    values = [(titles[name], _text(old.get(name)), _text(new.get(name))) for name in names]
    shown = people or not personal
    return Line(_model(label), about, personal, values if shown else [], list(titles.values()))


def _model(label):
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


def _title(label, name):
    try:
        for known in apps.get_model(label)._meta.concrete_fields:
            if known.attname == name:
                return str(known.verbose_name)
    except LookupError:
        pass
    return name


def _text(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
