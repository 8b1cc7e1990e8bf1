"""Numbers that open the list behind them, and charts drawn from their geometry."""

from functools import cache, lru_cache
from inspect import signature

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django_tables2 import Column
from django_tables2.utils import Accessor

from committees import deeds, vietnamese

from ..quotas.links import percentage
from ..quotas.plan_tables import below
from ..quotas.targets import base_words, target_short
from .look import cell_attrs, icon

register = template.Library()


@register.simple_tag(takes_context=True)
def opens(context, value, link="", **narrower):
    """A number as a link to what lies behind it (`links` of the context decides), or as plain text where nothing may
    be opened. link: admissions | candidacies | units | quotas | dashboard | under | changes | group."""
    text = value if isinstance(value, str) else vietnamese.number(value)
    address = getattr(context["links"], link)(**narrower) if link and value != 0 else ""
    if not address:
        return text
    # A figure stays on one line; a name may be long.
    mark = "" if link in {"dashboard", "under", "changes", "group"} else mark_safe(' class="n"')
    return format_html('<a{} href="{}">{}</a>', mark, address, text)


@register.simple_tag(takes_context=True)
def explained(context, value, code="", address=None, **otherwise):
    """A percentage (a Decimal, or as written) as a link to its explanation: that of `links` of the context, of the
    committee `code` where it is not its own; or of an address worked out elsewhere, "" for none."""
    if value is None:
        return percent(value)
    if address is None:
        address = context["links"].explained(code, **otherwise)
    return percentage(value if isinstance(value, str) else percent(value), address)


@register.simple_tag
def chart(name, geometry, finding=""):
    """A small chart (bullet, share, years) from templates/charts; nothing where there is nothing to draw."""
    return "" if geometry is None else _drawn(name, geometry, finding)


@lru_cache(maxsize=8192)
def _drawn(name, geometry, finding):
    # A page holds a hundred of them, alike from one request to the next: a template each would cost most of the page.
    return get_template(f"charts/{name}.svg").render({"chart": geometry, "finding": finding})


@register.simple_tag
@cache
def state(code):
    """The tag of a unit's state: shape, word and colour."""
    return get_template("recruitment/quotas/_state.html").render({"state": code})


_BAR = (
    '<tr role="row"><th scope="row" role="rowheader">{}</th><td class="b" role="cell">{}</td>'
    '<td class="num" role="cell">{}</td><td class="num" role="cell">{}</td></tr>\n'
)


@register.simple_tag(takes_context=True)
def bars(context, figure):
    """The rows of one makeup figure. Forty of them stand on a page: here they cost a third of what a loop would."""
    return format_html_join("", _BAR, (_bar(context, figure.name, bar) for bar in figure.bars))


def _bar(context, partition, bar):
    if bar.count is None:
        number = bar.said
    elif bar.line:
        number = opens(context, bar.count, "part", partition=partition, line=bar.line)
    else:
        number = vietnamese.number(bar.count)
    return bar.label, chart("share", bar.chart), number, bar.share


_RANKED = (
    '<tr role="row"><td class="pos gone" role="cell">{}</td><th scope="row" role="rowheader">{}{}</th>'
    '<td class="num" role="cell" data-l="{}">{}</td><td class="num" role="cell" data-l="{}">{}</td>'
    '<td class="num pct" role="cell">{}</td><td class="bar" role="cell">{}</td>'
    '<td class="num" role="cell" data-l="{}">{}</td><td class="state" role="cell">{}</td>'
    '<td class="tr gone" role="cell">{}</td></tr>\n'
)


@register.simple_tag(takes_context=True)
def ranking(context, units, admitted, target, gap):
    """The rows of a dashboard's units under columns of these labels, in one go: there may be two hundred."""
    return format_html_join("", _RANKED, (_ranked(context, row, admitted, target, gap) for row in units.rows))


def _ranked(context, row, admitted_label, target_label, gap_label):
    unit, told = row.standing, not row.hidden and not row.unknown
    admitted = "–"
    if told:
        admitted, tag = opens(context, unit.admitted, "admissions", code=unit.code), state(row.state)
    elif row.hidden:
        admitted, tag = format_html('<span class="soft">{}</span>', _("gộp")), ""
    else:
        tag = format_html('<span class="tag t-none">{}{}</span>', icon("dash"), _("Chưa có số"))
    return (
        "" if row.rank is None else vietnamese.number(row.rank),
        opens(context, row.name, "dashboard", code=unit.code),
        format_html(" <small>{}</small>", row.remark) if row.remark else "",
        admitted_label,
        admitted,
        target_label,
        row.target,
        explained(context, unit.percent, unit.code) if told else "–",
        chart("bullet", row.bullet),
        gap_label,
        signed(unit.surplus) if told else "",
        tag,
        chart("years", row.trend, row.trend_said),
    )


@register.simple_tag
def rows(table):
    """The rows of a table's page. What a column says of its cells is worked out once, not once a cell, which is most
    of what a stock row of django-tables2 costs."""
    columns = [_cells(table, column, first=k == 0) for k, column in enumerate(table.columns)]
    page = table.page.object_list if getattr(table, "page", None) else table.rows
    return format_html_join(
        "", '<tr role="row">{}</tr>\n', ((_joined(columns, record),) for record in page.data)
    )


def _joined(columns, record):
    return mark_safe("".join([cell(record) for cell in columns]))  # noqa: S308  every cell escaped its value


def _cells(table, column, *, first):
    """A function from a record to its cell in this column."""
    tag = "th" if first else "td"
    opening = f"<{tag} {cell_attrs(column, first)}>"
    own = column.column.render if type(column.column).render is not Column.render else None
    render = getattr(table, f"render_{column.name}", own)
    wanted = tuple(signature(render).parameters) if render else ()
    accessor, empty, default = Accessor(column.accessor), column.column.empty_values, column.default

    def cell(record):
        value = accessor.resolve(record, quiet=True)
        if value in empty:
            value = default
        elif render:
            given = {"record": record, "value": value}
            value = render(**{name: given[name] for name in wanted})
        return f"{opening}{conditional_escape(value)}</{tag}>"

    return cell


@register.filter
def deed(code):
    """A deed's code in words."""
    return deeds.word(code)


@register.filter
def target(value):
    """A Target as a cell of a table says it: the number, and small below it what a rate is taken of."""
    small = below(base_words(value) or (value.why_not if value else ""))
    return format_html("{}{}", target_short(value), small)


@register.filter
def signed(value):
    """349 -> "+349"; nothing for None."""
    return "" if value is None else vietnamese.signed(value)


@register.filter
def percent(value):
    """Decimal("103.73") -> "103,73 %"; a dash for None."""
    return "–" if value is None else vietnamese.percent_text(value)
