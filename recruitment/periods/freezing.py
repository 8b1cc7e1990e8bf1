"""A report as it is kept: its numbers packed so that a Report can be made of them again, its papers as bytes. What was
sent is printed from the bytes, never made anew: a later program may draw a line elsewhere."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

from ..models import FrozenReport
from ..reports.annual_views import WRITERS
from ..reports.base import Column, Formula, Ref, Report, Row, Sheet

Form = FrozenReport.Form


def pack(report):
    """The bytes (JSON, UTF-8) of a Report's words and numbers; the same for the same report. Charts are left out: they are
    drawn from the numbers."""
    said = {
        "name": report.name, "title": report.title, "committee": report.committee, "period": report.period,
        "finding": report.finding, "notices": list(report.notices), "left": list(report.left),
        "right": list(report.right), "signers": list(report.signers),
        "sheets": [_sheet_said(sheet) for sheet in report.sheets],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def unpack(content):
    """The Report of these bytes."""
    said = json.loads(bytes(content))
    return Report(
        name=said["name"], title=said["title"], committee=said["committee"], period=said["period"],
        finding=said["finding"], notices=tuple(said["notices"]), left=tuple(said["left"]),
        right=tuple(said["right"]), signers=tuple(said["signers"]),
        sheets=[_sheet_of(sheet) for sheet in said["sheets"]],
    )  # fmt: skip


def _sheet_said(sheet):
    columns = [
        {"key": one.key, "heading": one.heading, "kind": one.kind, "under": one.under, "width": one.width}
        for one in sheet.columns
    ]
    rows = [
        {
            "key": row.key, "look": row.look, "level": row.level, "kind": row.kind,
            "cells": {key: _value_said(value) for key, value in row.cells.items()},
        }
        for row in sheet.rows
    ]  # fmt: skip
    about = {"key": sheet.key, "title": sheet.title, "heading": sheet.heading, "empty": sheet.empty}
    return about | {"columns": columns, "rows": rows, "notes": list(sheet.notes)}


def _sheet_of(said):
    rows = [
        Row(
            key=row["key"], look=row["look"], level=row["level"], kind=row["kind"],
            cells={key: _value_of(value) for key, value in row["cells"].items()},
        )
        for row in said["rows"]
    ]  # fmt: skip
    return Sheet(
        key=said["key"], title=said["title"], heading=said["heading"], empty=said["empty"],
        columns=tuple(Column(**column) for column in said["columns"]), rows=rows, notes=tuple(said["notes"]),
    )  # fmt: skip


def _value_said(value):
    """A whole number and words as they are; else [sort, text], a formula [its operation, [[row, column], …]]."""
    if isinstance(value, Formula):
        return [value.operation, [[ref.row, ref.column] for ref in value.operands]]
    for sort, kept in (("fraction", Fraction), ("decimal", Decimal)):
        if isinstance(value, kept):
            return [sort, str(value)]
    return ["day", value.isoformat()] if isinstance(value, date) else value


def _value_of(said):
    if not isinstance(said, list):
        return said
    sort, what = said
    read = {"fraction": Fraction, "decimal": Decimal, "day": date.fromisoformat}.get(sort)
    return read(what) if read else Formula(sort, tuple(Ref(*ref) for ref in what))


@dataclass(frozen=True)
class Kept:
    """One form of a report as bytes."""

    form: str
    whole: bool
    name: str
    content: bytes

    @property
    def digest(self):
        return hashlib.sha256(self.content).hexdigest()


def freeze(report, *, whole):
    """[Kept] of a Report: its numbers, its workbook, its paper. whole: whether it is for who may see persons."""
    kept = [Kept(Form.FIGURES, whole, f"{report.name}.json", pack(report))]
    for form in (Form.XLSX, Form.PDF):
        write, _content_type = WRITERS[form]
        file = BytesIO()
        write(file, report)
        kept.append(Kept(form, whole, f"{report.name}.{form}", file.getvalue()))
    return kept
