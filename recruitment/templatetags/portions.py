"""The rows of a draft being typed, in one go: there may be a thousand, and a template asks its engine for each cell."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from committees.vietnamese import day, number, signed

register = template.Library()

_NUMBER = '<td class="num" role="cell" data-l="{}">{}</td>'
_CELL = (
    '<td class="num give{}" role="cell" data-l="{}" data-column="{}" data-now="{}">{}<label class="hush" for="{}">{}'
    "</label>{}{}</td>"
)
_NOTE = '<td class="note" role="cell" data-l="{}">{}<label class="hush" for="{}">{}</label>{}</td>'
_DIGITS = mark_safe(' inputmode="numeric"')
_BOX = '<input class="in {}" type="text" name="{}" id="{}" value="{}" maxlength="{}" autocomplete="off"{}{}>'


@register.simple_tag
def portion_rows(page):
    """One row a unit: what speaks for its number, then the numbers to be typed and a note. page: an `Editor`."""
    return format_html_join("", '<tr role="row">{}</tr>\n', ((_row(page, line),) for line in page.lines))


def _row(page, line):
    parts = [_name(line)]
    if page.below.members:
        parts.append(format_html(_NUMBER, _("Đảng viên"), _members(line.members)))
    for heading, n, address in line.facts:
        shown = format_html('<a class="n" href="{}">{}</a>', address, number(n)) if address else number(n)
        parts.append(format_html(_NUMBER, heading, shown))
    if page.shows_now:
        parts.append(format_html(_NUMBER, _("Đang giao"), line.now))
    if page.suggests:
        parts.append(
            format_html(_NUMBER, _("Gợi ý"), "–" if line.suggested is None else number(line.suggested))
        )
    parts += [_cell(cell, k) for k, cell in enumerate(line.cells, 1)]
    parts.append(_note(line.note))
    return format_html_join("", "{}", ((part,) for part in parts))


def _name(line):
    gone = (
        format_html('<br><small class="soft">{}</small>', _("không còn trực thuộc")) if line.stranger else ""
    )
    return format_html('<th scope="row" role="rowheader">{}{}</th>', line.unit.name, gone)


def _members(found):
    if found is None:
        return format_html('<small class="soft">{}</small>', _("chưa có số"))
    said = [day(found.day)]
    if found.parts:
        said.append(_("cộng từ %s đơn vị") % number(found.parts))
    if found.missing:
        said.append(_("%s chưa có số") % number(found.missing))
    return format_html('{}<br><small class="soft">{}</small>', number(found.value), ", ".join(said))


def _cell(cell, k):
    field, moved = cell.field, ""
    look = " cell-bad" if field.errors else " changed" if cell.moved else ""
    if cell.moved and not cell.group:
        moved = format_html(
            '<small class="nb"><span class="hush">{} </span>{}</small>', _("so với gợi ý"), signed(cell.moved)
        )
    label = cell.group.name if cell.group else _("Chỉ tiêu")
    return format_html(
        _CELL, look, label, k, cell.now, _wrong(field), field.id_for_label, field.label,
        _box(field, "w-num", numeric=True), moved,
    )  # fmt: skip


def _note(field):
    return format_html(_NOTE, _("Ghi chú"), _wrong(field), field.id_for_label, field.label, _box(field, ""))


def _wrong(field):
    if not field.errors:
        return ""
    return format_html('<small class="err" id="{}_error">{}</small>', field.auto_id, " ".join(field.errors))


def _box(field, classes, *, numeric=False):
    value = field.value()
    wrong = (
        format_html(' aria-invalid="true" aria-describedby="{}_error"', field.auto_id) if field.errors else ""
    )
    return format_html(
        _BOX, classes, field.html_name, field.id_for_label, "" if value is None else value, field.field.max_length,
        _DIGITS if numeric else "", wrong,
    )  # fmt: skip
